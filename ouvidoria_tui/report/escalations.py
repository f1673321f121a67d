"""Steps up: to the desk, and within it to area, ombudsman and board; by whom, why, and at whose wish (S0-20, S0-40)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ouvidoria_tui.domain.ticket import EscalationReason
from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.report.rows import grouped
from ouvidoria_tui.store.figures_around import steps
from ouvidoria_tui.text import N_

FIGURES: Final = ("escalations", "at_request", "speed", "quality", "other", "no_reason")
DIMENSIONS: Final = ("level", "agent", "department", "reason", "channel", "month")
BY: Final = ("level",)
_DESK: Final = "desk"

_DEFINITION = N_(
    "Steps up, by the arrival of the ticket: to the desk (a ticket that names an earlier one, says why it comes, or"
    " came because the customer asked), then each escalation to N1, N2 and N3 that was not taken back. Agent is who"
    " registered the ticket, or who escalated. Speed, quality, other: what about the first instance brought the"
    " ticket to the desk.",
)


def answer(source: Source, question: Question) -> Answer:
    """Steps by level, agent, department, reason, channel or month, and how many the customer asked for."""
    statement = steps(question.scope)
    rows, totals = grouped(source, statement, _values, _figures)
    first = tuple(sorted(rows, key=lambda row: row.get("level", _DESK) != _DESK))  # the way up, from below
    return Answer(_DEFINITION, source.by, first, totals, (statement,))


def _values(row: Mapping[str, object]) -> Mapping[str, object]:
    return {**row, "level": f"N{row['level']}" if row["level"] else _DESK}


def _figures(rows: Iterable[Mapping[str, object]]) -> Row:
    found = dict.fromkeys(FIGURES, 0)
    for row in rows:
        found["escalations"] += 1
        found["at_request"] += bool(row["asked"])
        reason = row["reason"]
        found["no_reason" if reason is None else EscalationReason(str(reason)).value] += 1
    return dict(found)
