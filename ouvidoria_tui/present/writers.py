"""Lists on their way out, in every format: ``table`` and ``md`` for people, the others for machines.

Machine formats keep values raw (escaped, never cut; in tsv and csv marked where a spreadsheet would run them)
under the columns' keys; json and jsonl hold the whole
record. Everything but the first rows of a table flows: no list is kept in memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, TextIO

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.column import Column, Record, human_cell, machine_cell, value_of
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import say
from ouvidoria_tui.text import N_

Format = Literal["table", "tsv", "csv", "json", "jsonl", "md"]
FORMATS: Final = ("table", "tsv", "csv", "json", "jsonl", "md")

_MARKDOWN = re.compile(r"[\\`*\[\]<>|~]")


def default_format(terminal: bool) -> Format:
    """``table`` on a terminal, ``tsv`` elsewhere."""
    return "table" if terminal else "tsv"


def write(
    rows: Iterable[Record],
    columns: Sequence[Column],
    fmt: str,
    out: TextIO,
    *,
    width: int | None = None,
    colour: bool = False,
    ascii: bool = False,  # noqa: A002 - the name of the option
) -> int:
    """The number of records written to ``out`` as ``fmt``.

    ``width`` is the terminal's, for the table only (``None``: nothing is cut); ``colour`` and ``ascii`` are
    for the table too. Raises ``UsageError`` with ``BAD_FORMAT``.
    """
    counted = _Counted(rows)
    if fmt == "table":
        from ouvidoria_tui.present.table import table_lines

        lines = table_lines(counted, columns, width=width, colour=colour, ascii_only=ascii)
    elif fmt == "csv":
        _write_csv(counted, columns, out)
        return counted.count
    elif fmt in _LINES:
        lines = _LINES[fmt](counted, columns)
    else:
        raise UsageError(
            "BAD_FORMAT",
            N_("there is no format {name}", name=fmt[:40]),
            N_("choose one of: {names}", names=", ".join(FORMATS)),
        )
    for line in lines:
        out.write(line + "\n")
    return counted.count


class _Counted:
    def __init__(self, rows: Iterable[Record]) -> None:
        self.rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Record]:
        for row in self.rows:
            self.count += 1
            yield row


def _machine_rows(
    rows: Iterable[Record], columns: Sequence[Column], safe: Callable[[str], str]
) -> Iterator[list[str]]:
    """The header and each row as cells, each made safe; a number is no formula, whatever its sign."""
    keys = [column.key for column in columns]

    def cell(value: object) -> str:
        text = machine_cell(value)
        return text if isinstance(value, int | float) else safe(text)

    yield [safe(key) for key in keys]
    for row in rows:
        values = [row[key] if key in row else value_of(row, key) for key in keys]
        yield [safe(v) if type(v) is str else "" if v is None else cell(v) for v in values]


def _tsv(rows: Iterable[Record], columns: Sequence[Column]) -> Iterator[str]:
    from ouvidoria_tui.domain.formula import neutral
    from ouvidoria_tui.present.escapes import tsv_safe

    def safe(text: str) -> str:
        # The mark comes before the escapes: `\\t` at the front is a tab to whoever reads the escapes back.
        return tsv_safe(neutral(text))

    for cells in _machine_rows(rows, columns, safe):
        yield "\t".join(cells)


def _jsonl(rows: Iterable[Record], columns: Sequence[Column]) -> Iterator[str]:
    from ouvidoria_tui.present.json_text import json_text

    for row in rows:
        yield json_text(row)


def _json(rows: Iterable[Record], columns: Sequence[Column]) -> Iterator[str]:
    # One line behind, because only the last one goes without a comma.
    before = "["
    for line in _jsonl(rows, columns):
        yield before
        before = line + ","
    yield before if before == "[" else before[:-1]
    yield "]"


def _markdown(rows: Iterable[Record], columns: Sequence[Column]) -> Iterator[str]:
    yield _markdown_line(clean(say(column.title)) for column in columns)
    yield _markdown_line(("---:" if column.align == "right" else "---" for column in columns), raw=True)
    for row in rows:
        yield _markdown_line(human_cell(column, row) for column in columns)


def _markdown_line(texts: Iterable[str], *, raw: bool = False) -> str:
    return "| " + " | ".join(text if raw else _MARKDOWN.sub(r"\\\g<0>", text) for text in texts) + " |"


def _write_csv(rows: Iterable[Record], columns: Sequence[Column], out: TextIO) -> None:
    import csv

    from ouvidoria_tui.present.escapes import sheet_cell

    csv.writer(out, lineterminator="\r\n").writerows(_machine_rows(rows, columns, sheet_cell))


_LINES = {"tsv": _tsv, "jsonl": _jsonl, "json": _json, "md": _markdown}
