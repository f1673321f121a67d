"""An xlsx looked through before anything builds on it: what it would unpack to, and what openpyxl must not meet.

openpyxl streams a sheet row by row, but trusts it: a row number beyond every sheet makes it count for hours, one
row without an end fills the memory. One pass over the unpacked bytes finds that, the merged cells, and formulas
whose values were never saved, at a fraction of the cost of reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zipfile import ZipFile

#: Unpacked sizes beyond which a part is refused: a sheet is streamed, the others are held.
MAX_SHEET: Final = 4 * 1024**3
MAX_PART: Final = 256 * 1024**2
MAX_PARTS: Final = 2_000
#: The longest row of a sheet as XML, in bytes.
MAX_ROW_XML: Final = 16 * 1024**2
_MAX_MERGES: Final = 10_000
_LAST_ROW: Final = 1_048_576
_CHUNK: Final = 1024**2
_OVERLAP: Final = 256

_ROW = re.compile(rb"<(?:\w+:)?row\b(?:[^>]*?\sr=\"(\d+)\")?")
_FAR_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\sr=\"[A-Za-z]{4,}")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_NO_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?"
    rb"\s*</(?:\w+:)?c>"
)
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


class Hostile(Exception):
    """The file is not one that a spreadsheet program writes."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells that are shown as one: first and last row and column, from 1."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class SheetFacts:
    """What one pass over a sheet tells; ``unsaved`` formulas have no value in the file."""

    merges: list[Merge] = field(default_factory=list)
    unsaved: int = 0


def check_parts(archive: ZipFile) -> None:
    """Nothing, where the parts may be opened; raises :class:`Hostile` otherwise."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise Hostile
    for part in parts:
        sheet = "/worksheets/" in part.filename
        if part.file_size > (MAX_SHEET if sheet else MAX_PART) or part.flag_bits & 1:
            raise Hostile
        if not sheet and part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                if _ENTITY.search(stream.read(_CHUNK)):
                    raise Hostile


def look_through(stream: IO[bytes]) -> SheetFacts:
    """The facts of a sheet, read once; raises :class:`Hostile` where openpyxl should not read it."""
    facts = SheetFacts()
    tail = b""
    since_row = 0
    while chunk := stream.read(_CHUNK):
        text = tail + chunk
        if _ENTITY.search(text) or _FAR_CELL.search(text):
            raise Hostile
        last = 0
        for row in _ROW.finditer(text):
            last = row.start()
            if row[1] is not None and (len(row[1]) > 7 or int(row[1]) > _LAST_ROW):
                raise Hostile
        since_row = len(text) - last if last else since_row + len(chunk)
        if since_row > MAX_ROW_XML:
            raise Hostile
        # What begins within the overlap is seen whole with the next chunk, and counted then.
        cut = max(len(text) - _OVERLAP, 0)
        facts.unsaved += sum(1 for found in _NO_VALUE.finditer(text) if found.start() < cut)
        facts.merges += [_merge(found) for found in _MERGE.finditer(text) if found.start() < cut]
        tail = text[cut:]
        _check_merges(facts)
    facts.unsaved += sum(1 for _found in _NO_VALUE.finditer(tail))
    facts.merges += [_merge(found) for found in _MERGE.finditer(tail)]
    _check_merges(facts)
    return facts


def _check_merges(facts: SheetFacts) -> None:
    if len(facts.merges) > _MAX_MERGES:
        raise Hostile


def _merge(found: re.Match[bytes]) -> Merge:
    left, top, right, bottom = found.groups()
    return Merge(int(top), int(bottom), column_number(left.decode()), column_number(right.decode()))


def column_number(letters: str) -> int:
    """1 for ``A``, 27 for ``AA``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
