"""What a customer may see of a ticket, by its access code; and a new code where the old one is lost."""

from __future__ import annotations

from typing import Annotated

import typer

from ouvidoria_tui.cli.common import FormatOption, RevisionOption, perform
from ouvidoria_tui.cli.output import choose
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.cli.show import Protocol
from ouvidoria_tui.present.words import _


def track(
    ctx: typer.Context,
    protocol: Protocol,
    code: Annotated[
        str,
        typer.Option("--code", metavar="CODE", help=_("The access code; - reads it from the standard input")),
    ],
    fmt: FormatOption = None,
) -> None:
    """Prints what the customer may see; a wrong code and an unknown protocol are refused alike."""
    from ouvidoria_tui.cli.show import emit_one, look_of, print_lines
    from ouvidoria_tui.desk.access import open_with_code
    from ouvidoria_tui.domain.receipt import receipt_of
    from ouvidoria_tui.present.record_track import TRACK_KEYS, track_lines, track_record
    from ouvidoria_tui.report.reading import connection, detail, snapshot, waiting_before

    given: Globals = ctx.obj
    chosen = "table" if fmt is None else choose(given, fmt)
    written = text_from(code) or ""
    with given.desk() as desk:
        ticket = open_with_code(desk, protocol, written)
        conn, in_force = connection(desk.store), desk.policy
        with snapshot(conn):
            found, ahead = detail(conn, ticket.id), waiting_before(conn, ticket)
        assert found is not None
        made = receipt_of(found.record, in_force.policy, in_force.closed, ahead)
        if chosen == "table":
            print_lines(given, track_lines(found, made, in_force.policy, look_of(given)))
            return
        emit_one(given, chosen, track_record(found, made, in_force.policy), TRACK_KEYS)


def access_code(
    ctx: typer.Context,
    protocol: Protocol,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=_("Why the old code is void; kept with the act"))
    ],
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.access import issue_code
    from ouvidoria_tui.domain.permission import Verb

    return perform(
        ctx.obj,
        fmt,
        [protocol],
        Verb.ACCESS_CODE,
        lambda desk, ref: issue_code(desk, ref, reason, revision=revision),
    )


vars(track)["example"] = "ouvidoria track 2026-000123-8 --code K7QF-2MXA-9RTD"
vars(access_code)["example"] = "ouvidoria access-code 2026-000123-8 --reason 'A cliente perdeu o código'"
