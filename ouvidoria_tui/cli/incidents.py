"""Incidents: one cause that troubles many customers: open, list, link, unlink, tell, close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import RevisionOption, ToneOption, each
from ouvidoria_tui.cli.output import FormatOption, choose, emit, emit_outcomes
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.incident import Incident

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=CONTEXT
)
#: The keys of an incident in the machine formats.
KEYS = (
    "incident",
    "title",
    "cause",
    "opened_at",
    "opened_by",
    "closed_at",
    "reason",
    "tickets",
    "open_tickets",
    "customers",
)
Number = Annotated[int, typer.Argument(metavar="I", min=1, help=_("The number of an incident"))]


def _help(text: str, example: str) -> str:
    return f"{text}\n\n\b\n{_('Examples')}:\n{example}"


@app.callback(
    invoke_without_command=True,
    help=_help(
        _("Incidents that trouble many customers; without a command it lists the open ones."),
        "ouvidoria incident\nouvidoria incident open --title 'Boletos em duplicidade'",
    ),
)
def incident(ctx: typer.Context) -> int | None:
    return list_(ctx) if ctx.invoked_subcommand is None else None


@app.command("list", help=_help(_("The open incidents, the newest first."), "ouvidoria incident list --all"))
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=_("The closed ones, too"))] = False,
    fmt: FormatOption = None,
) -> int:
    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        rows = [
            record
            for one, record in zip(
                desk.store.incidents(), _records(desk, desk.store.incidents()), strict=True
            )
            if one.open or everything
        ]
    emit(given, chosen, rows, _columns(chosen))
    if chosen == "table" and not rows:
        given.narrate(_("no incident is open"))
    return 0


@app.command(
    "open",
    help=_help(
        _("Open an incident."), "ouvidoria incident open --title 'Loja fora do ar' --cause Indisponibilidade"
    ),
)
def open_(
    ctx: typer.Context,
    title: Annotated[
        str,
        typer.Option(
            "--title", metavar="TEXT", help=_("What happens, in the words that customers would use")
        ),
    ],
    cause: Annotated[str | None, typer.Option("--cause", metavar="NAME", help=_("Its cause"))] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.incident import open_incident

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        made = open_incident(desk, title, cause=cause)
        emit(given, chosen, list(_records(desk, [made])), _columns(chosen))
    return 0


@app.command(
    "link",
    help=_help(
        _("Link tickets to an incident."),
        "ouvidoria incident link 1 2026-000123-8 2026-000131-0\nouvidoria incident link 1 'boleto duplicado'",
    ),
)
def link(
    ctx: typer.Context,
    number: Number,
    tickets: Annotated[
        list[str],
        typer.Argument(
            metavar="P...|QUERY", help=_("Protocols (- reads them), or which of the open tickets")
        ),
    ],
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.act import batch
    from ouvidoria_tui.desk.incident import find_incident, link_incident
    from ouvidoria_tui.domain.permission import Verb

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        find_incident(desk, number)
        refs = _meant(desk, tickets)
        if not refs:
            given.narrate(_("no ticket matches"))
            return 0
        outcomes = batch(
            desk, refs, Verb.INCIDENT, lambda ref: link_incident(desk, ref, number, revision=revision)
        )
        return emit_outcomes(given, chosen, outcomes)


@app.command(
    "unlink",
    help=_help(_("Take tickets out of their incident."), "ouvidoria incident unlink 2026-000123-8"),
)
def unlink(
    ctx: typer.Context,
    tickets: Annotated[
        list[str], typer.Argument(metavar="P...", help=_("Protocols; - reads them from the standard input"))
    ],
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.cli.common import perform
    from ouvidoria_tui.desk.incident import unlink_incident
    from ouvidoria_tui.domain.permission import Verb

    return perform(
        ctx.obj,
        fmt,
        tickets,
        Verb.INCIDENT,
        lambda desk, ref: unlink_incident(desk, ref, revision=revision),
    )


@app.command(
    "close",
    help=_help(
        _("Close an incident; its tickets stay as they are."),
        "ouvidoria incident close 1 --reason 'Corrigido às 14h'",
    ),
)
def close(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("How it ended"))],
    tell: Annotated[
        bool, typer.Option("--tell", help=_("Tell it in these words to the customer of each linked ticket"))
    ] = False,
    confirm_tone: ToneOption = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.incident import close_incident
    from ouvidoria_tui.desk.incident_tell import tell_incident

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as opened:
        desk = opened.confirming_tone(confirm_tone)
        outcomes = list(tell_incident(desk, number, reason, over=True)) if tell else []
        ended, changed = close_incident(desk, number, reason)
        emit(given, chosen, list(_records(desk, [ended])), _columns(chosen))
    if tell:
        told = [one for one in outcomes if one.result == "done"]
        given.narrate(plural("{count} customer was told", "{count} customers were told", len(told)))
    if not changed:
        given.narrate(_("unchanged"))
    return 0


@app.command(
    "tell",
    help=_help(
        _("Tell the customers of the linked tickets how it stands: an event and a letter on each, once."),
        "ouvidoria incident tell 1 --text 'A equipe trabalha na correção; a previsão é hoje às 18h.'",
    ),
)
def tell(
    ctx: typer.Context,
    number: Number,
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help=_("The words; - reads them from the standard input"))
    ],
    confirm_tone: ToneOption = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.incident_tell import tell_incident

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        outcomes = tell_incident(desk.confirming_tone(confirm_tone), number, text_from(text) or "")
        return emit_outcomes(given, chosen, outcomes)


def _meant(desk: Desk, written: list[str]) -> list[str]:
    """The protocols that were written, or those of the open tickets that a query finds."""
    from ouvidoria_tui.domain.protocol import parse_protocol
    from ouvidoria_tui.domain.query import parse
    from ouvidoria_tui.errors import UsageError
    from ouvidoria_tui.report.reading import connection, page

    try:
        return [parse_protocol(ref) for ref in each(written)]
    except UsageError:
        query = parse(" ".join(written))
    conn, policy = connection(desk.store), desk.policy.policy
    found: list[str] = []
    after = None
    while True:
        now = desk.clock.now()
        rows = page(conn, query, limit=500, after=after, now=now, agent_id=desk.agent.id, zone=policy.zone)
        found += [row.protocol for row in rows.rows]
        after = rows.next
        if after is None:
            return found


def _records(desk: Desk, incidents: list[Incident]) -> Iterator[dict[str, object]]:
    from ouvidoria_tui.present.dates import rfc3339
    from ouvidoria_tui.report.incidents import tickets_of
    from ouvidoria_tui.report.reading import connection, logins

    conn, zone = connection(desk.store), desk.policy.policy.zone
    agents = logins(conn)
    for one in incidents:
        tickets, still_open, customers = tickets_of(conn, one.number)
        yield {
            "incident": one.number,
            "title": one.title,
            "cause": one.cause,
            "opened_at": rfc3339(one.opened_at, zone),
            "opened_by": agents.get(one.opened_by),
            "closed_at": None if one.closed_at is None else rfc3339(one.closed_at, zone),
            "reason": one.reason,
            "tickets": tickets,
            "open_tickets": still_open,
            "customers": customers,
        }


def _columns(fmt: str) -> tuple[Column, ...]:
    from ouvidoria_tui.present.columns import machine_columns

    if fmt not in ("table", "md"):
        return machine_columns(KEYS)
    return (
        Column("incident", N_("No."), align="right"),
        Column("title", N_("Title"), flex=True),
        Column("cause", N_("Cause"), priority=3),
        Column("opened_at", N_("Since"), priority=1, render=_since),
        Column("tickets", N_("Tickets"), align="right"),
        Column("open_tickets", N_("Open"), align="right"),
        Column("customers", N_("Customers"), align="right", priority=2),
        Column("closed_at", N_("State"), render=_state),
    )


def _since(record: Record) -> str:
    return str(record["opened_at"])[:16].replace("T", " ")


def _state(record: Record) -> str:
    return _("open") if record["closed_at"] is None else _("closed")
