"""The zone, calendars and holidays of a policy, from their TOML tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from ouvidoria_tui.domain.policy import CalendarRule, HolidayRule
from ouvidoria_tui.domain.policy_reader import Problem, Section
from ouvidoria_tui.domain.toml_lines import Path
from ouvidoria_tui.text import N_

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)
_DAY = 24 * 60

Windows = tuple[tuple[str, str], ...]


def read_zone(section: Section, key: str, default: str) -> str:
    """An IANA zone that this machine knows."""
    from zoneinfo import ZoneInfo

    zone = section.text(key)
    if not zone:
        return default
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # not there; not a path; a folder of the zone data
        message = N_(
            "{zone} is not a time zone; write one like {example}", zone=zone, example="America/Sao_Paulo"
        )
        section.note(key, message)
    return zone


def read_holidays(section: Section | None) -> HolidayRule:
    """Which holidays the desk keeps."""
    if section is None:
        return HolidayRule()
    local: dict[str, str] = {}
    table = section.section("local")
    for written in table.raw if table is not None else ():
        assert table is not None
        local[check_date(table, written)] = table.need_text(written)
    rule = HolidayRule(
        country=section.text("country") or "BR",
        state=section.text("state"),
        optional=section.texts("optional"),
        local=local,
        municipal=section.texts("municipal"),
    )
    section.close()
    return rule


def check_date(section: Section, written: str) -> str:
    """``written`` itself, noting a problem where it is not an ISO date."""
    try:
        date.fromisoformat(written)
    except ValueError:
        section.note(written, N_("this must be a date like {example}", example="2026-12-24"))
    return written


def read_calendar(name: str, section: Section, zone: str) -> CalendarRule:
    """A calendar; refuses overlapping windows and a calendar that never opens."""
    week = section.section("week")
    dates = section.section("dates")
    weekly: dict[str, Windows] = {}
    for day in DAYS:
        if week is not None and week.has(day):
            weekly[day] = _windows(week, day)
    apart: dict[str, Windows] = {}
    for written in dates.raw if dates is not None else ():
        assert dates is not None
        apart[check_date(dates, written)] = _windows(dates, written)
    if week is not None:
        week.close()
        _refuse_overlaps(week, weekly)
    if not any(weekly.values()) and not any(apart.values()):
        section.note(None, N_("this calendar never opens; give it at least one window under week"))
    rule = CalendarRule(
        name=name,
        zone=read_zone(section, "zone", zone),
        week=weekly,
        holidays=section.flag("holidays", True),
        dates=apart,
        assumed=section.text("assumed"),
    )
    section.close()
    return rule


def _windows(section: Section, key: str) -> Windows:
    section.has(key)
    value = section.raw[key]
    found: list[tuple[str, str]] = []
    for place, pair in enumerate(value) if isinstance(value, list) else [(0, None)]:
        if (
            isinstance(pair, list)
            and len(pair) == 2
            and all(isinstance(item, str) and _TIME.fullmatch(item) for item in pair)
            and pair[0] != "24:00"
        ):
            found.append((pair[0], pair[1]))
        else:
            path: Path = (*section.path, key, place) if isinstance(value, list) else (*section.path, key)
            message = N_('write windows as [["09:00", "12:00"], ["13:00", "24:00"]], or [] for closed')
            section.problems.append(Problem(path, message))
    spans = sorted(_span(window) for window in found)
    if any(after[0] < before[1] for before, after in pairwise(spans)):
        section.note(key, N_("the windows of this day overlap"))
    return tuple(found)


def _span(window: tuple[str, str]) -> tuple[int, int]:
    """Minutes of the day; an end at or before the start runs past midnight."""
    start, end = (int(time[:2]) * 60 + int(time[3:]) for time in window)
    return start, end if end > start else end + _DAY


def _refuse_overlaps(section: Section, week: Mapping[str, Windows]) -> None:
    """A night window must not run into the windows of the next day (within one day ``_windows`` looked)."""
    for index, day in enumerate(DAYS):
        following = DAYS[(index + 1) % 7]
        runs_to = max((_span(window)[1] - _DAY for window in week.get(day, ())), default=0)
        opens_at = min((_span(window)[0] for window in week.get(following, ())), default=_DAY)
        if runs_to > opens_at:
            section.note(
                day, N_("the night window of this day overlaps the windows of {next}", next=following)
            )
