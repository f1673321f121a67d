"""One transaction, savepoints inside it, and what is remembered meanwhile: nothing lost, nothing twice."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.act import batch
from ouvidoria_tui.desk.assign import start, take
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register import register_named
from ouvidoria_tui.desk.reply import note, reply
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import CloseReason
from ouvidoria_tui.errors import OuvidoriaError, Refused, StoreError
from ouvidoria_tui.store.check import check_store
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import verify
from ouvidoria_tui.text import N_
from tests.store.stories import START, desk_at, manifest, new_store


class TakenBackError(Exception):
    pass


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = new_store(tmp_path / "d.db")
    yield store
    store.close()


@pytest.fixture
def desk(store: SqliteStore) -> Desk:
    return desk_at(store)


def whole(store: SqliteStore) -> None:
    """The ledger is proven and everything agrees with it."""
    assert verify(store.conn).problems == ()
    assert [finding for finding in check_store(store.conn) if not finding.ok] == []


def fail_inside(desk: Desk, *acts: Callable[[], object]) -> None:
    """Acts in a savepoint that is taken back."""
    with suppress(TakenBackError), desk.store.transaction():
        for act in acts:
            act()
        raise TakenBackError


def jot(desk: Desk, ref: str, text: str) -> None:
    """A note recorded in the transaction that is open, without one of its own: it waits to be written."""
    ticket = desk.store.find(ref)
    record(desk, ticket, [Draft(Act.NOTED, desk.clock.now(), message=Message(Part.NOTE, text))])


def notes(store: SqliteStore, ref: str) -> list[str]:
    words = store.messages(store.find(ref).id).values()
    return [message.text for message in words if message.part is Part.NOTE]


def test_what_waits_in_the_outer_transaction_survives_a_savepoint_that_is_taken_back(
    store: SqliteStore, desk: Desk
) -> None:
    ref = manifest(desk, 1)
    with store.transaction():
        jot(desk, ref, "antes")
        fail_inside(desk, lambda: jot(desk, ref, "dentro"))
        jot(desk, ref, "depois")
    assert notes(store, ref) == ["antes", "depois"]
    whole(store)


def test_a_savepoint_that_is_taken_back_leaves_numbers_and_links_whole(
    store: SqliteStore, desk: Desk
) -> None:
    with store.transaction():
        manifest(desk, 1)
        fail_inside(desk, lambda: manifest(desk, 2), lambda: register_named(desk, "cause", "Nova"))
        third = manifest(desk, 3)
    assert third.split("-")[1] == "000002"
    assert store.known_slugs("cause") == {}
    whole(store)


def test_a_register_entry_that_was_taken_back_is_registered_when_it_comes_again(
    store: SqliteStore, desk: Desk
) -> None:
    with store.transaction():
        fail_inside(desk, lambda: register_named(desk, "cause", "Nova"))
        register_named(desk, "cause", "Nova")
    assert store.conn.execute("SELECT count(*) FROM cause").fetchone()[0] == 1
    whole(store)


def test_savepoints_within_savepoints_take_back_their_own_only(store: SqliteStore, desk: Desk) -> None:
    ref = manifest(desk, 1)
    with store.transaction():
        jot(desk, ref, "1")
        with store.transaction():
            jot(desk, ref, "2")
            fail_inside(desk, lambda: jot(desk, ref, "3"))
            jot(desk, ref, "4")
        fail_inside(desk, lambda: jot(desk, ref, "5"))
    assert notes(store, ref) == ["1", "2", "4"]
    whole(store)


def test_a_transaction_that_is_taken_back_leaves_nothing_and_the_desk_works_on(
    store: SqliteStore, desk: Desk
) -> None:
    ref = manifest(desk, 1)
    before = verify(store.conn).head
    with suppress(TakenBackError), store.transaction():
        jot(desk, ref, "nunca")
        manifest(desk, 2)
        raise TakenBackError
    assert verify(store.conn).head == before
    note(desk, ref, "agora")
    assert notes(store, ref) == ["agora"]
    whole(store)


@pytest.mark.parametrize("chunk", [1, 3, 200])
def test_a_refused_ticket_in_a_batch_takes_nothing_of_the_others_with_it(
    store: SqliteStore, desk: Desk, chunk: int
) -> None:
    refs = [manifest(desk, number) for number in range(9)]
    for ref in refs[1::3]:
        close(desk, ref, CloseReason.WITHDRAWN)
    outcomes = list(batch(desk, refs, Verb.START, lambda ref: start(desk, ref), chunk=chunk))
    assert [outcome.result.value for outcome in outcomes] == ["done", "refused", "done"] * 3
    assert [store.find(ref).status.value for ref in refs] == ["in-progress", "closed", "in-progress"] * 3
    whole(store)


def test_a_verb_that_is_refused_half_way_leaves_none_of_its_registers(store: SqliteStore, desk: Desk) -> None:
    refs = [manifest(desk, 1), manifest(desk, 2)]

    def classify_and_fail(ref: str) -> Outcome:
        with store.transaction():
            outcome = classify(desk, ref, Classification(cause="Atraso"))
            if ref == refs[0]:
                raise Refused("X", N_("refused for the test"))
        return outcome

    list(batch(desk, refs, Verb.CLASSIFY, classify_and_fail))
    assert [store.find(ref).cause for ref in refs] == [None, "atraso"]
    whole(store)


def test_any_mixture_of_acts_and_refusals_leaves_a_whole_store(store: SqliteStore, desk: Desk) -> None:
    chance = random.Random(5)
    refs = [manifest(desk, number) for number in range(6)]
    acts: list[Callable[[str], object]] = [
        lambda ref: take(desk, ref),
        lambda ref: start(desk, ref),
        lambda ref: reply(desk, ref, "Resposta"),
        lambda ref: close(desk, ref, CloseReason.SOLVED),
        lambda ref: close(desk, ref, CloseReason.WITHDRAWN),
        lambda ref: note(desk, ref, "Nota"),
        lambda ref: classify(desk, ref, Classification(cause=f"Causa {chance.randrange(4)}")),
        lambda ref: receive(desk, Manifestation("Outro", "Relato", department="Marte")),
        lambda ref: manifest(desk, chance.randrange(10)),
    ]

    def some(depth: int) -> None:
        for _ in range(chance.randrange(1, 5)):
            if depth and chance.random() < 0.3:
                try:
                    with store.transaction():
                        some(depth - 1)
                        if chance.random() < 0.5:
                            raise TakenBackError
                except TakenBackError:
                    pass
            else:
                try:
                    chance.choice(acts)(chance.choice(refs))
                except OuvidoriaError:
                    continue

    for _ in range(30):
        with store.transaction():
            some(3)
    whole(store)


def test_a_commit_that_fails_leaves_nothing_remembered(store: SqliteStore, desk: Desk) -> None:
    ref = manifest(desk, 1)
    before = verify(store.conn).head

    def commit_badly() -> None:
        with store.transaction():
            store.conn.execute("PRAGMA defer_foreign_keys = ON")
            store.conn.execute("UPDATE ticket SET assignee_id = 999 WHERE id = 1")
            jot(desk, ref, "nunca")

    with pytest.raises(sqlite3.IntegrityError):
        commit_badly()
    assert verify(store.conn).head == before
    note(desk, ref, "agora")
    whole(store)


def test_a_full_disk_is_told_and_nothing_is_half_written(store: SqliteStore, desk: Desk) -> None:
    ref = manifest(desk, 1)
    before = verify(store.conn).head
    pages = store.conn.execute("PRAGMA page_count").fetchone()[0]
    store.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError) as caught:
        note(desk, ref, "x" * 2_000_000)
    assert (caught.value.code, caught.value.exit_code) == ("STORE_FULL", 7)
    store.conn.execute("PRAGMA max_page_count = 1073741823")
    assert verify(store.conn).head == before
    note(desk, ref, "agora há lugar")
    whole(store)


def test_a_full_disk_in_the_middle_of_a_batch_ends_the_chunk_whole(store: SqliteStore, desk: Desk) -> None:
    refs = [manifest(desk, number) for number in range(6)]
    before = verify(store.conn).head
    pages = store.conn.execute("PRAGMA page_count").fetchone()[0]
    store.conn.execute(f"PRAGMA max_page_count = {pages + 30}")
    with pytest.raises(StoreError):
        list(batch(desk, refs, Verb.NOTE, lambda ref: note(desk, ref, "x" * 60_000)))
    store.conn.execute("PRAGMA max_page_count = 1073741823")
    assert verify(store.conn).head == before
    whole(store)


def test_an_act_follows_a_policy_that_another_process_applied(store: SqliteStore, desk: Desk) -> None:
    ref = manifest(desk, 1)
    other = SqliteStore.open(store.path)
    with other.transaction():
        other.conn.execute("INSERT INTO policy SELECT 2, key, toml, applied_at, tzdata FROM policy")
    other.close()
    assert desk.policy.version == 1
    note(desk, ref, "depois")
    assert desk.policy.version == 2


def test_reads_see_what_another_process_wrote(store: SqliteStore, desk: Desk) -> None:
    ref = manifest(desk, 1)
    other = SqliteStore.open(store.path)
    take(desk_over(other, agent="ana", clock=FixedClock(START)), ref)
    other.close()
    assert store.find(ref).revision == 2
