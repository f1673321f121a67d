"""`ouvidoria suggest`: what the desk's own past says of a ticket, with the evidence. It applies nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.show import Protocol

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.neighbours import Suggestions


def suggest(ctx: typer.Context, protocol: Protocol, fmt: FormatOption = None) -> None:
    """Prints lines for people, also into a pipe; a record for each field where a machine format is asked for."""
    from ouvidoria_tui.present.columns import machine_columns
    from ouvidoria_tui.present.record_suggestions import (
        SUGGESTION_KEYS,
        suggestion_lines,
        suggestion_records,
    )

    given: Globals = ctx.obj
    chosen = "table" if fmt is None else choose(given, fmt)
    with given.desk(read_only=True) as desk:
        number, found = suggested(desk, protocol)
    if chosen == "table":
        given.out.write(
            "\n".join([number, *(f"  {line}" for line in suggestion_lines(found, every=True))]) + "\n"
        )
        return
    rows = [] if found is None else suggestion_records(number, found)
    emit(given, chosen, rows, machine_columns(SUGGESTION_KEYS))
    if found is None:
        given.narrate(suggestion_lines(found)[0])


suggest.example = (  # type: ignore[attr-defined]
    "ouvidoria suggest 2026-000123-8\nouvidoria suggest 2026-000123-8 --format json"
)


def suggested(desk: Desk, protocol: str) -> tuple[str, Suggestions | None]:
    """The protocol as it is written, and what similar tickets suggest; ``None`` for a confidential one."""
    from ouvidoria_tui.report.batch import case_of
    from ouvidoria_tui.report.reading import connection, snapshot
    from ouvidoria_tui.report.suggest import for_ticket

    conn = connection(desk.store)
    with snapshot(conn):
        case = case_of(conn, protocol)
        return case.protocol, for_ticket(conn, desk.store.find(case.protocol), case)
