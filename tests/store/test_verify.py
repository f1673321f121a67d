"""The ledger's proof finds every deed and names it once."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.desk.reply import note
from ouvidoria_tui.store.problem import Problem
from ouvidoria_tui.store.verify import head_of, verify
from tests.store.stories import START, desk_at, eventful, manifest, new_store
from tests.store.tampering import exchange, make_all_anew, make_anew, put_in, unguarded


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    store = eventful(tmp_path_factory.mktemp("verify") / "d.db")
    yield store.conn
    store.close()


@pytest.fixture
def conn(original: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    copy = unguarded(original)
    yield copy
    copy.close()


def victims(conn: sqlite3.Connection, where: str = "1", number: int = 12) -> list[int]:
    """Some events, the first and the last among them; the same ones in every run."""
    ids = [row[0] for row in conn.execute(f"SELECT id FROM event WHERE {where} ORDER BY id")]
    return sorted({ids[0], ids[-1], *random.Random(7).sample(ids, min(number, len(ids)))})


def found(conn: sqlite3.Connection) -> list[tuple[int | None, str]]:
    return [(problem.event, problem.kind) for problem in verify(conn).problems]


def only(conn: sqlite3.Connection) -> Problem:
    (problem,) = verify(conn).problems
    return problem


@pytest.mark.req("S0-16")
def test_a_store_in_which_everything_happened_is_proven(original: sqlite3.Connection) -> None:
    proof = verify(original)
    assert (proof.ok, proof.problems) == (True, ())


def test_it_counts_events_and_tickets_and_says_the_head(original: sqlite3.Connection) -> None:
    proof = verify(original)
    counts = original.execute("SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM ticket)").fetchone()
    assert (proof.events, proof.tickets, proof.head) == (*counts, head_of(original))


def test_a_new_store_is_proven(tmp_path: Path) -> None:
    store = new_store(tmp_path / "d.db")
    assert verify(store.conn).ok
    store.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("payload", """replace(payload, '{', '{"x":1,')"""),
        ("payload", "CAST(x'7bff7d' AS TEXT)"),
        ("actor", "actor + 1"),
        ("os_user", "'outra'"),
        ("type", "'outro'"),
        ("happened_at", "happened_at - 60"),
        ("recorded_at", "recorded_at - 60"),
        ("prev", "randomblob(32)"),
        ("hash", "randomblob(32)"),
        ("anchor", "randomblob(32)"),
    ],
)
def test_a_changed_event_is_named_once(conn: sqlite3.Connection, column: str, value: str) -> None:
    for victim in victims(conn):
        conn.execute("BEGIN")
        conn.execute(f"UPDATE event SET {column} = {value} WHERE id = ?", (victim,))
        assert found(conn) == [(victim, "changed")]
        conn.execute("ROLLBACK")


@pytest.mark.parametrize("anchor", [False, True])
def test_a_changed_event_with_its_hash_made_anew_is_named_once(
    conn: sqlite3.Connection, anchor: bool
) -> None:
    for victim in victims(conn):
        conn.execute("BEGIN")
        conn.execute("UPDATE event SET happened_at = happened_at - 60 WHERE id = ?", (victim,))
        make_anew(conn, victim, anchor=anchor)
        assert found(conn) == [(victim, "changed")]
        conn.execute("ROLLBACK")


def test_a_removed_event_is_named_once_with_its_ticket(conn: sqlite3.Connection) -> None:
    for victim in victims(conn):
        protocol = conn.execute(
            "SELECT protocol FROM ticket WHERE id = (SELECT ticket_id FROM event WHERE id = ?)", (victim,)
        ).fetchone()
        conn.execute("BEGIN")
        conn.execute("DELETE FROM event WHERE id = ?", (victim,))
        problem = only(conn)
        assert (problem.event, problem.kind) == (victim, "removed")
        assert problem.ticket == (None if protocol is None else protocol[0])
        conn.execute("ROLLBACK")


def test_a_removed_tail_is_named_event_by_event(conn: sqlite3.Connection) -> None:
    last = conn.execute("SELECT max(id) FROM event").fetchone()[0]
    conn.execute("DELETE FROM event WHERE id > ?", (last - 4,))
    assert found(conn) == [(number, "removed") for number in range(last - 3, last + 1)]


def test_a_removed_tail_of_a_ticket_is_seen_without_the_counter_of_numbers(conn: sqlite3.Connection) -> None:
    conn.execute("DELETE FROM event WHERE id = (SELECT max(id) FROM event)")
    conn.execute("UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM event) WHERE name = 'event'")
    assert found(conn) == [(None, "removed")]


def test_a_ticket_without_any_event_is_named_by_its_events(conn: sqlite3.Connection) -> None:
    ids = [row[0] for row in conn.execute("SELECT id FROM event WHERE ticket_id = 2 ORDER BY seq")]
    conn.execute("DELETE FROM event WHERE ticket_id = 2")
    assert found(conn) == [(number, "removed") for number in ids]


def test_a_removed_event_is_seen_where_the_numbers_were_closed_up(conn: sqlite3.Connection) -> None:
    victim = conn.execute("SELECT id FROM event WHERE ticket_id = 1 AND seq = 4").fetchone()[0]
    conn.execute("DELETE FROM event WHERE id = ?", (victim,))
    for number in range(victim + 1, conn.execute("SELECT max(id) FROM event").fetchone()[0] + 1):
        conn.execute("UPDATE event SET id = ? WHERE id = ?", (number - 1, number))
    conn.execute("UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'event'")
    assert found(conn) == [(None, "removed")]


def test_a_removed_event_is_seen_where_its_ticket_was_closed_up(conn: sqlite3.Connection) -> None:
    victim, last = conn.execute("SELECT min(id), max(seq) FROM event WHERE ticket_id = 1").fetchone()
    conn.execute("DELETE FROM event WHERE id = ?", (victim,))
    for seq in range(2, last + 1):
        conn.execute("UPDATE event SET seq = ? WHERE ticket_id = 1 AND seq = ?", (seq - 1, seq))
    assert found(conn) == [(victim, "removed")]


@pytest.mark.parametrize("sound", [False, True])
def test_an_added_event_is_named_once(conn: sqlite3.Connection, sound: bool) -> None:
    for ticket, revision in conn.execute("SELECT id, revision FROM ticket").fetchall():
        conn.execute("BEGIN")
        number = put_in(conn, ticket, revision + 1, sound=sound)
        assert found(conn) == [(number, "added")]
        conn.execute("ROLLBACK")


@pytest.mark.parametrize("sound", [False, True])
def test_an_event_of_an_unknown_ticket_is_named_once(conn: sqlite3.Connection, sound: bool) -> None:
    number = put_in(conn, 4711, 1, sound=sound)
    assert found(conn) == [(number, "added")]


def test_an_added_event_is_seen_where_the_others_made_room(conn: sqlite3.Connection) -> None:
    revision = conn.execute("SELECT revision FROM ticket WHERE id = 1").fetchone()[0]
    for seq in range(revision, 2, -1):
        conn.execute("UPDATE event SET seq = ? WHERE ticket_id = 1 AND seq = ?", (seq + 1, seq))
    number = put_in(conn, 1, 3, sound=False)
    assert found(conn) == [(number, "added")]


def test_an_event_before_the_first_is_named_once(conn: sqlite3.Connection) -> None:
    number = put_in(conn, 1, 99, sound=True)
    conn.execute("UPDATE event SET id = -3 WHERE id = ?", (number,))
    conn.execute("UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'event'")
    assert found(conn) == [(-3, "added")]


def test_two_events_of_a_ticket_that_changed_places_are_both_named(conn: sqlite3.Connection) -> None:
    chance = random.Random(11)
    for ticket in (0, 1, 2, 9, 14):
        one, other = sorted(
            chance.sample(
                [r[0] for r in conn.execute("SELECT id FROM event WHERE ticket_id = ?", (ticket,))], 2
            )
        )
        conn.execute("BEGIN")
        exchange(conn, "seq", one, other)
        assert sorted(found(conn)) == [(one, "reordered"), (other, "reordered")]
        conn.execute("ROLLBACK")


def test_two_events_of_the_desk_that_changed_places_are_both_named(conn: sqlite3.Connection) -> None:
    chance = random.Random(13)
    last = conn.execute("SELECT max(id) FROM event").fetchone()[0]
    pairs = [sorted(chance.sample(range(1, last + 1), 2)) for _ in range(12)]
    for one, other in [[1, 2], [1, last], [last - 1, last], *pairs]:
        conn.execute("BEGIN")
        exchange(conn, "id", one, other)
        assert sorted(found(conn)) == [(one, "reordered"), (other, "reordered")]
        conn.execute("ROLLBACK")


def test_an_event_moved_far_away_is_named_and_those_it_passed_are_not(conn: sqlite3.Connection) -> None:
    last = conn.execute("SELECT max(id) FROM event").fetchone()[0]
    conn.execute("UPDATE event SET id = 100000 WHERE id = 5")
    for number in range(6, last + 1):
        conn.execute("UPDATE event SET id = ? WHERE id = ?", (number - 1, number))
    conn.execute("UPDATE event SET id = ? WHERE id = 100000", (last,))
    conn.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'event'", (last,))
    assert found(conn) == [(last, "reordered")]


def test_an_event_given_to_another_ticket_is_named_once(conn: sqlite3.Connection) -> None:
    for victim in victims(conn, "ticket_id <> 0"):
        conn.execute("BEGIN")
        conn.execute("UPDATE event SET ticket_id = 13, seq = 77 WHERE id = ?", (victim,))
        assert found(conn) == [(victim, "reordered")]
        conn.execute("ROLLBACK")


@pytest.mark.req("S0-17")
@pytest.mark.parametrize(
    "change", ["text = text || '.'", "subject = 'outro'", "salt = x'00'", "part = 'note'", "at = 1"]
)
def test_a_changed_text_is_named_by_its_event(conn: sqlite3.Connection, change: str) -> None:
    row = conn.execute("SELECT id, ticket_id, seq FROM message WHERE part = 'customer' LIMIT 1").fetchone()
    conn.execute(f"UPDATE message SET {change} WHERE id = ?", (row["id"],))
    victim = conn.execute("SELECT id FROM event WHERE ticket_id = ? AND seq = ?", tuple(row)[1:]).fetchone()[
        0
    ]
    assert found(conn) == [(victim, "changed")]


def test_a_removed_text_is_named_by_its_event(conn: sqlite3.Connection) -> None:
    conn.execute("DELETE FROM message WHERE ticket_id = 1 AND seq = 1")
    victim = conn.execute("SELECT id FROM event WHERE ticket_id = 1 AND seq = 1").fetchone()[0]
    assert found(conn) == [(victim, "removed")]


def test_a_text_put_beside_an_event_that_has_none_is_named(conn: sqlite3.Connection) -> None:
    victim, ticket, seq = conn.execute(
        "SELECT id, ticket_id, seq FROM event WHERE type = 'started' LIMIT 1"
    ).fetchone()
    conn.execute(
        "INSERT INTO message (ticket_id, seq, part, at, text, salt) VALUES (?, ?, 'note', 1, 'x', x'')",
        (ticket, seq),
    )
    assert found(conn) == [(victim, "added")]


def test_a_text_without_an_event_is_named_by_its_ticket(conn: sqlite3.Connection) -> None:
    conn.execute(
        "INSERT INTO message (ticket_id, seq, part, at, text, salt) VALUES (1, 99, 'note', 1, 'x', x'')"
    )
    problem = only(conn)
    protocol = conn.execute("SELECT protocol FROM ticket WHERE id = 1").fetchone()[0]
    assert (problem.event, problem.ticket, problem.kind) == (None, protocol, "added")


def test_an_erased_text_leaves_the_proof_whole(original: sqlite3.Connection) -> None:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    original.backup(copy)
    copy.row_factory = sqlite3.Row
    copy.execute("UPDATE message SET text = '', subject = '', salt = x'', erased_at = 1 WHERE ticket_id = 1")
    assert verify(copy).ok


def test_a_changed_file_is_named_by_the_event_that_attached_it(conn: sqlite3.Connection) -> None:
    conn.execute("UPDATE blob SET data = x'00' WHERE sha256 = (SELECT sha256 FROM attachment LIMIT 1)")
    victim = conn.execute("SELECT id FROM event WHERE type = 'attached' ORDER BY id LIMIT 1").fetchone()[0]
    assert found(conn) == [(victim, "changed")]


def test_a_removed_file_is_named_by_the_event_that_attached_it(conn: sqlite3.Connection) -> None:
    conn.execute("DELETE FROM blob WHERE sha256 = (SELECT sha256 FROM attachment LIMIT 1)")
    victim = conn.execute("SELECT id FROM event WHERE type = 'attached' ORDER BY id LIMIT 1").fetchone()[0]
    assert found(conn) == [(victim, "removed")]


def test_a_changed_policy_is_named_by_the_event_that_applied_it(conn: sqlite3.Connection) -> None:
    conn.execute("UPDATE policy SET toml = toml || '#'")
    victim = conn.execute("SELECT id FROM event WHERE type = 'policy-applied'").fetchone()[0]
    assert found(conn) == [(victim, "changed")]


def test_a_policy_that_was_never_applied_is_named(conn: sqlite3.Connection) -> None:
    conn.execute("INSERT INTO policy VALUES (9, 'x', '', 1, '')")
    assert found(conn) == [(None, "added")]


def test_several_deeds_are_each_named(conn: sqlite3.Connection) -> None:
    changed, removed = (
        conn.execute("SELECT id FROM event WHERE ticket_id = ? AND seq = 2", (ticket,)).fetchone()[0]
        for ticket in (1, 2)
    )
    conn.execute("UPDATE event SET actor = 9 WHERE id = ?", (changed,))
    conn.execute("DELETE FROM event WHERE id = ?", (removed,))
    added = put_in(conn, 3, 50, sound=False)
    conn.execute("UPDATE message SET text = '' WHERE ticket_id = 5 AND seq = 1")
    worded = conn.execute("SELECT id FROM event WHERE ticket_id = 5 AND seq = 1").fetchone()[0]
    assert sorted(found(conn), key=str) == sorted(
        [(changed, "changed"), (removed, "removed"), (added, "added"), (worded, "changed")], key=str
    )


def test_an_absurd_counter_is_one_problem(conn: sqlite3.Connection) -> None:
    conn.execute("UPDATE sqlite_sequence SET seq = 9000000000 WHERE name = 'event'")
    assert len(found(conn)) == 1


def test_an_absurd_revision_of_a_ticket_is_one_problem(conn: sqlite3.Connection) -> None:
    conn.execute("UPDATE ticket SET revision = 9000000000 WHERE id = 1")
    assert len(found(conn)) == 1


def test_a_payload_that_is_no_json_any_more_is_only_a_changed_event(conn: sqlite3.Connection) -> None:
    conn.execute("UPDATE event SET payload = 'x' WHERE id = 9")
    make_anew(conn, 9)
    assert (9, "changed") in found(conn)


@pytest.mark.req("S0-16")
def test_a_ledger_made_anew_is_seen_against_a_head_kept_outside(conn: sqlite3.Connection) -> None:
    kept = head_of(conn)
    conn.execute("UPDATE event SET os_user = 'outra' WHERE id = 3")
    make_all_anew(conn)
    assert verify(conn).ok
    (problem,) = verify(conn, expected_head=kept).problems
    assert (problem.event, problem.kind) == (None, "removed")


def test_an_older_head_is_still_known_after_more_acts(tmp_path: Path) -> None:
    store = new_store(tmp_path / "d.db")
    desk = desk_at(store, START)
    protocol = manifest(desk, 1)
    kept = head_of(store.conn)
    note(desk, protocol, "depois")
    assert verify(store.conn, expected_head=kept).ok
    store.close()


@pytest.mark.parametrize("head", ["", "zz", "00" * 32, "ç" * 5000])
def test_a_head_that_never_was_is_one_problem(original: sqlite3.Connection, head: str) -> None:
    assert len(verify(original, expected_head=head).problems) == 1


def test_a_removed_tail_is_named_once_also_against_its_own_head(conn: sqlite3.Connection) -> None:
    kept, last = head_of(conn), conn.execute("SELECT max(id) FROM event").fetchone()[0]
    conn.execute("DELETE FROM event WHERE id = ?", (last,))
    assert [problem.event for problem in verify(conn, expected_head=kept).problems] == [last]


def test_the_progress_adds_up_to_all_events(original: sqlite3.Connection) -> None:
    told: list[int] = []
    proof = verify(original, progress=told.append)
    assert sum(told) == proof.events


def test_the_ledger_alone_is_proven_without_the_rows_that_are_derived_from_it(
    conn: sqlite3.Connection,
) -> None:
    conn.execute("DELETE FROM ticket")
    assert verify(conn, ledger_only=True).ok
