"""How a store comes to its shape: named steps, each applied once, and none of them half."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from ouvidoria_tui.store.connection import SCHEMA_VERSION
from ouvidoria_tui.store.migrations import migrate, migrations
from ouvidoria_tui.store.schema import APPLICATION_ID


def fresh() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def shape(conn: sqlite3.Connection) -> list[tuple[object, ...]]:
    return conn.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()


def applied(conn: sqlite3.Connection) -> list[str]:
    return [row[0] for row in conn.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]


def test_a_new_store_says_what_it_is() -> None:
    conn = fresh()
    migrate(Database(conn))
    assert conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert conn.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION


def test_there_is_one_step_for_each_version() -> None:
    conn = fresh()
    migrate(Database(conn))
    assert len(applied(conn)) == 1


def test_a_second_run_changes_nothing() -> None:
    conn = fresh()
    migrate(Database(conn))
    before = (shape(conn), applied(conn))
    migrate(Database(conn))
    assert (shape(conn), applied(conn)) == before


def test_a_step_that_fails_leaves_nothing_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    conn = fresh()
    conn.execute("CREATE TABLE ticket (a)")
    with pytest.raises(sqlite3.OperationalError):
        migrate(Database(conn))
    assert [row[1] for row in shape(conn) if not str(row[1]).startswith(("_sqlite", "sqlite_", "idx__"))] == [
        "ticket"
    ]
    assert conn.execute("PRAGMA application_id").fetchone()[0] == 0


def test_every_step_has_a_name_that_sorts() -> None:
    names = [step.name for step in migrations.pending(Database(fresh()))]
    assert names == sorted(names)
    assert [int(name[1:4]) for name in names] == list(range(1, len(names) + 1))


def test_every_table_of_the_store_is_strict(tmp_path: Path) -> None:
    conn = fresh()
    migrate(Database(conn))
    own = conn.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%' AND name NOT LIKE 'message_fts%'"
    ).fetchall()
    assert [name for name, strict in own if not strict] == []


@pytest.mark.req("S0-18")
def test_no_column_is_for_a_password() -> None:
    conn = fresh()
    migrate(Database(conn))
    columns = [
        f"{table}.{row[1]}"
        for (table,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for row in conn.execute(f"PRAGMA table_info({table})")
    ]
    assert [
        name for name in columns if any(word in name for word in ("pass", "senha", "secret", "token"))
    ] == []
