from __future__ import annotations

import pytest

from ouvidoria_tui.report.fold import fold, percent, percentile, sort_key, spread, total_of
from ouvidoria_tui.store.figures import Group


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, None),
        (0, 3, 0.0),
        (3, 3, 100.0),
        (2, 3, 66.7),
        (1, 3, 33.3),
        (1999, 2000, 99.9),
        (1, 5000, 0.1),
    ],
)
def test_all_is_said_of_all_only(part: int, whole: int, shown: float | None) -> None:
    assert percent(part, whole) == shown


@pytest.mark.parametrize(
    ("values", "median", "ninth"),
    [([], None, None), ([7], 7, 7), ([1, 2], 1, 2), ([1, 2, 3], 2, 3), (list(range(1, 11)), 5, 9)],
)
def test_a_percentile_is_a_value_that_occurred(
    values: list[int], median: int | None, ninth: int | None
) -> None:
    assert (percentile(values, 50), percentile(values, 90)) == (median, ninth)


def test_groups_are_folded_onto_fewer_dimensions() -> None:
    groups = [
        Group(("2026-01", "a"), (2, 1), "10,30"),
        Group(("2026-02", "a"), (3, 0), None),
        Group(("2026-02", "b"), (1, 1), "5"),
    ]
    cells = fold(groups, ("month", "department"), ("department",), 2)
    assert {key: (cell.sums, spread(cell)["p50_minutes"]) for key, cell in cells.items()} == {
        ("a",): ([5, 1], 10),
        ("b",): ([1, 1], 5),
    }


def test_the_oldest_is_the_least_and_not_a_sum() -> None:
    groups = [Group(("a",), (1, 50), None), Group(("b",), (1, 40), None), Group(("c",), (1, 60), None)]
    cells = fold(groups, ("department",), (), 2, 1)
    assert total_of(cells.values(), 2, 1).sums == [3, 40]


def test_an_empty_group_is_no_row() -> None:
    assert fold([Group((), (0, 0), None)], (), (), 2) == {}


def test_rows_stand_in_the_order_of_meaning_and_the_nameless_last() -> None:
    cells = [("closed", None), (None, "b"), ("open", "b"), ("open", "a")]
    assert sorted(cells, key=sort_key(("status", "department"))) == [
        ("open", "a"),
        ("open", "b"),
        ("closed", None),
        (None, "b"),
    ]
