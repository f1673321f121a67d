"""`ouvidoria agent competence …`, `agent absent`, `agent back`: what agents are able to do, and when they are away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.agents import LoginArgument, app
from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.permission import Agent

__all__ = ["app"]

competence = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
    help=_("What agents are able to do, and until when.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria agent competence add ana procedencia --until 2027-06-30",
)
app.add_typer(competence, name="competence")

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help=_("The competence: procedencia, tier-two …"))
]


@competence.command(
    "list", help=_("Who is able to do what.") + f"\n\n\b\n{_('Examples')}:\nouvidoria agent competence list"
)
def list_(
    ctx: typer.Context,
    login: Annotated[str | None, typer.Argument(metavar="LOGIN", help=_("Only this agent"))] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.staff import known, local_day

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        agents = [known(desk, login)] if login is not None else desk.store.agents()
        today = local_day(desk, desk.clock.now())
        records = [record for agent in agents for record in _competences(agent, today)]
    columns = (
        Column("login", N_("Login")),
        Column("competence", N_("Competence")),
        Column("until", N_("Until")),
        Column("holds", N_("Holds"), tone=lambda record: "" if record["holds"] else "warn"),
        Column("note", N_("Note"), flex=True),
    )
    emit(given, chosen, records, columns)
    return 0


@competence.command(
    help=_("Say that an agent is able to do something; a second time it gives another end or note.")
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria agent competence add ana procedencia --until 2027-06-30 --note 'Curso de 2026'"
)
def add(
    ctx: typer.Context,
    login: LoginArgument,
    name: NameArgument,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help=_("The last day on which it holds"))
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("By what it was found"))] = "",
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.staff import give_competence

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    last = None if until is None else day(until, "--until")
    with given.desk() as desk:
        after, changed = give_competence(desk, login, name, until=last, note=note)
    return _told(given, chosen, after, changed=changed)


@competence.command(
    help=_("Say that an agent is able to do something no more.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria agent competence remove ana procedencia"
)
def remove(ctx: typer.Context, login: LoginArgument, name: NameArgument, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.desk.staff import take_competence

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        after, changed = take_competence(desk, login, name)
    return _told(given, chosen, after, changed=changed)


@app.command(
    help=_("Say when an agent is away, and who stands in.")
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria agent absent ana --from 2026-12-21 --to 2027-01-04 --delegate rui"
)
def absent(
    ctx: typer.Context,
    login: LoginArgument,
    first: Annotated[str, typer.Option("--from", metavar="DATE", help=_("The first day away"))],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help=_("The last day away"))],
    delegate: Annotated[
        str | None, typer.Option("--delegate", metavar="LOGIN", help=_("Who stands in"))
    ] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.staff import set_absence

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    span = day(first, "--from"), day(last, "--to")
    with given.desk() as desk:
        after, changed = set_absence(desk, login, *span, delegate)
    return _told(given, chosen, after, changed=changed)


@app.command(
    help=_("Say that an agent is back: absences of today and later are no more.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria agent back ana"
)
def back(ctx: typer.Context, login: LoginArgument, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.desk.staff import end_absence, local_day

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        after, changed = end_absence(desk, login, local_day(desk, desk.clock.now()))
    return _told(given, chosen, after, changed=changed)


def day(written: str, option: str) -> date:
    """The date of an option: 2026-12-21 or 21/12/2026; ``UsageError`` ``BAD_DATE``."""
    from datetime import datetime

    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(written.strip(), form).date()
        except ValueError:
            continue
    raise UsageError(
        "BAD_DATE",
        N_("{option} cannot be {written}", option=option, written=written[:40]),
        N_("write the date like 2026-12-21 or 21/12/2026"),
    )


def _competences(agent: Agent, today: date) -> list[dict[str, object]]:
    return [
        {
            "login": agent.login,
            "competence": one.name,
            "until": None if one.until is None else one.until.isoformat(),
            "holds": one.until is None or today <= one.until,
            "note": one.note or None,
        }
        for one in agent.competences
    ]


def _told(given: Globals, fmt: str, agent: Agent, *, changed: bool) -> int:
    away = [
        f"{one.first.isoformat()}/{one.last.isoformat()}{f' {one.delegate}' if one.delegate else ''}"
        for one in agent.absences
    ]
    record = {
        "login": agent.login,
        "competences": [one.name for one in agent.competences],
        "absences": away,
        "result": "done" if changed else "unchanged",
    }
    columns = (
        Column("login", N_("Login")),
        Column("competences", N_("Competences"), flex=True),
        Column("absences", N_("Away"), flex=True),
        Column("result", N_("Result"), render=lambda _record: _("done") if changed else _("unchanged")),
    )
    emit(given, fmt, [record], columns)
    return 0
