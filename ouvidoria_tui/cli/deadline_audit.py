"""The audit of minutes in which a clock was paused although the customer had already written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit, piped
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.present.words import _, clock_name, plural, say
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.query_terms import Query
    from ouvidoria_tui.present.column import Record
    from ouvidoria_tui.report.batch import Context
    from ouvidoria_tui.report.pause_audit import Sum, Totals
    from ouvidoria_tui.report.period import Period

HELP = (
    _(
        "Minutes in which a clock was paused although the customer had already written: a suspension that nobody"
        " ended, a message recorded late, a turn that was not the customer's."
    )
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria deadline audit --period last-month\n"
    + "ouvidoria deadline audit status:any department:financeiro --format csv"
)


def audit(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY", help=_("Which tickets (default: all, closed ones too)")),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help=_("When they arrived: 2026-10, 2026-01..2026-03, last-month, last-30d"),
        ),
    ] = None,
    fmt: FormatOption = None,
) -> None:
    """Prints a line a span; what it finds is no failure."""
    from ouvidoria_tui.domain.query import parse
    from ouvidoria_tui.domain.query_terms import wants_closed

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    wanted = parse(" ".join(query)) if query else None
    with given.desk(read_only=True) as desk:
        _run(given, chosen, desk, wanted, _period(desk, period))
    if wanted is not None and not wants_closed(wanted):
        given.narrate(_("closed tickets are left out; status:any in the query brings them"))


def _period(desk: Desk, written: str | None) -> Period | None:
    from ouvidoria_tui.report.period import local_date, parse_period

    zone = desk.policy.policy.zone
    return None if written is None else parse_period(written, zone, local_date(desk.clock.now(), zone))


def _run(given: Globals, fmt: str, desk: Desk, query: Query | None, period: Period | None) -> None:
    from ouvidoria_tui.cli.care_output import stage
    from ouvidoria_tui.present.record_audit import audit_columns, audit_record
    from ouvidoria_tui.report.batch import Context, connection
    from ouvidoria_tui.report.pause_audit import Totals, findings, how_many

    conn, zone = connection(desk.store), desk.policy.policy.zone
    context = Context(desk.clock.now(), desk.agent.id, zone)
    totals = Totals()
    with stage(given, N_("Following tickets"), how_many(conn, query, context, period)) as work:

        def records() -> Iterator[Record]:
            for one in findings(conn, query, context, period, totals, work.advance):
                yield audit_record(one.protocol, one.span, one.unit, one.by, zone)

        if fmt == "json":
            _write_json(given, list(records()), totals, period, context)
        else:
            emit(given, fmt, records(), audit_columns(fmt, zone))
    _narrate(given, totals)


def _write_json(
    given: Globals, rows: list[Record], totals: Totals, period: Period | None, context: Context
) -> None:
    from ouvidoria_tui.present.json_text import json_text
    from ouvidoria_tui.present.zones import rfc3339
    from ouvidoria_tui.report.pause_audit import DEFINITION

    def sums(found: dict[str, Sum], key: str) -> list[dict[str, object]]:
        return [
            {key: name, "spans": one.spans, "minutes": one.minutes, "wall_minutes": one.wall_minutes}
            for name, one in sorted(found.items())
        ]

    whole = {
        "name": "pause-audit",
        "definition": say(DEFINITION),
        "period": None if period is None else str(period),
        "as_of": rfc3339(context.now, context.zone),
        "rows": rows,
        "totals": {
            "looked_at": totals.looked_at,
            "tickets": totals.tickets,
            "spans": totals.spans,
            "still_paused": totals.still_paused,
            "clocks": sums(totals.clocks, "clock"),
            "why": sums({why.value: one for why, one in totals.why.items()}, "why"),
        },
    }
    with piped():
        given.out.write(json_text(whole) + "\n")


def _narrate(given: Globals, totals: Totals) -> None:
    from ouvidoria_tui.present.dates import minutes_words

    looked = plural("{count} ticket looked at", "{count} tickets looked at", totals.looked_at)
    if not totals.spans:
        given.narrate(f"{looked}: {_('no clock was paused after the customer had written')}")
        return
    for name, one in sorted(totals.clocks.items()):
        spans = plural("{count} span", "{count} spans", one.spans)
        wall = _("{time} by the wall", time=minutes_words(one.wall_minutes))
        given.narrate(f"{clock_name(name)}: {spans}, {minutes_words(one.minutes)} ({wall})")
    tickets = plural("{count} ticket with such spans", "{count} tickets with such spans", totals.tickets)
    still = plural("{count} clock paused still", "{count} clocks paused still", totals.still_paused)
    given.narrate(f"{looked}, {tickets}, {still}")
