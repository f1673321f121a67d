"""Calls and the card of conduct on the telephone: how often it was filled in, and how far it was kept (S4-02)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from ouvidoria_tui.domain.conduct import Conduct
from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.report.rows import grouped
from ouvidoria_tui.store.figures_around import calls
from ouvidoria_tui.text import N_

_POINTS: Final = tuple(one.value.replace("-", "_") for one in Conduct)
FIGURES: Final = ("calls", "cards", *_POINTS, "all_points", "adherence_pct")
DIMENSIONS: Final = ("agent", "department", "channel", "month")
BY: Final = ("agent",)

_DEFINITION = N_(
    "Calls of tickets by the arrival of these; cards are those on which the points of conduct were filled in. Each"
    " point counts the cards on which it was kept, all points those on which every one was. Adherence is points"
    " kept of all points of those cards; a call without a card counts in neither.",
)


def answer(source: Source, question: Question) -> Answer:
    """Calls, cards, points kept and adherence by agent, department, channel or month."""
    statement = calls(question.scope)
    rows, totals = grouped(source, statement, dict, _figures)
    return Answer(_DEFINITION, source.by, rows, totals, (statement,))


def _figures(rows: Iterable[Mapping[str, object]]) -> Row:
    found = dict.fromkeys(FIGURES[:-1], 0)
    kept = 0
    for row in rows:
        found["calls"] += 1
        if row["conduct"] is None:
            continue
        points = {Conduct(name) for name in json.loads(str(row["conduct"]))}
        found["cards"] += 1
        found["all_points"] += len(points) == len(Conduct)
        kept += len(points)
        for one in points:
            found[one.value.replace("-", "_")] += 1
    cards = found["cards"]
    adherence = round(100 * kept / (cards * len(Conduct)), 1) if cards else None
    return {**found, "adherence_pct": adherence}
