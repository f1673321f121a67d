"""What a wrong department costs: the moves between departments, and the time before each (S2-37)."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Final

from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.report.fold import percentile
from ouvidoria_tui.store.figures_contact import transfers
from ouvidoria_tui.text import N_

FIGURES: Final = ("transfers", "tickets", "lost_minutes", "p50_minutes", "p90_minutes")
DIMENSIONS: Final = ("from", "to", "month")
BY: Final = ("from", "to")

_DEFINITION = N_(
    "Moves of tickets from one department to another, and the minutes by the wall that the ticket had been in the"
    " department that it left: half of the moves came no later than p50, nine in ten no later than p90. What was"
    " taken back does not count; the place in the queue is kept, so the time is all that a move costs."
)


@dataclass(slots=True)
class _Moves:
    tickets: set[int] = field(default_factory=set)
    minutes: array[int] = field(default_factory=lambda: array("q"))

    def add(self, ticket: int, seconds: int) -> None:
        self.tickets.add(ticket)
        self.minutes.append(max(0, seconds) // 60)

    def row(self) -> Row:
        ordered = sorted(self.minutes)
        return {
            "transfers": len(ordered),
            "tickets": len(self.tickets),
            "lost_minutes": sum(ordered),
            "p50_minutes": percentile(ordered, 50),
            "p90_minutes": percentile(ordered, 90),
        }


def answer(source: Source, question: Question) -> Answer:
    """Moves by the departments; what cost most first."""
    statement = transfers(question.scope)
    cells: dict[tuple[str | None, ...], _Moves] = {}
    all_ = _Moves()
    cursor = source.conn.cursor()
    cursor.row_factory = None
    for month, left, to, ticket, seconds in cursor.execute(statement.sql, statement.params):
        values: dict[str, str | None] = {"month": month, "from": left, "to": to}
        cells.setdefault(tuple(values[name] for name in source.by), _Moves()).add(ticket, seconds)
        all_.add(ticket, seconds)
    rows = tuple(
        {**dict(zip(source.by, cell, strict=True)), **moves.row()}
        for cell, moves in sorted(
            cells.items(), key=lambda one: (-sum(one[1].minutes), [value or "" for value in one[0]])
        )
    )
    return Answer(_DEFINITION, source.by, rows, all_.row(), (statement,))
