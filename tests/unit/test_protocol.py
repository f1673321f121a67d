"""Protocol numbers: one spelling, and a digit that catches mistyping."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.protocol import damm, make_protocol, parse_protocol
from ouvidoria_tui.errors import UsageError

YEARS = st.integers(1990, 2100)
NUMBERS = st.integers(1, 50_000_000)


def refused(written: str) -> bool:
    try:
        parse_protocol(written)
    except UsageError as error:
        return error.code == "BAD_PROTOCOL"
    return False


def test_the_damm_digit_is_that_of_its_inventors_example() -> None:
    assert damm("572") == 4
    assert damm("5724") == 0


def test_a_protocol_is_year_number_and_digit() -> None:
    assert make_protocol(2026, 123) == "2026-000123-8"


def test_more_than_a_million_in_a_year_take_more_digits() -> None:
    assert make_protocol(2026, 1_234_567).startswith("2026-1234567-")


@given(YEARS, NUMBERS)
def test_what_is_made_is_read(year: int, number: int) -> None:
    protocol = make_protocol(year, number)
    assert parse_protocol(protocol) == protocol


@given(YEARS, NUMBERS, st.sampled_from(["", "-", ".", "/", " "]), st.sampled_from(["", " ", "\t"]))
def test_separators_and_white_space_are_free(year: int, number: int, separator: str, around: str) -> None:
    protocol = make_protocol(year, number)
    assert parse_protocol(around + protocol.replace("-", separator) + around) == protocol


def test_a_token_in_brackets_is_read() -> None:
    assert parse_protocol("[2026-000123-8]") == "2026-000123-8"


@given(YEARS, NUMBERS, st.data())
def test_every_single_wrong_digit_is_caught(year: int, number: int, data: st.DataObject) -> None:
    digits = list(make_protocol(year, number).replace("-", ""))
    at = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[at]]))
    digits[at] = wrong
    assert refused("".join(digits))


@given(YEARS, NUMBERS, st.data())
def test_every_swap_of_two_neighbours_is_caught(year: int, number: int, data: st.DataObject) -> None:
    digits = list(make_protocol(year, number).replace("-", ""))
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1]]
    at = data.draw(st.sampled_from(places))
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    assert refused("".join(digits))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "-",
        "2026",
        "2026-123-8",
        "2026-000123-",
        "x2026-000123-8",
        "2026-000123-8 ou 9",
        "２０２６-000123-8",
        "2026-٠٠٠١٢٣-8",
        "2026\n-000123-8",
        "\x00",
        "=2026-000123-8",
        "2026--000123-8",
        "9" * 5000,
    ],
)
def test_what_is_no_protocol_is_refused(written: str) -> None:
    assert refused(written)


@given(st.text(max_size=40))
def test_any_text_is_a_protocol_or_refused(written: str) -> None:
    assert refused(written) or parse_protocol(written)


def test_the_refusal_repeats_only_the_beginning_of_what_was_written() -> None:
    with pytest.raises(UsageError) as caught:
        parse_protocol("x" * 10_000)
    assert len(str(caught.value.message)) < 120
