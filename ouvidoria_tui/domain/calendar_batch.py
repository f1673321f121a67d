"""One question of business time as JSON asks it, and its answer: what ``calendar batch`` runs.

``{"op": "add" | "subtract" | "between", "tz", "week", "holidays", "overrides", "pauses", "start",
"minutes" | "seconds" | "end"}``, or ``"calendar": NAME`` instead of ``tz`` and what follows it. Other
keys are ignored. Instants are RFC 3339; one without an offset is read at the calendar's zone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.pauses import Pause
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_, Text

_KEPT = 64


class Batch:
    """Answers vectors one after another; calendars that are written alike are compiled once."""

    def __init__(self, calendars: Mapping[str, Calendar] | None = None) -> None:
        self._named = calendars or {}
        self._written: dict[str, Calendar] = {}

    def run(self, vector: Mapping[str, object]) -> str | int:
        """The answer: an instant with the zone's offset for add and subtract, whole seconds for between.

        Raises ``UsageError``: ``BATCH_BAD_VECTOR`` for a missing or wrong key, else what ``Calendar`` raises.
        """
        calendar = self._calendar(vector)
        zone = calendar.tz
        op, start, pauses = vector.get("op"), _instant(vector, "start", calendar), _pauses(vector, calendar)
        if op == "between":
            return calendar.elapsed(start, _instant(vector, "end", calendar), pauses)
        if op == "add":
            return written(calendar.add(start, _seconds(vector), pauses), zone)
        if op == "subtract":
            return written(calendar.subtract(start, _seconds(vector), pauses), zone)
        raise _bad(N_("op is {op}", op=repr(op)[:80]), N_("use add, subtract or between"))

    def _calendar(self, vector: Mapping[str, object]) -> Calendar:
        name = vector.get("calendar")
        if name is not None:
            if not isinstance(name, str) or name not in self._named:
                raise _bad(
                    N_("there is no calendar {name}", name=repr(name)[:80]),
                    N_("write tz and week, or one of: {names}", names=", ".join(self._named) or "-"),
                )
            return self._named[name]
        written_as = [vector.get(key) for key in ("tz", "week", "holidays", "overrides")]
        key = json.dumps(written_as, sort_keys=True, default=repr)
        if key not in self._written:
            if len(self._written) >= _KEPT:
                self._written.clear()
            self._written[key] = calendar_of(vector)
        return self._written[key]


def run_vector(vector: Mapping[str, object], calendars: Mapping[str, Calendar] | None = None) -> str | int:
    """The answer to a single vector; see :meth:`Batch.run`."""
    return Batch(calendars).run(vector)


def calendar_of(vector: Mapping[str, object]) -> Calendar:
    """The calendar that ``tz`` (UTC when absent), ``week``, ``holidays`` and ``overrides`` describe."""
    zone = vector.get("tz", "UTC")
    week, overrides = _mapping(vector, "week"), _mapping(vector, "overrides")
    holidays = vector.get("holidays") or ()
    if isinstance(holidays, str) or not isinstance(holidays, Sequence | Mapping):
        raise _bad(N_("holidays is not a list of dates"), N_("write dates as 2026-11-20"))
    names = holidays if isinstance(holidays, Mapping) else dict.fromkeys(map(str, holidays), "")
    closed = {_date(day): str(name) for day, name in names.items()}
    return Calendar.from_windows(str(zone), week, closed, overrides)


def written(at: int, zone: tzinfo) -> str:
    """An instant as RFC 3339 with the zone's offset."""
    return datetime.fromtimestamp(at, zone).isoformat()


def read_instant(text: str, calendar: Calendar) -> int:
    """Epoch seconds of an RFC 3339 instant; without an offset, of that reading of the desk's clock."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        return int(moment.timestamp() // 1)
    return calendar.instant(moment.date(), moment.hour * 3600 + moment.minute * 60 + moment.second)


def _instant(vector: Mapping[str, object], key: str, calendar: Calendar) -> int:
    return _read(vector.get(key), key, calendar)


def _read(value: object, key: str, calendar: Calendar) -> int:
    try:
        return read_instant(value, calendar)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise _bad(
            N_("{key} is {value}, not an instant", key=key, value=repr(value)[:80]),
            N_("write it as 2026-11-13T16:30:00-03:00"),
        ) from None


def _pauses(vector: Mapping[str, object], calendar: Calendar) -> list[Pause]:
    pauses = vector.get("pauses") or ()
    if isinstance(pauses, str) or not isinstance(pauses, Sequence):
        raise _bad(N_("pauses is not a list"), N_("write each pause as a list of two instants"))
    found: list[Pause] = []
    for pair in pauses:
        if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
            raise _bad(
                N_("a pause is {value}", value=repr(pair)[:80]), N_("write it as a list of two instants")
            )
        found.append((_read(pair[0], "pauses", calendar), _read(pair[1], "pauses", calendar)))
    return found


def _seconds(vector: Mapping[str, object]) -> int:
    for key, unit in (("seconds", 1), ("minutes", 60)):
        value = vector.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value * unit
            if abs(seconds) < 1e15 and seconds == int(seconds):
                return int(seconds)
        if value is not None:
            raise _bad(
                N_("{key} is {value}", key=key, value=repr(value)[:80]),
                N_("give a number that comes to whole seconds"),
            )
    raise _bad(N_("there is neither minutes nor seconds"), N_("add and subtract need an amount"))


def _mapping(vector: Mapping[str, object], key: str) -> Mapping[str, Sequence[Sequence[str]]]:
    value = vector.get(key) or {}
    if not isinstance(value, Mapping):
        raise _bad(N_("{key} is not an object", key=key), N_('write it as {{"mon": [["09:00", "17:00"]]}}'))
    return value


def _date(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise _bad(N_("{day} is not a date", day=repr(day)[:80]), N_("write dates as 2026-11-20")) from None


def _bad(message: Text, hint: Text) -> UsageError:
    return UsageError("BATCH_BAD_VECTOR", message, hint)
