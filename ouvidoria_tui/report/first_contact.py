"""How much is resolved at the first contact (S2-26)."""

from __future__ import annotations

from typing import Final

from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.report.fold import Cell, percent, total_of
from ouvidoria_tui.store import figures_contact
from ouvidoria_tui.text import N_

FIGURES: Final = ("solved", "first_contact", "first_contact_pct")
_WIDTH = 2

_DEFINITION = N_(
    "Manifestations that are closed as solved, and of those the ones that were solved at the first contact: with"
    " exactly one answer or question of the desk to the customer, and never reopened. Letters that the desk sends"
    " by itself (receipts, triage, reminders) are no answer."
)


def answer(source: Source, question: Question) -> Answer:
    """Solved tickets by dimension, and the share that one answer solved."""
    statement = figures_contact.first_contact(source.by, question.scope)
    cells = source.cells(statement, source.by, _WIDTH)
    rows = tuple({**dict(zip(source.by, cell, strict=True)), **_row(found)} for cell, found in cells.items())
    return Answer(_DEFINITION, source.by, rows, _row(total_of(cells.values(), _WIDTH)), (statement,))


def _row(cell: Cell) -> Row:
    solved, first = cell.sums
    return {"solved": solved, "first_contact": first, "first_contact_pct": percent(first, solved)}
