"""A calendar whose hours changed: time that has passed keeps the hours that were in force then.

A policy is applied at a moment. Before it the earlier hours and closed dates count, from it on the new ones;
whether the date of the change is a business day, the new ones say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.calendar_compile import Schedule, Window
from ouvidoria_tui.domain.policy import CalendarRule


@dataclass(frozen=True, slots=True)
class Layer:
    """Hours that were in force until a moment (epoch seconds): a rule over the closed dates of that time."""

    until: int
    rule: CalendarRule
    closed: Mapping[date, str]


def layered(rule: CalendarRule, closed: Mapping[date, str], earlier: Sequence[Layer]) -> Calendar:
    """The calendar of ``rule`` that counted as ``earlier`` (oldest first) say until each of their moments."""
    layers = _merged(rule, closed, earlier)
    return _Layered(rule, closed, layers) if layers else Calendar(rule, closed)


def _merged(rule: CalendarRule, closed: Mapping[date, str], earlier: Sequence[Layer]) -> list[Layer]:
    """``earlier`` without those that say what the next one says too."""
    kept: list[Layer] = []
    after = _said(rule, closed)
    for layer in reversed(earlier):
        said = _said(layer.rule, layer.closed)
        if said != after:
            kept.insert(0, layer)
            after = said
    return kept


def _said(rule: CalendarRule, closed: Mapping[date, str]) -> object:
    week = {day: tuple(map(tuple, windows)) for day, windows in rule.week.items() if windows}
    dates = {day: tuple(map(tuple, windows)) for day, windows in rule.dates.items()}
    return rule.zone, week, dates, frozenset(closed) if rule.holidays else frozenset()


class _Layered(Calendar):
    """A calendar over :class:`_Schedules`."""

    __slots__ = ()

    def __init__(self, rule: CalendarRule, closed: Mapping[date, str], layers: Sequence[Layer]) -> None:
        super().__init__(rule, closed)
        parts: list[tuple[int, int, Schedule]] = []
        names = dict(self._names)
        for layer in reversed(layers):
            kept = layer.closed if layer.rule.holidays else {}
            schedule = Schedule(layer.rule.zone, layer.rule.week, kept, layer.rule.dates)
            change = datetime.fromtimestamp(layer.until, schedule.zone.tz).date()
            parts.insert(0, (layer.until, change.toordinal(), schedule))
            names = {day: name for day, name in names.items() if day >= change}
            names.update({day: name for day, name in kept.items() if day < change})
        self._names = names
        self._schedule = _Schedules(parts, self._schedule)


class _Schedules(Schedule):
    """Several timetables, each until its moment, and the one that holds since."""

    __slots__ = ("_last", "_parts")

    def __init__(self, parts: Sequence[tuple[int, int, Schedule]], last: Schedule) -> None:
        # Not the timetable of one rule: what it is made of was checked already.
        self._parts = parts
        self._last = last
        self.zone = last.zone

    def windows_on(self, ordinal: int) -> tuple[Window, ...]:
        """The windows of a date under the hours that were in force on it."""
        for _until, change, schedule in self._parts:
            if ordinal < change:
                return schedule.windows_on(ordinal)
        return self._last.windows_on(ordinal)

    def compile_year(self, year: int) -> tuple[list[int], list[int], list[int]]:
        """Like that of one timetable: each gives what lies before its moment."""
        opens: list[int] = []
        closes: list[int] = []
        days: set[int] = set()
        low, first = -(1 << 40), 0
        for until, change, schedule in (*self._parts, (1 << 40, 1 << 40, self._last)):
            year_opens, year_closes, year_days = schedule.compile_year(year)
            for opening, closing in zip(year_opens, year_closes, strict=True):
                start, end = max(opening, low), min(closing, until)
                if start >= end:
                    continue
                if closes and closes[-1] == start:
                    closes[-1] = end
                else:
                    opens.append(start)
                    closes.append(end)
            days.update(day for day in year_days if first <= day < change)
            low, first = until, change
        return opens, closes, sorted(days)
