"""Copies of the store: db backup, db restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.care_output import emit_one, holdings, stage
from ouvidoria_tui.cli.output import FormatOption, choose
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import StoreError
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.present.writers import Format
    from ouvidoria_tui.report.care import Copied


def backup(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("The copy; it must not exist yet"))],
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.report.care import back_up, pages
    from ouvidoria_tui.report.reading import connection

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        conn = connection(desk.store)
        with stage(given, N_("Copying pages"), pages(conn)) as work:
            copied = back_up(conn, Path(file), progress=work.advance)
    _say(given, chosen, copied)


def restore(
    ctx: typer.Context,
    backup_file: Annotated[str, typer.Argument(metavar="FROM", help=_("A copy made by db backup"))],
    group: Annotated[
        str | None, typer.Option("--group", metavar="G", help=_("Share the store with a system group"))
    ] = None,
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.report.care import proof_of
    from ouvidoria_tui.report.care import restore as make

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with stage(given, N_("Copying pages")) as work:
        copied = make(Path(backup_file), given.path, group=group, progress=work.advance)
    with stage(given, N_("Reading the ledger")) as work:
        proof = proof_of(copied.path, progress=work.advance)
    _say(given, chosen, copied)
    if not proof.ok:
        raise StoreError(
            "LEDGER_BROKEN",
            N_("the backup was restored as it is, and its ledger does not pass the proof"),
            N_("`ouvidoria verify` names the events; an older backup may pass"),
        )


def _say(given: Globals, fmt: Format, copied: Copied) -> None:
    if fmt != "table":
        emit_one(
            given,
            fmt,
            {
                "file": str(copied.path),
                "events": copied.events,
                "tickets": copied.tickets,
                "bytes": copied.size,
                "head": copied.head,
            },
        )
        return
    given.out.write(clean(str(copied.path)) + "\n")
    given.out.write(holdings(copied.events, copied.tickets) + "\n")
    given.out.write(_("Head: {head}", head=copied.head) + "\n")
    given.narrate(
        _("Keep the head outside the machine: `verify --head` finds out whether the end was made anew.")
    )
