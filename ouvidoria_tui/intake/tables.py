"""Tables as text (csv, tsv): rows with their true line numbers; a broken row takes no neighbour along.

A line without a quote is simply split; the csv module reads the others, strictly. A stray quote would swallow
the rows after it, so where a row of several lines turns out broken (a quote that never ends, text after a
closing quote, a wrong number of cells) only its first line is refused and reading resumes at the second. What
is read twice is bounded by twice the file. A row that is merely too long is passed as a whole, so that lines
inside a long quoted text can never pose as rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.intake.header import MAX_COLUMNS, check_header, header_error
from ouvidoria_tui.intake.lines import Lines, TooLong
from ouvidoria_tui.intake.mapping import FieldMapping
from ouvidoria_tui.intake.record import MAX_ROW, MAX_VALUE, Reject
from ouvidoria_tui.intake.remark import Tell, unheard
from ouvidoria_tui.intake.source import Source
from ouvidoria_tui.text import N_, Text

DELIMITERS = (";", ",", "\t", "|")
_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


class _Broken(Exception):
    """The row that was begun cannot be read; ``resume``: its later lines may be rows of their own."""

    def __init__(self, code: str, message: Text, column: int = 0, *, resume: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.column = column
        self.resume = resume


class Table:
    """An open table: ``header`` is known, iterating gives ``(line, cells)`` or a :class:`Reject`.

    Every list of cells is as long as the header. Without a mapping any header will do. Raises ``UsageError``
    with ``IMPORT_NO_HEADER IMPORT_MISSING_COLUMN IMPORT_DUPLICATE_COLUMN IMPORT_DELIMITER``.
    """

    def __init__(
        self,
        source: Source,
        mapping: FieldMapping | None,
        delimiter: str | None = None,
        tell: Tell = unheard,
    ) -> None:
        csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW + 1))  # ours comes first
        self._name = source.name
        self._lines = Lines(source, tell)
        self._reread = 2 * source.size
        self._first = ""
        self._room = MAX_ROW
        self._ended = False
        sample = source.sample()
        self._lines.back(source.start, 1)
        declared = _declared(sample)
        if declared:
            self._lines.read()
        self.delimiter = _delimiter(delimiter) if delimiter else declared or _guess(sample, mapping)
        self._csv = csv.reader(_Feed(self), delimiter=self.delimiter, strict=True)
        self.header = self._read_header(mapping)

    @property
    def offset(self) -> int:
        """How many bytes have been read."""
        return self._lines.offset

    def __iter__(self) -> Iterator[tuple[int, list[str]] | Reject]:
        lines, width, delimiter = self._lines, len(self.header), self.delimiter
        while True:
            number, offset = lines.number, lines.offset
            line = ""
            try:
                line = lines.read()
                if not line:
                    return
                cells = self._quoted(line) if '"' in line else line.rstrip("\r\n").split(delimiter)
                if len(cells) != width:
                    if not any(cells) or (len(cells) == 1 and not cells[0].strip()):
                        continue
                    if len(cells) < width or any(cells[width:]):
                        raise self._miscounted(len(cells), width)
                    del cells[width:]  # delimiters at the end of a line that hold nothing
                if (
                    lines.spoilt
                    or "\0" in line
                    or (lines.number - number > 1 and any("\0" in c for c in cells))
                ):
                    raise self._unreadable(cells)
            except (_Broken, TooLong) as error:
                yield self._refuse(error, number, offset, line)
                continue
            if any(cells):
                yield number, cells

    def _quoted(self, line: str) -> list[str]:
        """The cells of the row that begins with ``line``, further lines read as its quotes ask for."""
        self._first, self._room, self._ended = line, MAX_ROW, False
        try:
            return next(self._csv)
        except csv.Error:
            if self._ended:
                raise _Broken("UNTERMINATED_QUOTE", N_("a quote that opens here never ends")) from None
            raise _Broken("BAD_QUOTE", N_("text after a closing quote")) from None

    def feed(self) -> str:
        """What the csv reader gets: the line at hand, then the next ones of the same row."""
        line, self._first = self._first, ""
        if not line:
            line = self._lines.read()
        self._room -= len(line)
        if self._room < 0:
            raise TooLong
        if not line:
            self._ended = True
            raise StopIteration
        return line

    def _miscounted(self, count: int, width: int) -> _Broken:
        self._lines.spoilt = False
        if count < width:
            message = N_("{count} cells where the header has {width}", count=count, width=width)
            return _Broken("TOO_FEW_CELLS", message, count + 1)
        message = N_("{count} cells where the header has {width}", count=count, width=width)
        return _Broken("TOO_MANY_CELLS", message, width + 1)

    def _unreadable(self, cells: list[str]) -> _Broken:
        if self._lines.spoilt:
            self._lines.spoilt = False
            column = next((i for i, cell in enumerate(cells, 1) if "\\x" in cell), 0)
            return _Broken("BAD_ENCODING", N_("holds bytes that are no text"), column, resume=False)
        column = next((i for i, cell in enumerate(cells, 1) if "\0" in cell), 0)
        return _Broken("NUL_BYTE", N_("holds a NUL character"), column, resume=False)

    def _refuse(self, error: _Broken | TooLong, number: int, offset: int, line: str) -> Reject:
        """The reject of the row that began at ``offset``; leaves the lines where the next row begins."""
        lines = self._lines
        several = lines.number - number > 1
        if isinstance(error, TooLong):
            lines.back(offset, number)
            line = lines.glance(MAX_VALUE)
            whole = lines.skip_row()
            error = _Broken("ROW_TOO_LONG", N_("longer than {limit} bytes", limit=MAX_ROW))
            if not whole:
                error = _Broken("UNTERMINATED_QUOTE", N_("a quote that opens here never ends"))
            several = not whole
        lines.spoilt = False
        if several and error.resume:
            self._reread -= lines.offset - offset
            if self._reread > 0:
                lines.back(offset, number)
                lines.skip_line()
        value = line.rstrip("\r\n")[:MAX_VALUE]
        return Reject(self._name, number, error.column, error.code, error.message, value)

    def _read_header(self, mapping: FieldMapping | None) -> tuple[str, ...]:
        cells: list[str] = []
        number = 1
        try:
            while not any(cell.strip() for cell in cells):
                number = self._lines.number
                line = self._lines.read()
                if not line:
                    raise header_error("IMPORT_NO_HEADER", self._name, number, N_("there is no header"))
                cells = self._quoted(line) if '"' in line else line.rstrip("\r\n").split(self.delimiter)
        except (_Broken, TooLong):
            raise header_error(
                "IMPORT_NO_HEADER", self._name, number, N_("the header cannot be read")
            ) from None
        self._lines.spoilt = False
        names = tuple(cell.strip() for cell in cells)
        if mapping is not None:
            check_header(names, mapping, self._name, number)
        return names


class _Feed:
    """The lines of a table as an iterator that goes on after an end: the csv reader outlives its rows."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        return self._table.feed()


def _declared(sample: str) -> str | None:
    """The delimiter of a first line ``sep=;``, which spreadsheets write and obey."""
    first = sample.split("\n", 1)[0].rstrip("\r").strip('"')
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") else None


def _guess(sample: str, mapping: FieldMapping | None) -> str:
    """The delimiter under which the header has most columns of the mapping, then most columns at all."""
    text = sample.lstrip("\r\n")

    def score(delimiter: str) -> tuple[int, int]:
        try:
            names = next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        known = 0 if mapping is None else mapping.known(names[:MAX_COLUMNS])
        return known, len(names)

    return max(DELIMITERS, key=score)


def _delimiter(text: str) -> str:
    delimiter = _NAMES.get(text.lower(), text)
    if len(delimiter) != 1 or delimiter in '"\r\n\0' or delimiter.isalnum():
        raise UsageError(
            "IMPORT_DELIMITER",
            N_("a delimiter is one character that is no letter, digit or quote"),
            N_("for example: --delimiter ';' or --delimiter tab"),
        )
    return delimiter
