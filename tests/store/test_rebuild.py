"""Rebuilding from the ledger gives the same rows; comparing names what differs and writes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.errors import StoreError
from ouvidoria_tui.store.check import check_store
from ouvidoria_tui.store.rebuild import CHUNK, compare, rebuild
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import verify
from tests.store.stories import PROJECTIONS, desk_at, dump, eventful, manifest, new_store
from tests.store.tampering import drop_triggers, put_in


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rebuild") / "d.db"
    eventful(path).close()
    return path


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[SqliteStore]:
    path = tmp_path / "d.db"
    path.write_bytes(template.read_bytes())
    store = SqliteStore.open(path)
    yield store
    store.close()


def everything(conn: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    # How the words lie in the index is its own business; which ones it holds, `db check` tells.
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'message_fts_%'"
    names = [row[0] for row in conn.execute(tables)]
    return dump(conn, *names)


def test_a_store_in_which_everything_happened_is_as_its_ledger_says(store: SqliteStore) -> None:
    compared = compare(store.conn)
    assert compared.differences == ()
    assert compared.tickets == verify(store.conn).tickets


def test_rebuilding_what_is_right_changes_no_row_at_all(store: SqliteStore) -> None:
    before = everything(store.conn)
    assert rebuild(store).differences == ()
    assert everything(store.conn) == before


@pytest.mark.parametrize("tables", [[name] for name in PROJECTIONS] + [list(PROJECTIONS)], ids="+".join)
def test_tables_that_were_emptied_are_the_same_again(store: SqliteStore, tables: list[str]) -> None:
    before = everything(store.conn)
    for table in tables:
        store.conn.execute(f"DELETE FROM {table}")
    assert {item.table for item in rebuild(store).differences} == set(tables)
    assert everything(store.conn) == before


@pytest.mark.parametrize(
    ("damage", "table", "kind"),
    [
        ("UPDATE ticket SET status = 'closed' WHERE id = 1", "ticket", "changed"),
        ("UPDATE ticket SET assignee_id = NULL, next_due_at = 5 WHERE id = 1", "ticket", "changed"),
        ("UPDATE ticket SET subject_key = 'x' WHERE id = 1", "ticket", "changed"),
        ("UPDATE ticket SET revision = 99, head = x'00' WHERE id = 1", "ticket", "changed"),
        ("DELETE FROM ticket WHERE id = 1", "ticket", "missing"),
        ("UPDATE clock SET due_at = 1 WHERE ticket_id = 1", "clock", "changed"),
        ("DELETE FROM clock WHERE ticket_id = 1", "clock", "missing"),
        (
            "INSERT INTO clock SELECT 1, 'outro', state, started_at, due_at, warn_at, met_at, missed_at, paused_at,"
            " remaining, spent, statutory, data FROM clock LIMIT 1",
            "clock",
            "changed",
        ),
        (
            "INSERT INTO escalation VALUES (2, 1, 1, 'x', 1, 1, NULL, NULL, NULL, NULL, NULL)",
            "escalation",
            "surplus",
        ),
        ("UPDATE attachment SET name = 'outro'", "attachment", "changed"),
        ("INSERT INTO attachment VALUES (9999, 1, 'x', 1, 'x', 'in', NULL)", "attachment", "surplus"),
        ("UPDATE message SET confidential = 1 - confidential WHERE ticket_id = 2", "message", "changed"),
    ],
)
def test_a_row_that_differs_is_named_and_healed(
    store: SqliteStore, damage: str, table: str, kind: str
) -> None:
    before = everything(store.conn)
    store.conn.execute(damage)
    damaged = everything(store.conn)
    (found,) = compare(store.conn).differences
    assert (found.table, found.kind) == (table, kind)
    assert everything(store.conn) == damaged
    assert rebuild(store).differences == (found,)
    assert everything(store.conn) == before


def test_a_ticket_is_named_by_its_protocol_and_its_columns(store: SqliteStore) -> None:
    store.conn.execute("UPDATE ticket SET level = 3, lane = 'emergency' WHERE id = 4")
    (found,) = compare(store.conn).differences
    assert found.ticket == store.conn.execute("SELECT protocol FROM ticket WHERE id = 4").fetchone()[0]
    assert set(found.columns) == {"level", "lane"}


def test_protocols_that_were_exchanged_are_healed(store: SqliteStore) -> None:
    before = dump(store.conn)
    one, other = (
        row[0] for row in store.conn.execute("SELECT protocol FROM ticket WHERE id IN (1, 5) ORDER BY id")
    )
    for protocol, id_ in (("x", 1), (one, 5), (other, 1)):
        store.conn.execute("UPDATE ticket SET protocol = ? WHERE id = ?", (protocol, id_))
    rebuild(store)
    assert dump(store.conn) == before


def test_a_ticket_that_no_event_knows_goes(store: SqliteStore) -> None:
    before = dump(store.conn)
    columns = [row[1] for row in store.conn.execute("PRAGMA table_info(ticket)")]
    values = ", ".join({"id": "777", "protocol": "'1999-000001-1'"}.get(name, name) for name in columns)
    store.conn.execute(f"INSERT INTO ticket ({', '.join(columns)}) SELECT {values} FROM ticket WHERE id = 1")
    assert [item.kind for item in rebuild(store).differences] == ["surplus"]
    assert dump(store.conn) == before


def test_versions_of_due_times_are_compared_and_never_written_anew(store: SqliteStore) -> None:
    drop_triggers(store.conn)
    store.conn.execute("DELETE FROM deadline_version WHERE id = (SELECT max(id) FROM deadline_version)")
    before = everything(store.conn)
    compared = rebuild(store)
    assert [item.table for item in compared.beyond_healing] == ["deadline_version"]
    assert everything(store.conn) == before


def test_the_counters_are_healed_so_that_no_number_is_given_twice(store: SqliteStore) -> None:
    store.conn.execute("UPDATE sequence SET last = 0")
    store.conn.execute("DELETE FROM sqlite_sequence WHERE name = 'deadline_version'")
    rebuild(store)
    protocols = [manifest(desk_at(store), 50), manifest(desk_at(store), 51)]
    assert len(set(protocols)) == 2
    assert [finding.check for finding in check_store(store.conn) if not finding.ok] == []


def test_a_search_index_that_lost_words_is_made_anew(store: SqliteStore) -> None:
    row = store.conn.execute("SELECT id, subject, text FROM searchable LIMIT 1").fetchone()
    store.conn.execute(
        "INSERT INTO message_fts (message_fts, rowid, subject, text) VALUES ('delete', ?, ?, ?)", tuple(row)
    )
    rebuild(store)
    found = store.conn.execute(
        "SELECT count(*) FROM message_fts WHERE message_fts MATCH 'relato'"
    ).fetchone()[0]
    assert (
        found == store.conn.execute("SELECT count(*) FROM searchable WHERE text LIKE 'Relato%'").fetchone()[0]
    )


def test_confidential_words_stay_out_of_an_index_made_anew(store: SqliteStore) -> None:
    hidden = store.conn.execute(
        "SELECT text FROM message WHERE confidential = 1 AND part = 'note'"
    ).fetchone()[0]
    store.conn.execute("INSERT INTO message_fts (message_fts) VALUES ('rebuild')")
    word = str(hidden).split()[-1]
    found = store.conn.execute(
        "SELECT count(*) FROM message_fts WHERE message_fts MATCH ?", (word,)
    ).fetchone()[0]
    assert found == 0


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE event SET actor = 9 WHERE id = 12",
        "DELETE FROM event WHERE id = 12",
        "UPDATE event SET payload = '{' WHERE id = 12",
    ],
)
def test_nothing_is_taken_from_a_ledger_that_does_not_pass_its_proof(store: SqliteStore, deed: str) -> None:
    drop_triggers(store.conn)
    store.conn.execute(deed)
    before = everything(store.conn)
    with pytest.raises(StoreError) as caught:
        rebuild(store)
    assert (caught.value.code, caught.value.exit_code) == ("LEDGER_BROKEN", 7)
    assert everything(store.conn) == before


def test_events_that_cannot_be_followed_are_named_and_do_not_stop_the_comparison(store: SqliteStore) -> None:
    drop_triggers(store.conn)
    put_in(store.conn, 3, 50, sound=True)
    store.conn.execute("UPDATE ticket SET level = 3 WHERE id = 5")
    store.conn.execute("UPDATE event SET type = 'zzz' WHERE ticket_id = 3 AND seq = 50")
    found = compare(store.conn).differences
    assert [(item.table, item.kind) for item in found] == [("event", "changed"), ("ticket", "changed")]


def test_more_tickets_than_are_compared_at_a_time(tmp_path: Path) -> None:
    store = new_store(tmp_path / "d.db")
    desk = desk_at(store)
    with store.transaction():
        for number in range(CHUNK + 3):
            manifest(desk, number)
    before = dump(store.conn)
    store.conn.execute("DELETE FROM ticket")
    told: list[int] = []
    assert rebuild(store, progress=told.append).tickets == CHUNK + 3
    assert dump(store.conn) == before
    assert told == [CHUNK, 3]
    store.close()
