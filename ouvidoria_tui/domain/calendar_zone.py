"""A place's clock: the instant of a local reading, with daylight saving by one rule.

"The schedule is executed once": a reading that the clock skips happens at the change, one that it shows
twice at its first showing. (São Paulo changed at midnight until 2019: some Sundays have no 00:00.)
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

DAY = 86_400
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


class Zone:
    """An IANA zone; get it from :func:`zone`, so that its offsets are worked out once for all calendars."""

    __slots__ = ("_years", "tz")

    def __init__(self, tz: tzinfo) -> None:
        self.tz = tz
        self._years: dict[int, list[int | None]] = {}

    def instant(self, ordinal: int, second: int) -> int:
        """The epoch second at which local time first reaches ``second`` after midnight of a date.

        The date is its proleptic ordinal; ``second`` may lie past 86,400.
        """
        ordinal, second = ordinal + second // DAY, second % DAY
        wall = datetime.fromordinal(ordinal) + timedelta(seconds=second)
        naive = (ordinal - EPOCH_ORDINAL) * DAY + second
        first = naive - _seconds(wall.replace(tzinfo=self.tz))
        other = naive - _seconds(wall.replace(tzinfo=self.tz, fold=1))
        # In a gap the two readings change places: the one by the old offset is the later.
        return first if first <= other else self._change(other, first)

    def offsets(self, year: int) -> list[int | None]:
        """The offset of each date of a year, in seconds; ``None`` near a change: ask :meth:`instant`."""
        known = self._years.get(year)
        if known is None:
            first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
            # Two days either way: a date's windows may run into the next, and a zone is up to 14 h off UTC.
            days = [self._at((day - EPOCH_ORDINAL) * DAY) for day in range(first - 1, after + 4)]
            known = [days[i] if len(set(days[i : i + 5])) == 1 else None for i in range(after - first)]
            self._years[year] = known
        return known

    def _at(self, instant: int) -> int:
        return _seconds(datetime.fromtimestamp(instant, self.tz))

    def _change(self, low: int, high: int) -> int:
        """The instant after ``low`` and up to ``high`` at which the offset changes."""
        before = self._at(low)
        while high - low > 1:
            middle = (low + high) // 2
            if self._at(middle) == before:
                low = middle
            else:
                high = middle
        return high


@cache
def zone(name: str) -> Zone:
    """The zone of that IANA name; ``UsageError`` with ``CALENDAR_UNKNOWN_ZONE`` if this machine has none."""
    try:
        return Zone(UTC if name == "UTC" else ZoneInfo(name))
    except (KeyError, ValueError, OSError, TypeError, AttributeError):
        raise UsageError(
            "CALENDAR_UNKNOWN_ZONE",
            N_("{zone} is not a time zone that this machine knows", zone=repr(name)[:80]),
            N_("use a name such as America/Sao_Paulo"),
        ) from None


def _seconds(moment: datetime) -> int:
    offset = moment.utcoffset()
    assert offset is not None, "every datetime here carries its zone"
    return offset.days * DAY + offset.seconds
