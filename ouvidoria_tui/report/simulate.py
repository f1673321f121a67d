"""What would have been met and missed under another policy: past tickets followed again, nothing written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ouvidoria_tui.domain.clock_state import MET, MISSED, PAUSED, RUNNING, STOPPED, UNDEFINED, ClockState
from ouvidoria_tui.domain.deadline import CompiledClock, derive
from ouvidoria_tui.domain.policy import Party, Policy
from ouvidoria_tui.domain.reassess import facts_of
from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.ask import ask, check_by
from ouvidoria_tui.report.desk_data import InForce, Source
from ouvidoria_tui.report.fold import Cell, percent, sort_key, spread, total_of
from ouvidoria_tui.report.sla import FIGURES
from ouvidoria_tui.store.figures import CELL, Connection, Group, names_of
from ouvidoria_tui.store.past_tickets import how_many, past_tickets, told
from ouvidoria_tui.store.reading import snapshot
from ouvidoria_tui.text import N_, Text

_WIDTH: Final = 7
DEFINITION: Final = N_(
    "The same tickets and the same events as in the report sla, followed again from their receipt under the"
    " other policy and its hours; beside it the figures as they are. Nothing was written."
)
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Simulation:
    """Rows of dimensions and clock; each has the figures of ``sla`` and, under ``present``, those of today.

    ``present`` is ``None`` where the desk has no such clock, a row's figures where the other policy has none.
    """

    question: Question
    definition: Text
    dimensions: tuple[str, ...]
    figures: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: Row
    policy: str
    tickets: int
    present_policy: str
    present_version: int
    names: Mapping[str, Mapping[str, str]]


def simulate(
    conn: Connection,
    in_force: InForce,
    question: Question,
    policy: Policy,
    clocks: Sequence[CompiledClock],
    progress: Progress = lambda _done: None,
) -> Simulation:
    """What ``clocks`` of ``policy`` make of the tickets that ``question`` (a report ``sla``) asks about.

    Raises ``UsageError``: ``BY_UNKNOWN``, ``CLOCK_UNKNOWN``.
    """
    by = check_by("sla", question.by)
    dimensions = by if "clock" in by else (*by, "clock")
    wanted = tuple(name for name in dimensions if name != "clock")
    with snapshot(conn):
        present = ask(conn, in_force, question)
        names = {name: names_of(conn, name) for name in wanted}
        source = Source(conn, in_force, by, names)
        cells, tickets = _follow(source, wanted, question, _asked(clocks, question.clock), progress)
    rows = _rows(cells, present.rows, wanted, dimensions, [clock.rule.name for clock in clocks])
    totals = {**_figures(total_of(cells.values(), _WIDTH)), "present": dict(present.totals)}
    if len({cell[-1] for cell in cells}) > 1:
        totals |= {"p50_minutes": None, "p90_minutes": None}
    return Simulation(
        question=question,
        definition=DEFINITION,
        dimensions=dimensions,
        figures=FIGURES,
        rows=rows,
        totals=totals,
        policy=policy.key,
        tickets=tickets,
        present_policy=in_force.policy.key,
        present_version=in_force.version,
        names={name: dict(known.values()) for name, known in names.items() if known},
    )


def tickets_of(conn: Connection, question: Question) -> int:
    """How many tickets a simulation follows."""
    return how_many(conn, question.scope)


def _asked(clocks: Sequence[CompiledClock], name: str | None) -> list[CompiledClock]:
    if name is None:
        return [clock for clock in clocks if clock.rule.party is not Party.CUSTOMER]
    return [clock for clock in clocks if clock.rule.name == name]


def _follow(
    source: Source,
    by: Sequence[str],
    question: Question,
    clocks: Sequence[CompiledClock],
    progress: Progress,
) -> tuple[dict[CELL, Cell], int]:
    """The figures by dimensions and clock."""
    cells: dict[CELL, Cell] = {}
    if not by:
        cells = {(clock.rule.name,): Cell(_WIDTH) for clock in clocks}
    tickets, since = 0, 0
    for values, events in told(source.conn, past_tickets(by, question.scope), by):
        tickets += 1
        cell = source.slugs(by, values)
        for state in derive(facts_of(events), clocks):
            found = cells.get((*cell, state.rule))
            if found is None:
                found = cells[(*cell, state.rule)] = Cell(_WIDTH)
            found.add(_group(state, question.as_of), None)
        if tickets - since == 500:
            progress(tickets - since)
            since = tickets
    progress(tickets - since)
    return cells, tickets


def _group(state: ClockState, now: int) -> Group:
    """One clock under the figures of ``report sla``: total, missed, met, late, paused, stopped, undefined."""
    seen = state.missed_at is not None
    missed = seen or (state.state == RUNNING and state.due_at is not None and state.due_at < now)
    done = state.met_at is not None
    figures = (
        1,
        missed,
        state.state == MET and not seen,
        seen and done,
        state.state == PAUSED and not seen,
        state.state == STOPPED and not seen,
        state.state == UNDEFINED and not seen,
    )
    minutes = str((state.spent or 0) // 60) if state.state in (MET, MISSED) and done else None
    return Group((), tuple(map(int, figures)), minutes)


def _rows(
    cells: Mapping[CELL, Cell],
    present: Iterable[Row],
    by: tuple[str, ...],
    dimensions: tuple[str, ...],
    clocks: Sequence[str],
) -> tuple[Row, ...]:
    """A row for every cell of either side, dimensions in the order wanted, clocks in the policy's."""
    keys = (*by, "clock")
    today = {tuple(row[name] for name in keys): row for row in present}
    every: dict[tuple[object, ...], None] = {**dict.fromkeys(cells), **dict.fromkeys(today)}
    places = {name: f"{place:04d}" for place, name in enumerate(clocks)}
    order = sort_key(dimensions)

    def place(cell: tuple[object, ...]) -> object:
        named = dict(zip(keys, cell, strict=True))
        named["clock"] = places.get(str(named["clock"]), f"9{named['clock']}")
        return order(tuple(named[name] for name in dimensions))  # type: ignore[misc]

    rows: list[Row] = []
    for cell in sorted(every, key=place):  # type: ignore[arg-type]
        named = dict(zip(keys, cell, strict=True))
        was = today.get(cell)
        now = cells.get(cell)  # type: ignore[arg-type]
        figures = dict.fromkeys(FIGURES) if now is None else _figures(now)
        rows.append(
            {
                **{name: named[name] for name in dimensions},
                **figures,
                "present": None if was is None else {name: was[name] for name in FIGURES},
            }
        )
    return tuple(rows)


def _figures(cell: Cell) -> dict[str, object]:
    total, missed, met, late, paused, stopped, undefined = cell.sums
    return {
        "total": total,
        "met": met,
        "missed": missed,
        "running": total - missed - met - paused - stopped - undefined,
        "on_time_notified": 0,
        "met_pct": percent(met, met + missed),
        **spread(cell),
        "late": late,
        "paused": paused,
        "stopped": stopped,
        "undefined": undefined,
    }
