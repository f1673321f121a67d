"""Periods of reports as people write them, and their bounds at the desk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ouvidoria_tui.domain.calendar_zone import zone as zone_named
from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.query_values import first_and_last, read_period
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

_LAST = re.compile(r"(?:last|ultim[oa]s?)-(\d{1,4})([dwm])", re.ASCII)
_NAMED = {
    "this-month": ("month", 0),
    "este-mes": ("month", 0),
    "last-month": ("month", -1),
    "mes-passado": ("month", -1),
    "this-year": ("year", 0),
    "este-ano": ("year", 0),
    "last-year": ("year", -1),
    "ano-passado": ("year", -1),
}
#: What an open end of a range means: no store reaches further.
_EARLIEST, _LATEST = date(1900, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """Two dates of the desk, both included, and the moments (half-open, UTC epoch seconds) that bound them."""

    first: date
    last: date
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    @property
    def months(self) -> tuple[str, str]:
        """The months of the first and the last date, as ``2026-10``."""
        return f"{self.first:%Y-%m}", f"{self.last:%Y-%m}"

    @property
    def whole(self) -> bool:
        """Whether it is made of whole months."""
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1


def local_date(moment: int, zone: str) -> date:
    """The date at the desk."""
    return datetime.fromtimestamp(moment, zone_named(zone).tz).date()


def parse_period(text: str, zone: str, today: date) -> Period:
    """The period of ``2026``, ``2026-10``, ``2026-10-21``, ``A..B`` of these, ``last-month``, ``last-30d`` ….

    ``last-30d`` are 30 dates of which today is the last, ``last-2w`` 14; ``last-3m`` are the three whole
    months before this one. Raises ``UsageError`` ``BAD_PERIOD``.
    """
    written = fold(text.strip()[:60])
    try:
        found = _named(written, today) or _dated(written, today)
    except (ValueError, OverflowError):
        found = None
    if found is None or found[0] > found[1]:
        raise UsageError(
            "BAD_PERIOD",
            N_("this is not a period: {written}", written=text.strip()[:40]),
            N_(
                "write it like {examples}",
                examples="2026, 2026-10, 2026-01..2026-03, 2026-10-01..2026-10-31, this-month, last-month, last-30d",
            ),
        )
    return _bounded(*found, zone)


def end_of_date(text: str, zone: str, today: date) -> int | None:
    """The last second of a date (or of a month or year) that stands alone; ``None`` for anything else."""
    if ".." in text:
        return None
    span = read_period(text.strip()[:60])
    if span is None or span[1] is None:
        return None
    return _bounded(*(first_and_last(span[1], today)), zone).end - 1


def _bounded(first: date, last: date, zone: str) -> Period:
    at = zone_named(zone).instant
    return Period(first, last, at(first.toordinal(), 0), at(last.toordinal() + 1, 0))


def _named(written: str, today: date) -> tuple[date, date] | None:
    if written in _NAMED:
        unit, shift = _NAMED[written]
        if unit == "year":
            return first_and_last(f"{today.year + shift:04d}")
        return first_and_last(_month(today, shift))
    match = _LAST.fullmatch(written)
    if match is None or int(match[1]) == 0:
        return None
    amount = int(match[1])
    if match[2] == "m":
        return first_and_last(_month(today, -amount))[0], first_and_last(_month(today, -1))[1]
    days = amount * (7 if match[2] == "w" else 1)
    return today - timedelta(days=days - 1), today


def _month(day: date, shift: int) -> str:
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return f"{year:04d}-{month + 1:02d}"


def _dated(written: str, today: date) -> tuple[date, date] | None:
    span = read_period(written)
    if span is None:
        return None
    start, end = span
    first = _EARLIEST if start is None else first_and_last(start, today)[0]
    last = _LATEST if end is None else first_and_last(end, today)[1]
    return first, last
