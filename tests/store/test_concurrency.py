"""Several processes at one store: nothing is lost, nothing is given twice, nobody waits for readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.assign import take_next
from ouvidoria_tui.desk.reply import note
from ouvidoria_tui.errors import Conflict
from ouvidoria_tui.store.check import check_store
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import head_of, verify
from tests.store import labour
from tests.store.stories import desk_at, manifest, new_store

WORKERS, ROUNDS = 8, 6


@pytest.mark.slow
def test_eight_processes_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    store = new_store(path)
    manifest(desk_at(store), 0)
    events, acts = verify(store.conn).events, WORKERS * ROUNDS
    context = labour.context()
    told = [tmp_path / f"{worker}.txt" for worker in range(WORKERS)]
    workers = [
        context.Process(target=labour.work_beside_others, args=(path, worker, ROUNDS, told[worker]))
        for worker in range(WORKERS)
    ]
    for process in workers:
        process.start()
    for process in workers:
        process.join()
    assert [process.exitcode for process in workers] == [0] * WORKERS

    protocols = [protocol for file in told for protocol in file.read_text().split()]
    assert len(set(protocols)) == len(protocols) == acts
    kinds = dict(store.conn.execute("SELECT type, count(*) FROM event GROUP BY type").fetchall())
    assert {name: kinds[name] for name in ("received", "assigned", "replied", "noted")} == {
        "received": acts + 1,
        "assigned": acts,
        "replied": acts,
        "noted": 2 * acts,
    }
    proof = verify(store.conn)
    assert proof.problems == ()
    assert proof.events == events + sum(
        (acts, acts, acts, 2 * acts, kinds["customer-registered"] - 1)  # one customer was there before
    )
    assert [finding for finding in check_store(store.conn) if not finding.ok] == []
    store.close()


@pytest.fixture
def two(tmp_path: Path) -> tuple[SqliteStore, SqliteStore]:
    return new_store(tmp_path / "d.db"), SqliteStore.open(tmp_path / "d.db")


def test_two_who_take_the_next_ticket_get_two(two: tuple[SqliteStore, SqliteStore]) -> None:
    one, other = two
    refs = {manifest(desk_at(one), number) for number in range(2)}
    assert {take_next(desk_at(one)).protocol, take_next(desk_at(other)).protocol} == refs


def test_who_acts_on_what_another_changed_is_told(two: tuple[SqliteStore, SqliteStore]) -> None:
    one, other = two
    ref = manifest(desk_at(one), 1)
    seen = other.find(ref).revision
    note(desk_at(one), ref, "antes")
    with pytest.raises(Conflict):
        note(desk_at(other), ref, "depois", revision=seen)


def test_acts_in_turn_from_two_processes_make_one_chain(two: tuple[SqliteStore, SqliteStore]) -> None:
    one, other = two
    ref = manifest(desk_at(one), 1)
    for number in range(6):
        note(desk_at(two[number % 2]), ref, f"Nota {number}")
    assert verify(one.conn).problems == ()
    assert one.find(ref).revision == 7
    assert head_of(one.conn) == head_of(other.conn)


def test_protocols_of_two_processes_are_never_the_same(two: tuple[SqliteStore, SqliteStore]) -> None:
    protocols = [manifest(desk_at(two[number % 2]), number) for number in range(10)]
    assert len(set(protocols)) == 10


def test_a_proof_is_of_one_moment_while_another_writes(two: tuple[SqliteStore, SqliteStore]) -> None:
    one, other = two
    refs = [manifest(desk_at(one), number) for number in range(3)]
    before = verify(one.conn).events

    def write(_done: int) -> None:
        note(desk_at(other), refs[0], "enquanto isso")

    proof = verify(one.conn, progress=write)
    assert (proof.ok, proof.events) == (True, before)
