"""Rows of a statement put into groups by the dimensions that a report is asked by: for reports of few rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from ouvidoria_tui.report.answer import Row
from ouvidoria_tui.report.desk_data import Source
from ouvidoria_tui.store.figures import CELL, Statement

_Found = Mapping[str, object]


def grouped(
    source: Source,
    statement: Statement,
    values: Callable[[_Found], _Found],
    figures: Callable[[Iterable[_Found]], Row],
) -> tuple[tuple[Row, ...], Row]:
    """The lines of a report and its totals; ``values`` gives the dimensions of a row, as they are shown."""
    cells: dict[CELL, list[_Found]] = {}
    everything: list[_Found] = []
    cursor = source.conn.execute(statement.sql, statement.params)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        found = values(dict(zip(names, tuple(row), strict=True)))
        cell = source.slugs(source.by, cast("CELL", tuple(found[name] for name in source.by)))
        cells.setdefault(cell, []).append(found)
        everything.append(found)
    lines = (
        {**dict(zip(source.by, cell, strict=True)), **figures(rows)}
        for cell, rows in sorted(cells.items(), key=lambda one: [str(value or "") for value in one[0]])
    )
    return tuple(lines), figures(everything)
