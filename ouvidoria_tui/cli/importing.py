"""`ouvidoria import`: records out of files into the desk, each file a stage, rejects beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ouvidoria_tui.cli.common import FormatOption
from ouvidoria_tui.cli.output import choose
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.cli.import_kinds import ImportKind
    from ouvidoria_tui.cli.import_tally import Tally
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.intake.reader import Reading
    from ouvidoria_tui.intake.rejects import RejectFile
    from ouvidoria_tui.intake.remark import Remark, Tell
    from ouvidoria_tui.present.progress import Stage


def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help=_("csv, tsv, xlsx, json or jsonl; - reads stdin"))
    ],
    mapping: Annotated[
        str | None, typer.Option("--mapping", metavar="NAME|FILE", help=_("How columns become fields"))
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source", metavar="NAME", help=_("Where rows come from that do not say so themselves")
        ),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            help=_("What the rows are: tickets, first-line, events, volumes, customers or satisfaction"),
        ),
    ] = "tickets",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Do everything, and take it back: what would happen"))
    ] = False,
    rejects: Annotated[
        str | None,
        typer.Option("--rejects", metavar="FILE", help=_("Refused rows with their values, for you alone")),
    ] = None,
    guess: Annotated[
        bool, typer.Option("--guess", help=_("Only propose a mapping for FILE, with the reasons, on stdout"))
    ] = False,
    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet", metavar="NAME|N", help=_("Which sheet of an xlsx (default: the first visible)")
        ),
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
    from ouvidoria_tui.cli.import_kinds import kind_of
    from ouvidoria_tui.cli.import_tally import Tally
    from ouvidoria_tui.domain.permission import Verb

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    what = kind_of(kind)
    _check(files)
    if guess:
        from ouvidoria_tui.cli.import_guess import propose

        return propose(given, files, kind, encoding=encoding, delimiter=delimiter, sheet=sheet)
    how = _How(what, mapping or what.mapping, source, encoding, delimiter, sheet)
    with given.desk() as desk, ExitStack() as stack:
        desk.allow(Verb.IMPORT)
        # Every file is opened before the first row is taken: a call that is wrong changes nothing.
        stages = _Stages(given)
        # Only the file of rejects is emptied then, so that it is opened last.
        remarks: list[Remark] = []
        readings = [stack.enter_context(_open(desk, name, how, stages, remarks.append)) for name in files]
        tally = Tally(given, stack.enter_context(_reject_file(rejects)) if rejects is not None else None)
        _take(desk, what, readings, tally, stages, remarks, dry_run=dry_run)
    tally.print(chosen, dry_run=dry_run)
    return tally.exit_code()


vars(import_)["example"] = (
    "ouvidoria import tickets.jsonl\n"
    "ouvidoria import basecompleta.csv --mapping consumidor-gov --rejects refused.jsonl\n"
    "ouvidoria import chamados.xlsx --guess > chamados.toml\n"
    "ouvidoria import sac.csv --kind first-line\n"
    "ouvidoria import - --dry-run --format json < tickets.csv"
)


class _Stages:
    """Progress in bytes of the file that is being read."""

    def __init__(self, given: Globals) -> None:
        self._given = given
        self._stage: Stage | None = None
        self._done = 0

    @contextmanager
    def of(self, reading: Reading[Any]) -> Iterator[None]:
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


@dataclass(frozen=True, slots=True)
class _How:
    """How the files of one call are read."""

    kind: ImportKind
    mapping: str
    source: str | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None


def _check(files: Sequence[str]) -> None:
    if files.count("-") > 1:
        raise UsageError(
            "USAGE", N_("standard input can be read once only"), N_("name - once, among other files")
        )


def _open(desk: Desk, name: str, how: _How, stages: _Stages, tell: Tell) -> Reading[Any]:
    from zoneinfo import ZoneInfo

    from ouvidoria_tui.intake.reader import read_as

    return read_as(
        how.kind.maker,
        how.kind.name,
        name,
        mapping=how.mapping,
        zone=ZoneInfo(desk.policy.policy.zone),
        now=desk.clock.now(),
        source=how.source,
        encoding=how.encoding,
        delimiter=how.delimiter,
        sheet=how.sheet,
        progress=stages.at,
        tell=tell,
    )


def _reject_file(path: str) -> RejectFile:
    from ouvidoria_tui.intake.rejects import RejectFile
    from ouvidoria_tui.present.words import say

    return RejectFile(path, say)


def _take(
    desk: Desk,
    kind: ImportKind,
    readings: Sequence[Reading[Any]],
    tally: Tally,
    stages: _Stages,
    remarks: list[Remark],
    *,
    dry_run: bool,
) -> None:
    """Imports file after file; afterwards SQLite is told what its indexes hold."""
    from ouvidoria_tui.report.batch import analyse, bulk, connection

    conn = connection(desk.store)
    with bulk(conn):
        for reading in readings:
            with stages.of(reading):
                for done in kind.take(desk, _items(reading, tally, remarks), dry_run=dry_run):
                    tally.add(reading.name, done)
            tally.remark(remarks)
    if tally.written and not dry_run:
        analyse(conn)


def _items(reading: Reading[Any], tally: Tally, remarks: list[Remark]) -> Iterator[Any]:
    """What the rows of a file are; its rejects and remarks go to the tally as they come."""
    from ouvidoria_tui.intake.record import Reject

    for item in reading:
        if remarks:
            tally.remark(remarks)
        if isinstance(item, Reject):
            tally.reject(item)
        else:
            yield item
