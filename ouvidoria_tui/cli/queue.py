"""The lists of the desk: the queue (or what a QUERY finds), and the escalated tickets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.query_terms import Query
    from ouvidoria_tui.domain.ticket_file import Raised
    from ouvidoria_tui.domain.views import View
    from ouvidoria_tui.present.column import Column
    from ouvidoria_tui.report.reading import Cursor, Order

#: Lines of one call where ``--limit`` is not given: what a person reads at once, what a script fetches at once.
PAGE, BATCH = 20, 50
#: So many tickets are read at a time by a long list.
CHUNK = 500


def queue(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY", help=_("What to find; one that begins with - stands behind --")),
    ] = None,
    view: Annotated[
        str | None,
        typer.Option(
            "--view", metavar="VIEW", help=_("mine, unowned, due, escalated, all, triage, or one of your own")
        ),
    ] = None,
    order: Annotated[
        str | None,
        typer.Option("--order", metavar="ORDER", help=_("arrival, due or severity (default: arrival)")),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", metavar="N", min=0, help=_("So many tickets (default: 20 for people, else 50; 0: all)")
        ),
    ] = None,
    after: Annotated[
        str | None, typer.Option("--after", metavar="CURSOR", help=_("Go on behind the page before"))
    ] = None,
    count: Annotated[bool, typer.Option("--count", help=_("Only how many there are"))] = False,
    fmt: FormatOption = None,
) -> None:
    """Prints tickets in order. Where there are more, stderr names the cursor for ``--after``."""
    from ouvidoria_tui.domain.query_terms import Query
    from ouvidoria_tui.report.reading import read_cursor

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    cursor = None if after is None else read_cursor(after)
    people = chosen in ("table", "md")
    if view is None:
        _asked(query or [], None, order)  # a mistake is said before the store is opened
    with given.desk(read_only=True) as desk:
        named = None if view is None else _named(desk, view)
        words, by = _asked(query or [], named, order)
        wanted = _parsed(words) if words else Query()  # the grammar is only loaded for who writes in it
        if count:
            _count(given, chosen, desk, wanted)
            return
        walk = _Walk(desk, wanted, by, (PAGE if people else BATCH) if limit is None else limit, cursor)
        shown = emit(given, chosen, walk, _columns(given, chosen, desk))
    if walk.next is not None:
        given.narrate(_("more: --after {cursor}", cursor=str(walk.next)))
    elif people and not shown:
        given.narrate(_("no ticket matches") if words else _("no open ticket"))


class _Walk:
    """The records of a list, a chunk at a time; ``next`` is the place behind the last one, if there are more."""

    def __init__(self, desk: Desk, query: Query, order: Order, limit: int, after: Cursor | None) -> None:
        self.desk = desk
        self.query = query
        self.order = order
        self.limit = limit
        self.next = after

    def __iter__(self) -> Iterator[dict[str, object]]:
        from ouvidoria_tui.domain.reading import may_open
        from ouvidoria_tui.present.records import ticket_record
        from ouvidoria_tui.report.reading import connection, page, records, snapshot

        desk, policy = self.desk, self.desk.policy
        conn, now, zone = connection(desk.store), desk.clock.now(), policy.policy.zone
        left = self.limit or None
        while True:
            size = CHUNK if left is None else min(CHUNK, left)
            with snapshot(conn):
                found = page(
                    conn,
                    self.query,
                    order=self.order,
                    limit=size,
                    after=self.next,
                    now=now,
                    agent_id=desk.agent.id,
                    zone=zone,
                )
                rows = records(conn, (row.id for row in found.rows))
            for record in rows:
                reveal = may_open(desk.agent, record.ticket)
                yield ticket_record(record, now, zone, policy.clocks, reveal=reveal)
            self.next = found.next
            left = None if left is None else left - len(found.rows)
            if self.next is None or left == 0:
                return


def _asked(query: list[str], view: View | None, order: str | None) -> tuple[str, Order]:
    """The filter line and the order: the view's, with what was added on the command line."""
    from ouvidoria_tui.report.reading import ORDERS

    words, by = " ".join(query), order or "arrival"
    if view is not None:
        words, by = f"{view.query} {words}".strip(), order or view.order
    if by not in ORDERS:
        raise UsageError(
            "BAD_ORDER",
            N_("there is no order {name}", name=by[:40]),
            N_("choose one of: {names}", names=", ".join(ORDERS)),
        )
    return words, by  # type: ignore[return-value]


def _named(desk: Desk, name: str) -> View:
    from ouvidoria_tui.desk.saved_views import own
    from ouvidoria_tui.domain.views import view_of

    return view_of(name, own(desk))


def _parsed(words: str) -> Query:
    from ouvidoria_tui.domain.query import parse

    return parse(words)


def _count(given: Globals, fmt: str, desk: Desk, query: Query) -> None:
    from ouvidoria_tui.report.reading import connection, count

    total = count(
        connection(desk.store),
        query,
        2**60,
        now=desk.clock.now(),
        agent_id=desk.agent.id,
        zone=desk.policy.policy.zone,
    )
    given.out.write(f'{{"count": {total}}}\n' if fmt in ("json", "jsonl") else f"{total}\n")


def _columns(given: Globals, fmt: str, desk: Desk) -> tuple[Column, ...]:
    from ouvidoria_tui.present.columns import ticket_columns

    policy = desk.policy.policy
    return ticket_columns(fmt, desk.clock.now(), policy.zone, labels=policy.labels, ascii_only=given.ascii)


def escalations(
    ctx: typer.Context,
    level: Annotated[
        int | None,
        typer.Option(
            "--level", metavar="LEVEL", min=1, max=9, help=_("Only this level: 1 area, 2 ombudsman, 3 board")
        ),
    ] = None,
    fmt: FormatOption = None,
) -> None:
    """Prints the escalated tickets that are open: the highest level first, then by time to breach."""
    from ouvidoria_tui.present.record_columns import escalation_columns
    from ouvidoria_tui.report.reading import connection, escalated, snapshot

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        conn = connection(desk.store)
        with snapshot(conn):
            found = escalated(conn, level)
        now, zone = desk.clock.now(), desk.policy.policy.zone
        ladder = {rung.level: rung.name for rung in desk.policy.policy.levels}
        columns = escalation_columns(chosen, now, zone, ladder=ladder, ascii_only=given.ascii)
        shown = emit(given, chosen, _lines(found, desk, now, zone), columns)
    if not shown and chosen in ("table", "md"):
        given.narrate(_("no escalated ticket"))


def _lines(found: list[Raised], desk: Desk, now: int, zone: str) -> Iterator[dict[str, object]]:
    from ouvidoria_tui.domain.reading import may_open
    from ouvidoria_tui.present.record_detail import raised_record

    for raised in found:
        yield raised_record(raised, now, zone, reveal=may_open(desk.agent, raised.record.ticket))


vars(queue)["example"] = (
    "ouvidoria queue 'due<2d owner:me' --format json\n"
    "ouvidoria queue --view vencendo\n"
    "ouvidoria queue 'status:closed boleto' --limit 100"
)
vars(escalations)["example"] = "ouvidoria escalations --level 2"
