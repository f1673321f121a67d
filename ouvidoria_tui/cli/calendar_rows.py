"""A calendar as rows: its week, then the dates of a year that differ from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.policy_words import day_words, windows_text
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.calendar import Calendar


def show_rows(calendar: Calendar, year: int | None) -> Iterator[Record]:
    """Rows of ``kind`` (weekday, date), ``day`` (slug or ISO date), ``windows``, ``name``, ``zone``."""
    from ouvidoria_tui.clock import SystemClock
    from ouvidoria_tui.domain.calendar_compile import WEEKDAYS

    zone = str(calendar.tz)
    for weekday in WEEKDAYS:
        yield _row("weekday", weekday, calendar.rule.week.get(weekday, ()), None, zone)
    year = year or calendar.local_date(SystemClock().now()).year
    day = date(year, 1, 1)
    while day.year == year:
        written = day.isoformat()
        own = calendar.rule.dates.get(written)
        holiday = calendar.closed_as(day)
        if own is not None:
            yield _row("date", written, own, holiday, zone)
        elif holiday is not None:
            yield _row("date", written, (), holiday, zone)
        day += timedelta(days=1)


def show_columns() -> tuple[Column, ...]:
    """The columns of :func:`show_rows`."""

    def day(record: Record) -> str:
        return day_words(str(record["day"]))

    def windows(record: Record) -> str:
        return windows_text(_pairs(record)) or _("closed all day")

    return (
        Column("kind", N_("Kind"), priority=3, render=lambda record: _kind(str(record["kind"]))),
        Column("day", N_("Day"), render=day),
        Column("windows", N_("Hours"), render=windows),
        Column("name", N_("Holiday"), flex=True, priority=1),
        Column("zone", N_("Zone"), priority=2),
    )


def _row(kind: str, day: str, windows: object, name: str | None, zone: str) -> Record:
    assert isinstance(windows, list | tuple)
    return {
        "kind": kind,
        "day": day,
        "windows": [list(window) for window in windows],
        "name": name or None,
        "zone": zone,
    }


def _pairs(record: Record) -> list[tuple[str, str]]:
    windows = record["windows"]
    assert isinstance(windows, list)
    return [(start, end) for start, end in windows]


def _kind(kind: str) -> str:
    return _("weekday") if kind == "weekday" else _("date")
