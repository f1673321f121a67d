"""The one table of keys: it makes the bindings, the footer's hints, the help screen and docs/keys.md.

A screen says ``BINDINGS = bindings(Where.TICKET)`` and writes one ``action_…`` for each entry that holds there.
``id`` is what a user's own keymap names. To add a key: add an entry to :data:`KEYS` and, if it shall be hinted,
its id to :data:`HINTS`. ``python -m ouvidoria_tui.tui.keys`` prints the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding

from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_, Text


class Where(StrEnum):
    """The screens that keys belong to."""

    QUEUE = "queue"
    TICKET = "ticket"
    ESCALATIONS = "escalations"
    COMPOSE = "compose"
    DEADLINE = "deadline"
    FORM = "form"
    QUARANTINE = "quarantine"
    TRIAGE = "triage"


_Q, _T, _E, _C = Where.QUEUE, Where.TICKET, Where.ESCALATIONS, Where.COMPOSE
_D, _F = Where.DEADLINE, Where.FORM
_ALL = frozenset(Where)
_READ = frozenset({_Q, _T, _E})
_LOOK = _READ | {_D}
_LISTS = frozenset({_Q, _E})
_MAIL = frozenset({Where.QUARANTINE})
_WALK = frozenset({Where.TRIAGE})
_MOVE = _READ | {Where.DEADLINE} | _MAIL | _WALK


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a key does. ``each`` gives every key its own parameter, 1 for the first.

    ``counts`` marks an act on what is marked, whose hint shows how many; ``verb`` the permission it needs.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    where: frozenset[Where]
    label: Text
    about: Text
    verb: Verb | None = None
    counts: bool = False
    each: bool = False


#: Keys that must never be bound: a terminal sends the same byte for tab, enter, backspace, newline and escape.
NEVER = frozenset({"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+left_square_bracket"})
#: Keys that a terminal, tmux or a window manager may keep: never the only key of anything.
NEVER_ALONE = frozenset({"ctrl+s", "ctrl+q", "ctrl+a", "ctrl+b", "ctrl+o"})


def _key(
    id: str,  # noqa: A002
    keys: str,
    action: str,
    where: frozenset[Where],
    label: Text,
    about: Text,
    verb: Verb | None = None,
    *,
    counts: bool = False,
    each: bool = False,
) -> Key:
    return Key(id, tuple(keys.split()), action, where, label, about, verb, counts, each)


KEYS: tuple[Key, ...] = (
    _key("open", "enter", "open", _LISTS, N_("Open ticket"), N_("Open the ticket under the cursor")),
    _key(
        "open.item",
        "enter",
        "open",
        frozenset({_T}),
        N_("Open it"),
        N_("Open what is under the cursor, show masked words; else back to the list"),
    ),
    _key(
        "out",
        "escape",
        "out",
        _ALL,
        N_("Out"),
        N_("One level out: popup, filter, marks, screen; never quits"),
    ),
    _key("back", "q", "back", _MOVE, N_("Back"), N_("Back; at the queue leaves the console")),
    _key("help", "question_mark f1", "help", _ALL, N_("Help"), N_("Every key, to be searched and run")),
    _key(
        "palette",
        "colon ctrl+p",
        "palette",
        _ALL,
        N_("Go to"),
        N_("Commands, views, and any ticket by the digits of its protocol"),
    ),
    _key("filter", "slash", "filter", _LISTS, N_("Filter"), N_("Filter the list while typing")),
    _key("find", "slash", "find", frozenset({_T}), N_("Find"), N_("Find in the text")),
    _key("find.next", "n", "find_next", frozenset({_T}), N_("Next found"), N_("The next place found")),
    _key(
        "find.previous",
        "N",
        "find_previous",
        frozenset({_T}),
        N_("Previous found"),
        N_("The place found before"),
    ),
    _key("move.up", "up k", "move_up", _MOVE, N_("Up"), N_("One line up")),
    _key("move.down", "down j", "move_down", _MOVE, N_("Down"), N_("One line down")),
    _key("move.page_up", "pageup", "page_up", _MOVE, N_("Page up"), N_("One page up")),
    _key("move.page_down", "pagedown", "page_down", _MOVE, N_("Page down"), N_("One page down")),
    _key("move.first", "g home", "first", _MOVE, N_("First"), N_("To the beginning")),
    _key("move.last", "G end", "last", _MOVE, N_("Last"), N_("To the end")),
    _key(
        "tabs",
        "1 2 3 4 5 6 7 8 9",
        "tab",
        _LOOK,
        N_("View or tab"),
        N_("The view or tab of that number"),
        each=True,
    ),
    _key(
        "tab.previous",
        "left_square_bracket",
        "previous_tab",
        _LOOK,
        N_("Previous tab"),
        N_("The view or tab before"),
    ),
    _key("tab.next", "right_square_bracket", "next_tab", _LOOK, N_("Next tab"), N_("The next view or tab")),
    _key(
        "pane",
        "tab",
        "next_pane",
        frozenset({_Q, _T, _D}) | _MAIL | _WALK,
        N_("Pane"),
        N_("The next pane or field"),
    ),
    _key(
        "reload",
        "f5",
        "reload",
        _MOVE,
        N_("Refresh"),
        N_("Read again and show what arrived; the cursor stays"),
    ),
    _key("undo", "u", "undo", _LOOK | _WALK, N_("Undo"), N_("Take the last act back"), Verb.UNDO),
    _key("mark", "space", "mark", _READ, N_("Mark"), N_("Mark or unmark, and go to the next")),
    _key("mark.all", "V", "mark_all", _LISTS, N_("Mark all"), N_("Mark everything that the filter finds")),
    _key("next", "J", "next_ticket", _READ, N_("Next"), N_("The next ticket without leaving")),
    _key("previous", "K", "previous_ticket", _READ, N_("Previous"), N_("The ticket before without leaving")),
    _key("preview", "v", "preview", frozenset({_Q, _T}), N_("Preview"), N_("Preview on or off")),
    _key("maximise", "Z", "maximise", frozenset({_Q, _T}), N_("Maximise"), N_("The pane alone, and back")),
    _key("order", "o", "order", _LISTS, N_("Order"), N_("Order by arrival, deadline or severity")),
    _key("copy", "y", "copy", _LOOK, N_("Copy"), N_("Copy the protocol")),
    _key(
        "copy.summary",
        "Y",
        "copy_summary",
        _READ,
        N_("Copy summary"),
        N_("Copy a summary; what is masked stays masked"),
    ),
    _key("assign", "a", "assign", _READ, N_("Assign"), N_("Give to an agent"), Verb.ASSIGN, counts=True),
    _key("take", "m", "take", _READ, N_("Take"), N_("Take it yourself"), Verb.TAKE, counts=True),
    _key("status", "s", "status", frozenset({_Q, _T}), N_("Status"), N_("Change the status"), counts=True),
    _key(
        "classify",
        "c",
        "classify",
        frozenset({_Q, _T}),
        N_("Classify"),
        N_("Type, severity, difficulty, cause"),
        Verb.CLASSIFY,
        counts=True,
    ),
    _key(
        "triage",
        "t",
        "triage",
        frozenset({_Q, _T}),
        N_("Triage"),
        N_("Decide with reasons whether it is admitted"),
        Verb.TRIAGE,
        counts=True,
    ),
    _key(
        "deadline",
        "p",
        "deadline",
        _READ,
        N_("Deadline"),
        N_("The deadlines explained; extend, suspend, tell of a delay, with the rule shown"),
    ),
    _key(
        "deadline.open",
        "enter",
        "open",
        frozenset({_D}),
        N_("Open it"),
        N_("Do what is under the cursor; from the explanation, go to what can be done"),
    ),
    _key(
        "extend",
        "p",
        "extend",
        frozenset({_D}),
        N_("Extend"),
        N_("More time for this clock, with a notice to the customer"),
        Verb.EXTEND,
    ),
    _key(
        "delay-notice",
        "n",
        "notice",
        frozenset({_D}),
        N_("Tell of the delay"),
        N_("Tell the customer that it takes longer, and until when"),
        Verb.DELAY_NOTICE,
    ),
    _key(
        "suspend",
        "s",
        "suspend",
        frozenset({_D}),
        N_("Suspend"),
        N_("Stop this clock; what has run is kept"),
        Verb.SUSPEND,
    ),
    _key("resume", "r", "resume", frozenset({_D}), N_("Resume"), N_("Let this clock run on"), Verb.RESUME),
    _key(
        "interrupt",
        "i",
        "interrupt",
        frozenset({_D}),
        N_("Interrupt"),
        N_("Begin this clock again from nothing"),
        Verb.INTERRUPT,
    ),
    _key("reply", "r", "reply", frozenset({_Q, _T}), N_("Reply"), N_("Write to the customer"), Verb.REPLY),
    _key("note", "i", "note", frozenset({_Q, _T}), N_("Note"), N_("Write an internal note"), Verb.NOTE),
    _key(
        "call",
        "l",
        "call",
        frozenset({_Q, _T}),
        N_("Call"),
        N_("Write down a call, with the card of conduct"),
        Verb.CALL,
    ),
    _key(
        "incident",
        "I",
        "incident",
        frozenset({_T, Where.TRIAGE}),
        N_("Incident"),
        N_("The open incidents; link the ticket to one"),
        Verb.INCIDENT,
    ),
    _key(
        "transfer",
        "D",
        "transfer",
        frozenset({_T}),
        N_("Department"),
        N_("Move to another department, with why"),
        Verb.TRANSFER,
    ),
    _key(
        "work",
        "W",
        "work",
        frozenset({_T}),
        N_("Work out"),
        N_("Both sides, merit, team, measures, improvements: what a conclusion needs"),
    ),
    _key(
        "file.open",
        "O",
        "open_file",
        frozenset({_T}),
        N_("Open file"),
        N_("Open a copy of the file under the cursor, once you have confirmed"),
    ),
    _key(
        "forward",
        "f",
        "forward",
        _READ,
        N_("Forward"),
        N_("Ask an area, remind it, or write down its answer"),
        Verb.FORWARD,
        counts=True,
    ),
    _key(
        "escalate",
        "e",
        "escalate",
        _READ,
        N_("Escalate"),
        N_("Take to the next level"),
        Verb.ESCALATE,
        counts=True,
    ),
    _key(
        "duplicates",
        "d",
        "duplicates",
        frozenset({_Q, _T}),
        N_("Duplicates"),
        N_("Merge or link duplicates"),
        counts=True,
    ),
    _key(
        "close",
        "x",
        "close",
        frozenset({_Q, _T}),
        N_("Close ticket"),
        N_("Close with a reason"),
        Verb.CLOSE,
        counts=True,
    ),
    _key(
        "reopen",
        "X",
        "reopen",
        frozenset({_Q, _T}),
        N_("Reopen"),
        N_("Open again, with why"),
        Verb.REOPEN,
        counts=True,
    ),
    _key(
        "acknowledge",
        "A",
        "acknowledge",
        frozenset({_T, _E}),
        N_("Acknowledge"),
        N_("The escalation was seen"),
        Verb.ACK,
        counts=True,
    ),
    _key(
        "hand_back",
        "B",
        "hand_back",
        frozenset({_T, _E}),
        N_("Hand back"),
        N_("Back to the desk, with an instruction"),
        Verb.HAND_BACK,
        counts=True,
    ),
    _key("board", "E", "board", frozenset({_Q, _T}), N_("Escalations"), N_("The board of escalations")),
    _key("drafts", "R", "drafts", _LOOK, N_("Drafts"), N_("Your texts that were not sent")),
    _key("mail", "M", "quarantine", _READ, N_("Quarantine"), N_("Mail that waits for a person")),
    _key(
        "triage.apply",
        "enter y",
        "apply",
        _WALK,
        N_("Apply"),
        N_("Carry out exactly the plan that is shown, and go to the next"),
        Verb.TRIAGE,
    ),
    _key(
        "triage.override",
        "o",
        "override",
        _WALK,
        N_("Decide otherwise"),
        N_("Another decision than the plan's, with why"),
        Verb.TRIAGE,
    ),
    _key(
        "triage.department",
        "d",
        "department",
        _WALK,
        N_("Department"),
        N_("Another department; the plan is made again"),
        Verb.TRIAGE,
    ),
    _key(
        "triage.severity",
        "s",
        "severity",
        _WALK,
        N_("Severity"),
        N_("Another severity; the plan is made again"),
        Verb.TRIAGE,
    ),
    _key("triage.skip", "space", "skip", _WALK, N_("Skip"), N_("Leave it waiting, and go to the next")),
    _key("triage.open", "v", "open", _WALK, N_("Open ticket"), N_("The ticket's own screen, and back")),
    _key(
        "said",
        "w",
        "said",
        frozenset({_T}),
        N_("Whole text"),
        N_("What was quoted and signed in mail: unfolded, and back"),
    ),
    _key(
        "mail.ticket",
        "a enter",
        "to_ticket",
        _MAIL,
        N_("To a ticket"),
        N_("The message belongs to a ticket"),
        Verb.INTAKE,
    ),
    _key(
        "mail.new",
        "n",
        "new_ticket",
        _MAIL,
        N_("New ticket"),
        N_("The message opens a ticket"),
        Verb.INTAKE,
    ),
    _key(
        "mail.discard",
        "x",
        "discard",
        _MAIL,
        N_("Discard"),
        N_("The message is no case, with why; its bytes are kept"),
        Verb.INTAKE,
    ),
    _key("editor", "f4", "editor", frozenset({_C}), N_("Editor"), N_("Write in $VISUAL or $EDITOR")),
    _key("send", "f2", "send", frozenset({_C}), N_("Review and send"), N_("Look at it once more, then send")),
    _key("confirm", "f2", "send", frozenset({_F}), N_("Confirm"), N_("Do what the form says")),
    _key(
        "complaint",
        "f3",
        "complaint",
        frozenset({_C}),
        N_("Report"),
        N_("The complaint in the place of the text, and back"),
    ),
    _key("field.next", "tab", "next_pane", frozenset({_C, _F}), N_("Next field"), N_("The next field")),
)

BY_ID: Mapping[str, Key] = {key.id: key for key in KEYS}

#: What the footer offers, the most wanted first; help is always added.
HINTS: Mapping[Where, tuple[str, ...]] = {
    Where.QUEUE: (
        "open",
        "mark",
        "assign",
        "status",
        "filter",
        "take",
        "escalate",
        "deadline",
        "classify",
        "preview",
        "order",
        "palette",
        "undo",
    ),
    Where.TICKET: (
        "reply",
        "note",
        "assign",
        "status",
        "deadline",
        "escalate",
        "classify",
        "close",
        "next",
        "out",
        "palette",
        "undo",
    ),
    Where.ESCALATIONS: (
        "acknowledge",
        "hand_back",
        "escalate",
        "open",
        "assign",
        "deadline",
        "filter",
        "mark",
        "out",
        "palette",
    ),
    Where.TRIAGE: (
        "triage.apply",
        "triage.override",
        "triage.skip",
        "triage.department",
        "triage.severity",
        "undo",
        "triage.open",
        "pane",
        "out",
        "palette",
    ),
    Where.QUARANTINE: ("mail.ticket", "mail.new", "mail.discard", "pane", "out", "palette"),
    Where.COMPOSE: ("send", "editor", "complaint", "field.next", "out"),
    Where.DEADLINE: (
        "extend",
        "delay-notice",
        "suspend",
        "resume",
        "interrupt",
        "tab.next",
        "out",
        "pane",
        "undo",
        "palette",
    ),
    Where.FORM: ("confirm", "field.next", "out"),
}

_SHOWN = {
    "question_mark": "?", "colon": ":", "slash": "/", "left_square_bracket": "[", "right_square_bracket": "]",
    "escape": "esc", "up": "↑", "down": "↓", "pageup": "PgUp", "pagedown": "PgDn", "f1": "F1", "f2": "F2",
    "f3": "F3", "f4": "F4", "f5": "F5",
}  # fmt: skip


def shown(key: str) -> str:
    """How a key is written for people: ``?`` for ``question_mark``, ``espaço`` for ``space``."""
    if key == "space":
        return _("space")
    return _SHOWN.get(key, key)


def keys_of(entry: Key, keymap: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys of an entry, as the user's own keymap has them where it says something."""
    own = (keymap or {}).get(entry.id)
    return tuple(own.split(",")) if own else entry.keys


def at(where: Where) -> tuple[Key, ...]:
    """The entries that hold on a screen, in the order of the table."""
    return tuple(entry for entry in KEYS if where in entry.where)


def bindings(where: Where) -> list[Binding]:
    """The bindings of a screen, for its ``BINDINGS``."""
    made: list[Binding] = []
    for entry in at(where):
        if entry.each:
            made += [
                Binding(key, f"{entry.action}({number})", show=False, id=f"{entry.id}.{number}")
                for number, key in enumerate(entry.keys, 1)
            ]
        else:
            made.append(Binding(",".join(entry.keys), entry.action, show=False, id=entry.id))
    return made


def page() -> str:
    """docs/keys.md in the language in force."""
    lines = [
        f"# {_('Keys of the console')}",
        "",
        _("Made from ouvidoria_tui/tui/keys.py. The id names a key in one's own keymap."),
        "",
        f"| {_('Key')} | {_('What')} | {_('Where')} | id |",
        "|---|---|---|---|",
    ]
    for entry in KEYS:
        keys = (
            f"`{entry.keys[0]}`–`{entry.keys[-1]}`"
            if entry.each
            else " ".join(f"`{shown(k)}`" for k in entry.keys)
        )
        where = _("everywhere") if entry.where == _ALL else ", ".join(w for w in Where if w in entry.where)
        lines.append(f"| {keys} | {say(entry.about)} | {where} | `{entry.id}` |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
