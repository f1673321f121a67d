"""The board of escalations: what it reads, what it shows, what its verbs act on; the keys are in ``escalations``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import Input, Static

from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.domain.reading import next_due
from ouvidoria_tui.present.safe import clean, cut
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.tui import reads_ticket
from ouvidoria_tui.tui.among import Among
from ouvidoria_tui.tui.messages import Acted, Failed, Target
from ouvidoria_tui.tui.reads_ticket import Board, BoardRow
from ouvidoria_tui.tui.screens.acting import Acting
from ouvidoria_tui.tui.widgets.board import board_lines, header, matching
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.lines import Line
from ouvidoria_tui.tui.widgets.pane import Pane
from ouvidoria_tui.tui.widgets.rows import Look
from ouvidoria_tui.tui.widgets.views import Views

#: The levels, in the order of their tabs.
LEVELS = (1, 2, 3)


@dataclass(eq=False)
class BoardRead(Message):
    """The board as it stands."""

    board: Board

    bubble = False


class BoardParts(Acting):
    """Cursor and marks are tickets, whatever arrives or leaves."""

    board: Board | None = None
    failure = ""
    level = 1
    _chosen = False

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[int, Target] = {}

    def body(self) -> ComposeResult:
        """Levels, filter, titles, lines."""
        yield Views(id="levels", ellipsis=self.glyphs.ellipsis)
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

    # --- reading

    def reload(self) -> None:
        """The board as it stands now."""
        self.service.read(self, reads_ticket.board, BoardRead, group="board")

    def action_reload(self) -> None:
        """``F5``"""
        self.reload()

    def on_board_read(self, message: BoardRead) -> None:
        """Shown; at first the highest level that has something."""
        self.board, self.failure = message.board, ""
        if not self._chosen:
            self._chosen = True
            self.level = next((level for level in reversed(LEVELS) if message.board.level(level)), LEVELS[0])
        self.marks = {
            row.ticket.id: self.marks[row.ticket.id]
            for row in message.board.rows
            if row.ticket.id in self.marks
        }
        self.fill()

    def on_failed(self, message: Failed) -> None:
        """A board that cannot be read says so in its place."""
        if message.what != "board":
            super().on_failed(message)
            return
        self.failure = _("{why}. F5 tries again", why=say(message.error.message))
        self.board = None
        self.fill()

    def on_resize(self, event: Resize) -> None:
        """Titles of this width."""
        self.call_after_refresh(self.fill)

    def shown(self) -> tuple[BoardRow, ...]:
        """The rows of the chosen level that the filter finds."""
        rows = () if self.board is None else self.board.level(self.level)
        return matching(rows, self.query_one("#board-filter", Input).value)

    def fill(self) -> None:
        """Everything anew; the cursor stays on its ticket."""
        self.say_title()
        labels = [
            f"N{level} {len(self.board.level(level)) if self.board is not None else self.glyphs.nothing}"
            for level in LEVELS
        ]
        self.query_one("#levels", Views).show(labels, LEVELS.index(self.level))
        width = self.app.size.width
        self.query_one("#titles", Static).update(Content(cut(header(width), width)).stylize("bold"))
        self.lines.fill(self._make, key=self.level)
        self._state()
        self.show_hints()

    def _make(self, width: int) -> Sequence[Line]:
        now = self.service.clock.now() if self.board is None else self.board.now
        look = Look(now, self.facts.zone, self.glyphs, self.facts.policy.labels)
        names = {rung.to: rung.name for rung in self.facts.policy.levels}
        return board_lines(self.shown(), self.marks, look, width, empty=self._empty(), names=names)

    def _empty(self) -> str:
        if self.failure:
            return self.failure
        if self.board is None:
            return _("Reading…")
        if self.query_one("#board-filter", Input).value.strip():
            return _("Nothing matches the filter; esc clears it")
        return _("No open ticket is at N{level}", level=self.level)

    def say_title(self) -> None:
        """Where one is, and how many nobody has acknowledged."""
        left = f"{_('Queue')} {self.glyphs.into} {_('Escalations')}"
        rows = () if self.board is None else self.board.rows
        waiting = sum(
            1 for row in rows if row.raised.escalation and row.raised.escalation.acknowledged_at is None
        )
        late = sum(1 for row in rows if self._late(row))
        words = [
            plural("{count} overdue", "{count} overdue", late),
            plural("{count} not acknowledged", "{count} not acknowledged", waiting),
        ]
        self.title_bar.show(left, f" {self.glyphs.dot} ".join(words) if self.board is not None else "")

    def _late(self, row: BoardRow) -> bool:
        clock = next_due(row.raised.record)
        now = 0 if self.board is None else self.board.now
        return clock is not None and clock.due_at is not None and now > clock.due_at

    def _state(self) -> None:
        words = ""
        if self.marks:
            visible = {row.ticket.id for row in self.shown()}
            away = len(self.marks.keys() - visible)
            words = plural("{count} marked", "{count} marked", len(self.marks))
            if away:
                words += plural(" ({count} hidden)", " ({count} hidden)", away)
        else:
            row = self.row()
            if row is not None and row.raised.escalation is not None:
                words = self._told(row)
        self.query_one("#note", Static).update(Content(clean(words)))

    def _told(self, row: BoardRow) -> str:
        words = _("told by {who}", who=row.raised.raised_by or self.glyphs.nothing)
        department = row.ticket.department
        names = row.raised.record.names
        parts = [row.ticket.protocol, words, names.get("department") or department or ""]
        return f" {self.glyphs.dot} ".join(part for part in parts if part)

    # --- what verbs act on

    def row(self) -> BoardRow | None:
        """The one under the cursor."""
        return next((row for row in self.shown() if str(row.ticket.id) == self.lines.cursor), None)

    def targets(self) -> tuple[Target, ...]:
        """The marked tickets, else the one under the cursor."""
        if self.marks:
            return tuple(self.marks.values())
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
        self.marks = {id_: target for id_, target in self.marks.items() if target.protocol not in done}
        self.reload()

    def among(self) -> Among | None:
        """The list of this level, for a ticket that is opened from it."""
        ids = tuple(row.ticket.id for row in self.shown())
        follow = self._follow
        return Among(_("Escalations N{level}", level=self.level), ids=ids, follow=follow)

    def _follow(self, ticket_id: int) -> None:
        self.lines.put(str(ticket_id))


def target_of(row: BoardRow) -> Target:
    """The ticket of a row, as it was seen."""
    return Target(row.ticket.id, row.ticket.protocol, row.ticket.revision)
