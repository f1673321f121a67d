"""What is open, how old it is, and what of it is late or nobody's."""

from __future__ import annotations

from typing import Final

from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.report.fold import Cell, spread, total_of
from ouvidoria_tui.store import figures
from ouvidoria_tui.text import N_

FIGURES: Final = ("total", "overdue", "unowned", "p50_minutes", "p90_minutes", "oldest_at")
_WIDTH, _OLDEST = 4, 3

_DEFINITION = N_(
    "Manifestations that are not closed. Overdue: a clock of theirs runs past its due time. Unowned: nobody"
    " has them. Ages are minutes by the wall since arrival: half are no older than p50, nine in ten no older"
    " than p90 (nearest rank)."
)


def answer(source: Source, question: Question) -> Answer:
    """Open tickets by dimension with their ages."""
    statement = figures.backlog(source.by, question.scope)
    cells = source.cells(statement, source.by, _WIDTH, least=_OLDEST)
    past = question.past
    rows = tuple(
        {**dict(zip(source.by, cell, strict=True)), **_row(found, past)} for cell, found in cells.items()
    )
    totals = _row(total_of(cells.values(), _WIDTH, _OLDEST), past)
    notes = (N_("what was overdue or unowned on a past day is not kept, and left empty"),) if past else ()
    return Answer(_DEFINITION, source.by, rows, totals, (statement,), notes)


def _row(cell: Cell, past: bool) -> Row:
    total, overdue, unowned, oldest = cell.sums
    return {
        "total": total,
        "overdue": None if past else overdue,
        "unowned": None if past else unowned,
        **spread(cell),
        "oldest_at": oldest or None,
    }
