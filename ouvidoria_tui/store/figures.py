"""The figures of reports: what is counted of tickets, by which dimensions, in one statement a report.

SQLite has no hash aggregate: a GROUP BY that follows an index streams, any other sorts every row. So tickets
are grouped along ``ticket_report``, finer than was asked where need be, and the caller folds the groups. The
texts of a dimension are this file's own words; everything else is bound.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Final, NamedTuple

__all__ = [
    "CELL",
    "DIMENSIONS",
    "Connection",
    "Group",
    "Scope",
    "Statement",
    "backlog",
    "grouping",
    "names_of",
    "rows_of",
    "volume",
]

#: Dimension → column of ``ticket``. ``agent`` is the id of the owner.
DIMENSIONS: Final[Mapping[str, str]] = {
    "month": "arrived_month",
    "department": "department",
    "status": "status",
    "type": "type",
    "channel": "channel",
    "severity": "severity",
    "difficulty": "difficulty",
    "plan": "plan",
    "area": "area",
    "cause": "cause",
    "agent": "assignee_id",
    "complained": "complained_department",
}
#: The columns that ``ticket_report`` begins with, in its order.
_INDEXED: Final = ("month", "department", "status", "type")
_SOURCE: Final = {True: "ticket INDEXED BY ticket_report", False: "ticket"}
#: Dimension → the register that names its values.
_REGISTERS: Final[Mapping[str, str]] = {
    **{name: name for name in ("department", "plan", "area", "cause")},
    "complained": "department",
    "from": "department",
    "to": "department",
}
_PLACE = re.compile(r":(\w+)")

#: Whether the ticket was closed at ``:as_of``. Closed since, or never, says its row; only where it was
#: reopened does the ledger have to be asked. An act that was taken back counts as not done.
CLOSED_THEN: Final = """CASE WHEN ticket.closed_at <= :as_of THEN 1 WHEN ticket.reopened = 0 THEN 0 ELSE
 ifnull((SELECT json_extract(event.payload, '$.changes.status[1]') = 'closed' FROM event
  WHERE event.ticket_id = ticket.id AND event.happened_at <= :as_of
  AND json_type(event.payload, '$.changes.status') IS NOT NULL
  ORDER BY event.happened_at DESC, event.seq DESC LIMIT 1), 0) END"""
_ANSWERED_THEN = """CASE WHEN ticket.answered_at IS NULL THEN 0 WHEN ticket.answered_at <= :as_of THEN 1 ELSE
 EXISTS (SELECT 1 FROM event WHERE event.ticket_id = ticket.id AND event.happened_at <= :as_of
  AND json_type(event.payload, '$.changes.answered_at') IS NOT NULL) END"""
_REOPENED_THEN = """CASE WHEN ticket.reopened = 0 THEN 0 ELSE
 EXISTS (SELECT 1 FROM event WHERE event.ticket_id = ticket.id AND event.happened_at <= :as_of
  AND json_type(event.payload, '$.changes.reopened') IS NOT NULL) END"""

_DUPLICATE_THEN = """CASE WHEN ticket.closed_at <= :as_of THEN ticket.close_reason IS 'duplicate'
 WHEN ticket.reopened = 0 THEN 0 ELSE
 ifnull((SELECT json_extract(event.payload, '$.changes.close_reason[1]') IS 'duplicate' FROM event
  WHERE event.ticket_id = ticket.id AND event.happened_at <= :as_of
  AND json_type(event.payload, '$.changes.status') IS NOT NULL
  ORDER BY event.happened_at DESC, event.seq DESC LIMIT 1), 0) END"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which tickets are looked at, and from when: moments are UTC epoch seconds.

    ``months`` are the first and the last month of arrival (``2026-10``), ``None`` for all; ``start`` and
    ``end`` (half-open) bound the arrival where the period is not made of whole months. ``past`` says that
    ``as_of`` is not now, so that what came later has to be left out.
    """

    as_of: int
    past: bool = False
    months: tuple[str, str] | None = None
    start: int | None = None
    end: int | None = None

    def where(self) -> list[str]:
        """The conditions on ``ticket``."""
        conditions = []
        if self.months is not None:
            conditions.append("ticket.arrived_month BETWEEN :first_month AND :last_month")
        # The "+" keeps SQLite from walking an index that begins with arrivals: its order helps no report.
        if self.start is not None:
            conditions.append("+ticket.arrived_at >= :start")
        if self.end is not None:
            conditions.append("+ticket.arrived_at < :end")
        if self.past:
            conditions.append("+ticket.arrived_at <= :as_of")
        return conditions

    def params(self) -> dict[str, int | str]:
        """The values of every place that :meth:`where` and the reports may name."""
        values: dict[str, int | str] = {"as_of": self.as_of}
        if self.months is not None:
            values["first_month"], values["last_month"] = self.months
        if self.start is not None:
            values["start"] = self.start
        if self.end is not None:
            values["end"] = self.end
        return values


class Statement(NamedTuple):
    """One SELECT and the values of its places."""

    sql: str
    params: Mapping[str, int | str]

    def shown(self) -> str:
        """The statement in one line with its values in their places, to be run by whoever doubts a figure."""
        used = {name: json.dumps(value).replace('"', "'") for name, value in self.params.items()}
        text = _PLACE.sub(lambda place: used.get(place[1], place[0]), self.sql)
        return " ".join(text.split())


#: The values of a group's dimensions as the store keeps them, in the order of :func:`grouping`.
CELL = tuple[str | int | None, ...]


class Group(NamedTuple):
    """The figures of one group of tickets."""

    cell: CELL
    figures: tuple[int, ...]
    minutes: str | None


def grouping(by: Sequence[str]) -> tuple[str, ...]:
    """The dimensions that a statement groups by: those asked for, and what keeps it on the index."""
    if all(name in _INDEXED for name in by):
        return _INDEXED[: max((_INDEXED.index(name) + 1 for name in by), default=0)]
    # Sorted anyway; by month, so that no group of a store grows without bound.
    return ("month", *(name for name in by if name != "month"))


def source(by: Sequence[str]) -> str:
    """What a statement over ``ticket`` reads for these dimensions."""
    return _SOURCE[all(name in _INDEXED for name in by)]


def selected(by: Sequence[str], figures: Sequence[str], table: str, where: Sequence[str]) -> str:
    """SELECT dimensions, figures, minutes (the last of ``figures``) FROM … GROUP BY the dimensions."""
    columns = [f"ticket.{DIMENSIONS[name]}" for name in grouping(by)]
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    groups = f" GROUP BY {', '.join(columns)}" if columns else ""
    return f"SELECT {', '.join([*columns, *figures])} FROM {table}{condition}{groups}"


def volume(by: Sequence[str], scope: Scope) -> Statement:
    """Received, answered, closed, reopened tickets and duplicates by their arrival."""
    then = (_ANSWERED_THEN, CLOSED_THEN, _REOPENED_THEN, _DUPLICATE_THEN)
    figures = (
        ["count(*)", *(f"sum({one})" for one in then), "NULL"]
        if scope.past
        else [
            "count(*)",
            "count(ticket.answered_at)",
            "count(ticket.closed_at)",
            "sum(ticket.reopened > 0)",
            "sum(ticket.close_reason IS 'duplicate')",
            "NULL",
        ]
    )
    return Statement(selected(by, figures, source(by), scope.where()), scope.params())


def backlog(by: Sequence[str], scope: Scope) -> Statement:
    """Open tickets: how many, past a due time, without owner, the oldest arrival, ages in minutes.

    In the past, due times and owners are not known from the rows: 0, and the caller leaves them out.
    """
    age = "group_concat((:as_of - ticket.arrived_at) / 60)"
    oldest = "min(ticket.arrived_at)"
    if scope.past:
        figures = ["count(*)", "0", "0", oldest, age]
        return Statement(
            selected(by, figures, "ticket", [*scope.where(), f"{CLOSED_THEN} = 0"]), scope.params()
        )
    figures = [
        "count(*)",
        "ifnull(sum(ticket.next_due_at < :as_of), 0)",
        "sum(ticket.assignee_id IS NULL)",
        oldest,
        age,
    ]
    return Statement(
        selected(by, figures, "ticket", ["ticket.status <> 'closed'", *scope.where()]), scope.params()
    )


def rows_of(conn: Connection, statement: Statement, dimensions: int) -> Iterator[Group]:
    """The groups of a statement; ``dimensions`` is how many columns come before the figures."""
    cursor = conn.cursor()
    cursor.row_factory = None
    for row in cursor.execute(statement.sql, statement.params):
        yield Group(row[:dimensions], row[dimensions:-1], row[-1])


def names_of(conn: Connection, dimension: str) -> dict[str | int, tuple[str, str]]:
    """Value → slug and name of a dimension that is a register, also of entries that are no longer active."""
    if dimension == "agent":
        return {row[0]: (row[1], row[2]) for row in conn.execute("SELECT id, login, name FROM agent")}
    table = _REGISTERS.get(dimension)
    if table is None:
        return {}
    rows: sqlite3.Cursor = conn.execute(f"SELECT slug, name FROM {table}")
    return {row[0]: (row[0], row[1]) for row in rows}
