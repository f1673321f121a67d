"""What was recorded is not changed and does not go, whatever statement tries it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tests.store.stories import eventful


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    store = eventful(tmp_path_factory.mktemp("triggers") / "d.db")
    yield store.conn
    store.close()


@pytest.fixture
def conn(original: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    original.execute("BEGIN")
    yield original
    original.execute("ROLLBACK")


COLUMNS = {
    "event": "ticket_id seq type actor os_user happened_at recorded_at payload prev hash anchor",
    "message": "ticket_id seq part at subject text salt",
    "policy": "version key toml applied_at tzdata",
    "deadline_version": "ticket_id clock seq cause actor old_due new_due policy recorded_at",
}
UPDATES = [(table, column) for table, columns in COLUMNS.items() for column in columns.split()]


def refused(conn: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="LEDGER_IS_APPEND_ONLY"):
        conn.execute(statement)


@pytest.mark.req("S0-16")
@pytest.mark.parametrize(("table", "column"), UPDATES)
def test_no_column_of_what_was_recorded_changes(conn: sqlite3.Connection, table: str, column: str) -> None:
    refused(conn, f"UPDATE {table} SET {column} = {column}")


@pytest.mark.req("S0-16")
@pytest.mark.parametrize("table", COLUMNS)
def test_nothing_that_was_recorded_goes(conn: sqlite3.Connection, table: str) -> None:
    refused(conn, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", COLUMNS)
def test_nothing_is_recorded_over_something_else(conn: sqlite3.Connection, table: str) -> None:
    refused(conn, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


def test_a_text_may_be_erased(conn: sqlite3.Connection) -> None:
    conn.execute("UPDATE message SET text = '', subject = '', salt = x'', erased_at = 5 WHERE ticket_id = 1")
    assert conn.execute("SELECT max(text) FROM message WHERE ticket_id = 1").fetchone()[0] == ""


def test_an_erased_text_is_found_no_more(conn: sqlite3.Connection) -> None:
    found = "SELECT count(*) FROM message_fts WHERE message_fts MATCH 'voltou'"
    assert conn.execute(found).fetchone()[0] == 1
    conn.execute("UPDATE message SET text = '', subject = '', erased_at = 5 WHERE text LIKE 'Voltou%'")
    assert conn.execute(found).fetchone()[0] == 0


@pytest.mark.parametrize(
    "change",
    [
        "text = 'outro', erased_at = 5",
        "text = '', erased_at = 5",
        "text = '', subject = '', erased_at = 5, seq = 99",
        "text = '', subject = '', erased_at = 5, part = 'note'",
    ],
)
def test_erasing_changes_nothing_else(conn: sqlite3.Connection, change: str) -> None:
    refused(conn, f"UPDATE message SET {change} WHERE ticket_id = 3 AND seq = 1")


@pytest.mark.parametrize("part", ["customer", "manifestation"])
def test_words_leave_the_index_when_they_become_confidential_and_come_back(
    conn: sqlite3.Connection, part: str
) -> None:
    id_, text = conn.execute(
        "SELECT id, text FROM message WHERE part = ? AND confidential = 0 AND text <> '' LIMIT 1", (part,)
    ).fetchone()
    word = f'"{str(text).split()[0]}"'
    found = "SELECT count(*) FROM message_fts WHERE message_fts MATCH ? AND rowid = ?"
    for confidential in (1, 0):
        conn.execute("UPDATE message SET confidential = ? WHERE id = ?", (confidential, id_))
        assert conn.execute(found, (word, id_)).fetchone()[0] == 1 - confidential
    conn.execute("INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)")


def test_reasons_of_the_desk_are_in_no_index(conn: sqlite3.Connection) -> None:
    rows = conn.execute("SELECT text FROM message WHERE part = 'reason' AND text <> ''").fetchall()
    assert rows
    for (text,) in rows:
        phrase = '"' + str(text).replace('"', '""') + '"'
        found = conn.execute(
            "SELECT count(*) FROM message_fts WHERE message_fts MATCH ?", (phrase,)
        ).fetchone()
        assert found[0] == 0
