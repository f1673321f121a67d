"""The names and first rows of any file that can be imported, before anything is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ouvidoria_tui.intake.json_stream import JsonDocument
from ouvidoria_tui.intake.jsons import JsonLines
from ouvidoria_tui.intake.reader import format_in, format_of
from ouvidoria_tui.intake.reading import as_text
from ouvidoria_tui.intake.record import Reject
from ouvidoria_tui.intake.source import open_source
from ouvidoria_tui.intake.tables import Table
from ouvidoria_tui.intake.xlsx import Sheet


def sample(
    path: str | Path,
    *,
    limit: int,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> tuple[tuple[str, ...], list[list[str]]]:
    """The names and at most ``limit`` rows; of JSON the keys of its first objects. Raises as ``read`` does."""
    source = open_source(path, encoding)
    try:
        found = format_in(source, format_of(path, None))
        if found == "xlsx":
            return _of_table(Sheet(source, None, sheet), limit)
        if found in ("csv", "tsv"):
            return _of_table(
                Table(source, None, "\t" if found == "tsv" and not delimiter else delimiter), limit
            )
        rows = JsonLines(source) if found == "jsonl" else JsonDocument(source)
        objects = [row.value for row in islice(rows, limit) if not isinstance(row, Reject)]
        names = tuple(dict.fromkeys(key for value in objects for key in value))
        return names, [[_cell(value.get(name)) for name in names] for value in objects]
    finally:
        source.close()


def _of_table(table: Table | Sheet, limit: int) -> tuple[tuple[str, ...], list[list[str]]]:
    return table.header, list(_rows(table, limit))


def _rows(table: Table | Sheet, limit: int) -> Iterator[list[str]]:
    for row in islice(table, limit):
        if not isinstance(row, Reject):
            yield row[1]


def _cell(value: object) -> str:
    return "" if value is None else as_text(value)
