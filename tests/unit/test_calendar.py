from __future__ import annotations

from datetime import date, datetime

import pytest

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.policy import CalendarRule
from ouvidoria_tui.errors import UsageError

OFFICE = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
HOUR = 3600


def at(text: str) -> int:
    """Epoch seconds of an instant; São Paulo's present offset where none is written."""
    moment = datetime.fromisoformat(text if len(text) > 19 else text + "-03:00")
    return int(moment.timestamp())


def office(*closed: str, zone: str = "America/Sao_Paulo") -> Calendar:
    return Calendar.from_windows(zone, OFFICE, [date.fromisoformat(day) for day in closed])


@pytest.mark.req("S0-11")
def test_a_desk_open_from_8_to_18_on_weekdays_reopens_on_monday() -> None:
    calendar = office()
    saturday = at("2026-11-14T10:00:00")
    assert not calendar.is_open(saturday)
    assert calendar.next_opening(saturday) == at("2026-11-16T08:00:00")


@pytest.mark.req("S1-26")
def test_a_desk_that_keeps_holidays_is_closed_on_20_november() -> None:
    calendar = office("2026-11-20")
    assert not calendar.is_open(at("2026-11-20T10:00:00"))
    assert not calendar.is_business_day(date(2026, 11, 20))


def test_a_rule_without_holidays_stays_open_on_them() -> None:
    week = {day: (("09:00", "17:00"),) for day in OFFICE}
    rule = CalendarRule("support", "America/Sao_Paulo", week, holidays=False)
    assert Calendar(rule, {date(2026, 11, 20): "Consciência Negra"}).is_open(at("2026-11-20T10:00:00"))


def test_a_closed_date_says_which_holiday_it_is() -> None:
    calendar = Calendar.from_windows("America/Sao_Paulo", OFFICE, {date(2026, 12, 25): "Natal"})
    assert calendar.closed_as(date(2026, 12, 25)) == "Natal"
    assert calendar.closed_as(date(2026, 12, 24)) is None


def test_a_date_with_its_own_hours_opens_although_it_is_a_holiday() -> None:
    calendar = Calendar.from_windows(
        "America/Sao_Paulo", OFFICE, [date(2026, 2, 18)], {"2026-02-18": [["12:00", "18:00"]]}
    )
    assert calendar.elapsed(at("2026-02-18T00:00:00"), at("2026-02-19T00:00:00")) == 6 * HOUR


def test_opening_is_inside_and_closing_is_outside() -> None:
    calendar = office()
    assert calendar.is_open(at("2026-11-16T08:00:00"))
    assert not calendar.is_open(at("2026-11-16T18:00:00"))


def test_a_due_time_on_closing_stays_at_closing() -> None:
    assert office().add(at("2026-11-13T16:00:00"), 2 * HOUR) == at("2026-11-13T18:00:00")


def test_counting_back_onto_an_opening_stays_there() -> None:
    assert office().subtract(at("2026-11-16T10:00:00"), 2 * HOUR) == at("2026-11-16T08:00:00")


def test_nothing_added_gives_the_start_even_when_closed() -> None:
    sunday = at("2026-11-15T10:00:00")
    assert office().add(sunday, 0) == sunday
    assert office().subtract(sunday, 0) == sunday


def test_a_negative_amount_counts_backwards() -> None:
    assert office().add(at("2026-11-16T10:00:00"), -2 * HOUR) == at("2026-11-16T08:00:00")


def test_reversed_moments_give_a_negative_figure() -> None:
    start, end = at("2026-11-13T17:00:00"), at("2026-11-16T09:00:00")
    assert office().elapsed(end, start) == -office().elapsed(start, end) == -2 * HOUR


def test_reversed_moments_with_pauses_give_a_negative_figure() -> None:
    start, end = at("2026-11-16T08:00:00"), at("2026-11-16T18:00:00")
    assert office().elapsed(end, start, [(start, start + HOUR)]) == -9 * HOUR


def test_a_night_window_belongs_to_the_evening_on_which_it_starts() -> None:
    nights = {"mon": [["22:00", "06:00"]], "tue": [["22:00", "06:00"]]}
    calendar = Calendar.from_windows("America/Sao_Paulo", nights, [date(2026, 11, 17)])
    assert calendar.is_open(at("2026-11-17T05:59:00"))
    assert not calendar.is_open(at("2026-11-17T23:00:00"))
    assert calendar.closing_of(date(2026, 11, 16)) == at("2026-11-17T06:00:00")


def test_windows_that_touch_are_one_stretch() -> None:
    calendar = Calendar.from_windows("America/Sao_Paulo", {"mon": [["08:00", "12:00"], ["12:00", "18:00"]]})
    assert calendar.next_closing(at("2026-11-16T09:00:00")) == at("2026-11-16T18:00:00")


def test_a_desk_that_never_closes_counts_by_the_wall() -> None:
    calendar = Calendar.from_windows("America/New_York", ALWAYS)
    start = at("2024-03-09T12:00:00")
    assert calendar.add(start, 400 * 24 * HOUR) == start + 400 * 24 * HOUR
    assert calendar.elapsed(start, start + 10**8) == 10**8


def test_years_put_in_front_later_do_not_change_a_count() -> None:
    calendar = office()
    start, end = at("2026-01-01T00:00:00"), at("2026-12-31T00:00:00")
    alone = calendar.elapsed(start, end)
    calendar.elapsed(at("1990-01-01T00:00:00"), start)
    assert calendar.elapsed(start, end) == alone


def test_pauses_overlap_and_cost_open_time_once() -> None:
    start = at("2026-11-16T08:00:00")
    pauses = [(start + HOUR, start + 3 * HOUR), (start + 2 * HOUR, start + 4 * HOUR)]
    assert office().add(start, 2 * HOUR, pauses) == start + 5 * HOUR
    assert office().elapsed(start, start + 6 * HOUR, pauses) == 3 * HOUR


def test_a_pause_outside_hours_costs_nothing() -> None:
    friday = at("2026-11-13T17:00:00")
    weekend = (at("2026-11-13T18:00:00"), at("2026-11-16T08:00:00"))
    assert office().add(friday, 2 * HOUR, [weekend]) == at("2026-11-16T09:00:00")


def test_a_pause_that_begins_when_the_time_is_up_does_not_move_it() -> None:
    start = at("2026-11-16T08:00:00")
    assert office().add(start, HOUR, [(start + HOUR, start + 2 * HOUR)]) == start + HOUR


def test_counting_back_skips_pauses() -> None:
    end = at("2026-11-16T18:00:00")
    assert office().subtract(end, 2 * HOUR, [(end - 2 * HOUR, end - HOUR)]) == end - 3 * HOUR


def test_the_last_open_minute_before_a_moment() -> None:
    calendar = office()
    assert calendar.last_open_before(at("2026-11-15T10:00:00")) == at("2026-11-13T17:59:00")
    assert calendar.last_open_before(at("2026-11-16T08:00:00")) == at("2026-11-13T17:59:00")


def test_a_midnight_that_does_not_exist_is_the_moment_of_the_change() -> None:
    calendar = office()
    assert calendar.midnight(date(2018, 11, 4)) == at("2018-11-04T01:00:00-02:00")


def test_business_days_are_counted_with_the_first_left_out() -> None:
    calendar = office("2026-11-20")
    assert calendar.nth_business_day(date(2026, 11, 13), 10) == date(2026, 11, 30)
    assert calendar.business_days_between(date(2026, 11, 13), date(2026, 11, 30)) == 10
    assert calendar.business_days_between(date(2026, 11, 30), date(2026, 11, 13)) == -10


def test_no_business_days_after_a_sunday_is_the_friday_before() -> None:
    assert office().nth_business_day(date(2026, 11, 15), 0) == date(2026, 11, 13)


def test_a_day_rolls_to_the_next_business_day_only_when_closed() -> None:
    calendar = office("2026-05-01")
    assert calendar.roll(date(2026, 5, 1)) == date(2026, 5, 4)
    assert calendar.roll(date(2026, 5, 4)) == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("zone", "week", "dates", "code"),
    [
        ("America/Sao_Paulo", {}, {}, "CALENDAR_NEVER_OPENS"),
        ("America/Sao_Paulo", {"mon": []}, {"2026-01-01": []}, "CALENDAR_NEVER_OPENS"),
        ("Sao_Paulo", OFFICE, {}, "CALENDAR_UNKNOWN_ZONE"),
        ("../../etc/passwd", OFFICE, {}, "CALENDAR_UNKNOWN_ZONE"),
        ("America", OFFICE, {}, "CALENDAR_UNKNOWN_ZONE"),
        ("\x00", OFFICE, {}, "CALENDAR_UNKNOWN_ZONE"),
        ("\ud800", OFFICE, {}, "CALENDAR_UNKNOWN_ZONE"),
        ("UTC", {"segunda": [["08:00", "18:00"]]}, {}, "CALENDAR_BAD_DAY"),
        ("UTC", {"mon": [["8h", "18h"]]}, {}, "CALENDAR_BAD_WINDOW"),
        ("UTC", {"mon": [["24:00", "02:00"]]}, {}, "CALENDAR_BAD_WINDOW"),
        ("UTC", {"mon": ["08:00", "18:00"]}, {}, "CALENDAR_BAD_WINDOW"),
        ("UTC", {"mon": "08:00-18:00"}, {}, "CALENDAR_BAD_WINDOW"),
        ("UTC", {"mon": [["08:00", "12:00"], ["11:00", "18:00"]]}, {}, "CALENDAR_OVERLAP"),
        ("UTC", {"sun": [["22:00", "06:00"]], "mon": [["05:00", "18:00"]]}, {}, "CALENDAR_OVERLAP"),
        ("UTC", {"mon": [["22:00", "06:00"]]}, {"2026-11-17": [["05:00", "09:00"]]}, "CALENDAR_OVERLAP"),
        ("UTC", OFFICE, {"17/11/2026": [["05:00", "09:00"]]}, "CALENDAR_BAD_DAY"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(
    zone: str, week: dict[str, list[list[str]]], dates: dict[str, list[list[str]]], code: str
) -> None:
    with pytest.raises(UsageError) as refusal:
        Calendar.from_windows(zone, week, overrides=dates)
    assert refusal.value.code == code


def test_a_night_before_a_holiday_may_run_into_hours_that_the_holiday_takes_away() -> None:
    week = {"mon": [["22:00", "06:00"]]}
    calendar = Calendar.from_windows("UTC", week, [date(2026, 11, 16)], {"2026-11-17": [["05:00", "09:00"]]})
    assert calendar.elapsed(at("2026-11-16T00:00:00"), at("2026-11-18T00:00:00")) == 4 * HOUR


@pytest.mark.parametrize("moment", [-1, 1 << 33, 10**18])
def test_a_moment_outside_the_years_that_calendars_know_is_refused(moment: int) -> None:
    for ask in (office().is_open, office().next_opening, office().local_date):
        with pytest.raises(UsageError) as refusal:
            ask(moment)
        assert refusal.value.code == "CALENDAR_HORIZON"


def test_a_count_that_never_ends_is_refused() -> None:
    once = Calendar.from_windows("UTC", {}, overrides={"2026-11-16": [["08:00", "18:00"]]})
    start = at("2026-11-16T08:00:00-00:00")
    assert once.add(start, 10 * HOUR) == start + 10 * HOUR
    for ask in (
        lambda: once.add(start, 11 * HOUR),
        lambda: once.subtract(start, 1),
        lambda: once.next_opening(start + 10 * HOUR),
        lambda: office().add(start, 10**18),
        lambda: office().nth_business_day(date(2026, 1, 1), 10**9),
        lambda: office().nth_business_day(date(2026, 1, 1), -(10**9)),
    ):
        with pytest.raises(UsageError) as refusal:
            ask()
        assert refusal.value.code == "CALENDAR_HORIZON"


def test_a_desk_that_was_never_open_before_has_no_last_open_minute() -> None:
    once = Calendar.from_windows("UTC", {}, overrides={"2026-11-16": [["08:00", "18:00"]]})
    assert once.last_open_before(at("2026-11-16T08:00:00-00:00")) is None


def test_the_closing_of_a_closed_date_is_refused() -> None:
    with pytest.raises(UsageError) as refusal:
        office().closing_of(date(2026, 11, 15))
    assert refusal.value.code == "CALENDAR_CLOSED_DATE"
