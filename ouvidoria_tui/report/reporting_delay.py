"""How long after it happened a problem is reported (S3-32)."""

from __future__ import annotations

from typing import Final

from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.report.fold import Cell, spread, total_of
from ouvidoria_tui.store import figures_contact
from ouvidoria_tui.text import N_

FIGURES: Final = ("received", "dated", "p50_minutes", "p90_minutes")
_WIDTH = 2

_DEFINITION = N_(
    "Manifestations by their arrival, how many of them say when it happened, and the minutes by the wall from then"
    " until they arrived: half no longer than p50, nine in ten no longer than p90 (nearest rank)."
)


def answer(source: Source, question: Question) -> Answer:
    """Received tickets by dimension, those with a date of the fact, and the delay of those."""
    statement = figures_contact.reporting_delay(source.by, question.scope)
    cells = source.cells(statement, source.by, _WIDTH)
    rows = tuple({**dict(zip(source.by, cell, strict=True)), **_row(found)} for cell, found in cells.items())
    return Answer(_DEFINITION, source.by, rows, _row(total_of(cells.values(), _WIDTH)), (statement,))


def _row(cell: Cell) -> Row:
    received, dated = cell.sums
    return {"received": received, "dated": dated, **spread(cell)}
