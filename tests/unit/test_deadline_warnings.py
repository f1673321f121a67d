from __future__ import annotations

from ouvidoria_tui.domain.policy import ClockRule, ClockStart, ClockStop, Unit
from tests.unit.clock_story import DAY, HOUR, Story, at


def warned(unit: Unit, amount: int, lead: int, when: str) -> int | None:
    rule = ClockRule("w", ClockStart.RECEIPT, ClockStop.CONCLUSION, unit, amount, warn_before=lead)
    return Story(rule).received(when).warn_at


def test_a_warning_comes_where_all_but_the_lead_is_used() -> None:
    assert warned(Unit.BUSINESS_HOURS, 12, 4 * HOUR, "11-16T08:00") == at("11-16T16:00")


def test_a_warning_that_falls_on_closing_waits_for_the_opening() -> None:
    assert warned(Unit.BUSINESS_HOURS, 14, 4 * HOUR, "11-16T08:00") == at("11-17T08:00")


def test_a_warning_that_would_come_too_late_comes_in_the_last_open_minute() -> None:
    assert warned(Unit.HOURS, 24, 4 * HOUR, "11-13T16:30") == at("11-13T17:59")


def test_a_warning_without_open_hours_before_the_due_time_comes_at_once() -> None:
    assert warned(Unit.HOURS, 6, HOUR, "11-14T10:00") == at("11-14T10:00")


def test_a_lead_longer_than_the_target_warns_from_the_first_open_moment() -> None:
    assert warned(Unit.BUSINESS_HOURS, 2, 9 * HOUR, "11-16T06:00") == at("11-16T08:00")


def test_the_lead_of_a_day_clock_is_in_its_own_days() -> None:
    assert warned(Unit.CALENDAR_DAYS, 10, 3 * DAY, "11-10T10:00") == at("11-18T08:00")
    assert warned(Unit.BUSINESS_DAYS, 5, DAY, "11-10T10:00") == at("11-17T08:00")


def test_without_a_lead_there_is_no_warning() -> None:
    assert warned(Unit.HOURS, 24, 0, "11-16T10:00") is None
