"""Dates as files write them, turned into UTC epoch seconds."""

from __future__ import annotations

from datetime import datetime, tzinfo

#: What a mapping may name as ``format``; each may be followed by a time and an offset.
DATE_FORMATS = ("iso", "dd/mm/yyyy", "mm/dd/yyyy", "dd-mm-yyyy", "dd.mm.yyyy", "yyyy/mm/dd")

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


class Dates:
    """Reads dates of some formats in the zone of a desk."""

    def __init__(self, zone: tzinfo, formats: tuple[str, ...] = ("iso",)) -> None:
        self._zone = zone
        self._shapes = tuple(_SHAPES[name] for name in formats)
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
        moment = datetime.fromisoformat(self._as_iso(text))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._zone)
        seconds = moment.timestamp()
        if seconds < 0:
            raise ValueError("before 1970")
        return int(seconds)

    def _as_iso(self, text: str) -> str:
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
        raise ValueError("not a date")


def _whole_minutes(rest: str) -> bool:
    """Whether a time has hours and minutes: ``fromisoformat`` would also take the hour alone."""
    return len(rest) >= 6 and rest[3] == ":"
