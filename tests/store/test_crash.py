"""A process killed at any moment leaves a whole store, and the next run brings its work to the end."""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.store.check import check_store
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import verify
from tests.store import labour
from tests.store.stories import desk_at, dump, manifest, new_store

#: Kills of each kind of work; a store is killed in so often before its work is brought to the end.
KILLS, EACH = 25, 5
TICKETS = 200


def sound(path: Path) -> None:
    store = SqliteStore.open(path)
    try:
        assert verify(store.conn).problems == ()
        assert [finding for finding in check_store(store.conn) if not finding.ok] == []
    finally:
        store.close()


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What an undisturbed run and one that was killed must have in common: all but salts, and so hashes."""
    store = SqliteStore.open(path)
    found = dump(store.conn, "clock", "external_ref", "sequence", "customer", "department")
    columns = [row[1] for row in store.conn.execute("PRAGMA table_info(ticket)") if row[1] != "head"]
    found |= {
        "ticket": [
            tuple(r) for r in store.conn.execute(f"SELECT {', '.join(columns)} FROM ticket ORDER BY id")
        ],
        "event": [
            tuple(r) for r in store.conn.execute("SELECT id, ticket_id, seq, type FROM event ORDER BY id")
        ],
        "message": [
            tuple(r) for r in store.conn.execute("SELECT ticket_id, seq, text FROM message ORDER BY 1, 2")
        ],
    }
    store.close()
    return found


def kill_during(work: Callable[..., None], arguments: tuple[object, ...], seconds: float) -> bool:
    """Whether the work was killed in its middle after ``seconds``; not where it was quicker."""
    process = labour.context().Process(target=work, args=arguments)
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    code = process.exitcode
    process.close()
    assert code in (0, -signal.SIGKILL)
    return code != 0


def torment(
    empty: Path, folder: Path, work: Callable[..., None], arguments: tuple[object, ...]
) -> tuple[Path, list[Path]]:
    """The store after undisturbed work, and stores in which it was killed again and again, then ended."""
    undisturbed = folder / "calmo.db"
    lasted = 0.0
    for _ in range(2):  # the first one also waits for whatever processes are forked from
        shutil.copyfile(empty, undisturbed)
        begun = time.perf_counter()
        process = labour.context().Process(target=work, args=(undisturbed, *arguments))
        process.start()
        process.join()
        lasted = time.perf_counter() - begun
    chance = random.Random(17)
    stores: list[Path] = []
    kills = 0
    for attempt in range(10 * KILLS):
        if kills >= KILLS:
            break
        path = folder / f"{attempt}.db"
        shutil.copyfile(empty, path)
        for _ in range(EACH):
            if kill_during(work, (path, *arguments), chance.uniform(0.02, lasted)):
                kills += 1
                sound(path)
        work(path, *arguments)
        stores.append(path)
    assert kills >= KILLS
    return undisturbed, stores


@pytest.mark.slow
def test_an_import_killed_at_any_moment_is_brought_to_the_end_by_the_next_run(tmp_path: Path) -> None:
    new_store(tmp_path / "d.db").close()
    undisturbed, stores = torment(tmp_path / "d.db", tmp_path, labour.bring_in, (TICKETS,))
    expected = rows(undisturbed)
    for path in stores:
        sound(path)
        assert rows(path) == expected


@pytest.mark.slow
def test_a_batch_killed_at_any_moment_is_brought_to_the_end_by_the_next_run(tmp_path: Path) -> None:
    store = new_store(tmp_path / "d.db")
    with store.transaction():
        for number in range(TICKETS):
            manifest(desk_at(store), number)
    store.close()
    undisturbed, stores = torment(tmp_path / "d.db", tmp_path, labour.start_all, ())
    expected = rows(undisturbed)
    assert {row[2] for row in expected["ticket"]} == {Status.IN_PROGRESS.value}
    for path in stores:
        sound(path)
        assert rows(path) == expected


@pytest.mark.slow
def test_a_re_assessment_killed_at_any_moment_is_brought_to_the_end_by_the_next_run(tmp_path: Path) -> None:
    store = new_store(tmp_path / "d.db")
    with store.transaction():
        for number in range(TICKETS):
            manifest(desk_at(store), number)
    store.close()
    undisturbed, stores = torment(tmp_path / "d.db", tmp_path, labour.apply_hours, ())
    expected = due_times(undisturbed)
    assert len(expected["deadline_version"]) > 2 * TICKETS
    for path in stores:
        sound(path)
        assert due_times(path) == expected


def due_times(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Clocks and queue places, and every version of a due time."""
    store = SqliteStore.open(path)
    try:
        return rows(path) | dump(store.conn, "deadline_version")
    finally:
        store.close()
