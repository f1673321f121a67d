"""Figures of the desk: sla, backlog, volume, refusals, satisfaction; explained, repeatable, an alarm for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import Alarm, Refused, UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.report.answer import Question, Report
    from ouvidoria_tui.report.condition import Condition


def report(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]",
            help=_(
                "sla, backlog, volume, areas, refusals, first-contact, transfers, delays, satisfaction, first-line,"
                " funnel, escalations or conduct"
            ),
            show_default=False,
        ),
    ] = "sla",
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
        typer.Option(
            "--by",
            metavar="DIM[,DIM...]",
            help=_("department, type, plan, agent, month, status, channel, severity, clock and others"),
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help=_("The figures as they stood at that moment")),
    ] = None,
    clock: Annotated[
        str | None, typer.Option("--clock", metavar="NAME", help=_("Only this clock (sla)"))
    ] = None,
    fail_if: Annotated[
        str | None,
        typer.Option(
            "--fail-if", metavar="EXPR", help=_("Leave with exit code 9 where this is true: met_pct<95")
        ),
    ] = None,
    fmt: FormatOption = None,
) -> None:
    """Prints figures; raises ``Alarm`` ``ALARM`` (exit 9) afterwards, where ``--fail-if`` is true."""
    from ouvidoria_tui.cli.reporting_view import show
    from ouvidoria_tui.report.ask import ask, figures_of
    from ouvidoria_tui.report.condition import parse_condition
    from ouvidoria_tui.report.reading import connection

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    name = name.strip().lower()
    condition = parse_condition(fail_if, figures_of(name)) if fail_if is not None else None
    with given.desk(read_only=True) as desk:
        question = _question(desk, name, period, by or [], as_of, clock)
        answer = ask(connection(desk.store), desk.policy, question)
        show(given, chosen, answer, desk.policy.policy)
    if condition is not None:
        _alarm(given, condition, answer)


def _question(
    desk: Desk, name: str, period: str | None, by: list[str], as_of: str | None, clock: str | None
) -> Question:
    from ouvidoria_tui.report.answer import Question
    from ouvidoria_tui.report.ask import check_by
    from ouvidoria_tui.report.period import local_date, parse_period

    dimensions = check_by(
        name, [part.strip().lower() for item in by for part in item.split(",") if part.strip()]
    )
    if clock is not None and name != "sla":
        raise UsageError(
            "NOT_FOR_THIS_REPORT",
            N_("the report {name} counts no clocks", name=name),
            N_("leave --clock out, or ask for the report sla"),
        )
    now, zone = desk.clock.now(), desk.policy.policy.zone
    today = local_date(now, zone)
    moment = now if as_of is None else _moment(as_of, zone, now)
    return Question(
        name=name,
        as_of=moment,
        past=moment < now,
        period=None if period is None else parse_period(period, zone, today),
        by=dimensions,
        clock=clock,
    )


def _moment(written: str, zone: str, now: int) -> int:
    """The moment of ``--as-of``; a date alone means its end, today's means now."""
    from ouvidoria_tui.present.dates import parse_when
    from ouvidoria_tui.report.period import end_of_date, local_date, parse_period

    end = end_of_date(written, zone, local_date(now, zone))
    if end is not None:
        begun = parse_period(written, zone, local_date(now, zone)).start <= now
        moment = min(end, now) if begun else end
    else:
        moment = parse_when(written, zone, now)
    if moment > now:
        raise Refused(
            "DATE_IN_FUTURE",
            N_("{written} has not come yet: there are no figures of the future", written=written[:40]),
            N_("give a moment that has passed, or leave --as-of out"),
        )
    return moment


def _alarm(given: Globals, condition: Condition, answer: Report) -> None:
    for figure in condition.without_value(answer):
        given.narrate(_("{figure} has no value here: nothing was compared with it", figure=figure))
    if condition.holds(answer):
        raise Alarm(
            "ALARM",
            N_("true of the report {name}: {condition}", name=answer.name, condition=condition.written),
            N_("--fail-if asked for this alarm"),
            details={"condition": condition.written},
        )


vars(report)["example"] = (
    "ouvidoria report\n"
    "ouvidoria report sla --by department --period last-month\n"
    "ouvidoria report volume --by month,department,status --format csv\n"
    "ouvidoria report refusals --by rule,decision\n"
    "ouvidoria report transfers --by from,to\n"
    "ouvidoria report escalations --by agent,department\n"
    "ouvidoria report conduct --by agent\n"
    "ouvidoria report backlog --fail-if 'overdue>0 or unowned>=10'"
)
