"""Deadlines of a profile's clocks: due. Those of tickets stand beside: audit, explain, simulate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli import deadline_audit, deadline_explain, deadline_simulate
from ouvidoria_tui.cli.output import FormatOption, choose
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.calendar import Calendar
    from ouvidoria_tui.domain.pauses import Pause
    from ouvidoria_tui.domain.policy import ClockRule, Unit

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=CONTEXT
)

#: How a unit may be written, beside its own slug.
_UNITS = {"calendar": "calendar-days", "business": "business-days", "days": "calendar-days"}


@app.callback(invoke_without_command=True, help=_("Deadlines."))
def deadline(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


app.command(help=deadline_explain.HELP)(deadline_explain.explain)
app.command(help=deadline_audit.HELP)(deadline_audit.audit)
app.command(help=deadline_simulate.HELP)(deadline_simulate.simulate)


@app.command(
    help=_(
        "When a clock is due. A clock without a figure prints 'not defined'; units of days print the date."
    )
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria deadline due --profile organizacional --clock first-response --registered-at 2026-11-13T16:30\n"
    + "ouvidoria deadline due --clock answer --unit business-days --amount 10 --registered-at 2026-11-13"
)
def due(
    ctx: typer.Context,
    clock: Annotated[
        str, typer.Option("--clock", metavar="NAME", help=_("A clock of the profile, or a name"))
    ],
    registered_at: Annotated[
        str, typer.Option("--registered-at", metavar="RFC3339", help=_("When it was registered"))
    ],
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME|FILE", help=_("A profile instead of the policy in force")),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", metavar="UNIT", help=_("hours, business-hours, calendar-days or business-days")
        ),
    ] = None,
    amount: Annotated[
        int | None,
        typer.Option("--amount", metavar="N", help=_("How many units, instead of the profile's figure")),
    ] = None,
    pause: Annotated[
        list[str] | None,
        typer.Option("--pause", metavar="FROM/TO", help=_("A span that does not count; may be repeated")),
    ] = None,
    roll: Annotated[
        bool | None,
        typer.Option("--roll/--no-roll", help=_("Move a last day that is no business day to the next one")),
    ] = None,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help=_("complaint, criticism, suggestion …"))
    ] = None,
    severity: Annotated[
        str | None, typer.Option("--severity", metavar="SEVERITY", help=_("low, medium, high, critical"))
    ] = None,
    difficulty: Annotated[
        str | None, typer.Option("--difficulty", metavar="DIFFICULTY", help=_("simple, medium, complex"))
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="CHANNEL", help=_("The way in, where hours differ by it")),
    ] = None,
    department: Annotated[
        str | None, typer.Option("--department", metavar="SLUG", help=_("The department, where it matters"))
    ] = None,
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="SLUG", help=_("The customer's plan, where it matters"))
    ] = None,
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.cli.calendar import moment_at
    from ouvidoria_tui.cli.calendar_source import Calendars
    from ouvidoria_tui.cli.deadline_case import case, compiled

    given: Globals = ctx.obj
    chosen = None if fmt is None else choose(given, fmt)
    calendars = Calendars(given, profile)
    rule = calendars.policy.clock(clock)
    wanted = _unit(unit, rule)
    _check_figure(rule, wanted, amount)
    about = case(type_, severity, difficulty, channel, department, plan)
    clock_of = None if rule is None else compiled(rule, calendars).fitting(about)
    figure = amount if amount is not None else clock_of.amount_for(about) if clock_of else None
    calendar = calendars["desk"] if clock_of is None else clock_of.calendar
    start = moment_at(registered_at, calendar)
    pauses = _pauses(pause or (), calendar)
    usual = rule.roll if rule else calendars.policy.counting.roll
    rolled = usual if roll is None else roll
    record: dict[str, object] = {
        "profile": calendars.policy.key,
        "clock": clock,
        "unit": wanted.value if wanted else None,
        "amount": figure,
        "registered_at": _written(start, calendar),
        "roll": rolled,
        **_source(rule),
    }
    if wanted is None or figure is None:
        record |= {"due": None, "due_at": None}
    else:
        record |= _due(wanted, figure, start, calendar, rolled, pauses)
    _print(given, chosen, record, rule)


def _due(
    unit: Unit, amount: int, start: int, calendar: Calendar, roll: bool, pauses: Sequence[Pause]
) -> dict[str, object]:
    from ouvidoria_tui.domain.policy import Unit
    from ouvidoria_tui.domain.span import due as due_of
    from ouvidoria_tui.domain.span import due_date

    at = due_of(unit, amount, start, calendar, roll, pauses)
    days = unit in (Unit.CALENDAR_DAYS, Unit.BUSINESS_DAYS)
    written = _written(at, calendar)
    return {"due": due_date(unit, at, calendar).isoformat() if days else written, "due_at": written}


def _print(given: Globals, fmt: str | None, record: dict[str, object], rule: ClockRule | None) -> None:
    """One word on its own line; the whole record where a format is asked for."""
    from ouvidoria_tui.cli.policy_words import NOT_DEFINED, origin_words

    if fmt is not None:
        from ouvidoria_tui.cli.output import emit
        from ouvidoria_tui.present.columns import machine_columns

        emit(given, fmt, [record], machine_columns(record))
        return
    answer = record["due"] or (say(NOT_DEFINED) if given.terminal else NOT_DEFINED)
    given.out.write(f"{answer}\n")
    if rule is not None and origin_words(rule):
        given.narrate(_("source: {source}", source=origin_words(rule)))
    if rule is not None and rule.assumed:
        given.narrate(_("assumed: {what}", what=rule.assumed))


def _unit(written: str | None, rule: ClockRule | None) -> Unit | None:
    from ouvidoria_tui.domain.policy import Unit

    if written is None:
        return rule.unit if rule else None
    name = written.strip().lower().replace(" ", "-").replace("_", "-")
    try:
        return Unit(_UNITS.get(name, name))
    except ValueError:
        raise UsageError(
            "BAD_CHOICE",
            N_("{option} cannot be {written}", option="--unit", written=written[:40]),
            N_("choose one of: {names}", names=", ".join(unit.value for unit in Unit)),
        ) from None


def _check_figure(rule: ClockRule | None, unit: Unit | None, amount: int | None) -> None:
    """A figure of one unit is not the same figure of another one: they are given together."""
    if amount is not None and unit is None:
        raise UsageError(
            "UNIT_REQUIRED",
            N_("{option} needs {other}", option="--amount", other="--unit"),
            N_("say what is counted: hours, business-hours, calendar-days or business-days"),
        )
    if amount is None and unit is not None and (rule is None or rule.unit is not unit):
        raise UsageError(
            "AMOUNT_REQUIRED",
            N_("{option} needs {other}", option="--unit", other="--amount"),
            N_("say how many of them"),
        )


def _pauses(written: Sequence[str], calendar: Calendar) -> list[Pause]:
    from ouvidoria_tui.cli.calendar import moment_at

    found: list[Pause] = []
    for text in written:
        begin, slash, end = text.partition("/")
        span = (moment_at(begin, calendar), moment_at(end, calendar)) if slash else (1, 0)
        if span[0] > span[1]:
            raise UsageError(
                "BAD_PAUSE",
                N_("this is not a span of time: {written}", written=text[:80]),
                N_("write it like {example}", example="2026-03-10/2026-03-16"),
            )
        found.append(span)
    return found


def _source(rule: ClockRule | None) -> dict[str, object]:
    names = ("source", "article", "mark", "checked_on", "assumed")
    found: dict[str, object] = {name: (getattr(rule, name) or None) if rule else None for name in names}
    return {"statutory": rule.statutory if rule else None, **found}


def _written(at: int, calendar: Calendar) -> str:
    from ouvidoria_tui.domain.calendar_batch import written

    return written(at, calendar.tz)
