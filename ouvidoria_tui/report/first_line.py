"""What the first instance solves by itself, beside the goal of more than 99 % of a day (S0-39, S1-05).

The desk knows of it only what was imported. Without volumes there is no figure, never 100 % (C-26).
"""

from __future__ import annotations

from typing import Final

from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.report.period import local_date
from ouvidoria_tui.store.figures_first_line import volumes
from ouvidoria_tui.text import N_, Text

FIGURES: Final = ("received", "solved", "unsolved", "solved_pct", "days", "days_below")
DIMENSIONS: Final = ("day", "month", "channel")
#: What is promised: strictly more than this, on each day.
GOAL: Final = 99

#: Received and solved of each day.
_Days = dict[str, tuple[int, int]]

_DEFINITION = N_(
    "Requests that the first instance received and solved, as imported from its daily volumes. The goal is more"
    " than 99 % of each day; days below it are those on which 99 % or less of what the line counts was solved.",
)
_NO_DATA = N_("no data: no volumes of the first instance were imported (`import --kind volumes`)")


def answer(source: Source, question: Question) -> Answer:
    """Received, solved and the share of it, with the days that missed the goal."""
    first, last = days_of(source, question)
    statement = volumes(first, last)
    cells: dict[tuple[str, ...], _Days] = {}
    all_: _Days = {}
    for day, channel, received, solved in source.conn.execute(statement.sql, statement.params):
        values = {"day": day, "month": day[:7], "channel": channel}
        cell = cells.setdefault(tuple(values[name] for name in source.by), {})
        _add(cell, day, received, solved)
        _add(all_, day, received, solved)
    rows = tuple(
        {**{name: value or None for name, value in zip(source.by, cell, strict=True)}, **_figures(days)}
        for cell, days in sorted(cells.items())
    )
    notes: tuple[Text, ...] = () if all_ else (_NO_DATA,)
    return Answer(_DEFINITION, source.by, rows, _figures(all_), (statement,), notes)


def days_of(source: Source, question: Question) -> tuple[str | None, str]:
    """The first and the last day of which volumes are asked for, as ISO dates; no first one: from the beginning."""
    last = local_date(question.as_of, source.policy.zone).isoformat()
    if question.period is None:
        return None, last
    return question.period.first.isoformat(), min(question.period.last.isoformat(), last)


def _add(days: _Days, day: str, received: int, solved: int) -> None:
    before = days.get(day, (0, 0))
    days[day] = (before[0] + received, before[1] + solved)


def _figures(days: _Days) -> Row:
    """The figures of some days; a share of nothing does not exist."""
    received = sum(came for came, _done in days.values())
    solved = sum(done for _came, done in days.values())
    return {
        "received": received if days else None,
        "solved": solved if days else None,
        "unsolved": received - solved if days else None,
        # Rounded down: 99.999 % is not all of it.
        "solved_pct": 10_000 * solved // received / 100 if received else None,
        "days": len(days),
        "days_below": sum(1 for came, done in days.values() if came and 100 * done <= GOAL * came)
        if days
        else None,
    }
