"""How much came in, and what has become of it."""

from __future__ import annotations

from typing import Final

from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.report.fold import Cell, total_of
from ouvidoria_tui.store import figures
from ouvidoria_tui.text import N_

FIGURES: Final = ("received", "answered", "closed", "reopened", "duplicates", "open")
_WIDTH = 5

_DEFINITION = N_(
    "Manifestations by their arrival at the desk (its time zone): how many were received and, of those same"
    " ones, how many have had a public answer, are closed, were reopened at least once, are closed"
    " as duplicates of another one, and are open."
)


def answer(source: Source, question: Question) -> Answer:
    """Received, answered, closed, reopened and still open tickets by dimension."""
    statement = figures.volume(source.by, question.scope)
    cells = source.cells(statement, source.by, _WIDTH)
    rows = tuple({**dict(zip(source.by, cell, strict=True)), **_row(found)} for cell, found in cells.items())
    return Answer(_DEFINITION, source.by, rows, _row(total_of(cells.values(), _WIDTH)), (statement,))


def _row(cell: Cell) -> Row:
    received, answered, closed, reopened, duplicates = cell.sums
    return {
        "received": received,
        "answered": answered,
        "closed": closed,
        "reopened": reopened,
        "duplicates": duplicates,
        "open": received - closed,
    }
