"""The way up in numbers: self-service, attendance, the desk; what each received, solved and passed on (S0-30)."""

from __future__ import annotations

from typing import Final

from ouvidoria_tui.domain.policy_access import LEVELS, WayLevel
from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.report.first_line import days_of
from ouvidoria_tui.store.figures_around import arrivals
from ouvidoria_tui.store.figures_first_line import volumes
from ouvidoria_tui.text import N_, Text

FIGURES: Final = ("number", "received", "solved", "passed_on", "solved_pct")
DIMENSIONS: Final = ("level", "month")
BY: Final = ("level",)

#: Received and solved.
_Pair = tuple[int, int]

_DEFINITION = N_(
    "How many requests came to each level: self-service (0) and attendance (1) as imported from the daily volumes"
    " of the first instance, by the ways that the policy names; the desk (2) by its own tickets, solved being those"
    " closed as solved. Passed on is what a level received and did not solve.",
)
_NO_DATA = N_("no data: no volumes of the first instance were imported (`import --kind volumes`)")


def answer(source: Source, question: Question) -> Answer:
    """Received, solved and passed on by level."""
    first, last = days_of(source, question)
    before, here = volumes(first, last), arrivals(question.scope)
    cells: dict[tuple[str, ...], _Pair] = {}
    for day, channel, received, solved in source.conn.execute(before.sql, before.params):
        _add(cells, source, source.policy.access.level_of(channel), day[:7], received, solved)
    notes: tuple[Text, ...] = () if cells else (_NO_DATA,)
    for month, received, solved in source.conn.execute(here.sql, here.params):
        _add(cells, source, WayLevel.DESK, month, received, solved or 0)
    rows = tuple(
        {**dict(zip(source.by, cell, strict=True)), **_figures(pair, _level(source, cell))}
        for cell, pair in sorted(cells.items(), key=lambda one: _place(source, one[0]))
    )
    # The levels do not add up: who is passed on is counted again one level higher.
    return Answer(_DEFINITION, source.by, rows, dict.fromkeys(FIGURES), (before, here), notes)


def _add(
    cells: dict[tuple[str, ...], _Pair],
    source: Source,
    level: WayLevel,
    month: str,
    received: int,
    solved: int,
) -> None:
    values = {"level": level.value, "month": month}
    cell = tuple(values[name] for name in source.by)
    had = cells.get(cell, (0, 0))
    cells[cell] = (had[0] + received, had[1] + solved)


def _level(source: Source, cell: tuple[str, ...]) -> int | None:
    return LEVELS[WayLevel(cell[source.by.index("level")])] if "level" in source.by else None


def _place(source: Source, cell: tuple[str, ...]) -> list[object]:
    return [
        str(LEVELS[WayLevel(value)]) if name == "level" else value
        for name, value in zip(source.by, cell, strict=True)
    ]


def _figures(pair: _Pair, number: int | None) -> Row:
    received, solved = pair
    return {
        "number": number,
        "received": received,
        "solved": solved,
        "passed_on": received - solved,
        "solved_pct": 10_000 * solved // received / 100 if received else None,
    }
