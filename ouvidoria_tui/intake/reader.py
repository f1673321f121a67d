"""The reading side of ``ouvidoria import``: one file in, records and rejects out, one at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import BinaryIO

from ouvidoria_tui.domain.formula import plain
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.intake.json_stream import JsonDocument
from ouvidoria_tui.intake.jsons import JsonLines, JsonRow
from ouvidoria_tui.intake.maker import RecordMaker
from ouvidoria_tui.intake.mapping import FieldMapping, Plan
from ouvidoria_tui.intake.mapping_file import load_mapping
from ouvidoria_tui.intake.ordinals import Ordinals, Seen
from ouvidoria_tui.intake.record import MAX_VALUE, FieldError, Record, Reject
from ouvidoria_tui.intake.rejects import RejectFile, write_rejects
from ouvidoria_tui.intake.source import Source, open_source
from ouvidoria_tui.intake.tables import Table
from ouvidoria_tui.text import N_

__all__ = ["FORMATS", "Reading", "read", "RejectFile", "write_rejects"]

FORMATS = ("csv", "tsv", "json", "jsonl")
Progress = Callable[[int, int], None]

_BY_SUFFIX = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_NOT_READ = {".xlsx", ".xlsm", ".xls", ".ods", ".zip", ".gz", ".pdf", ".parquet"}
_STEP = 512
_PLANS = 256


class Reading(Iterator["Record | Reject"]):
    """An open import: iterate once, and ``close`` (or use as a context manager) where it may stop early.

    ``format`` (one of ``FORMATS``), ``encoding`` and ``delimiter`` (tables) are what was found; ``done`` and
    ``total`` are bytes.
    """

    def __init__(self, source: Source, kind: str, maker: RecordMaker, mapping: FieldMapping) -> None:
        self.name = source.name
        self.format = kind
        self.encoding = source.encoding
        self.total = source.size
        self.delimiter: str | None = None
        self._source = source
        self._maker = maker
        self._mapping = mapping
        self._ordinals = Ordinals()
        self._ids = Seen()
        self._rows: Table | JsonLines | JsonDocument
        self._items: Iterator[Record | Reject] = iter(())

    def open(self, delimiter: str | None, progress: Progress | None) -> None:
        """Reads what comes before the first row; raises the errors that are about the whole file."""
        if self.format in ("csv", "tsv"):
            table = Table(self._source, self._mapping, delimiter)
            self._rows, self.delimiter = table, table.delimiter
            items = self._from_table(table)
        else:
            self._rows = JsonLines(self._source) if self.format == "jsonl" else JsonDocument(self._source)
            items = self._from_json(self._rows)
        self._items = _told(items, self, progress) if progress else items

    @property
    def done(self) -> int:
        """How many bytes have been read."""
        return self._rows.offset

    def __next__(self) -> Record | Reject:
        return next(self._items)

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._source.close()

    def _from_table(self, table: Table) -> Iterator[Record | Reject]:
        plan = Plan(self._mapping, table.header)
        strip, guard = self._mapping.strip, self._mapping.guard
        for row in table:
            if isinstance(row, Reject):
                yield row
                continue
            line, cells = row
            if strip:
                cells = [cell.strip() for cell in cells]
            elif guard:
                cells = [plain(cell) for cell in cells]
            try:
                yield self._record(plan, cells, line)
            except FieldError as error:
                column = plan.column_of(error.field)
                name = table.header[column] if column >= 0 else error.field
                yield self._reject(error, line, column + 1, name)

    def _from_json(self, rows: JsonLines | JsonDocument) -> Iterator[Record | Reject]:
        plans: dict[tuple[str, ...], Plan] = {}
        for row in rows:
            if isinstance(row, Reject):
                yield row
                continue
            names = tuple(row.value)
            plan = plans.get(names)
            if plan is None:
                if len(plans) >= _PLANS:
                    plans.clear()
                plan = plans[names] = Plan(self._mapping, names, keep_empty=True)
            try:
                yield self._record(plan, list(row.value.values()), row.line)
            except FieldError as error:
                yield self._reject(error, *_json_place(row, plan, error.field))

    def _record(self, plan: Plan, cells: Sequence[object], line: int) -> Record:
        raw = plan.raw(cells)
        given = raw.get("external_id")
        if given is None or (type(given) is str and not given.strip()):
            raw["external_id"] = self._ordinals.name(map(_as_text, cells))
        record = self._maker.make(raw, line)
        if not self._ids.add(hash((record.source, record.external_id))):
            raise FieldError(
                "external_id",
                "DUPLICATE_ID",
                N_("another row of this file has the same id"),
                record.external_id,
            )
        return record

    def _reject(self, error: FieldError, line: int, column: int, name: str) -> Reject:
        value = _as_text(error.value)[:MAX_VALUE]
        return Reject(self.name, line, column, error.code, error.message, value, name)


def read(
    path: str | Path,
    *,
    mapping: FieldMapping | str | Path = "native",
    zone: tzinfo,
    now: int,
    source: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    format: str | None = None,  # noqa: A002 - the option's own name
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> Reading:
    """The records and rejects of the file ``path`` (``-``: ``stdin``, or standard input), one at a time.

    ``mapping`` is one or its name or file; ``zone`` is the desk's, for local dates; nothing may lie after
    ``now`` (UTC epoch seconds). ``source`` names where rows come from that do not say so themselves (else the
    mapping's). ``encoding``, ``delimiter`` and ``format`` override what is found out. ``progress`` gets bytes
    done and bytes in all now and then, and at the end. Raises what concerns the whole file: ``NotFound``
    (``IMPORT_FILE_NOT_FOUND MAPPING_NOT_FOUND``) and ``UsageError`` (``IMPORT_…``, ``MAPPING_INVALID``).
    """
    chosen = mapping if isinstance(mapping, FieldMapping) else load_mapping(mapping)
    kind = _format_of(path, format)
    opened = open_source(path, encoding, stdin)
    try:
        kind = kind or _sniff(opened)
        if kind == "json" and _sniff(opened) == "jsonl":
            kind = "jsonl"  # one object a line, under the wrong name
        maker = RecordMaker(zone, now, chosen.formats(), source or chosen.source)
        reading = Reading(opened, kind, maker, chosen)
        reading.open("\t" if kind == "tsv" and delimiter is None else delimiter, progress)
    except BaseException:
        opened.close()
        raise
    return reading


def _format_of(path: str | Path, wanted: str | None) -> str | None:
    """The format asked for, or that of the file's name; ``None`` where its beginning must tell."""
    if wanted is not None:
        if wanted not in FORMATS:
            raise _unknown(str(path))
        return wanted
    suffix = Path(path).suffix.lower()
    if suffix in _NOT_READ and Path(path).exists():
        raise _unknown(str(path))
    return _BY_SUFFIX.get(suffix)


def _unknown(name: str) -> UsageError:
    return UsageError(
        "IMPORT_FORMAT_UNKNOWN",
        N_("{file} is in a format that is not read; these are: {names}", file=name, names=", ".join(FORMATS)),
        N_("save it as csv (UTF-8) in the spreadsheet and import that"),
    )


def _sniff(source: Source) -> str:
    """The format that the beginning of the text looks like."""
    text = source.sample().lstrip()
    if text.startswith("["):
        return "json"
    if not text.startswith("{"):
        return "csv"
    first, _, rest = text.partition("\n")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        # A broken first line of many, or the first line of one object written over several?
        return "jsonl" if rest.startswith("{") else "json"
    return "jsonl" if rest.lstrip().startswith("{") else "json"


def _json_place(row: JsonRow, plan: Plan, field: str) -> tuple[int, int, str]:
    column = plan.column_of(field)
    head = field.split(".", 1)[0]
    name = field
    if column >= 0 and head in plan.sources:
        name = (
            field.replace(head, plan.names[column], 1)
            if "." not in plan.names[column]
            else plan.names[column]
        )
    return *row.place(name), name


def _as_text(value: object) -> str:
    if type(value) is str:
        return value
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _told(
    items: Iterator[Record | Reject], reading: Reading, progress: Progress
) -> Iterator[Record | Reject]:
    """``items``, telling ``progress`` now and then."""
    for count, item in enumerate(items, 1):
        yield item
        if count % _STEP == 0:
            progress(reading.done, reading.total)
    progress(reading.total, reading.total)
