"""The agents of the desk: list, add, role, activate, deactivate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import choice
from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.permission import Agent

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=CONTEXT
)

LoginArgument = Annotated[str, typer.Argument(metavar="LOGIN", help=_("The agent's login"))]


@app.callback(
    invoke_without_command=True,
    help=_("The agents of the desk; without a command it lists them.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria agent\nouvidoria agent add ana --role supervisor",
)
def agent(ctx: typer.Context) -> int | None:
    return list_(ctx, None) if ctx.invoked_subcommand is None else None


@app.command(
    "list", help=_("Who works here.") + f"\n\n\b\n{_('Examples')}:\nouvidoria agent list --format json"
)
def list_(ctx: typer.Context, fmt: FormatOption = None) -> int:
    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        emit(given, chosen, map(_record, desk.store.agents()), _columns())
    return 0


@app.command(
    help=_("Register an agent.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria agent add ana --name 'Ana' --role agent"
)
def add(
    ctx: typer.Context,
    login: LoginArgument,
    role: Annotated[
        str,
        typer.Option(
            "--role", metavar="ROLE", help=_("agent, supervisor, ombudsman, administrator or auditor")
        ),
    ],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help=_("How she is called (default: the login)"))
    ] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.register import register_agent
    from ouvidoria_tui.domain.permission import Role

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    wanted = choice(Role, role, "--role")
    assert wanted is not None
    with given.desk() as desk:
        new = register_agent(desk, login, name or login, wanted)
    return _told(given, chosen, new, changed=True)


@app.command(
    "role",
    help=_("Give an agent another role.") + f"\n\n\b\n{_('Examples')}:\nouvidoria agent role ana supervisor",
)
def role_(
    ctx: typer.Context,
    login: LoginArgument,
    role: Annotated[str, typer.Argument(metavar="ROLE", help=_("The new role"))],
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.register import set_role
    from ouvidoria_tui.domain.permission import Role

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    wanted = choice(Role, role, "ROLE")
    assert wanted is not None
    with given.desk() as desk:
        after, changed = set_role(desk, login, wanted)
    return _told(given, chosen, after, changed=changed)


@app.command(help=_("Let an agent act again.") + f"\n\n\b\n{_('Examples')}:\nouvidoria agent activate ana")
def activate(ctx: typer.Context, login: LoginArgument, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.desk.register import activate_agent

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        after, changed = activate_agent(desk, login)
    return _told(given, chosen, after, changed=changed)


@app.command(
    help=_("Let an agent act no more; what she did and what she has stays hers.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria agent deactivate ana"
)
def deactivate(ctx: typer.Context, login: LoginArgument, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.desk.register import deactivate_agent

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        after, changed = deactivate_agent(desk, login)
    return _told(given, chosen, after, changed=changed)


def _told(given: Globals, fmt: str, agent: Agent, *, changed: bool) -> int:
    record = {**_record(agent), "result": "done" if changed else "unchanged"}
    result = Column("result", N_("Result"), render=lambda _record: _("done") if changed else _("unchanged"))
    emit(given, fmt, [record], (*_columns(), result))
    return 0


def _record(agent: Agent) -> dict[str, object]:
    return {"login": agent.login, "name": agent.name, "role": agent.role.value, "active": agent.active}


def _columns() -> tuple[Column, ...]:
    return (
        Column("login", N_("Login"), width=8),
        Column("name", N_("Name"), flex=True),
        Column("role", N_("Role"), render=_role),
        Column("active", N_("Active")),
    )


def _role(record: Record) -> str:
    from ouvidoria_tui.domain.permission_words import ROLES
    from ouvidoria_tui.present.words import say

    role = str(record["role"])
    return say(ROLES.get(role, role))
