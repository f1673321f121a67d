"""A slow second opinion on business time: it walks minute by minute and knows nothing of the index.

The desk's day is a film that is played once: what counts is the latest reading that the wall clock has shown
so far. When the clock jumps, the film jumps; when the clock goes back, the film waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Windows = Sequence[Sequence[str]]
Week = Mapping[str, Windows]
#: No clock goes back further than the film is rewound to.
_REWIND = 26 * 60


class Oracle:
    def __init__(
        self,
        zone: str,
        week: Week,
        closed: frozenset[str] = frozenset(),
        overrides: Mapping[str, Windows] | None = None,
    ) -> None:
        self.zone = ZoneInfo(zone)
        self.week = week
        self.closed = closed
        self.overrides = overrides or {}
        self._open: dict[date, frozenset[int]] = {}

    def open_minutes(self, start: int, end: int) -> Iterator[int]:
        """The starts of the open minutes of ``[start, end)``; both on whole minutes."""
        latest = datetime.min
        for minute in range(start - _REWIND * 60, end, 60):
            wall = datetime.fromtimestamp(minute, self.zone).replace(tzinfo=None)
            if wall > latest:
                latest = wall
            if minute >= start and latest.hour * 60 + latest.minute in self._shown_open(latest.date()):
                yield minute

    def elapsed(self, start: int, end: int) -> int:
        return 60 * sum(1 for _ in self.open_minutes(start, end))

    def _shown_open(self, day: date) -> frozenset[int]:
        """The minutes of a date at which the schedule says open, those of the night before among them."""
        known = self._open.get(day)
        if known is None:
            night = (minute - 1440 for minute in self._minutes_of(day - timedelta(days=1)))
            known = self._open[day] = frozenset(
                minute for minute in (*night, *self._minutes_of(day)) if 0 <= minute < 1440
            )
        return known

    def _minutes_of(self, day: date) -> Iterator[int]:
        written = day.isoformat()
        if written in self.overrides:
            windows = self.overrides[written]
        elif written in self.closed:
            windows = ()
        else:
            windows = self.week.get(WEEKDAYS[day.weekday()], ())
        for opening, closing in windows:
            begin, end = _minutes(opening), _minutes(closing)
            yield from range(begin, end if end > begin else end + 1440)


def _minutes(written: str) -> int:
    return int(written[:2]) * 60 + int(written[3:])
