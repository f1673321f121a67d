"""`ouvidoria export`: tickets out of the desk, every key of them, however many there are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from ouvidoria_tui.cli.common import FormatOption
from ouvidoria_tui.cli.output import choose, piped
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.query_terms import Query
    from ouvidoria_tui.present.progress import Stage
    from ouvidoria_tui.report.batch import Context


def export(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY]...", help=_("Which tickets (default: all, closed ones too)")),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help=_("Write to a file that only you can read"))
    ] = None,
    fmt: FormatOption = None,
) -> None:
    """Writes tickets in the order of registration. A QUERY leaves closed ones out unless it asks for them."""
    given: Globals = ctx.obj
    chosen = choose(given, fmt if fmt is not None or out is None else _format_of(out))
    wanted = _parsed(query)
    with given.desk(read_only=True) as desk:
        if out is None or out == "-":
            with piped():
                _write(given, desk, wanted, chosen, given.out, to_terminal=given.terminal)
            return
        with _private(Path(out), given.path) as file:
            count = _write(given, desk, wanted, chosen, file, to_terminal=False)
    given.narrate(
        plural("{count} ticket written to {path}", "{count} tickets written to {path}", count, path=out)
    )


vars(export)["example"] = (
    "ouvidoria export --format jsonl > tickets.jsonl\n"
    "ouvidoria export 'status:any opened:2026-10' --out october.csv"
)


def _parsed(query: list[str] | None) -> Query | None:
    if not query:
        return None
    from ouvidoria_tui.domain.query import parse

    return parse(" ".join(query))


def _format_of(path: str) -> str | None:
    """The format that a file's name asks for."""
    from ouvidoria_tui.present.writers import FORMATS

    suffix = Path(path).suffix.lower().removeprefix(".")
    return suffix if suffix in FORMATS else None


def _write(
    given: Globals, desk: Desk, query: Query | None, fmt: str, out: TextIO, *, to_terminal: bool
) -> int:
    from ouvidoria_tui.domain.query_terms import wants_closed
    from ouvidoria_tui.present.columns import ticket_columns
    from ouvidoria_tui.present.progress import stage
    from ouvidoria_tui.present.writers import write
    from ouvidoria_tui.report.batch import Context, connection, count, snapshot

    policy = desk.policy.policy
    context = Context(desk.clock.now(), desk.agent.id, policy.zone)
    columns = ticket_columns(fmt, context.now, policy.zone, labels=policy.labels, ascii_only=given.ascii)
    conn = connection(desk.store)
    quiet = given.quiet or to_terminal
    with snapshot(conn):
        total = count(conn, query, context)
        with stage(
            N_("Tickets written"), total, given.err, quiet=quiet, colour=given.colour, ascii_only=given.ascii
        ) as progress:
            written = write(
                _records(desk, query, context, progress),
                columns,
                fmt,
                out,
                width=given.width if to_terminal else None,
                colour=given.colour and to_terminal,
                ascii=given.ascii,
            )
    if query is not None and not wants_closed(query):
        given.narrate(_("closed tickets are left out; status:any in the query brings them"))
    return written


def _records(
    desk: Desk, query: Query | None, context: Context, progress: Stage
) -> Iterator[dict[str, object]]:
    from ouvidoria_tui.domain.reading import may_open
    from ouvidoria_tui.present.records import ticket_record
    from ouvidoria_tui.report.batch import connection, ids, records

    conn = connection(desk.store)
    policy = desk.policy
    for page in ids(conn, query, context):
        for record in records(conn, page):
            reveal = may_open(desk.agent, record.ticket)
            yield ticket_record(record, context.now, context.zone, policy.clocks, reveal=reveal)
        progress.advance(len(page))


@contextmanager
def _private(path: Path, store: Path) -> Iterator[TextIO]:
    """A file for its owner only (0600), there as a whole or not at all; an older one of that name is replaced.

    A pipe or a device is written as it is. Raises ``UsageError`` ``OUT_UNWRITABLE``; ``OUT_IS_THE_STORE``,
    because that file is the desk.
    """
    if path.exists() and store.exists() and path.samefile(store):
        raise UsageError(
            "OUT_IS_THE_STORE",
            N_("{path} is the store itself", path=str(path)),
            N_("name another file with --out"),
        )
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    path = path.resolve()
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UsageError(
            "OUT_UNWRITABLE",
            N_("{path} cannot be written: {reason}", path=str(path), reason=error.strerror or ""),
            N_("name a file in a folder of your own"),
        ) from None
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
            yield file
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
