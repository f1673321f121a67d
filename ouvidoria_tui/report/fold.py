"""Groups of the store folded into the rows that were asked for; percentages and percentiles."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence

from ouvidoria_tui.domain.ticket import Difficulty, Severity, Status, Type
from ouvidoria_tui.store.figures import CELL, Group

#: Values of the closed vocabularies in the order in which people read them.
_ORDER: Mapping[str, Mapping[str, int]] = {
    name: {member.value: place for place, member in enumerate(kind)}
    for name, kind in (
        ("status", Status),
        ("type", Type),
        ("severity", Severity),
        ("difficulty", Difficulty),
    )
}


class Cell:
    """The figures of one row: sums, the least of those that are moments, and all minutes."""

    __slots__ = ("minutes", "sums")

    def __init__(self, width: int) -> None:
        self.sums: list[int] = [0] * width
        self.minutes = array("q")

    def add(self, group: Group, least: int | None) -> None:
        """One more group; ``least`` is the place of the figure of which the smallest is kept."""
        sums = self.sums
        for place, value in enumerate(group.figures):
            if place == least:
                sums[place] = min(sums[place] or value, value)
            else:
                sums[place] += value or 0
        if group.minutes:
            self.minutes.extend(map(int, group.minutes.split(",")))

    def merge(self, other: Cell, least: int | None) -> None:
        """Everything of another cell."""
        self.add(Group((), tuple(other.sums), None), least)
        self.minutes.extend(other.minutes)


def fold(
    groups: Iterable[Group], given: Sequence[str], wanted: Sequence[str], width: int, least: int | None = None
) -> dict[CELL, Cell]:
    """Cells by the values of ``wanted``, from groups by ``given`` (a superset); groups of nothing are left out."""
    places = [given.index(name) for name in wanted]
    cells: dict[CELL, Cell] = {}
    for group in groups:
        if not group.figures[0]:
            continue
        key = tuple([group.cell[place] for place in places])
        cell = cells.get(key)
        if cell is None:
            cell = cells[key] = Cell(width)
        cell.add(group, least)
    return cells


def total_of(cells: Iterable[Cell], width: int, least: int | None = None) -> Cell:
    """All cells as one."""
    total = Cell(width)
    for cell in cells:
        total.merge(cell, least)
    return total


def sort_key(by: Sequence[str]) -> Callable[[CELL], tuple[tuple[bool, int, str], ...]]:
    """How rows are ordered: vocabularies by their meaning, the rest by slug, what has no value last."""
    orders = [_ORDER.get(name, {}) for name in by]

    def key(cell: CELL) -> tuple[tuple[bool, int, str], ...]:
        return tuple(
            (value is None, order.get(str(value), 99), "" if value is None else str(value))
            for value, order in zip(cell, orders, strict=True)
        )

    return key


def percent(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` in per cent, to one decimal; ``None`` of nothing.

    100.0 and 0.0 are kept for all and none: 1,999 of 2,000 are 99.9.
    """
    if not whole:
        return None
    if part in (0, whole):
        return 100.0 * (part == whole)
    return min(max(round(100 * part / whole, 1), 0.1), 99.9)


def percentile(ordered: Sequence[int], per_cent: int) -> int | None:
    """The value that ``per_cent`` of all do not exceed (nearest rank: one that did occur); ``None`` of nothing."""
    return ordered[max(0, -(-len(ordered) * per_cent // 100) - 1)] if ordered else None


def spread(cell: Cell) -> dict[str, int | None]:
    """Median and ninth decile of a cell's minutes."""
    ordered = sorted(cell.minutes)
    return {"p50_minutes": percentile(ordered, 50), "p90_minutes": percentile(ordered, 90)}
