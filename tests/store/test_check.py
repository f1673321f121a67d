"""The checks of a store: each finds its own kind of damage and says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.store.check import SHOWN, check_store
from tests.store.stories import eventful
from tests.store.tampering import unguarded


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    store = eventful(tmp_path_factory.mktemp("check") / "d.db")
    yield store.conn
    store.close()


@pytest.fixture
def conn(original: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    copy = unguarded(original)
    yield copy
    copy.close()


def wrong(conn: sqlite3.Connection) -> list[str]:
    return [finding.check for finding in check_store(conn) if not finding.ok]


def test_a_sound_store_passes_every_check_and_is_not_written(original: sqlite3.Connection) -> None:
    before = original.total_changes
    assert wrong(original) == []
    assert not original.in_transaction
    # The question to each of the four indexes is put as an insert, and taken back.
    assert original.total_changes - before <= 4


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE ticket SET level = 3 WHERE id = 2", "projections"),
        ("DELETE FROM clock WHERE ticket_id = 2", "projections"),
        ("UPDATE message SET confidential = 1 WHERE ticket_id = 4", "search"),
        ("INSERT INTO message_fts (rowid, subject, text) VALUES (9999, 'a', 'b')", "search"),
        ("INSERT INTO customer_fts (rowid, name) VALUES (9999, 'a')", "search"),
        ("INSERT INTO contact_fts (rowid, name) VALUES (9999, 'a')", "search"),
        ("UPDATE sequence SET last = 1", "counters"),
        ("DELETE FROM sqlite_sequence WHERE name = 'event'", "counters"),
        ("UPDATE deadline_version SET new_due = 5", "records"),
        ("UPDATE event SET type = 'zzz' WHERE ticket_id = 3 AND seq = 1", "records"),
    ],
)
def test_damage_is_found_by_its_check_with_what_to_do(
    conn: sqlite3.Connection, damage: str, check: str
) -> None:
    conn.execute(damage)
    found = {finding.check: finding for finding in check_store(conn)}
    assert not found[check].ok
    assert found[check].hint is not None


def test_words_changed_beside_the_index_are_found(conn: sqlite3.Connection) -> None:
    conn.execute("UPDATE message SET text = 'outra coisa' WHERE ticket_id = 4 AND seq = 1")
    assert "search" in wrong(conn)


def test_a_link_to_a_row_that_is_gone_is_found(conn: sqlite3.Connection) -> None:
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("DELETE FROM agent WHERE login = 'caio'")
    conn.execute("UPDATE ticket SET assignee_id = 999 WHERE id = 1")
    assert "links" in wrong(conn)


def test_tickets_that_differ_are_named(conn: sqlite3.Connection) -> None:
    conn.execute("UPDATE ticket SET level = 3 WHERE id = 2")
    (found,) = [finding for finding in check_store(conn) if not finding.ok]
    protocol = conn.execute("SELECT protocol FROM ticket WHERE id = 2").fetchone()[0]
    assert [str(fault) for fault in found.faults] == [f"{protocol}: ticket differs in level"]


def test_much_damage_is_told_in_few_lines(conn: sqlite3.Connection) -> None:
    conn.execute("DELETE FROM ticket")
    conn.execute("DELETE FROM clock")
    found = {finding.check: finding for finding in check_store(conn)}["projections"]
    assert len(found.faults) == SHOWN + 1
    assert str(found.faults[-1]).startswith("and ")


def test_a_damaged_file_ends_the_checks_that_it_could_not_bear(tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    eventful(path).close()
    content = bytearray(path.read_bytes())
    root = (
        sqlite3.connect(path).execute("SELECT rootpage FROM sqlite_master WHERE name = 'clock'").fetchone()[0]
    )
    content[(root - 1) * 4096 + 8 : root * 4096] = b"\xa5" * (4096 - 8)
    path.write_bytes(bytes(content))
    assert wrong(sqlite3.connect(path)) == ["file"]
