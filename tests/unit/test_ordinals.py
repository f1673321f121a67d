"""How often a row was met: counted on disk, as a counter in memory would."""

from __future__ import annotations

import errno
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.intake import ordinals
from ouvidoria_tui.intake.ordinals import Ordinals, Tally


@pytest.fixture
def tally() -> Iterator[Tally]:
    with closing(Tally()) as made:
        yield made


def test_numbers_are_counted_on_after_growing(tally: Tally) -> None:
    numbers = [n * 2_654_435_761 for n in range(1, 40_000)]
    assert {tally.add(number) for number in numbers} == {1}
    assert {tally.add(number) for number in numbers} == {2}


@given(st.lists(st.integers(-3, 99) | st.sampled_from([8190, 8191, 8192, 16_383, -(2**63), 2**64 - 1])))
def test_a_tally_counts_as_a_counter_does(numbers: list[int]) -> None:
    """Neighbours of the table's end and of one another share slots; 0 and 1 are one number to it."""
    counter = Counter[int]()
    with closing(Tally()) as tally:
        for number in numbers:
            key = number % 2**64 or 1
            counter[key] += 1
            assert tally.add(number) == counter[key]


def test_what_was_met_before_takes_no_memory(tally: Tally) -> None:
    tally.add(1)
    tracemalloc.start()
    for number in range(2, 60_000):
        tally.add(number)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300_000  # a set of them takes more than ten times as much


def test_a_full_disk_is_said_with_the_folder_that_is_full(
    tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ordinals, "_met", full)
    with pytest.raises(OSError, match="No space left") as caught:
        tally.add(1)
    assert caught.value.filename


def test_equal_rows_are_numbered_and_blanks_around_a_cell_do_not_count() -> None:
    with closing(Ordinals()) as names:
        first, second, other = (names.name(row) for row in (["a", "b"], [" a", "b "], ["ab", ""]))
    assert (first[-2:], second[-2:], other[-2:]) == ("-1", "-2", "-1")
    assert first[:64] == second[:64] != other[:64]
