from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.dates import (
    day,
    decimal,
    due_words,
    minutes_words,
    moment,
    parse_rfc3339,
    parse_when,
    rfc3339,
    same_day,
)
from ouvidoria_tui.present.words import set_language

SP = "America/Sao_Paulo"
NOW = parse_rfc3339("2026-11-20T15:30:00-03:00")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


def test_machines_read_the_offset_of_the_desk() -> None:
    assert rfc3339(1795407900, SP) == "2026-11-23T01:25:00-03:00"


def test_the_epoch_itself_is_a_date() -> None:
    assert (rfc3339(0, SP), rfc3339(0, "UTC")) == ("1969-12-31T21:00:00-03:00", "1970-01-01T00:00:00+00:00")


@given(st.integers(0, 4102444799), st.sampled_from([SP, "UTC", "America/Noronha", "Asia/Kathmandu"]))
@settings(max_examples=150)
def test_what_is_written_is_read_back(epoch: int, zone: str) -> None:
    assert parse_rfc3339(rfc3339(epoch, zone)) == epoch


@pytest.mark.parametrize("absurd", [10**12, -(10**12), 10**30, -(10**30)])
def test_a_number_that_is_no_date_is_shown_as_a_number(absurd: int) -> None:
    assert rfc3339(absurd, SP) == moment(absurd, SP) == f"@{absurd}"


def test_screens_write_brazilian_dates_in_portuguese() -> None:
    set_language("pt-BR")
    assert (day(NOW, SP), moment(NOW, SP)) == ("20/11/2026", "20/11/2026 15h30")


def test_screens_write_iso_dates_in_english() -> None:
    assert moment(NOW, SP) == "2026-11-20 15:30"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-20T10:00:00-03:00", "2026-11-20T10:00:00-03:00"),
        ("2026-11-20T13:00:00Z", "2026-11-20T10:00:00-03:00"),
        ("2026-11-20t13:00:00.999z", "2026-11-20T10:00:00-03:00"),
        ("2026-11-20T10:00-03:00", "2026-11-20T10:00:00-03:00"),
        ("2026-11-20 10:00", "2026-11-20T10:00:00-03:00"),
        ("2026-11-20T10:00:07", "2026-11-20T10:00:07-03:00"),
        ("20/11/2026 10:00", "2026-11-20T10:00:00-03:00"),
        ("20/11/2026 às 10h30", "2026-11-20T10:30:00-03:00"),
        ("20/11/2026", "2026-11-20T00:00:00-03:00"),
        ("yesterday 10:00", "2026-11-19T10:00:00-03:00"),
        ("ontem 10:00", "2026-11-19T10:00:00-03:00"),
        ("Ontem às 10h", "2026-11-19T10:00:00-03:00"),
        ("AMANHÃ 9h", "2026-11-21T09:00:00-03:00"),
        ("8:05", "2026-11-20T08:05:00-03:00"),
        ("-2h", "2026-11-20T13:30:00-03:00"),
        ("-1d4h", "2026-11-19T11:30:00-03:00"),
        ("+30min", "2026-11-20T16:00:00-03:00"),
        ("now", "2026-11-20T15:30:00-03:00"),
        ("agora", "2026-11-20T15:30:00-03:00"),
    ],
)
def test_a_moment_is_read_as_people_write_it(written: str, expected: str) -> None:
    assert rfc3339(parse_when(written, SP, NOW), SP) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "31/02/2026 10:00",
        "2026-13-01",
        "25:00",
        "10",
        "2026-11-20T10:00:00+99:00",
        "2026-11-20T10:60:00Z",
        "-999999w999999w",
        "１２:００",
        "0000-01-01",
        "\x1b[31m",
        "9" * 10_000,
        "-" + "1h" * 10_000,
    ],
)
def test_anything_else_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_when(written, SP, NOW)
    assert caught.value.code == "BAD_TIME"
    assert "2026-11-20 10:00" in str(caught.value.hint)


def test_an_hour_that_the_clock_shows_twice_is_the_first_one() -> None:
    assert rfc3339(parse_when("2018-02-17 23:30", SP, NOW), SP) == "2018-02-17T23:30:00-02:00"


def test_an_hour_that_never_was_is_still_a_moment() -> None:
    assert rfc3339(parse_when("2018-11-04 00:30", SP, NOW), SP) == "2018-11-04T01:30:00-02:00"


def test_an_unknown_zone_is_a_usage_error() -> None:
    with pytest.raises(UsageError) as caught:
        rfc3339(0, "America/Nowhere")
    assert caught.value.code == "BAD_ZONE"


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (0, "0min"),
        (59, "0min"),
        (-1, "-1min"),
        (40 * 60, "40min"),
        (3 * 3600 + 59, "3h"),
        (86399, "23h"),
        (86400, "1d"),
        (-2 * 86400, "-2d"),
        (-4 * 3600, "-4h"),
    ],
)
def test_what_is_left_is_said_in_its_largest_unit(left: int, expected: str) -> None:
    assert due_words(NOW + left, NOW) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, "0min"), (40, "40min"), (120, "2h"), (125, "2h05"), (-61, "-1h01")]
)
def test_durations_stay_in_hours(minutes: int, expected: str) -> None:
    assert minutes_words(minutes) == expected


def test_the_day_turns_at_the_midnight_of_the_desk() -> None:
    midnight = parse_when("2026-11-21", SP, NOW)
    assert (same_day(NOW, midnight - 1, SP), same_day(NOW, midnight, SP)) == (True, False)


def test_the_decimal_mark_follows_the_language() -> None:
    assert decimal(1234.56) == "1,234.6"
    set_language("pt-BR")
    assert decimal(1234.56) == "1.234,6"
