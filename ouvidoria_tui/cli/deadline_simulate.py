"""What another policy would have made of past tickets; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit, piped
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.present.words import _, clock_name, plural, say, status_label
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.clock_state import CompiledClock
    from ouvidoria_tui.domain.policy import Policy
    from ouvidoria_tui.present.column import Column, Record
    from ouvidoria_tui.report.answer import Question
    from ouvidoria_tui.report.simulate import Simulation

HELP = (
    _(
        "What would have been met and missed under another policy, beside what was: past tickets are followed"
        " again from their receipt. Nothing is written."
    )
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria deadline simulate perfil.toml --period last-3m\n"
    + "ouvidoria deadline simulate perfil.toml --by department --format json"
)


def simulate(
    ctx: typer.Context,
    profile: Annotated[str, typer.Argument(metavar="POLICY", help=_("A profile: a file, or its name"))],
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help=_("When they arrived: 2026-10, 2026-01..2026-03, last-month, last-30d"),
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="DIM[,DIM...]", help=_("department, type, month, severity and others")),
    ] = None,
    fmt: FormatOption = None,
) -> None:
    """Prints the figures of both policies side by side."""
    from ouvidoria_tui.cli.care_output import stage
    from ouvidoria_tui.founding import policy_of
    from ouvidoria_tui.report.reading import connection
    from ouvidoria_tui.report.simulate import simulate as follow
    from ouvidoria_tui.report.simulate import tickets_of

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    policy = policy_of(profile)[0]
    with given.desk(read_only=True) as desk:
        conn = connection(desk.store)
        question = _question(desk, period, by or [])
        clocks = _compiled(desk, policy)
        with stage(given, N_("Following past tickets"), tickets_of(conn, question)) as work:
            found = follow(conn, desk.policy, question, policy, clocks, work.advance)
        _show(given, chosen, found, desk.policy.policy)


def _compiled(desk: Desk, policy: Policy) -> tuple[CompiledClock, ...]:
    """The other policy's clocks over its own hours; over the desk's holidays where it has the same rule."""
    from ouvidoria_tui.domain.deadline import compile_clocks
    from ouvidoria_tui.founding import closed_days

    in_force = desk.policy
    same = policy.holidays == in_force.policy.holidays
    return compile_clocks(policy, in_force.closed if same else closed_days(policy, desk.clock.now()))


def _question(desk: Desk, period: str | None, by: list[str]) -> Question:
    from ouvidoria_tui.report.answer import Question
    from ouvidoria_tui.report.ask import check_by
    from ouvidoria_tui.report.period import local_date, parse_period

    now, zone = desk.clock.now(), desk.policy.policy.zone
    wanted = [part.strip().lower() for item in by for part in item.split(",") if part.strip()]
    span = None if period is None else parse_period(period, zone, local_date(now, zone))
    return Question(name="sla", as_of=now, period=span, by=check_by("sla", wanted))


def _show(given: Globals, fmt: str, found: Simulation, policy: Policy) -> None:
    if fmt == "json":
        from ouvidoria_tui.present.json_text import json_text

        with piped():
            given.out.write(json_text(_record(found, policy.zone)) + "\n")
        return
    human = fmt in ("table", "md")
    emit(given, fmt, found.rows if human else _flat(found), _columns(found, policy, human=human))
    versions = _(
        "Simulated: {key}. Present: {present}, version {version}",
        key=found.policy,
        present=found.present_policy,
        version=found.present_version,
    )
    tickets = plural("{count} ticket", "{count} tickets", found.tickets)
    for line in (versions, tickets, say(found.definition)):
        given.narrate(line)


def _record(found: Simulation, zone: str) -> dict[str, object]:
    from ouvidoria_tui.present.zones import rfc3339

    period = found.question.period
    return {
        "name": "simulation",
        "definition": say(found.definition),
        "period": None if period is None else str(period),
        "as_of": rfc3339(found.question.as_of, zone),
        "by": list(found.dimensions),
        "tickets": found.tickets,
        "rows": list(found.rows),
        "totals": found.totals,
        "simulated": {"key": found.policy},
        "policy": {"key": found.present_policy, "version": found.present_version},
    }


def _flat(found: Simulation) -> Iterator[Record]:
    """The figures of today under ``present_`` and their name."""
    for row in found.rows:
        today = row["present"] if isinstance(row["present"], dict) else {}
        figures = {f"present_{name}": today.get(name) for name in found.figures}
        yield {**{name: value for name, value in row.items() if name != "present"}, **figures}


def _columns(found: Simulation, policy: Policy, *, human: bool) -> list[Column]:
    from ouvidoria_tui.present.column import Column

    if not human:
        keys = (*found.dimensions, *found.figures, *(f"present_{name}" for name in found.figures))
        return [Column(name, Text(name)) for name in keys]
    columns = [
        Column(name, _TITLES.get(name, Text(name)), flex=True, render=_dimension(name, found, policy))
        for name in found.dimensions
    ]
    for name, title, now in _FIGURES:
        columns.append(Column(name, title, align="right", render=_figure(name)))
        columns.append(Column(f"present.{name}", now, align="right", render=_present(name)))
    return columns


_TITLES = {
    "month": N_("Month"),
    "department": N_("Department"),
    "status": N_("Status"),
    "type": N_("Type"),
    "channel": N_("Channel"),
    "severity": N_("Severity"),
    "difficulty": N_("Difficulty"),
    "plan": N_("Plan"),
    "area": N_("Area"),
    "cause": N_("Cause"),
    "agent": N_("Agent"),
    "clock": N_("Clock"),
}
_FIGURES = (
    ("total", N_("Total"), N_("now")),
    ("met", N_("Met"), N_("now")),
    ("missed", N_("Missed"), N_("now")),
    ("met_pct", N_("% met"), N_("now")),
)


def _dimension(name: str, found: Simulation, policy: Policy) -> Callable[[Record], str]:
    names = found.names.get(name, {})

    def render(row: Record) -> str:
        value = row.get(name)
        if value is None:
            return "-"
        slug = str(value)
        if name == "clock":
            return clock_name(slug)
        return status_label(slug, policy.labels) if name == "status" else names.get(slug, slug)

    return render


def _figure(name: str) -> Callable[[Record], str]:
    return lambda row: _said(name, row.get(name))


def _present(name: str) -> Callable[[Record], str]:
    def render(row: Record) -> str:
        today = row.get("present")
        return _said(name, today.get(name) if isinstance(today, dict) else None)

    return render


def _said(name: str, value: object) -> str:
    from ouvidoria_tui.present.dates import decimal

    if not isinstance(value, int | float):
        return "-"
    return decimal(value, 1 if name.endswith("_pct") else 0)
