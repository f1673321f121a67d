"""A sheet of an xlsx as a table: what the cells show, as text, row by row and never whole in memory.

A number is written without the ``.0`` that spreadsheets have in their heart, a date as ISO. Of merged cells each
has the value, as one sees it. Formulas give the value that was saved with them. Where no sheet is asked for by name,
the first visible one whose header will do is read: a cover may come before it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.intake.header import check_header, header_error, missing_columns
from ouvidoria_tui.intake.mapping import FieldMapping
from ouvidoria_tui.intake.record import MAX_VALUE, Reject
from ouvidoria_tui.intake.remark import Remark, Tell, unheard
from ouvidoria_tui.intake.source import Source
from ouvidoria_tui.intake.xlsx_check import Hostile, Merge, SheetFacts, check_parts, look_through
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from zipfile import ZipFile

#: A header is looked for in so many rows that hold something: titles may stand above it.
_TITLES = 20


class Sheet:
    """An open sheet: ``header`` is known, iterating gives ``(row, cells)`` or a :class:`Reject`.

    Every list of cells is as long as the header. Without a mapping the first row with two names is it. Raises
    ``UsageError`` with ``IMPORT_WORKBOOK IMPORT_SHEET`` and what :func:`check_header` raises.
    """

    def __init__(
        self, source: Source, mapping: FieldMapping | None, sheet: str | None = None, tell: Tell = unheard
    ) -> None:
        self._name = source.name
        self._handle = source.handle
        self._tell = tell
        facts = self._look()
        self._book = self._load()
        chosen = self._open_first(self._candidates(sheet), facts, mapping)
        if sheet is None:
            self._name_others(chosen)
        found = facts.get(_path(chosen), SheetFacts())
        if found.unsaved:
            message = N_(
                "{count} formulas have no saved value and are read as empty; open the file in the"
                " spreadsheet and save it",
                count=found.unsaved,
            )
            tell(Remark(self._name, 0, 0, "FORMULA_UNSAVED", message))

    @property
    def offset(self) -> int:
        """How far reading has come, in bytes of the file."""
        return self._handle.tell()

    def __iter__(self) -> Iterator[tuple[int, list[str]] | Reject]:
        width = len(self.header)
        while True:
            try:
                cells = self._next()
            except StopIteration:
                return
            except Exception:  # openpyxl raises whatever its parts raise
                yield self._broken()
                return
            if not any(cells):
                continue
            if any(cells[width:]):
                message = N_("{count} cells where the header has {width}", count=len(cells), width=width)
                value = "\t".join(cells)[:MAX_VALUE]
                yield Reject(self._name, self._number, width + 1, "TOO_MANY_CELLS", message, value)
                continue
            yield self._number, cells[:width] + [""] * (width - len(cells))

    def _next(self) -> list[str]:
        self._number += 1
        return [_text(value) for value in next(self._rows)]

    def _look(self) -> dict[str, SheetFacts]:
        """The facts of every sheet; nothing else opens the file before."""
        import zipfile

        try:
            with zipfile.ZipFile(self._handle) as archive:
                check_parts(archive)
                return {
                    name: _facts(archive, name) for name in archive.namelist() if "/worksheets/sheet" in name
                }
        except Hostile:
            raise self._refused(
                N_("{file} would unpack to more than a spreadsheet writes", file=self._name)
            ) from None
        except Exception:  # zipfile and zlib raise a dozen kinds of errors on a broken file
            raise self._refused(N_("{file} is a broken xlsx", file=self._name)) from None
        finally:
            self._handle.seek(0)

    def _load(self) -> Any:
        # openpyxl costs a fifth of a second: only who imports a workbook pays for it.
        import openpyxl

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return openpyxl.load_workbook(self._handle, read_only=True, data_only=True, keep_links=False)
        except Exception:  # openpyxl raises whatever its parts raise
            raise self._refused(N_("{file} is a broken xlsx", file=self._name)) from None

    def _open_first(
        self, sheets: list[Any], facts: dict[str, SheetFacts], mapping: FieldMapping | None
    ) -> Any:
        """The first of ``sheets`` with a header that will do, open; the first one's error where none has."""
        first: UsageError | None = None
        for sheet in sheets:
            sheet.reset_dimensions()  # what the file says of its size may be wrong
            self._rows = _filled(
                sheet.iter_rows(values_only=True), facts.get(_path(sheet), SheetFacts()).merges
            )
            self._number = 0
            try:
                self.header = self._find_header(mapping)
            except UsageError as error:
                first = first or error
                continue
            self.title = str(sheet.title)
            return sheet
        assert first is not None
        raise first

    def _candidates(self, wanted: str | None) -> list[Any]:
        """The sheet that is wanted, or every visible one; ``UsageError`` ``IMPORT_SHEET`` where there is none."""
        sheets = [sheet for sheet in self._book.worksheets if hasattr(sheet, "reset_dimensions")]
        found = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
        if wanted is not None:
            folded = wanted.strip().casefold()
            found = [
                sheet
                for number, sheet in enumerate(sheets, 1)
                if sheet.title.strip().casefold() == folded or wanted == str(number)
            ][:1]
        if found:
            return found
        names = ", ".join(sheet.title for sheet in sheets)
        raise UsageError(
            "IMPORT_SHEET",
            N_("{file} has no sheet {name}", file=self._name, name=repr(wanted or "")[:80]),
            N_("name one with --sheet; there are: {names}", names=names or "-"),
        )

    def _name_others(self, chosen: Any) -> None:
        others = [sheet.title for sheet in self._candidates(None) if sheet is not chosen]
        if others:
            message = N_(
                "the sheet {name} is read; not read: {others}", name=chosen.title, others=", ".join(others)
            )
            self._tell(Remark(self._name, 0, 0, "SHEETS_NOT_READ", message))

    def _find_header(self, mapping: FieldMapping | None) -> tuple[str, ...]:
        """The first row that names what the mapping needs, below titles; else the first row that names anything."""
        first: tuple[int, tuple[str, ...]] | None = None
        rows: list[tuple[int, tuple[str, ...]]] = []
        try:
            while len(rows) < _TITLES:
                cells = self._next()
                if not any(cells):
                    continue
                names = tuple(cell.strip() for cell in cells)
                while names and not names[-1]:
                    names = names[:-1]
                rows.append((self._number, names))
                first = first or rows[-1]
                if mapping is None:
                    known = sum(map(bool, names)) > 1
                else:
                    known = mapping.known(names) > 0 and missing_columns(names, mapping) is None
                if known:
                    first = rows[-1]
                    break
        except StopIteration:
            pass
        except Exception:  # openpyxl raises whatever its parts raise
            raise self._refused(N_("{file} is a broken xlsx", file=self._name)) from None
        if first is None:
            raise header_error("IMPORT_NO_HEADER", self._name, 1, N_("there is no header"))
        number, names = first
        if mapping is not None:
            check_header(names, mapping, self._name, number)
        if number != rows[0][0]:
            message = N_("the header is taken from here; the rows above were passed over")
            self._tell(Remark(self._name, number, 0, "ROWS_ABOVE_HEADER", message))
        return names

    def _broken(self) -> Reject:
        message = N_("the sheet is broken here and cannot be read on")
        return Reject(self._name, self._number, 0, "SHEET_BROKEN", message, "")

    def _refused(self, message: Any) -> UsageError:
        return UsageError(
            "IMPORT_WORKBOOK",
            message,
            N_("open it in the spreadsheet and save it again, or save it as csv (UTF-8)"),
        )


def _path(sheet: Any) -> str:
    """Where a sheet is in the archive; openpyxl keeps that to itself."""
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


def _facts(archive: ZipFile, name: str) -> SheetFacts:
    with archive.open(name) as stream:
        return look_through(stream)


def _filled(rows: Iterator[Sequence[object]], merges: list[Merge]) -> Iterator[Sequence[object]]:
    """The rows with the value of merged cells in each of them."""
    waiting = sorted(merges, key=lambda merge: merge.top, reverse=True)
    open_: list[tuple[Merge, object]] = []
    for number, row in enumerate(rows, 1):
        while waiting and waiting[-1].top <= number:
            merge = waiting.pop()
            value = row[merge.left - 1] if merge.top == number and merge.left <= len(row) else None
            if value is not None and merge.right - merge.left < 4096:
                open_.append((merge, value))
        if not open_:
            yield row
            continue
        open_ = [(merge, value) for merge, value in open_ if merge.bottom >= number]
        cells = list(row)
        for merge, value in open_:
            # Sideways a title spans what it heads: only downwards does every row mean the value.
            if merge.bottom > merge.top:
                cells += [None] * (merge.left - len(cells))
                cells[merge.left - 1] = value
        yield cells


def _text(value: object) -> str:
    """What a cell says; dates as ISO, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        rounded = value + timedelta(microseconds=500_000) if value.microsecond else value
        rounded = rounded.replace(microsecond=0)
        return rounded.date().isoformat() if rounded.time() == time() else rounded.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
