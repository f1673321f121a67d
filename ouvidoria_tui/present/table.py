"""A plain aligned table for a terminal: no borders, cut to the width, hostile text harmless."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from ouvidoria_tui.present.column import Column, Record, human_cell
from ouvidoria_tui.present.safe import cells, cut, fit
from ouvidoria_tui.present.style import ellipsis, rule, toned
from ouvidoria_tui.present.words import say

_GAP = 2
_FLEX_MINIMUM = 12
# Widths are taken from the first rows, so that a long list flows and memory stays flat.
_MEASURED_ROWS = 500


def table_lines(
    rows: Iterable[Record],
    columns: Sequence[Column],
    *,
    width: int | None,
    colour: bool,
    ascii_only: bool,
) -> Iterator[str]:
    """The lines of the table, header first: at most ``width`` cells each; ``None`` cuts nothing."""
    source = iter(rows)
    first = list(islice(source, _MEASURED_ROWS))
    titles = [say(column.title) for column in columns]
    natural = [
        max([column.width, cells(title), *(cells(human_cell(column, row)) for row in first)])
        for column, title in zip(columns, titles, strict=True)
    ]
    shown = layout(columns, natural, width)
    if not shown:
        return
    more = ellipsis(ascii_only)
    line = [fit(titles[i], cells_, right=columns[i].align == "right", ellipsis=more) for i, cells_ in shown]
    header = (" " * _GAP).join(line).rstrip()
    yield toned(header, "head", colour)
    total = sum(cells_ for _i, cells_ in shown) + _GAP * (len(shown) - 1)
    yield rule(ascii_only) * (total if width is None else min(total, width))
    for row in chain(first, source):
        yield _line(row, columns, shown, cutting=width is not None, more=more, colour=colour)


def _line(
    row: Record,
    columns: Sequence[Column],
    shown: Sequence[tuple[int, int]],
    *,
    cutting: bool,
    more: str,
    colour: bool,
) -> str:
    parts: list[str] = []
    for position, (index, room) in enumerate(shown):
        column = columns[index]
        text = human_cell(column, row)
        if cutting:
            text = cut(text, room, more)
        padding = " " * (room - cells(text))
        if colour and column.tone is not None:
            text = toned(text, column.tone(row), colour)
        if column.align == "right":
            text = padding + text
        elif position < len(shown) - 1:
            text += padding
        parts.append(text)
    return (" " * _GAP).join(parts).rstrip(" ")


def layout(columns: Sequence[Column], natural: Sequence[int], width: int | None) -> list[tuple[int, int]]:
    """Which columns are shown and how wide, as ``(index, cells)`` in order; ``width`` includes the gaps.

    First flexible columns give room, down to 12 cells; then whole columns go, the highest priority number
    first; at last the widest ones are cut.
    """
    shown = list(range(len(columns)))
    if width is None:
        return [(i, natural[i]) for i in shown]
    while True:
        over = sum(natural[i] for i in shown) + _GAP * (len(shown) - 1) - width
        spare = sum(max(0, natural[i] - _FLEX_MINIMUM) for i in shown if columns[i].flex)
        droppable = [i for i in shown if columns[i].priority]
        if over <= spare or not droppable:
            break
        shown.remove(max(droppable, key=lambda i: columns[i].priority))
    room = {i: natural[i] for i in shown}
    while over > 0:
        soft = [i for i in shown if columns[i].flex and room[i] > _FLEX_MINIMUM]
        widest = max(soft or shown, key=lambda i: room[i])
        if room[widest] <= 1:
            # Nothing is left to cut: show what has room.
            return [(i, 1) for i in shown[: max(1, (width + _GAP) // (1 + _GAP))]] if width > 0 else []
        step = min(over, room[widest] - _FLEX_MINIMUM) if soft and len(soft) == 1 else 1
        room[widest] -= step
        over -= step
    return [(i, room[i]) for i in shown]
