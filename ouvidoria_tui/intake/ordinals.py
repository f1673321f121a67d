"""Which rows of a file were met before: in a temporary file, so that memory is the same for any number of rows."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from typing import BinaryIO, Final

_MASK: Final = (1 << 64) - 1
#: A slot is a number and how often it was met; number 0 marks a free one.
_SLOT: Final = struct.Struct("=QQ")
#: Slots read at once: a number nearly always stands in the first of them, or is new.
_AT_ONCE: Final = 8
_FIRST_SLOTS: Final = 1 << 13


class Tally:
    """How often each 64-bit number was met: a table with open addressing, on disk; ``close`` removes it."""

    def __init__(self) -> None:
        self._slots = _FIRST_SLOTS
        self._used = 0
        self._file: BinaryIO | None = None

    def add(self, number: int) -> int:
        """How often ``number`` was met with this time: 1 where it is new.

        ``OSError``, naming the folder of temporary files, where that has no room.
        """
        try:
            if self._used * 5 > self._slots * 3:
                self._grow()
            if self._file is None:
                self._file = _table(self._slots)
            count = _met(self._file, self._slots, number & _MASK or 1)
        except OSError as error:
            raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from error
        self._used += count == 1
        return count

    def close(self) -> None:
        """Removes the table."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _grow(self) -> None:
        assert self._file is not None
        larger = _table(self._slots * 4)
        self._file.seek(0)
        while block := self._file.read(_SLOT.size * 4096):
            for number, count in _SLOT.iter_unpack(block):
                if number:
                    _met(larger, self._slots * 4, number, count)
        self._file.close()
        self._file, self._slots = larger, self._slots * 4


def _table(slots: int) -> BinaryIO:
    file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by Tally
    file.truncate(slots * _SLOT.size)
    return file


def _met(file: BinaryIO, slots: int, number: int, times: int = 1) -> int:
    """The count of ``number`` after ``times`` more; it goes into the first free slot where it is not there yet."""
    at = number % slots
    while True:
        file.seek(at * _SLOT.size)
        for found, count in _SLOT.iter_unpack(file.read(_SLOT.size * min(_AT_ONCE, slots - at))):
            if found in (0, number):
                file.seek(at * _SLOT.size)
                file.write(_SLOT.pack(number, times + int(count)))
                return times + int(count)
            at += 1
        at %= slots


class Ordinals:
    """Names rows that have no identifier: SHA-256 of the row, and which of its equals it is.

    The same file gives the same names in every run, and no two rows of it share one.
    """

    def __init__(self) -> None:
        self._tally = Tally()

    def name(self, cells: Iterable[str]) -> str:
        """``<64 hex digits>-<ordinal from 1>`` of a row; blanks around a cell do not count."""
        digest = sha256("\x1f".join(cell.strip() for cell in cells).encode("utf-8", "surrogatepass"))
        ordinal = self._tally.add(int.from_bytes(digest.digest()[:8], "big"))
        return f"{digest.hexdigest()}-{ordinal}"

    def close(self) -> None:
        """Forgets all of them."""
        self._tally.close()
