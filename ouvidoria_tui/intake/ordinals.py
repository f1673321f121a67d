"""Identifiers met so far, in little memory: some 16 to 32 bytes each, whatever their length."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from hashlib import sha256

_EMPTY = 0
_MASK = (1 << 64) - 1


class Seen:
    """A set of 64-bit numbers: ``add`` says whether one is new."""

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * 1024))
        self._used = 0

    def add(self, number: int) -> bool:
        """Whether ``number`` was not there yet; it is now."""
        number = number & _MASK or 1
        if self._used * 5 > len(self._slots) * 3:
            self._grow()
        if not self._place(self._slots, number):
            return False
        self._used += 1
        return True

    @staticmethod
    def _place(slots: array[int], number: int) -> bool:
        last = len(slots) - 1
        at = number & last
        while (found := slots[at]) != _EMPTY:
            if found == number:
                return False
            at = (at + 1) & last
        slots[at] = number
        return True

    def _grow(self) -> None:
        larger = array("Q", bytes(16 * len(self._slots)))
        for number in self._slots:
            if number:
                self._place(larger, number)
        self._slots = larger


class Ordinals:
    """Names rows that have no identifier: SHA-256 of the row, and which of its equals it is.

    The same file gives the same names in every run, and no two rows of it share one.
    """

    def __init__(self) -> None:
        self._seen = Seen()
        self._twice: dict[bytes, int] = {}

    def name(self, cells: Iterable[str]) -> str:
        """``<64 hex digits>-<ordinal from 1>`` of a row; blanks around a cell do not count."""
        digest = sha256("\x1f".join(cell.strip() for cell in cells).encode("utf-8", "surrogatepass"))
        key = digest.digest()
        ordinal = 1
        if not self._seen.add(int.from_bytes(key[:8], "big")):
            ordinal = self._twice.get(key, 1) + 1
            self._twice[key] = ordinal
        return f"{digest.hexdigest()}-{ordinal}"
