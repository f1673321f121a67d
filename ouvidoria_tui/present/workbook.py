"""Lists as a spreadsheet (xlsx), row by row: real dates and numbers, texts that stay texts, as many sheets as it takes.

openpyxl's write-only mode keeps no row in memory. What a cell cannot hold is replaced or cut, and the sheet of
notes says what a reader of the file must know: the zone of its dates, the mark before what would be a formula.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.dimensions import ColumnDimension, DimensionHolder

from ouvidoria_tui.present.column import Column, Record, machine_cell, value_of
from ouvidoria_tui.present.escapes import sheet_cell
from ouvidoria_tui.present.words import _

#: Rows of a sheet and characters of a cell, as the format has them.
ROWS: Final = 1_048_576
CHARACTERS: Final = 32_767
#: Larger whole numbers would lose digits.
_EXACT: Final = 2**53
_FIRST_DAY: Final = datetime(1900, 3, 1)
_WIDE: Final = frozenset({"subject", "text", "description", "messages", "payload"})


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a list: how many rows, on how many sheets, and how many cells were too long and cut."""

    rows: int
    sheets: int
    cut: int


def write_workbook(
    rows: Iterable[Record],
    columns: Sequence[Column],
    out: BinaryIO,
    *,
    title: str,
    zone: str,
    limit: int = ROWS,
) -> Written:
    """Writes ``rows`` to ``out``; dates are the wall clock's in ``zone``, which the sheet of notes says.

    ``title`` names the sheets; ``limit`` is how many rows one holds, its header included.
    """
    book = Workbook(write_only=True)
    maker = _Cells()
    count = sheets = 0
    sheet: WriteOnlyWorksheet | None = None
    keys = [column.key for column in columns]
    for row in rows:
        if sheet is None or count == sheets * (limit - 1):
            sheets += 1
            sheet = _sheet(book, title if sheets == 1 else f"{title} {sheets}", keys)
        sheet.append([maker.cell(sheet, key, value_of(row, key)) for key in keys])
        count += 1
    if sheet is None:
        sheets = 1
        _sheet(book, title, keys)
    _notes(book, count, maker.cut, zone)
    with tempfile.TemporaryFile() as whole:
        # Copied when it is whole: an archive whose file refuses a byte complains long after the error was told.
        book.save(whole)
        whole.seek(0)
        shutil.copyfileobj(whole, out)
    return Written(count, sheets, maker.cut)


def _sheet(book: Workbook, title: str, keys: Sequence[str]) -> WriteOnlyWorksheet:
    sheet = book.create_sheet(title[:31])
    assert isinstance(sheet, WriteOnlyWorksheet)
    sheet.freeze_panes = "A2"
    for number, key in enumerate(keys, 1):
        width = 19 if _is_moment(key) else 60 if key in _WIDE else 16
        _widths(sheet)[get_column_letter(number)].width = width
    sheet.append([_bold(sheet, key) for key in keys])
    return sheet


def _widths(sheet: WriteOnlyWorksheet) -> DimensionHolder[str, ColumnDimension]:
    # Set up by Worksheet._setup, of which the types of the write-only sheet do not know.
    holder: DimensionHolder[str, ColumnDimension] = vars(sheet)["column_dimensions"]
    return holder


def _bold(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _is_moment(key: str) -> bool:
    return key.endswith("_at")


class _Cells:
    """Makes cells of values, and counts what had to be cut."""

    def __init__(self) -> None:
        self.cut = 0

    def cell(self, sheet: WriteOnlyWorksheet, key: str, value: object) -> object:
        """A number, a date, a truth value, or a text that no spreadsheet runs."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return value if abs(value) <= _EXACT else str(value)
        if isinstance(value, str) and _is_moment(key.rpartition(".")[2]):
            moment = _local(value)
            if moment is not None:
                return moment
        text = sheet_cell(machine_cell(value))
        if len(text) > CHARACTERS:
            self.cut += 1
            text = text[: CHARACTERS - 1] + "…"
        if text not in ERROR_CODES:
            return text  # never a formula: what would begin one has been marked
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        return cell


def _local(value: str) -> datetime | None:
    """The wall clock of a moment with the desk's offset; ``None`` where the format has no such day."""
    try:
        moment = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return None
    return moment if moment >= _FIRST_DAY else None


def _notes(book: Workbook, count: int, cut: int, zone: str) -> None:
    sheet = book.create_sheet(_("Notes")[:31])
    assert isinstance(sheet, WriteOnlyWorksheet)
    _widths(sheet)["A"].width, _widths(sheet)["B"].width = 24, 90
    lines = [
        (_("Rows"), count),
        (_("Time zone of dates"), zone),
        (
            _("Apostrophe"),
            _(
                "A text that begins with = + - @ or ' has one ' more in front and never runs; import takes it back."
            ),
        ),
        (_("Signs"), _("Control characters are shown by their pictures (␛); jsonl holds them as they are.")),
        (_("Cells that were cut"), cut),
    ]
    for name, value in lines:
        sheet.append([_bold(sheet, name), value])
