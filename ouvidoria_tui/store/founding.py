"""The first rows of a new store: its shape, policy version 1, holidays, registers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from ouvidoria_tui.domain.policy import Named, Policy
from ouvidoria_tui.store.connection import immediate

#: What a profile says of the entries of each register.
_SEEDED = {
    "department": ("slug", "name", "scope"),
    "area": ("slug", "name", "scope", "due_days"),
    "plan": ("slug", "name", "rank", "support_level"),
}


def shape(conn: sqlite3.Connection) -> None:
    """An empty file as a store of the newest schema, without any rows."""
    from sqlite_utils import Database

    from ouvidoria_tui.store.migrations import migrate

    migrate(Database(conn))


def first_rows(
    conn: sqlite3.Connection, policy: Policy, text: str, closed: Mapping[date, str], source: str, now: int
) -> int:
    """Policy, holidays and registers of a new store, in one transaction; gives the policy's version."""
    with immediate(conn):
        number = add_policy(conn, policy.key, text, now)
        add_holidays(conn, policy, closed, source)
        seed_registers(conn, policy)
    return number


def add_policy(conn: sqlite3.Connection, key: str, toml: str, now: int) -> int:
    """The number of a new policy version, kept as it was written."""
    row = conn.execute("SELECT ifnull(max(version), 0) + 1 FROM policy").fetchone()
    number = int(row[0])
    conn.execute("INSERT INTO policy VALUES (?, ?, ?, ?, ?)", (number, key, toml, now, _tzdata()))
    return number


def add_holidays(conn: sqlite3.Connection, policy: Policy, days: Mapping[date, str], source: str) -> None:
    """The closed days of the desk, with where they come from; the library is not asked again at run time."""
    rows = [(str(day), name, source) for day, name in days.items()]
    rows += [(day, name, f"profile {policy.key}") for day, name in policy.holidays.local.items()]
    conn.executemany("INSERT OR REPLACE INTO holiday VALUES (?, ?, ?)", rows)


def seed_registers(conn: sqlite3.Connection, policy: Policy) -> None:
    """Departments, areas and plans that the profile names."""
    for kind, entries in (("department", policy.departments), ("area", policy.areas), ("plan", policy.plans)):
        insert_entries(conn, kind, entries)


def insert_entries(conn: sqlite3.Connection, kind: str, entries: Sequence[Named]) -> None:
    """New entries of a register, as a profile names them."""
    columns = _SEEDED[kind]
    places = ", ".join("?" * len(columns))
    conn.executemany(
        f"INSERT INTO {kind} ({', '.join(columns)}) VALUES ({places})",
        [tuple(getattr(entry, column) for column in columns) for entry in entries],
    )


def _tzdata() -> str:
    try:
        return version("tzdata")
    except PackageNotFoundError:
        return "system"
