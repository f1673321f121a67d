"""The reading side of ``ouvidoria import``: one file in, records and rejects out, one at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import BinaryIO, TypeVar

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.intake.maker import RecordMaker
from ouvidoria_tui.intake.mapping import FieldMapping
from ouvidoria_tui.intake.mapping_file import load_mapping
from ouvidoria_tui.intake.reading import Maker, Progress, Reading
from ouvidoria_tui.intake.record import Record
from ouvidoria_tui.intake.rejects import RejectFile, write_rejects
from ouvidoria_tui.intake.remark import Tell, unheard
from ouvidoria_tui.intake.source import Source, open_source
from ouvidoria_tui.text import N_

__all__ = ["FORMATS", "Maker", "Reading", "read", "read_as", "RejectFile", "write_rejects"]

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx")
T = TypeVar("T")

_BY_SUFFIX = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_NOT_READ = {".zip", ".gz", ".pdf", ".parquet"}


#: Makes the maker of an import: the desk's zone, the present moment, date formats by field, the source.
MakerOf = Callable[[tzinfo, int, Mapping[str, tuple[str, ...]], str | None], Maker[T]]


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
    sheet: str | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    tell: Tell = unheard,
) -> Reading[Record]:
    """The records and rejects of the file ``path`` (``-``: ``stdin``, or standard input), one at a time.

    ``mapping`` is one or its name or file; ``zone`` is the desk's, for local dates; nothing may lie after
    ``now`` (UTC epoch seconds). ``source`` names where rows come from that do not say so themselves (else the
    mapping's). ``encoding``, ``delimiter`` and ``format`` override what is found out, ``sheet`` chooses one of
    a workbook. ``progress`` gets bytes done and bytes in all now and then, and at the end; ``tell`` what was
    done to rows that were taken. Raises what concerns the whole file: ``NotFound``
    (``IMPORT_FILE_NOT_FOUND MAPPING_NOT_FOUND``) and ``UsageError`` (``IMPORT_…``, ``MAPPING_INVALID``).
    """
    return read_as(
        RecordMaker,
        "tickets",
        path,
        mapping=mapping,
        zone=zone,
        now=now,
        source=source,
        encoding=encoding,
        delimiter=delimiter,
        format=format,
        sheet=sheet,
        progress=progress,
        stdin=stdin,
        tell=tell,
    )


def read_as(
    maker_of: MakerOf[T],
    kind: str,
    path: str | Path,
    *,
    mapping: FieldMapping | str | Path,
    zone: tzinfo,
    now: int,
    source: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    format: str | None = None,  # noqa: A002 - the option's own name
    sheet: str | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    tell: Tell = unheard,
) -> Reading[T]:
    """As :func:`read`, for rows of another ``kind``, which ``maker_of`` makes."""
    chosen = mapping if isinstance(mapping, FieldMapping) else load_mapping(mapping)
    if chosen.kind != kind:
        raise UsageError(
            "MAPPING_KIND",
            N_("the mapping {name} is for rows of the kind {kind}", name=chosen.name, kind=chosen.kind),
            N_("give --kind {kind}, or another --mapping", kind=chosen.kind),
        )
    wanted = format_of(path, format)
    opened = open_source(path, encoding, stdin)
    try:
        found = format_in(opened, wanted)
        if sheet is not None and found != "xlsx":
            raise UsageError(
                "IMPORT_SHEET",
                N_("{file} has no sheets", file=opened.name),
                N_("leave --sheet out: only an xlsx has sheets"),
            )
        maker = maker_of(zone, now, chosen.formats(), source or chosen.source)
        reading = Reading(opened, found, maker, chosen, tell)
        reading.open("\t" if found == "tsv" and delimiter is None else delimiter, sheet, progress)
    except BaseException:
        opened.close()
        raise
    return reading


def format_in(source: Source, wanted: str | None) -> str:
    """What is really in the file, whatever its name says."""
    if source.workbook:
        return "xlsx"
    if wanted == "xlsx":
        raise _unknown(source.name)
    found = wanted or _sniff(source)
    if found == "json" and _sniff(source) == "jsonl":
        return "jsonl"  # one object a line, under the wrong name
    return found


def format_of(path: str | Path, wanted: str | None) -> str | None:
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
