"""The board of escalations: levels as tabs, each by time to breach; acknowledge, hand up, hand back, open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ouvidoria_tui.domain.reading import next_due
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.tui import reads_ticket
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.reads_ticket import Board, BoardRow
from ouvidoria_tui.tui.screens.board import BoardScreen
from ouvidoria_tui.tui.screens.board_parts import Tab
from ouvidoria_tui.tui.widgets.board import board_lines, header, matching
from ouvidoria_tui.tui.widgets.lines import Line
from ouvidoria_tui.tui.widgets.rows import Look

#: The levels, in the order of their tabs.
LEVELS = (1, 2, 3)


@dataclass(eq=False)
class BoardRead(Message):
    """The board as it stands."""

    board: Board

    bubble = False


class EscalationsScreen(BoardScreen[BoardRow]):
    """The board; what is marked is acted on, else the one under the cursor."""

    where = Where.ESCALATIONS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.ESCALATIONS)]

    _chosen = False

    def read(self) -> None:
        """Every escalated ticket."""
        self.service.read(self, reads_ticket.board, BoardRead, group="board")

    def on_board_read(self, message: BoardRead) -> None:
        """Shown; at first the highest level that has something."""
        board = message.board
        if not self._chosen:
            self._chosen = True
            self.tab = next((at for at in reversed(range(len(LEVELS))) if board.level(LEVELS[at])), 0)
        self.stand(board.rows, board.now)

    def action_tab(self, number: int) -> None:
        """``1`` to ``3``"""
        self._chosen = True
        super().action_tab(number)

    def tabs(self) -> list[Tab[BoardRow]]:
        """The levels."""
        return [self._level(level) for level in LEVELS]

    def _level(self, level: int) -> Tab[BoardRow]:
        if self.rows is None:
            return f"N{level} {self.glyphs.nothing}", ()
        found = tuple(row for row in self.rows if row.ticket.level == level)
        return f"N{level} {len(found)}", found

    def matching(self, rows: Sequence[BoardRow], typed: str) -> tuple[BoardRow, ...]:
        """By protocol, subject, addressee, owner, department."""
        return matching(rows, typed)

    def header(self, width: int) -> str:
        """Protocol, deadline, who was told and when, seen or not, subject."""
        return header(width)

    def draw(self, rows: Sequence[BoardRow], look: Look, width: int, empty: str) -> list[Line]:
        """One line a ticket."""
        names = {rung.to: rung.name for rung in self.facts.policy.levels}
        return board_lines(rows, self.marks, look, width, empty=empty, names=names)

    def nothing(self) -> str:
        """Nothing at this level."""
        return _("No open ticket is at N{level}", level=LEVELS[self.tab])

    def walked(self) -> str:
        """The level."""
        return _("Escalations N{level}", level=LEVELS[self.tab])

    def say_title(self) -> None:
        """Where one is, and how many nobody has acknowledged."""
        left = f"{_('Queue')} {self.glyphs.into} {_('Escalations')}"
        rows = self.rows or ()
        waiting = sum(
            1 for row in rows if row.raised.escalation and row.raised.escalation.acknowledged_at is None
        )
        late = sum(1 for row in rows if self._late(row))
        words = [
            plural("{count} overdue", "{count} overdue", late),
            plural("{count} not acknowledged", "{count} not acknowledged", waiting),
        ]
        self.title_bar.show(left, f" {self.glyphs.dot} ".join(words) if self.rows is not None else "")

    def _late(self, row: BoardRow) -> bool:
        clock = next_due(row.raised.record)
        return clock is not None and clock.due_at is not None and self.read_at > clock.due_at

    def told(self, row: BoardRow) -> str:
        """By whom it was taken up, and the department."""
        if row.raised.escalation is None:
            return ""
        words = _("told by {who}", who=row.raised.raised_by or self.glyphs.nothing)
        department = row.ticket.department
        names = row.raised.record.names
        parts = [row.ticket.protocol, words, names.get("department") or department or ""]
        return f" {self.glyphs.dot} ".join(part for part in parts if part)
