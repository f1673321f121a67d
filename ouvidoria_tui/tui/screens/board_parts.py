"""What every board has: tabs, a filter, lines, marks, and what its verbs act on; the keys are in ``board``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widgets import Input, Static

from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.present.safe import clean, cut
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.tui.among import Among
from ouvidoria_tui.tui.keys import Key
from ouvidoria_tui.tui.messages import Acted, Failed, Target
from ouvidoria_tui.tui.screens.acting import Acting
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.lines import Line
from ouvidoria_tui.tui.widgets.pane import Pane
from ouvidoria_tui.tui.widgets.rows import Look
from ouvidoria_tui.tui.widgets.views import Views


class Row(Protocol):
    """A line of a board: its ticket, and what names the line."""

    @property
    def key(self) -> str:
        """What names the line: it stays the same whatever arrives or leaves."""
        ...

    @property
    def ticket(self) -> Ticket:
        """The ticket that it is about."""
        ...


_ON_LINES = frozenset({"open", "mark", "mark_all"})

R = TypeVar("R", bound=Row)
#: A tab: its label, already clean, and its lines.
Tab = tuple[str, tuple[R, ...]]


class BoardParts(Acting, Generic[R]):
    """Cursor and marks are lines by their keys, whatever arrives or leaves. A subclass says what the lines are."""

    #: The lines as they stand; ``None`` until they were read.
    rows: tuple[R, ...] | None = None
    #: The moment that they were read.
    read_at = 0
    failure = ""
    #: The tab, from 0.
    tab = 0

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[str, Target] = {}

    # --- what a board says of itself

    def read(self) -> None:
        """Reads the lines in the group ``board``; what comes is given to :meth:`stand`."""
        raise NotImplementedError

    def tabs(self) -> list[Tab[R]]:
        """The tabs as the lines stand."""
        raise NotImplementedError

    def matching(self, rows: Sequence[R], typed: str) -> tuple[R, ...]:
        """The lines that the filter finds."""
        raise NotImplementedError

    def header(self, width: int) -> str:
        """The titles over the lines."""
        raise NotImplementedError

    def draw(self, rows: Sequence[R], look: Look, width: int, empty: str) -> list[Line]:
        """The lines; ``empty`` says why there is none."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What is said of a tab without lines."""
        raise NotImplementedError

    def told(self, row: R) -> str:
        """What is said below the lines of the one under the cursor."""
        raise NotImplementedError

    def walked(self) -> str:
        """What the list is called on a ticket that was opened from it."""
        raise NotImplementedError

    # --- reading and showing

    def body(self) -> ComposeResult:
        """Tabs, filter, titles, lines."""
        yield Views(id="tabs", ellipsis=self.glyphs.ellipsis)
        yield Field(placeholder=_("filter"), id="board-filter")
        yield Static("", id="titles", markup=False)
        yield Pane(pointer=self.glyphs.cursor, id="board")
        yield Static("", id="note", markup=False)

    def on_mount(self) -> None:
        """Reads the board."""
        self.reload()

    @property
    def lines(self) -> Pane:
        """The lines."""
        return self.query_one("#board", Pane)

    def reload(self) -> None:
        """The board as it stands now."""
        self.read()

    def action_reload(self) -> None:
        """``F5``"""
        self.reload()

    def stand(self, rows: tuple[R, ...], now: int) -> None:
        """Shows what was read at ``now``; a mark of a line that has left goes with it."""
        self.rows, self.read_at, self.failure = rows, now, ""
        self.marks = {row.key: self.marks[row.key] for row in rows if row.key in self.marks}
        self.fill()

    def on_failed(self, message: Failed) -> None:
        """A board that cannot be read says so in its place."""
        if message.what != "board":
            super().on_failed(message)
            return
        self.failure = _("{why}. F5 tries again", why=say(message.error.message))
        self.rows = None
        self.fill()

    def on_resize(self, event: Resize) -> None:
        """Titles of this width."""
        self.call_after_refresh(self.fill)

    @property
    def typed(self) -> str:
        """What the filter asks for."""
        return self.query_one("#board-filter", Input).value

    def shown(self) -> tuple[R, ...]:
        """The lines of the chosen tab that the filter finds."""
        tabs = self.tabs()
        return self.matching(tabs[self.tab][1], self.typed) if self.tab < len(tabs) else ()

    def fill(self) -> None:
        """Everything anew; the cursor stays on its line."""
        tabs = self.tabs()
        self.tab = max(0, min(self.tab, len(tabs) - 1))
        self.say_title()
        self.query_one("#tabs", Views).show([label for label, _rows in tabs], self.tab)
        width = self.app.size.width
        self.query_one("#titles", Static).update(Content(cut(self.header(width), width)).stylize("bold"))
        self.lines.fill(self._make, key=self.tab)
        self._state()
        self.show_hints()

    def _make(self, width: int) -> Sequence[Line]:
        now = self.service.clock.now() if self.rows is None else self.read_at
        look = Look(now, self.facts.zone, self.glyphs, self.facts.policy.labels)
        return self.draw(self.shown(), look, width, self._empty())

    def _empty(self) -> str:
        if self.failure:
            return self.failure
        if self.rows is None:
            return _("Reading…")
        return _("Nothing matches the filter; esc clears it") if self.typed.strip() else self.nothing()

    def _state(self) -> None:
        row, words = self.row(), ""
        if self.marks:
            away = len(self.marks.keys() - {row.key for row in self.shown()})
            words = plural("{count} marked", "{count} marked", len(self.marks))
            if away:
                words += plural(" ({count} hidden)", " ({count} hidden)", away)
        elif row is not None:
            words = self.told(row)
        self.query_one("#note", Static).update(Content(clean(words, newlines=True)))

    def why_not(self, entry: Key) -> str:
        """As everywhere; and there is nothing to open or mark where no line is."""
        reason = super().why_not(entry)
        if not reason and entry.action in _ON_LINES and not self.shown():
            return _("There is no ticket here")
        return reason

    # --- what verbs act on

    def row(self) -> R | None:
        """The one under the cursor."""
        return next((row for row in self.shown() if row.key == self.lines.cursor), None)

    def targets(self) -> tuple[Target, ...]:
        """The tickets that are marked, each once; else the one under the cursor."""
        if self.marks:
            return tuple({target.id: target for target in self.marks.values()}.values())
        here = self.here()
        return (here,) if here is not None else ()

    def here(self) -> Target | None:
        """The ticket under the cursor."""
        row = self.row()
        return None if row is None else target_of(row)

    def counted(self) -> int:
        """The marks."""
        return len(self.marks)

    def acted(self, message: Acted) -> None:
        """What was done is no longer marked; what was refused is."""
        done = {outcome.protocol for outcome in message.outcomes if outcome.result is Result.DONE}
        self.marks = {key: target for key, target in self.marks.items() if target.protocol not in done}
        self.reload()

    def among(self) -> Among | None:
        """The list of this tab, for a ticket that is opened from it."""
        rows = self.shown()
        keys = {row.ticket.id: row.key for row in reversed(rows)}
        return Among(
            self.walked(), ids=tuple(dict.fromkeys(row.ticket.id for row in rows)), follow=self._to(keys)
        )

    def _to(self, keys: dict[int, str]) -> Callable[[int], None]:
        return lambda ticket_id: self.lines.put(keys.get(ticket_id, ""))


def target_of(row: Row) -> Target:
    """The ticket of a line, as it was seen."""
    return Target(row.ticket.id, row.ticket.protocol, row.ticket.revision)
