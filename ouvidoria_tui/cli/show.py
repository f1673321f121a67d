"""One ticket: everything that is known of it, its timeline, its receipt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit, piped
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import NotFound, UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.present.writers import Format
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.ticket_file import TicketDetail
    from ouvidoria_tui.present.record_page import Look

Protocol = Annotated[str, typer.Argument(metavar="P", help=_("The protocol of a ticket"))]
RevealOption = Annotated[
    bool, typer.Option("--reveal", help=_("Show the words of a confidential ticket, where you may"))
]
AtOption = Annotated[
    str | None, typer.Option("--at", metavar="DATE", help=_("As it stood on a date or at a moment"))
]
RecordedOption = Annotated[
    bool,
    typer.Option("--recorded", help=_("With --at: as the desk knew it then, by when acts were recorded")),
]


def show(
    ctx: typer.Context,
    protocol: Protocol,
    at: AtOption = None,
    recorded: RecordedOption = False,
    reveal: RevealOption = False,
    fmt: FormatOption = None,
) -> None:
    """Prints a page for people, also into a pipe; a record where a machine format is asked for."""
    given: Globals = ctx.obj
    chosen = "table" if fmt is None else choose(given, fmt)
    with given.desk(read_only=True) as desk:
        detail, now = _detail(desk, protocol), desk.clock.now()
        may = _may_reveal(desk, detail, reveal)
        _check_recorded(at, recorded)
        if at is not None:
            now = _past(desk, at)
            detail = _as_of(given, desk, detail, now, recorded)
        if chosen == "table":
            from ouvidoria_tui.present.record_clocks import ClockReader
            from ouvidoria_tui.present.record_page import page

            policy = desk.policy
            clocks = ClockReader(policy.policy, policy.clocks, now)
            print_lines(given, page(detail, policy.policy, clocks, look_of(given), reveal=reveal))
            return
        from ouvidoria_tui.present.record_detail import detail_record

        zone = desk.policy.policy.zone
        hidden = chosen == "md" and not reveal
        record = detail_record(detail, now, zone, desk.policy.clocks, reveal=may and not hidden)
    emit_one(given, chosen, record)


def history(
    ctx: typer.Context,
    protocol: Protocol,
    audience: Annotated[
        str, typer.Option("--audience", metavar="WHO", help=_("desk, or customer: without what is internal"))
    ] = "desk",
    at: AtOption = None,
    recorded: RecordedOption = False,
    reveal: RevealOption = False,
    fmt: FormatOption = None,
) -> None:
    """Prints the timeline in the order in which things happened."""
    from ouvidoria_tui.present.columns import HISTORY_KEYS, history_columns, machine_columns
    from ouvidoria_tui.present.record_history import history_records

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    customer = _is_customer(audience)
    people = chosen in ("table", "md")
    with given.desk(read_only=True) as desk:
        detail, zone = _detail(desk, protocol), desk.policy.policy.zone
        may = _may_reveal(desk, detail, reveal)
        _check_recorded(at, recorded)
        if at is not None:
            detail = _as_of(given, desk, detail, _past(desk, at), recorded)
    rows: Iterable[dict[str, object]] = history_records(
        detail, zone, customer=customer, reveal=reveal if people else may
    )
    if people and customer:
        rows = map(_named_actor, rows)
    emit(given, chosen, rows, history_columns(zone) if people else machine_columns(HISTORY_KEYS))


def receipt(ctx: typer.Context, protocol: Protocol, fmt: FormatOption = None) -> None:
    """Prints the receipt, fit to be handed to the customer."""
    given: Globals = ctx.obj
    chosen = "table" if fmt is None else choose(given, fmt)
    with given.desk(read_only=True) as desk:
        emit_receipt(given, chosen, desk, protocol)


def emit_receipt(given: Globals, fmt: str | None, desk: Desk, protocol: str, code: str | None = None) -> None:
    """Prints the receipt of a ticket: words for ``table`` and ``None``, else a record (S0-41).

    ``code`` is the access code, known only when it was made.
    """
    from ouvidoria_tui.domain.reading import may_open
    from ouvidoria_tui.present.record_receipt import RECEIPT_KEYS, receipt_lines, receipt_record
    from ouvidoria_tui.report.reading import connection
    from ouvidoria_tui.report.receipts import receipt_for

    chosen: Format = "table" if fmt is None else choose(given, fmt)
    policy, ticket = desk.policy, desk.store.find(protocol)
    made = receipt_for(connection(desk.store), ticket, policy.policy, policy.closed, code)
    if chosen == "table":
        print_lines(given, receipt_lines(made, policy.policy, look_of(given)))
        return
    reveal = chosen != "md" and may_open(desk.agent, ticket)
    emit_one(given, chosen, receipt_record(made, policy.policy, reveal=reveal), RECEIPT_KEYS)


def _detail(desk: Desk, protocol: str) -> TicketDetail:
    from ouvidoria_tui.report.reading import connection, detail, snapshot

    conn = connection(desk.store)
    with snapshot(conn):
        ticket = desk.store.find(protocol)
        found = detail(conn, ticket.id)
    if found is None:  # the row was there in the same snapshot
        raise NotFound(
            "TICKET_NOT_FOUND",
            N_("there is no ticket {protocol}", protocol=protocol[:40]),
            N_("look for it with `ouvidoria queue` and a word of its subject, or status:closed"),
        )
    return found


def _may_reveal(desk: Desk, detail: TicketDetail, asked: bool) -> bool:
    """Whether machine formats hold the words; ``NotAllowed`` where they are asked for and may not be seen."""
    from ouvidoria_tui.domain.reading import check_may_open, may_open

    if asked:
        check_may_open(desk.agent, detail.ticket)
    return may_open(desk.agent, detail.ticket)


def _past(desk: Desk, at: str) -> int:
    from ouvidoria_tui.present.when import past_moment

    return past_moment(at, desk.policy.policy.zone, desk.clock.now())


def _check_recorded(at: str | None, recorded: bool) -> None:
    if recorded and at is None:
        raise UsageError(
            "RECORDED_NEEDS_AT",
            N_("--recorded says by which time a past moment is meant"),
            N_("give the moment with --at"),
        )


def _as_of(given: Globals, desk: Desk, detail: TicketDetail, moment: int, recorded: bool) -> TicketDetail:
    """The file as it stood; says by which time, and how many acts the other one would add or leave out."""
    from ouvidoria_tui.domain.ticket_file import as_of, told_apart
    from ouvidoria_tui.present.dates import moment as said
    from ouvidoria_tui.present.words import plural

    found = as_of(detail, moment, desk.policy.clocks, recorded=recorded)
    late, when = told_apart(detail, moment), said(moment, desk.policy.policy.zone)
    if recorded:
        given.narrate(_("as the desk knew it on {when}, by when acts were recorded", when=when))
    else:
        given.narrate(_("as it stood on {when}, by when things happened", when=when))
    if late:
        given.narrate(
            plural(
                "{count} act that had happened by then was recorded later",
                "{count} acts that had happened by then were recorded later",
                late,
            )
        )
    return found


def _is_customer(audience: str) -> bool:
    if audience in ("customer", "cliente"):
        return True
    if audience in ("desk", "ouvidoria"):
        return False
    raise UsageError(
        "BAD_CHOICE",
        N_("{option} cannot be {written}", option="--audience", written=audience[:40]),
        N_("choose one of: {names}", names="desk, customer"),
    )


def _named_actor(row: dict[str, object]) -> dict[str, object]:
    from ouvidoria_tui.domain.ticket import Turn
    from ouvidoria_tui.present.words import term_of

    return {**row, "actor": term_of(Turn, row["actor"])}


def look_of(given: Globals) -> Look:
    """How pages are drawn for this call."""
    from ouvidoria_tui.present.record_page import Look

    return Look(given.width, given.colour, given.ascii)


def print_lines(given: Globals, lines: Iterable[str]) -> None:
    """A page, also into a pipe that nobody reads to its end."""
    with piped():
        for line in lines:
            given.out.write(line.rstrip() + "\n")


def emit_one(
    given: Globals, fmt: Format, record: Mapping[str, object], keys: Iterable[str] | None = None
) -> None:
    """One record: an object in json, a line in the flat formats, a table of keys and values in md."""
    if fmt in ("json", "jsonl"):
        from ouvidoria_tui.present.json_text import json_text

        with piped():
            given.out.write(json_text(record) + "\n")
        return
    from ouvidoria_tui.present.column import Column, machine_cell, value_of
    from ouvidoria_tui.present.columns import TICKET_KEYS, machine_columns
    from ouvidoria_tui.present.record_detail import DETAIL_KEYS

    keys = (*TICKET_KEYS, *DETAIL_KEYS) if keys is None else keys
    if fmt == "md":
        rows = [{"key": key, "value": machine_cell(value_of(record, key))} for key in keys]
        emit(given, fmt, rows, (Column("key", N_("Field")), Column("value", N_("Value"))))
        return
    emit(given, fmt, [record], machine_columns(keys))


vars(show)["example"] = (
    "ouvidoria show 2026-000123-8\nouvidoria show 2026-000123-8 --at 2026-11-20 --format json\n"
    "ouvidoria show 2026-000123-8 --at '2026-11-20 12:00' --recorded"
)
vars(history)["example"] = (
    "ouvidoria history 2026-000123-8 --audience customer\nouvidoria history 2026-000123-8 --at 2026-11-20"
)
vars(receipt)["example"] = "ouvidoria receipt 2026-000123-8"
