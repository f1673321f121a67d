"""What triage decided and by which codes, where it sent people, and how often a person decided otherwise.

A rule that is wrong shows here: its decisions are overridden, or nearly everybody is turned away by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from ouvidoria_tui.domain.ticket import Admission
from ouvidoria_tui.domain.triage_plan import deciding
from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.store.figures_triage import decisions
from ouvidoria_tui.text import N_

FIGURES: Final = (
    "decisions",
    "admitted",
    "asked",
    "turned_away",
    "joined",
    "overridden",
    "overridden_pct",
)
DIMENSIONS: Final = ("decision", "code", "redirect", "redirect_cause", "rule", "month")
#: What is asked for where nobody says otherwise.
BY: Final = ("decision", "code", "redirect", "redirect_cause")

_COUNTED: Final = {
    Admission.ADMITTED.value: "admitted",
    Admission.AWAITING_INFO.value: "asked",
    Admission.REDIRECTED.value: "turned_away",
    Admission.INELIGIBLE.value: "turned_away",
    Admission.DUPLICATE.value: "joined",
}
_DEFINITION = N_(
    "Decisions of triage on what arrived: admitted, asked for what was missing, turned away (redirected or"
    " ineligible), joined to an older ticket. Overridden: the next decision on the same ticket was a person's own."
    " A decision with several codes or rules stands in the line of each, and once in the totals; a code beside a"
    " graver decision, of which the customer was not told, stands in none. Decisions that a person took without a"
    " plan are not counted.",
)

_Cell = tuple[str | None, ...]
_Decision = tuple[str, str, str | None, str | None, str | None, str | None, int]


def answer(source: Source, question: Question) -> Answer:
    """Decisions by what they said; the most first, so that what happens most is read first."""
    statement = decisions(question.scope)
    cells: dict[_Cell, dict[str, int]] = {}
    all_: dict[str, int] = {}
    cursor = source.conn.cursor()
    cursor.row_factory = None
    for row in cursor.execute(statement.sql, statement.params):
        for cell in _cells(row, source.by):
            _count(cells.setdefault(cell, {}), row)
        _count(all_, row)
    rows = tuple(
        {**dict(zip(source.by, cell, strict=True)), **_figures(found)}
        for cell, found in sorted(
            cells.items(), key=lambda one: (-one[1]["decisions"], [value or "" for value in one[0]])
        )
    )
    return Answer(_DEFINITION, source.by, rows, _figures(all_), (statement,))


def _cells(row: _Decision, by: Sequence[str]) -> Iterator[_Cell]:
    """The lines in which a decision stands: one for each of its codes and rules that is asked for."""
    month, decision, codes, rules, redirect, cause, _overridden = row
    values: dict[str, Sequence[str | None]] = {
        "month": (month,),
        "decision": (decision,),
        "redirect": (redirect,),
        "redirect_cause": (cause,),
        "code": deciding(decision, json.loads(codes) if codes else ()) or (None,),
        "rule": list(dict.fromkeys(json.loads(rules))) if rules else (None,),
    }
    return product(*(values[name] for name in by))


def _count(found: dict[str, int], row: _Decision) -> None:
    for name in ("decisions", _COUNTED[row[1]], *(["overridden"] if row[-1] else [])):
        found[name] = found.get(name, 0) + 1


def _figures(found: dict[str, int]) -> Row:
    total, overridden = found.get("decisions", 0), found.get("overridden", 0)
    counted: dict[str, int | float | None] = {name: found.get(name, 0) for name in FIGURES[:-1]}
    return {**counted, "overridden_pct": round(100 * overridden / total, 1) if total else None}
