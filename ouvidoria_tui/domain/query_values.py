"""Values of the filter line that have a form of their own: lengths of time and dates."""

from __future__ import annotations

import re
from datetime import date

from ouvidoria_tui.domain.fold import fold

__all__ = ["RELATIVE_DAYS", "Span", "first_and_last", "read_period", "read_span"]

#: Both ends of a period: ``2026``, ``2026-10``, ``2026-10-21`` or a relative day; ``None`` is open.
Span = tuple[str | None, str | None]

#: Days that are known only when the query is run, as offsets from today.
RELATIVE_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}

_DAY_NAMES = {"hoje": "today", "ontem": "yesterday", "amanha": "tomorrow"}
_SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
_UNITS = {
    "min": "m",
    "hora": "h",
    "horas": "h",
    "dia": "d",
    "dias": "d",
    "day": "d",
    "days": "d",
    "sem": "w",
    "semana": "w",
    "semanas": "w",
    "week": "w",
    "weeks": "w",
}
_SPAN = re.compile(r"(-?)(\d{1,6})([a-z]*)", re.ASCII)
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_LOCAL = re.compile(r"(?:(?:(\d{1,2})/)?(\d{1,2})/)?(\d{4})", re.ASCII)
_YEARS = range(1900, 3000)


def read_span(text: str) -> int | None:
    """Seconds of ``2d``, ``90m``, ``8h``, ``1w``, ``-4h`` or ``0``; ``None`` where it is no length of time.

    Wall clock, not business time: a day is 24 hours.
    """
    match = _SPAN.fullmatch(fold(text))
    if match is None:
        return None
    sign, number, unit = match.groups()
    if not unit:
        return 0 if int(number) == 0 else None
    seconds = _SECONDS.get(_UNITS.get(unit, unit))
    if seconds is None:
        return None
    return -int(number) * seconds if sign else int(number) * seconds


def read_period(text: str) -> Span | None:
    """Both ends of ``2026-10``, ``21/10/2026``, ``today`` or ``2026-10..2026-12``; ``None`` where it is none.

    Either end of a range may be left out, not both; the end must not lie before the start.
    """
    start, dots, end = text.partition("..")
    if not dots:
        day = _date(text)
        return None if day is None else (day, day)
    first = _date(start) if start else None
    last = _date(end) if end else None
    if (start and first is None) or (end and last is None) or (first is None and last is None):
        return None
    if (
        first is not None
        and last is not None
        and not {first, last} & RELATIVE_DAYS.keys()
        and first_and_last(first)[0] > first_and_last(last)[1]
    ):
        return None
    return first, last


def first_and_last(text: str, today: date | None = None) -> tuple[date, date]:
    """The first and the last day of ``2026``, ``2026-10``, ``2026-10-21`` or of a day by its name."""
    if text in RELATIVE_DAYS:
        if today is None:
            raise ValueError(text)
        day = date.fromordinal(today.toordinal() + RELATIVE_DAYS[text])
        return day, day
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        following = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
        return first, date.fromordinal(following.toordinal() - 1)
    day = date(parts[0], parts[1], parts[2])
    return day, day


def _date(text: str) -> str | None:
    """A date in its one spelling, or ``None``."""
    folded = fold(text)
    name = _DAY_NAMES.get(folded, folded)
    if name in RELATIVE_DAYS:
        return name
    if match := _ISO.fullmatch(folded):
        year, month, day = match.groups()
    elif match := _LOCAL.fullmatch(folded):
        day, month, year = match.groups()
    else:
        return None
    if int(year) not in _YEARS:
        return None
    written = year + "".join(f"-{int(part):02d}" for part in (month, day) if part is not None)
    try:
        first_and_last(written)
    except ValueError:
        return None
    return written
