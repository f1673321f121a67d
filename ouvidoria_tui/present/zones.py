"""Epoch seconds to the desk's wall clock and back: zones, RFC 3339.

Inside, a moment is UTC epoch seconds; a zone is an IANA name or a ``tzinfo``.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

_RFC3339 = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:([Zz])|([+-])(\d{2}):([0-5]\d))", re.ASCII
)
_EPOCH = datetime(1970, 1, 1)


@lru_cache(64)
def zone_of(zone: str | tzinfo) -> tzinfo:
    """The zone of an IANA name such as ``America/Sao_Paulo``. Raises ``UsageError`` ``BAD_ZONE``."""
    if isinstance(zone, tzinfo):
        return zone
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            "BAD_ZONE",
            N_("there is no time zone {zone}", zone=zone[:60]),
            N_("write an IANA name such as America/Sao_Paulo"),
        ) from error


def local(epoch: int, zone: str | tzinfo) -> datetime | None:
    """The moment at the desk, or ``None`` where it lies outside the years 1 to 9999."""
    try:
        return datetime.fromtimestamp(epoch, zone_of(zone))
    except (OverflowError, ValueError, OSError):
        return None


@lru_cache(2048)
def rfc3339(epoch: int, zone: str | tzinfo) -> str:
    """``2026-11-23T01:25:00-03:00``; ``@SECONDS`` for a number that is no date."""
    moment = local(epoch, zone)
    return f"@{epoch}" if moment is None else moment.isoformat(timespec="seconds")


def epoch_of(naive: datetime, zone: str | tzinfo) -> int:
    """The epoch of a wall-clock time at the desk; the first one where the hour is repeated.

    An hour that a change of daylight saving skips is read with the offset before it.
    """
    aware = naive.replace(tzinfo=zone_of(zone))
    offset = aware.utcoffset() or timedelta(0)
    return (naive - offset - _EPOCH) // timedelta(seconds=1)


def parse_rfc3339(text: str) -> int:
    """UTC epoch seconds of ``2026-11-23T01:25:00-03:00`` (fractions are dropped).

    Raises ``UsageError`` with ``BAD_TIME``, also where the offset is missing.
    """
    match = _RFC3339.fullmatch(text.strip())
    if match is None:
        raise bad_time(text)
    date, time, zulu, sign, hours, minutes = match.groups()
    shift = 0 if zulu else int(hours) * 3600 + int(minutes) * 60
    try:
        naive = datetime.fromisoformat(f"{date}T{time.partition('.')[0]}")
    except ValueError as error:
        raise bad_time(text) from error
    if shift >= 86400:
        raise bad_time(text)
    return (naive - _EPOCH) // timedelta(seconds=1) + (shift if sign == "-" else -shift)


def bad_time(text: str) -> UsageError:
    """The error for what cannot be read as a moment."""
    return UsageError(
        "BAD_TIME",
        N_("this is not a date and time: {written}", written=text.strip()[:40]),
        N_(
            "write it like {examples}",
            examples="2026-11-20 10:00, 20/11/2026 10:00, -2h, 2026-11-20T10:00:00-03:00",
        ),
    )
