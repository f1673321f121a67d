"""Business time: how long a calendar was open between two moments, and when so much of it has run.

Everything is in UTC epoch seconds, in and out. Opening is inside, closing is outside; a due time that lands
exactly on a closing stays there, one that is counted backwards and lands on an opening stays there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from ouvidoria_tui.domain.calendar_days import STEP, BusinessDays, within
from ouvidoria_tui.domain.calendar_index import FIRST_YEAR, HORIZON, horizon
from ouvidoria_tui.domain.pauses import Pause, unite
from ouvidoria_tui.domain.policy import CalendarRule


class Calendar(BusinessDays):
    """A desk's hours, ready to count with (S0-11, S1-26).

    ``closed`` are the desk's holiday rows, names by date where known; they close it if the rule says so.
    Every method that is given or would answer a moment before 1970 or after 2199 raises ``UsageError`` with
    ``CALENDAR_HORIZON``; what a bad rule raises is said at ``calendar_compile.Schedule``.
    """

    __slots__ = ()

    @classmethod
    def from_windows(
        cls,
        zone: str,
        week: Mapping[str, Sequence[Sequence[str]]],
        closed: Mapping[date, str] | Collection[date] = (),
        overrides: Mapping[str, Sequence[Sequence[str]]] | None = None,
    ) -> Calendar:
        """A calendar without a profile; ``week`` as in ``{"mon": [["09:00", "17:00"]]}``."""
        # The rule's own type is narrower than what JSON gives; Schedule checks every window.
        rule = CalendarRule("", zone, week, dates=overrides or {})  # type: ignore[arg-type]
        return cls(rule, closed)

    # -- counting --------------------------------------------------------------------------------------

    def elapsed(self, start: int, end: int, pauses: Sequence[Pause] = ()) -> int:
        """Open seconds from ``start`` to ``end`` outside the pauses; negative when ``end`` is the earlier."""
        if pauses:
            low, high = (start, end) if start <= end else (end, start)
            paused = sum(self.elapsed(*pause) for pause in unite(pauses, low, high))
            open_time = self.elapsed(low, high) - paused
            return open_time if start <= end else -open_time
        low, high, opens, closes, shifts, *_ = self._index
        if not (low <= start < high and low <= end < high):
            low, high, opens, closes, shifts, *_ = self._cover(start, end)
        i = bisect_right(opens, start) - 1
        j = bisect_right(opens, end) - 1
        closing = closes[i]
        before = (start if start < closing else closing) + shifts[i]
        closing = closes[j]
        return (end if end < closing else closing) + shifts[j] - before

    def add(self, start: int, seconds: int, pauses: Sequence[Pause] = ()) -> int:
        """The moment at which ``seconds`` of open time outside the pauses have run since ``start``.

        Zero gives ``start`` itself, even when closed; a negative amount counts backwards.
        """
        if seconds <= 0:
            return self.subtract(start, -seconds, pauses) if seconds else start
        if pauses:
            seconds += self._paused_after(start, seconds, pauses)
        low, high, opens, closes, shifts, ends, _, _, _ = self._index
        if not low <= start < high:
            low, high, opens, closes, shifts, ends, _, _, _ = self._cover(start, start)
        i = bisect_right(opens, start) - 1
        closing = closes[i]
        mark = (start if start < closing else closing) + shifts[i] + seconds
        j = bisect_left(ends, mark)
        if j == len(ends):
            return self._add_far(start, seconds)
        result = mark - shifts[j]
        return result if result <= HORIZON else within(result)

    def subtract(self, start: int, seconds: int, pauses: Sequence[Pause] = ()) -> int:
        """The latest moment from which ``seconds`` of open time outside the pauses run until ``start``."""
        if seconds <= 0:
            return self.add(start, -seconds, pauses) if seconds else start
        if pauses:
            seconds += self._paused_before(start, seconds, pauses)
        index = self._cover(start, start)
        while True:
            i = bisect_right(index.opens, start) - 1
            mark = min(start, index.closes[i]) + index.shifts[i] - seconds
            # ends[i - 1] is F at the opening of stretch i; stretch 0 is the sentinel.
            j = bisect_right(index.ends, mark)
            if j > 0:
                result = mark - index.shifts[j]
                if result < 0:
                    raise horizon()
                return result
            if start - seconds < 0 or index.first < FIRST_YEAR:
                raise horizon()
            index = self._grow(index.first - STEP, index.last)

    # -- the state of the desk -------------------------------------------------------------------------

    def is_open(self, at: int, pauses: Sequence[Pause] = ()) -> bool:
        """Whether the desk is open at a moment: true at its opening, false at its closing."""
        index = self._cover(at, at)
        if at >= index.closes[bisect_right(index.opens, at) - 1]:
            return False
        return not any(start <= at < end for start, end in pauses)

    def next_opening(self, at: int) -> int:
        """``at`` itself while open, otherwise the next moment at which the desk opens."""
        index = self._cover(at, at)
        while True:
            i = bisect_right(index.opens, at)
            if at < index.closes[i - 1]:
                return at
            if i < len(index.opens):
                return within(index.opens[i])
            index = self._further(index)

    def next_closing(self, at: int) -> int:
        """The first moment after ``at`` at which the desk closes."""
        index = self._cover(at, at)
        while True:
            i = bisect_right(index.closes, at)
            # The last stretch may go on in a year not compiled yet.
            if i < len(index.closes) and index.closes[i] < index.high:
                return within(index.closes[i])
            index = self._further(index)

    def last_open_before(self, at: int) -> int | None:
        """The start of the last open minute before ``at``; ``None`` when the desk was never open before."""
        index = self._cover(at, at)
        while True:
            i = bisect_left(index.opens, at) - 1
            if i > 0:
                minute = max(index.opens[i], min(at, index.closes[i]) - 60)
                return minute if minute >= 0 else None
            if index.first < FIRST_YEAR:
                return None
            index = self._grow(index.first - STEP, index.last)

    # -- inside ----------------------------------------------------------------------------------------

    def _paused_after(self, start: int, seconds: int, pauses: Sequence[Pause]) -> int:
        """Open time that the pauses take before ``seconds`` have run from ``start``."""
        paused = 0
        for begin, end in unite(pauses, start, HORIZON - 1):
            if self.elapsed(start, begin) - paused >= seconds:
                break
            paused += self.elapsed(begin, end)
        return paused

    def _paused_before(self, start: int, seconds: int, pauses: Sequence[Pause]) -> int:
        """Open time that the pauses take before ``seconds`` have run backwards from ``start``."""
        paused = 0
        for begin, end in reversed(unite(pauses, 0, start)):
            if self.elapsed(end, start) - paused >= seconds:
                break
            paused += self.elapsed(begin, end)
        return paused

    def _add_far(self, start: int, seconds: int) -> int:
        """:meth:`add` where the answer lies beyond the years compiled so far."""
        if start + seconds >= HORIZON:
            raise horizon()
        index = self._index
        while True:
            i = bisect_right(index.opens, start) - 1
            mark = min(start, index.closes[i]) + index.shifts[i] + seconds
            if mark <= index.ends[-1]:
                return within(mark - index.shifts[bisect_left(index.ends, mark)])
            index = self._further(index)
