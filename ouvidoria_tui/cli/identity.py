"""`ouvidoria identity`: who is behind a ticket, told with a reason; and who has looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.cli.show import Protocol
from ouvidoria_tui.present.words import _

if TYPE_CHECKING:
    from ouvidoria_tui.domain.reading import Identity


def identity(
    ctx: typer.Context,
    protocol: Protocol,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXT", help=_("Why you have to know; it is kept with your name")),
    ] = None,
    log: Annotated[bool, typer.Option("--log", help=_("Who looked, when and why, instead"))] = False,
    fmt: FormatOption = None,
) -> None:
    """Where the ticket is confidential, that you looked is an event of it before anything is printed."""
    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    if log:
        _log(given, chosen, protocol)
        return
    from ouvidoria_tui.desk.identity import identity as verb
    from ouvidoria_tui.present.columns import machine_columns
    from ouvidoria_tui.present.record_identity import IDENTITY_KEYS, identity_record

    with given.desk() as desk:
        found = verb(desk, protocol, text_from(reason))
        zone = desk.policy.policy.zone
    if chosen == "table":
        _print(given, found)
    else:
        emit(given, chosen, [identity_record(found, zone)], machine_columns(IDENTITY_KEYS))


def _log(given: Globals, fmt: str, protocol: str) -> None:
    from ouvidoria_tui.domain.reading import check_may_open
    from ouvidoria_tui.present.columns import machine_columns
    from ouvidoria_tui.present.record_identity import LOG_KEYS, log_columns, log_records
    from ouvidoria_tui.report.reading import connection, detail, snapshot

    with given.desk(read_only=True) as desk:
        conn, zone = connection(desk.store), desk.policy.policy.zone
        with snapshot(conn):
            ticket = desk.store.find(protocol)
            check_may_open(desk.agent, ticket)
            file = detail(conn, ticket.id)
    assert file is not None  # the ticket was found in the same snapshot
    columns = log_columns(zone) if fmt in ("table", "md") else machine_columns(LOG_KEYS)
    if emit(given, fmt, log_records(file, zone), columns) == 0 and fmt == "table":
        given.narrate(_("Nobody has asked who is behind this ticket."))


def _print(given: Globals, found: Identity) -> None:
    from ouvidoria_tui.present.record_identity import identity_pairs
    from ouvidoria_tui.present.safe import one_line

    for title, value in identity_pairs(found):
        given.out.write(f"{title}: {one_line(value, 500)}\n")
    if found.recorded:
        given.narrate(
            _(
                "recorded: {protocol}, with your name, the moment and the reason",
                protocol=found.ticket.protocol,
            )
        )


vars(identity)["example"] = (
    "ouvidoria identity 2026-000123-8 --reason 'Pedir documento à denunciante'\n"
    "ouvidoria identity 2026-000123-8 --log"
)
