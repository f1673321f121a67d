"""`ouvidoria attachments`: the files of a ticket, listed, saved, or opened where somebody asks for just that."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.ticket_file import Attachment, TicketDetail


def attachments(
    ctx: typer.Context,
    protocol: Annotated[str, typer.Argument(metavar="P", help=_("The protocol of a ticket"))],
    save: Annotated[
        int | None, typer.Option("--save", metavar="N", help=_("Save the file of that number, over nothing"))
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help=_("Where to save it (default: here)"))
    ] = None,
    open_: Annotated[
        int | None,
        typer.Option("--open", metavar="N", help=_("Open a private copy with the desktop's own program")),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Open it without asking"))] = False,
    fmt: FormatOption = None,
) -> None:
    """Lists the files of a ticket; the type is told by their first bytes, never by their names."""
    given: Globals = ctx.obj
    if (save is not None and open_ is not None) or (to is not None and save is None):
        raise UsageError(
            "OPTIONS_EXCLUDE",
            N_("--save and --open exclude each other, and --to goes with --save"),
            N_("give one of them"),
        )
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        detail = _detail(desk, protocol)
        if save is None and open_ is None:
            _list(given, desk, detail, chosen)
            return
        from ouvidoria_tui.domain.reading import check_may_open

        check_may_open(desk.agent, detail.ticket)
        item = _item(detail, save if save is not None else open_)
        data = _bytes(desk, item)
    if save is not None:
        from ouvidoria_tui.present.saved_files import save_into

        path = save_into(to or Path.cwd(), item.name, data, f"{_('file')}-{item.seq}")
        given.narrate(_("Saved: {path}", path=str(path)))
    else:
        _open(given, item, data, yes=yes)


vars(attachments)["example"] = (
    "ouvidoria attachments 2026-000123-8\n"
    "ouvidoria attachments 2026-000123-8 --save 4 --to ~/Downloads\n"
    "ouvidoria attachments 2026-000123-8 --open 4"
)


def _detail(desk: Desk, protocol: str) -> TicketDetail:
    from ouvidoria_tui.report.reading import connection, detail, snapshot

    conn = connection(desk.store)
    with snapshot(conn):
        found = detail(conn, desk.store.find(protocol).id)
    assert found is not None  # the ticket was found in the same snapshot
    return found


def _list(given: Globals, desk: Desk, detail: TicketDetail, fmt: str) -> None:
    from ouvidoria_tui.domain.reading import may_open
    from ouvidoria_tui.present.columns import machine_columns
    from ouvidoria_tui.present.record_files import FILE_KEYS, file_columns, file_records
    from ouvidoria_tui.report.reading import blob_head, connection

    conn, people = connection(desk.store), fmt in ("table", "md")
    may = may_open(desk.agent, detail.ticket)
    rows = list(
        file_records(detail, desk.policy.policy.zone, lambda item: blob_head(conn, item.sha256), reveal=may)
    )
    emit(given, fmt, rows, file_columns() if people else machine_columns(FILE_KEYS))


def _item(detail: TicketDetail, number: int | None) -> Attachment:
    for item in detail.attachments:
        if item.seq == number:
            return item
    from ouvidoria_tui.desk.attach import no_such_file

    raise no_such_file(detail.ticket.protocol, number)


def _bytes(desk: Desk, item: Attachment) -> bytes:
    from ouvidoria_tui.report.reading import blob, connection

    return blob(connection(desk.store), item.sha256)


def _open(given: Globals, item: Attachment, data: bytes, *, yes: bool) -> None:
    """Asks on a terminal, then opens; without a terminal only ``--yes`` is an answer."""
    from ouvidoria_tui.domain.file_kind import kind_of
    from ouvidoria_tui.present.safe import one_line
    from ouvidoria_tui.present.saved_files import check_opens, open_copy

    check_opens(item.name, data)
    if not yes:
        if not sys.stdin.isatty():
            raise Refused(
                "OPENING_NEEDS_YES",
                N_("a file from outside is opened only where a person says so"),
                N_("say it with --yes, or save the file with --save"),
            )
        question = _(
            "Open {name} ({kind})? It comes from outside.", name=one_line(item.name, 80), kind=kind_of(data)
        )
        given.err.write(f"{question} [{_('y/N')}] ")
        given.err.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes", "s", "sim"):
            given.narrate(say(N_("Not opened.")))
            return
    path = open_copy(item.name, data, f"{_('file')}-{item.seq}")
    given.narrate(_("Opened a copy: {path}", path=str(path)))
