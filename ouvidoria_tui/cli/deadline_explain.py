"""The ledger of a ticket's due times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit, piped
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.present.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ouvidoria_tui.domain.explain import Explanation
    from ouvidoria_tui.domain.ticket import Ticket
    from ouvidoria_tui.present.column import Record

#: Lines wider than this are hard to read; a pipe gets the narrow terminal's page.
_WIDEST, _PIPE = 100, 80


HELP = (
    _(
        "Explain the due times of a ticket: every stretch since its receipt, counted or not and why, and every"
        " change of a due time. What counts adds up to what the clock has used."
    )
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria deadline explain 2026-000123-8\n"
    + "ouvidoria deadline explain 2026-000123-8 --clock resolution --format json"
)


def explain(
    ctx: typer.Context,
    protocol: Annotated[str, typer.Argument(metavar="P", help=_("The protocol of a ticket"))],
    clock: Annotated[
        str | None, typer.Option("--clock", metavar="NAME", help=_("Only this clock (default: all)"))
    ] = None,
    fmt: FormatOption = None,
) -> None:
    """Prints a page for people, also into a pipe; records where a machine format is asked for."""
    from ouvidoria_tui.report.explain import explanations
    from ouvidoria_tui.report.reading import connection

    given: Globals = ctx.obj
    chosen = "table" if fmt is None else choose(given, fmt)
    with given.desk(read_only=True) as desk:
        now, policy, clocks = desk.clock.now(), desk.policy.policy, desk.policy.clocks
        ticket, found = explanations(connection(desk.store), desk.policy, protocol, now, clock)
    if chosen == "table":
        from ouvidoria_tui.present.record_explain import explain_page

        width = min(given.width or _PIPE, _WIDEST)
        page = explain_page(found, ticket, policy, clocks, now, width=width, ascii_only=given.ascii)
        with piped():
            given.out.writelines(f"{line}\n" for line in page)
    elif chosen in ("json", "jsonl"):
        _write_json(given, chosen, found, ticket, now, policy.zone)
    else:
        from ouvidoria_tui.present.columns import machine_columns
        from ouvidoria_tui.present.record_explain import STRETCH_KEYS

        emit(given, chosen, _stretches(found, ticket, policy.zone), machine_columns(STRETCH_KEYS))
    if not found:
        given.narrate(_("{protocol} has no clock", protocol=ticket.protocol))


def _write_json(
    given: Globals, fmt: str, found: list[Explanation], ticket: Ticket, now: int, zone: str
) -> None:
    """One object in json, a clock a line in jsonl."""
    from ouvidoria_tui.present.json_text import json_text
    from ouvidoria_tui.present.record_explain import explain_record
    from ouvidoria_tui.present.zones import rfc3339

    records = [explain_record(one, ticket, now, zone) for one in found]
    with piped():
        if fmt == "jsonl":
            given.out.writelines(f"{json_text(record)}\n" for record in records)
        else:
            whole = {"protocol": ticket.protocol, "as_of": rfc3339(now, zone), "clocks": records}
            given.out.write(json_text(whole) + "\n")


def _stretches(found: list[Explanation], ticket: Ticket, zone: str) -> Iterator[Record]:
    from ouvidoria_tui.present.record_explain import stretch_record

    for one in found:
        for part in one.stretches:
            yield {"protocol": ticket.protocol, "clock": one.state.name, **stretch_record(part, zone)}
