"""Keys that hold on one screen alone: deadlines, triage, mail that waits, writing, forms."""

from __future__ import annotations

from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.text import N_
from ouvidoria_tui.tui.key import Key, Where, key

_MAIL = frozenset({Where.QUARANTINE})
_WALK = frozenset({Where.TRIAGE})

SCREENS: tuple[Key, ...] = (
    key(
        "deadline.open",
        "enter",
        "open",
        frozenset({Where.DEADLINE}),
        N_("Open it"),
        N_("Do what is under the cursor; from the explanation, go to what can be done"),
    ),
    key(
        "extend",
        "p",
        "extend",
        frozenset({Where.DEADLINE}),
        N_("Extend"),
        N_("More time for this clock, with a notice to the customer"),
        Verb.EXTEND,
    ),
    key(
        "delay-notice",
        "n",
        "notice",
        frozenset({Where.DEADLINE}),
        N_("Tell of the delay"),
        N_("Tell the customer that it takes longer, and until when"),
        Verb.DELAY_NOTICE,
    ),
    key(
        "suspend",
        "s",
        "suspend",
        frozenset({Where.DEADLINE}),
        N_("Suspend"),
        N_("Stop this clock; what has run is kept"),
        Verb.SUSPEND,
    ),
    key(
        "resume",
        "r",
        "resume",
        frozenset({Where.DEADLINE}),
        N_("Resume"),
        N_("Let this clock run on"),
        Verb.RESUME,
    ),
    key(
        "interrupt",
        "i",
        "interrupt",
        frozenset({Where.DEADLINE}),
        N_("Interrupt"),
        N_("Begin this clock again from nothing"),
        Verb.INTERRUPT,
    ),
    key(
        "triage.apply",
        "enter y",
        "apply",
        _WALK,
        N_("Apply"),
        N_("Carry out exactly the plan that is shown, and go to the next"),
        Verb.TRIAGE,
    ),
    key(
        "triage.override",
        "o",
        "override",
        _WALK,
        N_("Decide otherwise"),
        N_("Another decision than the plan's, with why"),
        Verb.TRIAGE,
    ),
    key(
        "triage.department",
        "d",
        "department",
        _WALK,
        N_("Department"),
        N_("Another department; the plan is made again"),
        Verb.TRIAGE,
    ),
    key(
        "triage.severity",
        "s",
        "severity",
        _WALK,
        N_("Severity"),
        N_("Another severity; the plan is made again"),
        Verb.TRIAGE,
    ),
    key("triage.skip", "space", "skip", _WALK, N_("Skip"), N_("Leave it waiting, and go to the next")),
    key("triage.open", "v", "open", _WALK, N_("Open ticket"), N_("The ticket's own screen, and back")),
    key(
        "mail.ticket",
        "a enter",
        "to_ticket",
        _MAIL,
        N_("To a ticket"),
        N_("The message belongs to a ticket"),
        Verb.INTAKE,
    ),
    key(
        "mail.new",
        "n",
        "new_ticket",
        _MAIL,
        N_("New ticket"),
        N_("The message opens a ticket"),
        Verb.INTAKE,
    ),
    key(
        "mail.discard",
        "x",
        "discard",
        _MAIL,
        N_("Discard"),
        N_("The message is no case, with why; its bytes are kept"),
        Verb.INTAKE,
    ),
    key(
        "editor", "f4", "editor", frozenset({Where.COMPOSE}), N_("Editor"), N_("Write in $VISUAL or $EDITOR")
    ),
    key(
        "send",
        "f2",
        "send",
        frozenset({Where.COMPOSE}),
        N_("Review and send"),
        N_("Look at it once more, then send"),
    ),
    key("confirm", "f2", "send", frozenset({Where.FORM}), N_("Confirm"), N_("Do what the form says")),
    key(
        "complaint",
        "f3",
        "complaint",
        frozenset({Where.COMPOSE}),
        N_("Report"),
        N_("The complaint in the place of the text, and back"),
    ),
    key(
        "field.next",
        "tab",
        "next_pane",
        frozenset({Where.COMPOSE, Where.FORM}),
        N_("Next field"),
        N_("The next field"),
    ),
)
