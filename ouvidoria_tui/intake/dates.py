"""Dates as files write them, turned into UTC epoch seconds."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

#: What a mapping may name as ``format``; each may be followed by a time and an offset. ``excel`` is the number
#: of a day as spreadsheets count (46301,5); ``dd/mm/yy`` means 1970 to 2069.
DATE_FORMATS = (
    "iso",
    "dd/mm/yyyy",
    "mm/dd/yyyy",
    "dd-mm-yyyy",
    "dd.mm.yyyy",
    "yyyy/mm/dd",
    "dd/mm/yy",
    "excel",
)

_CACHED = 8192
# Where year, month and day begin, and the separator, so that a date is sliced and not matched.
_SHAPES: dict[str, tuple[int, int, int, str]] = {
    "iso": (0, 5, 8, "-"),
    "yyyy/mm/dd": (0, 5, 8, "/"),
    "dd/mm/yyyy": (6, 3, 0, "/"),
    "mm/dd/yyyy": (6, 0, 3, "/"),
    "dd-mm-yyyy": (6, 3, 0, "-"),
    "dd.mm.yyyy": (6, 3, 0, "."),
}
# The same as people type them: 5/3/2024 às 9h05.
_LOOSE = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?:(?:\s+|\s*,\s*|\s+-\s+|\s+[àa]s\s+)(\d{1,2})[:h](\d\d)(?::(\d\d))?)?"
)
_LOOSE_OF = {"/": "dd/mm/yyyy", "-": "dd-mm-yyyy", ".": "dd.mm.yyyy"}
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,12}))?")
# Day 0 of spreadsheets; 1900 has a 29 February there, so this holds from 1 March 1900 on.
_DAY_ZERO = datetime(1899, 12, 30)
# 1 January 1990 to 31 December 2079: what may be a day and is hardly anything else.
_SERIALS = range(32_874, 65_746)


class Dates:
    """Reads dates of some formats in the zone of a desk."""

    def __init__(self, zone: tzinfo, formats: tuple[str, ...] = ("iso",)) -> None:
        self._zone = zone
        self._formats = frozenset(formats)
        self._shapes = tuple(_SHAPES[name] for name in formats if name in _SHAPES)
        # Days repeat thousands of times in a table; the zone's rules are the dear part of a date.
        self._days: dict[str, int] = {}

    def parse(self, text: str) -> int:
        """UTC epoch seconds of ``text``: a date (00:00 at the desk), a local time, or RFC 3339.

        A local time that daylight saving skips is the moment of the change; one that it repeats is the first
        of the two. Fractions of a second are dropped. Raises ``ValueError`` for what is no such date and for
        anything before 1970, which is a typing error in practice.
        """
        text = text.strip()
        if len(text) > 10:
            return self._epoch(text)
        at = self._days.get(text)
        if at is None:
            at = self._epoch(text)
            if len(self._days) >= _CACHED:
                self._days.clear()
            self._days[text] = at
        return at

    def _epoch(self, text: str) -> int:
        iso = self._as_iso(text)
        moment = datetime.fromisoformat(iso) if iso is not None else self._loose(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._zone)
        seconds = moment.timestamp()
        if seconds < 0:
            raise ValueError("before 1970")
        return int(seconds)

    def _as_iso(self, text: str) -> str | None:
        for year, month, day, mark in self._shapes:
            first, second = (4, 7) if year == 0 else (2, 5)
            if len(text) < 10 or text[first] != mark or text[second] != mark:
                continue
            date = f"{text[year : year + 4]}-{text[month : month + 2]}-{text[day : day + 2]}"
            rest = text[10:]
            if not rest:
                return date
            if rest[0] not in "Tt " or not _whole_minutes(rest):
                break
            return f"{date}T{rest[1:].strip().replace(' ', '').upper()}"
        return None

    def _loose(self, text: str) -> datetime:
        """A date with one digit, with two digits of a year, or as a spreadsheet counts, where that is expected."""
        if "excel" in self._formats and (serial := _SERIAL.fullmatch(text)) is not None:
            if int(serial[1]) in _SERIALS:
                part = float(f"0.{serial[2]}") if serial[2] else 0.0
                return _DAY_ZERO + timedelta(days=int(serial[1]), seconds=round(part * 86_400))
            raise ValueError("not a day of our time")
        found = _LOOSE.fullmatch(text)
        if found is None:
            raise ValueError("not a date")
        first, mark, second, year, hour, minute, seconds = found.groups()
        short = len(year) == 2
        if short and (mark != "/" or "dd/mm/yy" not in self._formats):
            raise ValueError("a year of two digits")
        day, month = int(first), int(second)
        if not short and _LOOSE_OF[mark] not in self._formats:
            if mark != "/" or "mm/dd/yyyy" not in self._formats:
                raise ValueError("not a date")
            day, month = month, day
        whole = int(year) if not short else int(year) + (1900 if int(year) >= 70 else 2000)
        return datetime(whole, month, day, int(hour or 0), int(minute or 0), int(seconds or 0))


def _whole_minutes(rest: str) -> bool:
    """Whether a time has hours and minutes: ``fromisoformat`` would also take the hour alone."""
    return len(rest) >= 6 and rest[3] == ":"
