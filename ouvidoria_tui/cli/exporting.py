"""`ouvidoria export`: tickets, messages and events out of the desk, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TextIO

import typer

from ouvidoria_tui.cli.common import choice
from ouvidoria_tui.cli.export_file import binary_out, check_no_terminal, private_text
from ouvidoria_tui.cli.export_rows import Walk, What, columns_of
from ouvidoria_tui.cli.output import piped
from ouvidoria_tui.errors import PartlyDone, UsageError
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.present.writers import FORMATS, default_format
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.query_terms import Query
    from ouvidoria_tui.present.column import Column

    #: Writes what a walk gives; the number of rows (of ``mbox`` the messages).
    Writer = Callable[[Walk], int]

#: Formats of ``export`` beside those of every list.
_BINARY: Final = ("xlsx", "mbox")
#: What the native import reads back as it was: tsv escapes its texts, tables and mail are for people.
_NATIVE: Final = ("json", "jsonl", "csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Asked:
    """What shall be written, of which tickets (``None``: all), in which format."""

    query: Query | None
    what: What
    native: bool
    fmt: str
    identity: bool = False


def export(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY]...", help=_("Which tickets (default: all, closed ones too)")),
    ] = None,
    what: Annotated[
        str, typer.Option("--what", metavar="WHAT", help=_("tickets, or their messages, or events"))
    ] = "tickets",
    native: Annotated[
        bool,
        typer.Option("--native", help=_("Whole records with their messages, for another store's import")),
    ] = False,
    with_identity: Annotated[
        bool,
        typer.Option("--with-identity", help=_("With who is behind confidential tickets; it is recorded")),
    ] = False,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=_("Why, for --with-identity"))
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help=_("Write to a file that only you can read"))
    ] = None,
    fmt: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=_("csv, tsv, json, jsonl, md, table, xlsx or mbox (default: by the name of --out)"),
        ),
    ] = None,
) -> None:
    """Writes tickets in the order of registration. A QUERY leaves closed ones out unless it asks for them."""
    given: Globals = ctx.obj
    kind = choice(What, what, "--what") or What.TICKETS
    asked = Asked(_parsed(query), kind, native, _chosen(given, fmt, out, kind, native), with_identity)
    if asked.fmt in _BINARY:
        check_no_terminal(given, out)
    with given.desk(read_only=not with_identity) as desk:
        if with_identity:
            _put_on_record(desk, asked, reason)
        if asked.fmt in _BINARY:
            count = (_workbook if asked.fmt == "xlsx" else _mbox)(given, desk, asked, out)
        elif out is None or out == "-":
            with piped():
                count = _text(given, desk, asked, given.out, to_terminal=given.terminal)
        else:
            with private_text(Path(out), given.path) as file:
                count = _text(given, desk, asked, file, to_terminal=False)
    if out is not None and out != "-":
        given.narrate(_written(kind if asked.fmt != "mbox" else What.MESSAGES, count, out))


vars(export)["example"] = (
    "ouvidoria export --format jsonl > tickets.jsonl\n"
    "ouvidoria export 'status:any opened:2026-10' --out october.xlsx\n"
    "ouvidoria export --native --out desk.jsonl\n"
    "ouvidoria export 'status:any 2026-000123-8' --format mbox --out case.mbox"
)


def _chosen(given: Globals, fmt: str | None, out: str | None, what: What, native: bool) -> str:
    """The format in force. Raises ``UsageError`` ``BAD_FORMAT``, before anything is done."""
    if fmt is None:
        suffix = Path(out or "").suffix.lower().removeprefix(".")
        fmt = suffix if suffix in (*FORMATS, *_BINARY) else default_format(given.terminal and out is None)
        if native and not suffix:
            fmt = "jsonl"
    allowed = [name for name in (*FORMATS, *_BINARY) if what is not What.EVENTS or name != "mbox"]
    if native:
        if what is not What.TICKETS:
            raise UsageError(
                "NATIVE_IS_TICKETS",
                N_("--native writes tickets with their messages, nothing else"),
                N_("leave --what or --native out"),
            )
        allowed = [name for name in allowed if name in _NATIVE]
    if fmt in allowed:
        return fmt
    raise UsageError(
        "BAD_FORMAT",
        N_("{what} cannot be written as {name}", what="--native" if native else what.value, name=fmt[:40]),
        N_("choose one of: {names}", names=", ".join(allowed)),
    )


def _put_on_record(desk: Desk, asked: Asked, reason: str | None) -> None:
    """That who is behind the tickets goes out, with whom, when and why, before anything is written."""
    from ouvidoria_tui.desk.identity import check_reason, show_all
    from ouvidoria_tui.report.batch import Context, connection, ids

    context = Context(desk.clock.now(), desk.agent.id, desk.policy.policy.zone)
    pages = list(ids(connection(desk.store), asked.query, context))
    show_all(desk, (id_ for page in pages for id_ in page), check_reason(reason))


def _parsed(query: list[str] | None) -> Query | None:
    if not query:
        return None
    from ouvidoria_tui.domain.query import parse

    return parse(" ".join(query))


def _written(what: What, count: int, path: str) -> str:
    if what is What.TICKETS:
        return plural(
            "{count} ticket written to {path}", "{count} tickets written to {path}", count, path=path
        )
    if what is What.MESSAGES:
        return plural(
            "{count} message written to {path}", "{count} messages written to {path}", count, path=path
        )
    return plural("{count} event written to {path}", "{count} events written to {path}", count, path=path)


def _walked(given: Globals, desk: Desk, asked: Asked, writer: Writer, *, to_terminal: bool = False) -> int:
    """What ``writer`` gives, over one state of the store, with a bar of progress; says what was left out."""
    from ouvidoria_tui.domain.query_terms import wants_closed
    from ouvidoria_tui.present.progress import stage
    from ouvidoria_tui.report.batch import Context, connection, count, snapshot

    context = Context(desk.clock.now(), desk.agent.id, desk.policy.policy.zone)
    conn, query, quiet = connection(desk.store), asked.query, given.quiet or to_terminal
    with snapshot(conn):
        total = count(conn, query, context)
        with stage(
            N_("Tickets written"), total, given.err, quiet=quiet, colour=given.colour, ascii_only=given.ascii
        ) as progress:
            walk = Walk(desk, query, context, progress, asked.identity)
            written = writer(walk)
    if query is not None and not wants_closed(query):
        given.narrate(_("closed tickets are left out; status:any in the query brings them"))
    if walk.left_out:
        given.narrate(
            plural(
                "{count} confidential ticket that you may not open is left out",
                "{count} confidential tickets that you may not open are left out",
                walk.left_out,
            )
        )
    return written


def _text(given: Globals, desk: Desk, asked: Asked, out: TextIO, *, to_terminal: bool) -> int:
    from ouvidoria_tui.present.writers import write

    columns = _columns(given, desk, asked)

    def writer(walk: Walk) -> int:
        return write(
            walk.rows(asked.what, native=asked.native),
            columns,
            asked.fmt,
            out,
            width=given.width if to_terminal else None,
            colour=given.colour and to_terminal,
            ascii=given.ascii,
        )

    return _walked(given, desk, asked, writer, to_terminal=to_terminal)


def _workbook(given: Globals, desk: Desk, asked: Asked, out: str | None) -> int:
    """Raises ``PartlyDone`` ``CELLS_CUT`` once the file is there, where a text was too long for a cell."""
    from ouvidoria_tui.present.workbook import write_workbook

    columns, zone, title = _columns(given, desk, asked), desk.policy.policy.zone, asked.what.value
    cut = 0

    def writer(walk: Walk) -> int:
        nonlocal cut
        rows = walk.rows(asked.what, native=asked.native)
        done = write_workbook(rows, columns, file, title=title, zone=zone)
        cut = done.cut
        return done.rows

    with binary_out(given, out) as file:
        count = _walked(given, desk, asked, writer)
    if cut:
        raise PartlyDone(
            "CELLS_CUT",
            N_("texts that are longer than a cell holds were cut: {count}", count=cut),
            N_("--format jsonl holds them whole"),
        )
    return count


def _mbox(given: Globals, desk: Desk, asked: Asked, out: str | None) -> int:
    def writer(walk: Walk) -> int:
        return sum(1 for mail in walk.mails() if file.write(mail))

    with binary_out(given, out) as file:
        return _walked(given, desk, asked, writer)


def _columns(given: Globals, desk: Desk, asked: Asked) -> Sequence[Column]:
    now = desk.clock.now()
    return columns_of(desk, asked.what, asked.fmt, now, native=asked.native, ascii_only=given.ascii)
