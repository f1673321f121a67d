from __future__ import annotations

from datetime import date

import pytest

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.report.period import end_of_date, local_date, parse_period

ZONE = "America/Sao_Paulo"
TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-10-21", "2026-10-21", "2026-10-21"),
        ("21/10/2026", "2026-10-21", "2026-10-21"),
        ("2026-01..2026-03", "2026-01-01", "2026-03-31"),
        ("2025-12-15..2026", "2025-12-15", "2026-12-31"),
        ("..2026-01", "1900-01-01", "2026-01-31"),
        ("2026-01..", "2026-01-01", "2999-12-31"),
        ("this-month", "2026-03-01", "2026-03-31"),
        ("last-month", "2026-02-01", "2026-02-28"),
        ("mês-passado", "2026-02-01", "2026-02-28"),
        ("last-year", "2025-01-01", "2025-12-31"),
        ("last-30d", "2026-03-02", "2026-03-31"),
        ("last-1d", "2026-03-31", "2026-03-31"),
        ("last-2w", "2026-03-18", "2026-03-31"),
        ("last-3m", "2025-12-01", "2026-02-28"),
        ("today", "2026-03-31", "2026-03-31"),
    ],
)
def test_a_period_is_read(written: str, first: str, last: str) -> None:
    assert str(parse_period(written, ZONE, TODAY)) == f"{first}..{last}"


def test_the_bounds_are_midnights_of_the_desk() -> None:
    period = parse_period("2026-10-05", ZONE, TODAY)
    assert (period.start, period.end) == (1791169200, 1791255600)


def test_a_day_that_daylight_saving_begins_starts_where_its_first_moment_is() -> None:
    # On 4 November 2018 the clocks of São Paulo went from midnight to one o'clock: the day had 23 hours.
    period = parse_period("2018-11-04", ZONE, TODAY)
    assert period.end - period.start == 23 * 3600


@pytest.mark.parametrize(
    ("written", "whole"), [("2026-02", True), ("2026", True), ("2026-02-01..2026-02-27", False)]
)
def test_whole_months_are_known(written: str, whole: bool) -> None:
    assert parse_period(written, ZONE, TODAY).whole is whole


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "tomorrow morning",
        "2026-13",
        "2026-02-30",
        "2026-03..2026-01",
        "..",
        "last-0d",
        "last-d",
        "1",
        "'; DROP TABLE ticket",
        "\x1b[2J",
        "9" * 10_000,
    ],
)
def test_what_is_no_period_says_how_to_write_one(written: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_period(written, ZONE, TODAY)
    assert caught.value.code == "BAD_PERIOD"


def test_a_date_alone_means_its_end() -> None:
    assert end_of_date("2026-10-05", ZONE, TODAY) == 1791255600 - 1


@pytest.mark.parametrize("written", ["2026-10-05 10:00", "-2h", "2026-01..2026-02", "x"])
def test_a_moment_is_not_a_date_alone(written: str) -> None:
    assert end_of_date(written, ZONE, TODAY) is None


def test_the_date_at_the_desk_is_not_that_of_greenwich() -> None:
    assert local_date(1791169200 - 1, ZONE) == date(2026, 10, 4)
