"""A slow second opinion on business time: it walks minute by minute and knows nothing of the index.

The desk's day is a film that is played once: what counts is the latest reading that the wall clock has shown
so far. When the clock jumps, the film jumps; when the clock goes back, the film waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Week = Mapping[str, Sequence[Sequence[str]]]


class Oracle:
    def __init__(self, zone: str, week: Week, closed: frozenset[str] = frozenset()) -> None:
        self.zone = ZoneInfo(zone)
        self.week = week
        self.closed = closed

    def open_minutes(self, start: int, end: int) -> Iterator[int]:
        """The starts of the open minutes of ``[start, end)``; both on whole minutes."""
        latest = datetime.min
        for minute in range(start - 26 * 3600, end, 60):
            wall = datetime.fromtimestamp(minute, self.zone).replace(tzinfo=None)
            latest = max(latest, wall)
            if minute >= start and self._shows_open(latest):
                yield minute

    def elapsed(self, start: int, end: int) -> int:
        return 60 * sum(1 for _ in self.open_minutes(start, end))

    def _shows_open(self, wall: datetime) -> bool:
        today = datetime(wall.year, wall.month, wall.day)
        for day in (today - timedelta(days=1), today):
            if day.date().isoformat() in self.closed:
                continue
            for opening, closing in self.week.get(WEEKDAYS[day.weekday()], ()):
                begin, end = _minutes(opening), _minutes(closing)
                if end <= begin:
                    end += 24 * 60
                if begin <= (wall - day) // timedelta(minutes=1) < end:
                    return True
        return False


def _minutes(written: str) -> int:
    return int(written[:2]) * 60 + int(written[3:])
