"""Views of the queue: those that every desk has, and the agent's own."""

from __future__ import annotations

from typing import Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
    help=_("Views of the queue: queries with a name.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria view save boletos 'owner:me boleto'\nouvidoria queue --view boletos",
)


@app.command(
    "list",
    help=_("The views: those of every desk, then your own; the number is the console's key.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria view list",
)
def list_(ctx: typer.Context, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.desk.saved_views import own
    from ouvidoria_tui.domain.views import VIEWS

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        views = [*VIEWS, *own(desk)]
    records = [
        {
            "key": number if number < 10 else None,
            "name": view.name,
            "title": say(view.title),
            "query": view.query,
            "order": view.order,
            "own": number > len(VIEWS),
        }
        for number, view in enumerate(views, 1)
    ]
    columns = (
        Column("key", N_("Key"), align="right"),
        Column("name", N_("Name")),
        Column("title", N_("Title"), priority=1),
        Column("query", N_("Query"), flex=True),
        Column("order", N_("Order")),
        Column("own", N_("Own"), priority=2),
    )
    emit(given, chosen, records, columns)
    return 0


@app.command(
    help=_("Keep a query under a name, for `queue --view` and the console's keys 7 to 9.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria view save boletos 'owner:me boleto' --order due"
)
def save(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("What it is called"))],
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help=_("What it finds"))],
    order: Annotated[
        str, typer.Option("--order", metavar="ORDER", help=_("arrival, due or severity (default: arrival)"))
    ] = "arrival",
) -> int:
    from ouvidoria_tui.desk.saved_views import save as keep
    from ouvidoria_tui.report.reading import ORDERS

    given: Globals = ctx.obj
    if order not in ORDERS:
        raise UsageError(
            "BAD_ORDER",
            N_("there is no order {name}", name=order[:40]),
            N_("choose one of: {names}", names=", ".join(ORDERS)),
        )
    with given.desk() as desk:
        view = keep(desk, name, " ".join(query), order)  # type: ignore[arg-type]  # it is one of ORDERS
    given.narrate(_("saved: ouvidoria queue --view {name}", name=view.name))
    return 0


@app.command(
    help=_("Keep one of your views no longer.") + f"\n\n\b\n{_('Examples')}:\nouvidoria view remove boletos"
)
def remove(
    ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME", help=_("What it is called"))]
) -> int:
    from ouvidoria_tui.desk.saved_views import remove as drop

    given: Globals = ctx.obj
    with given.desk() as desk:
        gone = drop(desk, name)
    given.narrate(_("removed: {name}", name=gone))
    return 0
