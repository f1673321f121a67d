"""What the ledger keeps of an act, and what it does not."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.desk.reply import note
from ouvidoria_tui.domain.ledger import canonical, next_anchor
from tests.store.stories import HOUR, START, desk_at, eventful, manifest, new_store


@pytest.fixture(scope="module")
def conn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    store = eventful(tmp_path_factory.mktemp("ledger") / "d.db")
    yield store.conn
    store.close()


def payloads(conn: sqlite3.Connection) -> list[str]:
    return [row[0] for row in conn.execute("SELECT payload FROM event ORDER BY id")]


def test_events_are_numbered_without_a_gap_in_the_order_of_recording(conn: sqlite3.Connection) -> None:
    ids = [row[0] for row in conn.execute("SELECT id FROM event ORDER BY id")]
    assert ids == list(range(1, len(ids) + 1))
    recorded = [row[0] for row in conn.execute("SELECT recorded_at FROM event ORDER BY id")]
    assert recorded == sorted(recorded)


def test_the_events_of_each_ticket_count_from_one(conn: sqlite3.Connection) -> None:
    for ticket, revision in conn.execute("SELECT id, revision FROM ticket").fetchall():
        seqs = [
            r[0] for r in conn.execute("SELECT seq FROM event WHERE ticket_id = ? ORDER BY id", (ticket,))
        ]
        assert seqs == list(range(1, revision + 1))


def test_every_event_is_bound_to_all_before_it(conn: sqlite3.Connection) -> None:
    anchor, heads = b"", dict[int, bytes]()
    for ticket, prev, hash_, own in conn.execute(
        "SELECT ticket_id, prev, hash, anchor FROM event ORDER BY id"
    ):
        assert prev == heads.get(ticket, b"")
        heads[ticket] = hash_
        anchor = next_anchor(anchor, hash_)
        assert own == anchor


def test_a_payload_is_kept_as_it_was_hashed(conn: sqlite3.Connection) -> None:
    assert all(canonical(json.loads(payload)) == payload for payload in payloads(conn))


def test_payloads_hold_no_words_and_no_personal_data(conn: sqlite3.Connection) -> None:
    everything = " ".join(payloads(conn))
    words = [row[0] for row in conn.execute("SELECT text FROM message UNION SELECT subject FROM message")]
    people = [row[0] for row in conn.execute("SELECT name FROM customer UNION SELECT email FROM customer")]
    files = [row[0] for row in conn.execute("SELECT name FROM attachment")]
    assert [said for said in (*words, *people, *files) if said and said in everything] == []


@pytest.mark.req("S0-16")
def test_every_text_hangs_beside_the_event_that_binds_it(conn: sqlite3.Connection) -> None:
    bound = conn.execute(
        "SELECT count(*) FROM event WHERE json_extract(payload, '$.text') IS NOT NULL"
    ).fetchone()
    hung = conn.execute(
        "SELECT count(*) FROM message JOIN event USING (ticket_id, seq)"
        " WHERE json_extract(payload, '$.text') IS NOT NULL AND message.at = event.happened_at"
    ).fetchone()
    assert bound[0] == hung[0] == conn.execute("SELECT count(*) FROM message").fetchone()[0]


def test_no_two_texts_have_the_same_salt(conn: sqlite3.Connection) -> None:
    salts = [row[0] for row in conn.execute("SELECT salt FROM message")]
    assert len(set(salts)) == len(salts)
    assert {len(salt) for salt in salts} == {16}


def test_registers_and_policy_are_acts_of_the_desk_in_the_same_ledger(conn: sqlite3.Connection) -> None:
    kinds = {row[0] for row in conn.execute("SELECT DISTINCT type FROM event WHERE ticket_id = 0")}
    assert kinds >= {
        "desk-created",
        "policy-applied",
        "agent-registered",
        "customer-registered",
        "register-changed",
    }


def test_an_act_is_kept_with_the_moment_it_happened_and_the_moment_it_was_recorded(tmp_path: Path) -> None:
    store = new_store(tmp_path / "d.db")
    ref = manifest(desk_at(store, START), 1)
    note(desk_at(store, START + HOUR), ref, "Agora")
    row = store.conn.execute(
        "SELECT happened_at, recorded_at, os_user FROM event ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert tuple(row)[:2] == (START + HOUR, START + HOUR)
    assert row["os_user"] == desk_at(store).os_user
    store.close()


def test_a_clock_that_went_back_does_not_disturb_the_order_of_a_tickets_acts(tmp_path: Path) -> None:
    store = new_store(tmp_path / "d.db")
    ref = manifest(desk_at(store, START), 1)
    note(desk_at(store, START + HOUR), ref, "Certo")
    note(desk_at(store, START + 60), ref, "O relógio atrasou")
    happened = [event.happened_at for event in store.events(1)]
    assert happened == sorted(happened)
    store.close()
