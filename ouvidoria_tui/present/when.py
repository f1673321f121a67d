"""A moment as people write it on the command line, for ``--at``, ``--to`` and their like."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from ouvidoria_tui.errors import Refused
from ouvidoria_tui.present.zones import bad_time, epoch_of, local, parse_rfc3339
from ouvidoria_tui.text import N_

_TIME = r"(?P<hour>\d{1,2})(?:[:h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?|h)"
#: A date without an hour.
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?/\d\d?/\d{4}|today|hoje|yesterday|ontem", re.ASCII | re.IGNORECASE)
_OFFSET = re.compile(r":\d{2}(?:\.\d+)?(?:z|[+-]\d{2}:\d{2})$", re.ASCII)
_WRITTEN = re.compile(
    rf"""(?:(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})
        |(?P<dia>\d{{1,2}})/(?P<mes>\d{{1,2}})/(?P<ano>\d{{4}})
        |(?P<word>yesterday|ontem|today|hoje|tomorrow|amanhã|amanha))?
        (?:(?:^|t|\s+(?:(?:at|às|as)\s+)?){_TIME})?""",
    re.ASCII | re.X,
)
_RELATIVE = re.compile(r"([+-])((?:\d{1,6}(?:min|m|h|d|w|sem)\s*)+)", re.ASCII)
_PART = re.compile(r"(\d+)(min|m|h|d|w|sem)", re.ASCII)
_SECONDS = {"min": 60, "m": 60, "h": 3600, "d": 86400, "w": 604800, "sem": 604800}
_DAYS = {"yesterday": -1, "ontem": -1, "today": 0, "hoje": 0, "tomorrow": 1, "amanhã": 1, "amanha": 1}


def parse_when(text: str, zone: str | tzinfo, now: int) -> int:
    """UTC epoch seconds of a moment as people write it; without an offset it is the desk's time.

    Read are RFC 3339, ``2026-11-20 10:00``, ``20/11/2026 10h00``, a date alone (00:00), an hour alone
    (today), ``yesterday 10:00`` and ``ontem 10h`` (also today, tomorrow), ``now``, and spans from now:
    ``-2h``, ``-1d4h``, ``+30min`` (a day is 24 hours). Raises ``UsageError`` with ``BAD_TIME``.
    """
    written = text.strip().lower()
    if len(written) > 60:
        raise bad_time(text)
    if _OFFSET.search(written):
        return parse_rfc3339(written)
    if written in ("now", "agora"):
        return now
    if match := _RELATIVE.fullmatch(written):
        span = sum(int(amount) * _SECONDS[unit] for amount, unit in _PART.findall(match[2]))
        moment = now + span if match[1] == "+" else now - span
    else:
        moment = _from_words(text, written, zone, now)
    if local(moment, zone) is None:
        raise bad_time(text)
    return moment


def past_moment(text: str, zone: str | tzinfo, now: int) -> int:
    """The moment at which something is looked at; a date alone means all of its day, today means now.

    Raises ``UsageError`` ``BAD_TIME``; ``Refused`` ``DATE_IN_FUTURE``.
    """
    moment = parse_when(text, zone, now)
    if moment > now:
        raise Refused(
            "DATE_IN_FUTURE",
            N_("a ticket cannot be shown as it will stand"),
            N_("leave --at out, or give a moment that has passed"),
        )
    if _DAY.fullmatch(text.strip()):
        moment = min(now, parse_when(f"{text.strip()} 23:59:59", zone, now))
    return moment


def _from_words(text: str, written: str, zone: str | tzinfo, now: int) -> int:
    match = _WRITTEN.fullmatch(written) if written else None
    if match is None:
        raise bad_time(text)
    part = match.groupdict()
    try:
        if part["year"]:
            date = datetime(int(part["year"]), int(part["month"]), int(part["day"]))
        elif part["ano"]:
            date = datetime(int(part["ano"]), int(part["mes"]), int(part["dia"]))
        else:
            today = local(now, zone)
            if today is None:
                raise bad_time(text)
            date = datetime(today.year, today.month, today.day) + timedelta(
                days=_DAYS[part["word"] or "today"]
            )
        naive = date.replace(
            hour=int(part["hour"] or 0), minute=int(part["minute"] or 0), second=int(part["second"] or 0)
        )
        return epoch_of(naive, zone)
    except (ValueError, OverflowError) as error:
        raise bad_time(text) from error
