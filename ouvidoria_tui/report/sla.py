"""Whether the clocks of the policy were met: by clock, and by whatever else is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ouvidoria_tui.domain.policy import ClockRule, ClockStart, ClockStop, Party
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.average import average
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.report.fold import Cell, percent, sort_key, spread, total_of
from ouvidoria_tui.store import figures_clocks
from ouvidoria_tui.store.figures import CELL, Statement
from ouvidoria_tui.text import N_, Text

FIGURES: Final = (
    "total",
    "met",
    "missed",
    "running",
    "on_time_notified",
    "met_pct",
    "p50_minutes",
    "p90_minutes",
    "late",
    "paused",
    "stopped",
    "undefined",
)
_WIDTH = 8

_DEFINITION = N_(
    "Clocks of the manifestations that arrived in the period. Met: satisfied by the due time. Missed: a due"
    " time passed unmet, whatever came later, also of a clock that still runs; late are those of them"
    " satisfied since. On time, notified: not met, but the customer was told before the due time that more is"
    " needed; they count as missed once it passes. The percentage is met of met and missed. p50 and p90: half,"
    " and nine in ten, of the satisfied clocks took no more of the clock's own time (nearest rank)."
)
_CYCLES = N_("{clock} starts again and again: on a past day only a cycle that is still the newest is known")
_RESUMED = N_("{clock} goes on where a ticket is reopened: what was met before that counts as running")


def answer(source: Source, question: Question) -> Answer:
    """Clocks by dimension and clock."""
    by = tuple(name for name in source.by if name != "clock")
    dimensions = source.by if "clock" in source.by else (*source.by, "clock")
    names, not_defined = _clocks(source, question)
    cells: dict[CELL, Cell] = {}
    statements: list[Statement] = []
    for name in names:
        statement = figures_clocks.clock(
            by, question.scope, name, cycles=_cycles(source, name), each_area=_each_area(source, name)
        )
        found = source.cells(statement, by, _WIDTH)
        if not by and not found:
            found = {(): Cell(_WIDTH)}
        statements.append(statement)
        cells.update(((*cell, name), figures) for cell, figures in found.items())
    mean, asked = average(source, question.scope)
    rows = tuple(
        {**{name: named[name] for name in dimensions}, **_row(cells[cell])}
        for cell, named in _ordered(cells, (*by, "clock"), dimensions, names)
    )
    totals = dict(_row(total_of(cells.values(), _WIDTH)))
    if len({cell[-1] for cell in cells}) > 1:
        totals |= {"p50_minutes": None, "p90_minutes": None}  # times of different clocks say nothing together
    return Answer(
        _DEFINITION,
        dimensions,
        rows,
        totals,
        (*statements, *([] if asked is None else [asked])),
        _notes(source, question, names),
        not_defined,
        mean,
    )


def _clocks(source: Source, question: Question) -> tuple[list[str], tuple[str, ...]]:
    """The clocks to count, in the policy's order, and those asked for that have no figure (S2-48)."""
    ever = figures_clocks.clock_names(source.conn)
    known = [rule.name for rule in source.policy.clocks]
    wanted = [name for name in known if name in ever] + [name for name in ever if name not in known]
    # The customer's own time is nobody's performance: it is counted where it is asked for.
    theirs = {rule.name for rule in source.policy.clocks if rule.party is Party.CUSTOMER}
    # Not every clock that is not in force: one of a request inside the ticket (an area's answer) has a figure.
    not_defined = tuple(rule.name for rule in source.policy.clocks if not _has_figure(rule))
    if question.clock is None:
        return [name for name in wanted if name not in theirs], not_defined
    everything = [*known, *(name for name in ever if name not in known)]
    if question.clock not in everything:
        raise UsageError(
            "CLOCK_UNKNOWN",
            N_("this desk has no clock {name}", name=question.clock[:40]),
            N_("its clocks are: {names}", names=", ".join(everything) or "-"),
        )
    chosen = {question.clock}
    return [name for name in wanted if name in chosen], tuple(name for name in not_defined if name in chosen)


def _has_figure(rule: ClockRule) -> bool:
    return rule.enabled and (rule.amount is not None or bool(rule.targets))


def _cycles(source: Source, name: str) -> bool:
    return any(rule.name == name and rule.start is not ClockStart.RECEIPT for rule in source.policy.clocks)


def _each_area(source: Source, name: str) -> bool:
    return any(rule.name == name and rule.each_area for rule in source.policy.clocks)


def _notes(source: Source, question: Question, names: list[str]) -> tuple[Text, ...]:
    if not question.past:
        return ()
    rules = {rule.name: rule for rule in source.policy.clocks}
    resumed = [name for name in names if name in rules and rules[name].stop is ClockStop.CONCLUSION]
    cycles = [name for name in names if _cycles(source, name)]
    return (
        *(Text(_CYCLES.source, {"clock": name}) for name in cycles),
        *(Text(_RESUMED.source, {"clock": name}) for name in resumed),
    )


def _ordered(
    cells: Mapping[CELL, Cell], given: tuple[str, ...], wanted: tuple[str, ...], clocks: list[str]
) -> list[tuple[CELL, dict[str, object]]]:
    """Cells with their values by name, in the order of ``wanted``; clocks in that of ``clocks``."""
    key = sort_key(wanted)
    places = {name: place for place, name in enumerate(clocks)}

    def order(item: tuple[CELL, dict[str, object]]) -> object:
        values = tuple(
            f"{places[str(item[1][name])]:04d}" if name == "clock" else item[1][name] for name in wanted
        )
        return key(values)  # type: ignore[arg-type]

    named = [(cell, dict(zip(given, cell, strict=True))) for cell in cells]
    return sorted(named, key=order)  # type: ignore[arg-type]


def _row(cell: Cell) -> Row:
    total, missed, met, late, paused, stopped, undefined, notified = cell.sums
    return {
        "total": total,
        "met": met,
        "missed": missed,
        "running": total - missed - met - paused - stopped - undefined,
        "on_time_notified": notified,
        "met_pct": percent(met, met + missed),
        **spread(cell),
        "late": late,
        "paused": paused,
        "stopped": stopped,
        "undefined": undefined,
    }
