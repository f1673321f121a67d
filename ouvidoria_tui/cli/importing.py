"""`ouvidoria import`: records out of files into the desk, each file a stage, rejects beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import FormatOption
from ouvidoria_tui.cli.output import choose
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.cli.import_tally import Tally
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.intake.reader import Reading
    from ouvidoria_tui.intake.record import Record
    from ouvidoria_tui.intake.rejects import RejectFile
    from ouvidoria_tui.present.progress import Stage


def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help=_("csv, tsv, json or jsonl; - reads stdin"))
    ],
    mapping: Annotated[
        str, typer.Option("--mapping", metavar="NAME|FILE", help=_("How columns become fields"))
    ] = "native",
    source: Annotated[
        str | None,
        typer.Option(
            "--source", metavar="NAME", help=_("Where rows come from that do not say so themselves")
        ),
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help=_("What the rows are: tickets"))
    ] = "tickets",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Do everything, and take it back: what would happen"))
    ] = False,
    rejects: Annotated[
        str | None,
        typer.Option("--rejects", metavar="FILE", help=_("Refused rows with their values, for you alone")),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="NAME", help=_("The files' encoding (default: found out)")),
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option("--delimiter", metavar="CHAR", help=_("Between cells: one character, or tab")),
    ] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.cli.import_tally import Tally
    from ouvidoria_tui.domain.permission import Verb

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    _check(files, kind)
    with given.desk() as desk, ExitStack() as stack:
        desk.allow(Verb.IMPORT)
        # Every file is opened before the first row is taken: a call that is wrong changes nothing.
        stages = _Stages(given)
        readings = [
            stack.enter_context(_open(desk, name, mapping, source, encoding, delimiter, stages))
            for name in files
        ]
        tally = Tally(given, stack.enter_context(_reject_file(rejects)) if rejects is not None else None)
        _take(desk, readings, tally, stages, dry_run=dry_run)
    tally.print(chosen, dry_run=dry_run)
    return tally.exit_code()


vars(import_)["example"] = (
    "ouvidoria import tickets.jsonl\n"
    "ouvidoria import basecompleta.csv --mapping consumidor-gov --rejects refused.jsonl\n"
    "ouvidoria import - --dry-run --format json < tickets.csv"
)


class _Stages:
    """Progress in bytes of the file that is being read."""

    def __init__(self, given: Globals) -> None:
        self._given = given
        self._stage: Stage | None = None
        self._done = 0

    @contextmanager
    def of(self, reading: Reading) -> Iterator[None]:
        """The stage of one file."""
        from ouvidoria_tui.present.progress import stage

        given = self._given
        label = N_("{file}, bytes read", file=Path(reading.name).name)
        with stage(
            label, reading.total, given.err, quiet=given.quiet, colour=given.colour, ascii_only=given.ascii
        ) as self._stage:
            self._done = 0
            yield
        self._stage = None

    def at(self, done: int, total: int) -> None:
        """So many bytes of the file have been read."""
        if self._stage is not None:
            self._stage.advance(done - self._done)
            self._done = done


def _check(files: Sequence[str], kind: str) -> None:
    if kind != "tickets":
        raise UsageError(
            "KIND_NOT_READ",
            N_("rows of the kind {kind} are not read", kind=kind[:40]),
            N_("only tickets are: leave --kind out"),
        )
    if files.count("-") > 1:
        raise UsageError(
            "USAGE", N_("standard input can be read once only"), N_("name - once, among other files")
        )


def _open(
    desk: Desk,
    name: str,
    mapping: str,
    source: str | None,
    encoding: str | None,
    delimiter: str | None,
    stages: _Stages,
) -> Reading:
    from zoneinfo import ZoneInfo

    from ouvidoria_tui.intake.reader import read

    return read(
        name,
        mapping=mapping,
        zone=ZoneInfo(desk.policy.policy.zone),
        now=desk.clock.now(),
        source=source,
        encoding=encoding,
        delimiter=delimiter,
        progress=stages.at,
    )


def _reject_file(path: str) -> RejectFile:
    from ouvidoria_tui.intake.rejects import RejectFile
    from ouvidoria_tui.present.words import say

    return RejectFile(path, say)


def _take(desk: Desk, readings: Sequence[Reading], tally: Tally, stages: _Stages, *, dry_run: bool) -> None:
    """Imports file after file; afterwards SQLite is told what its indexes hold."""
    from ouvidoria_tui.desk.importing import import_records
    from ouvidoria_tui.report.batch import analyse, bulk, connection

    conn = connection(desk.store)
    with bulk(conn):
        for reading in readings:
            with stages.of(reading):
                for done in import_records(desk, _records(reading, tally), dry_run=dry_run):
                    tally.add(reading.name, done)
    if tally.written and not dry_run:
        analyse(conn)


def _records(reading: Reading, tally: Tally) -> Iterator[Record]:
    """The records of a file; its rejects go to the tally as they come."""
    from ouvidoria_tui.intake.record import Reject

    for item in reading:
        if isinstance(item, Reject):
            tally.reject(item)
        else:
            yield item
