"""What a desk's hours mean: weekly windows, dates with their own, closed dates, and the instants they give.

A window is ``(start, end)`` in seconds after local midnight of the day it starts on; ``end`` may lie past
86,400 for a window that runs past midnight.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import pairwise

from ouvidoria_tui.domain.calendar_zone import DAY, EPOCH_ORDINAL, zone
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Window = tuple[int, int]

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")


class Schedule:
    """A validated timetable: which windows a date has, and the open stretches of a year as UTC instants.

    Raises ``UsageError``: ``CALENDAR_UNKNOWN_ZONE``, ``CALENDAR_BAD_DAY``, ``CALENDAR_BAD_WINDOW``,
    ``CALENDAR_OVERLAP``, ``CALENDAR_NEVER_OPENS``.
    """

    __slots__ = ("_dates", "_week", "zone")

    def __init__(
        self,
        zone_name: str,
        week: Mapping[str, Sequence[Sequence[str]]],
        closed: Collection[date],
        dates: Mapping[str, Sequence[Sequence[str]]],
    ) -> None:
        self.zone = zone(zone_name)
        for day in week:
            if day not in WEEKDAYS:
                raise UsageError(
                    "CALENDAR_BAD_DAY",
                    N_("{day} is not a day of the week", day=repr(day)),
                    N_("use mon, tue, wed, thu, fri, sat, sun"),
                )
        self._week = tuple(_windows(day, week.get(day, ())) for day in WEEKDAYS)
        self._dates: dict[int, tuple[Window, ...]] = {day.toordinal(): () for day in closed}
        # A date's own hours stand above a holiday: Ash Wednesday may open at noon instead of being closed.
        own = {_ordinal(day): _windows(day, windows) for day, windows in dates.items()}
        self._dates.update(own)
        if not any(self._week) and not any(own.values()):
            raise UsageError(
                "CALENDAR_NEVER_OPENS",
                N_("this calendar never opens: no weekday and no date has hours"),
                N_('give it at least one window, such as mon = [["09:00", "17:00"]]'),
            )
        self._check_overlaps(own)

    def windows_on(self, ordinal: int) -> tuple[Window, ...]:
        """The windows that start on a date (given as its proleptic ordinal), in order; empty when closed."""
        own = self._dates.get(ordinal)
        return self._week[(ordinal + 6) % 7] if own is None else own

    def compile_year(self, year: int) -> tuple[list[int], list[int], list[int]]:
        """Openings and closings of a year (epoch seconds, merged where they touch) and its open dates."""
        opens: list[int] = []
        closes: list[int] = []
        days: list[int] = []
        for ordinal, offset in enumerate(self.zone.offsets(year), date(year, 1, 1).toordinal()):
            windows = self.windows_on(ordinal)
            if windows:
                days.append(ordinal)
            for start, end in windows:
                if offset is None:
                    opening, closing = self.zone.instant(ordinal, start), self.zone.instant(ordinal, end)
                else:
                    midnight = (ordinal - EPOCH_ORDINAL) * DAY - offset
                    opening, closing = midnight + start, midnight + end
                if closing <= opening:  # swallowed whole by a gap
                    continue
                if closes and closes[-1] == opening:
                    closes[-1] = closing
                else:
                    opens.append(opening)
                    closes.append(closing)
        return opens, closes, days

    def _check_overlaps(self, own: Mapping[int, tuple[Window, ...]]) -> None:
        """Refuse windows that share time: in the week, and around each date with its own windows."""
        # Eight days, so that Sunday night is seen to run into Monday.
        _refuse_overlap([(day, window) for day in range(8) for window in self._week[day % 7]])
        for ordinal in own:
            near = range(ordinal - 1, ordinal + 2)
            _refuse_overlap([(day, window) for day in near for window in self.windows_on(day)])


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except (ValueError, TypeError):
        raise UsageError(
            "CALENDAR_BAD_DAY",
            N_("{day} is not a date", day=repr(day)),
            N_("write dates as 2026-11-20"),
        ) from None


def _windows(day: str, written: Sequence[Sequence[str]]) -> tuple[Window, ...]:
    if isinstance(written, str) or not isinstance(written, Sequence):
        raise _bad_window(day, written)
    return tuple(sorted(_window(day, pair) for pair in written))


def _window(day: str, pair: Sequence[str]) -> Window:
    if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
        raise _bad_window(day, pair)
    if not all(isinstance(time, str) and _TIME.fullmatch(time) for time in pair) or pair[0] == "24:00":
        raise _bad_window(day, pair)
    start, end = (int(time[:2]) * 3600 + int(time[3:]) * 60 for time in pair)
    return start, end if end > start else end + DAY


def _bad_window(day: str, found: object) -> UsageError:
    return UsageError(
        "CALENDAR_BAD_WINDOW",
        N_("{window} on {day} is not an opening and a closing time", window=repr(found)[:80], day=day),
        N_("write a window as 09:00 and 17:00; a closing time may be 24:00"),
    )


def _refuse_overlap(windows: Sequence[tuple[int, Window]]) -> None:
    for (day, (_, end)), (later, (start, _)) in pairwise(windows):
        if (later - day) * DAY + start < end:
            raise UsageError(
                "CALENDAR_OVERLAP",
                N_(
                    "two windows overlap: one still runs at {time} on {day} when the next opens",
                    time=f"{start // 3600:02d}:{start % 3600 // 60:02d}",
                    day=WEEKDAYS[later % 7] if later < 8 else date.fromordinal(later).isoformat(),
                ),
                N_("end the earlier window before the later one starts, or write them as one"),
            )
