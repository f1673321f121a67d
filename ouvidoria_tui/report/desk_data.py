"""What every report reads from, and what it gives back before it is put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ouvidoria_tui.domain.deadline import CompiledClock
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.report.answer import Average, Row
from ouvidoria_tui.report.fold import Cell, fold, sort_key
from ouvidoria_tui.store.figures import CELL, Connection, Statement, grouping, rows_of
from ouvidoria_tui.text import Text

#: Value as the store keeps it → slug and name.
Names = Mapping[str | int, tuple[str, str]]


class InForce(Protocol):
    """The policy in force with its version, over the desk's closed dates: what ``Desk.policy`` is."""

    @property
    def version(self) -> int:
        """Its number in the store."""
        ...

    @property
    def policy(self) -> Policy:
        """What it decides."""
        ...

    @property
    def closed(self) -> Mapping[date, str]:
        """The desk's holidays."""
        ...

    @property
    def clocks(self) -> tuple[CompiledClock, ...]:
        """Its clocks that have a figure."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """The store, the policy in force, the dimensions asked for and the names of their values."""

    conn: Connection
    in_force: InForce
    by: tuple[str, ...]
    names: Mapping[str, Names]

    @property
    def policy(self) -> Policy:
        """What the policy in force decides."""
        return self.in_force.policy

    def cells(
        self, statement: Statement, by: Sequence[str], width: int, *, least: int | None = None
    ) -> dict[CELL, Cell]:
        """The folded groups of a statement, in the order in which rows are shown."""
        given = grouping(by)
        cells = fold(rows_of(self.conn, statement, len(given)), given, by, width, least)
        named = {self.slugs(by, cell): figures for cell, figures in cells.items()}
        return {cell: named[cell] for cell in sorted(named, key=sort_key(by))}

    def slugs(self, by: Sequence[str], cell: CELL) -> CELL:
        """The values of a cell as the machine formats show them: the login for the id of an agent."""
        if "agent" not in by:
            return cell
        agents = self.names["agent"]
        return tuple(
            agents[value][0] if name == "agent" and value is not None and value in agents else value
            for name, value in zip(by, cell, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows and totals, and what was run for them."""

    definition: Text
    dimensions: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: Row
    statements: tuple[Statement, ...]
    notes: tuple[Text, ...] = ()
    not_defined: tuple[str, ...] = ()
    average: Average | None = None
