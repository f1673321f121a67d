from __future__ import annotations

from datetime import date, datetime

import pytest

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.domain.span import due, due_date, used
from ouvidoria_tui.errors import UsageError

WEEK = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
DESK = Calendar.from_windows(
    "America/Sao_Paulo", WEEK, [date(2026, 5, 1), date(2026, 11, 20), date(2026, 12, 25)]
)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text + "-03:00").timestamp())


def test_hours_run_by_the_wall() -> None:
    assert due(Unit.HOURS, 24, at("2026-11-13T16:30:00"), DESK) == at("2026-11-14T16:30:00")


def test_business_hours_run_while_the_desk_is_open() -> None:
    assert due(Unit.BUSINESS_HOURS, 48, at("2026-11-13T16:30:00"), DESK) == at("2026-11-23T14:30:00")


def test_calendar_days_leave_out_the_first_and_end_with_the_last() -> None:
    moment = due(Unit.CALENDAR_DAYS, 7, at("2026-12-18T10:00:00"), DESK)
    assert moment == at("2026-12-26T00:00:00")
    assert due_date(Unit.CALENDAR_DAYS, moment, DESK) == date(2026, 12, 25)


def test_a_last_day_that_is_closed_rolls_to_the_next_business_day() -> None:
    moment = due(Unit.CALENDAR_DAYS, 60, at("2026-03-02T10:00:00"), DESK, roll=True)
    assert due_date(Unit.CALENDAR_DAYS, moment, DESK) == date(2026, 5, 4)


def test_business_days_end_at_the_closing_of_the_last() -> None:
    moment = due(Unit.BUSINESS_DAYS, 10, at("2026-11-13T10:00:00"), DESK)
    assert moment == at("2026-11-30T18:00:00")


def test_a_business_day_count_from_a_closed_day_starts_with_the_next_open_one() -> None:
    assert due(Unit.BUSINESS_DAYS, 1, at("2026-11-14T23:10:00"), DESK) == at("2026-11-16T18:00:00")


def test_a_night_shift_is_due_on_the_date_that_it_belongs_to() -> None:
    nights = Calendar.from_windows(
        "America/Sao_Paulo", {"mon": [["22:00", "06:00"]], "tue": [["22:00", "06:00"]]}
    )
    moment = due(Unit.BUSINESS_DAYS, 1, at("2026-11-15T10:00:00"), nights)
    assert moment == at("2026-11-17T06:00:00")
    assert due_date(Unit.BUSINESS_DAYS, moment, nights) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("unit", "amount", "expected"),
    [
        (Unit.HOURS, 24, "2026-11-15T10:00:00"),
        (Unit.BUSINESS_HOURS, 6, "2026-11-16T09:00:00"),
        (Unit.CALENDAR_DAYS, 10, "2026-11-22T00:00:00"),
        (Unit.BUSINESS_DAYS, 5, "2026-11-18T18:00:00"),
    ],
)
def test_a_pause_moves_each_unit_in_its_own_way(unit: Unit, amount: int, expected: str) -> None:
    start = at("2026-11-10T10:00:00")
    if unit in (Unit.HOURS, Unit.BUSINESS_HOURS):
        start = at("2026-11-13T10:00:00")
        pause = (at("2026-11-13T15:00:00"), at("2026-11-14T15:00:00"))
    else:
        pause = (at("2026-11-12T09:00:00"), at("2026-11-13T09:00:00"))
    assert due(unit, amount, start, DESK, pauses=[pause]) == at(expected)


def test_a_pause_after_the_due_time_moves_nothing() -> None:
    start = at("2026-11-10T10:00:00")
    late = (at("2026-11-20T10:00:00"), at("2026-11-25T10:00:00"))
    for unit in Unit:
        assert due(unit, 3, start, DESK, pauses=[late]) == due(unit, 3, start, DESK)


def test_used_time_is_whole_dates_in_the_day_units() -> None:
    friday, monday = at("2026-11-13T17:59:00"), at("2026-11-16T08:01:00")
    assert used(Unit.CALENDAR_DAYS, friday, monday, DESK) == 3 * 86_400
    assert used(Unit.BUSINESS_DAYS, friday, monday, DESK) == 86_400
    assert used(Unit.BUSINESS_HOURS, friday, monday, DESK) == 120


@pytest.mark.parametrize("amount", [0, -1])
def test_a_target_of_nothing_is_refused(amount: int) -> None:
    with pytest.raises(UsageError) as refusal:
        due(Unit.HOURS, amount, at("2026-11-13T10:00:00"), DESK)
    assert refusal.value.code == "TARGET_NOT_POSITIVE"


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("amount", [80_000_000, 10**15])
def test_a_target_beyond_all_calendars_is_refused(unit: Unit, amount: int) -> None:
    with pytest.raises(UsageError) as refusal:
        due(unit, amount, at("2026-11-13T10:00:00"), DESK)
    assert refusal.value.code == "CALENDAR_HORIZON"
