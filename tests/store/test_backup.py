"""Copies of a store: of one moment, for their owner alone, and as good as what they were made of."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.desk.reply import note
from ouvidoria_tui.errors import Refused, StoreError
from ouvidoria_tui.store.backup import back_up, pages, restore
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import head_of, proof_of, verify
from tests.store.stories import dump, eventful


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = eventful(tmp_path / "d.db")
    yield store
    store.close()


def all_rows(conn: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    names = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return dump(conn, *names)


def test_a_copy_holds_every_row_and_proves_itself(store: SqliteStore, tmp_path: Path) -> None:
    copied = back_up(store.conn, tmp_path / "copia.db")
    proof = verify(store.conn)
    assert (copied.events, copied.tickets, copied.head) == (proof.events, proof.tickets, proof.head)
    assert proof_of(tmp_path / "copia.db").ok
    copy = SqliteStore.open(tmp_path / "copia.db")
    assert all_rows(copy.conn) == all_rows(store.conn)
    copy.close()


def test_a_copy_is_one_file_for_its_owner_alone(store: SqliteStore, tmp_path: Path) -> None:
    back_up(store.conn, tmp_path / "copias" / "copia.db")
    assert [file.name for file in (tmp_path / "copias").iterdir()] == ["copia.db"]
    assert stat.S_IMODE((tmp_path / "copias" / "copia.db").stat().st_mode) == 0o600


def test_a_copy_is_never_made_over_something(store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "copia.db").write_text("importante")
    with pytest.raises(Refused) as caught:
        back_up(store.conn, tmp_path / "copia.db")
    assert caught.value.code == "STORE_EXISTS"
    assert (tmp_path / "copia.db").read_text() == "importante"


def test_a_copy_is_not_made_through_a_link_that_leads_nowhere(store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "copia.db").symlink_to(tmp_path / "alhures.db")
    with pytest.raises(Refused):
        back_up(store.conn, tmp_path / "copia.db")
    assert not (tmp_path / "alhures.db").exists()


def test_acts_recorded_meanwhile_are_not_in_the_copy_and_do_not_disturb_it(
    store: SqliteStore, tmp_path: Path
) -> None:
    other = SqliteStore.open(store.path)
    head = head_of(store.conn)

    def act(_done: int) -> None:
        from tests.store.stories import desk_at

        note(desk_at(other, 4_000_000_000), "2026-000001-5", "enquanto isso")

    copied = back_up(store.conn, tmp_path / "copia.db", progress=act)
    other.close()
    assert copied.head == head
    assert proof_of(tmp_path / "copia.db").ok
    assert head_of(store.conn) != head


def test_the_progress_adds_up_to_all_pages(store: SqliteStore, tmp_path: Path) -> None:
    told: list[int] = []
    back_up(store.conn, tmp_path / "copia.db", progress=told.append)
    assert sum(told) == pages(store.conn)


def test_a_copy_that_fails_leaves_nothing(store: SqliteStore, tmp_path: Path) -> None:
    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(store.conn, tmp_path / "copias" / "copia.db", progress=stop)
    assert not (tmp_path / "copias").exists()


def test_a_copy_becomes_a_store_again(store: SqliteStore, tmp_path: Path) -> None:
    back_up(store.conn, tmp_path / "copia.db")
    before = (tmp_path / "copia.db").read_bytes()
    restored = restore(tmp_path / "copia.db", tmp_path / "nova" / "d.db")
    assert restored.head == head_of(store.conn)
    assert (tmp_path / "copia.db").read_bytes() == before
    new = SqliteStore.open(tmp_path / "nova" / "d.db")
    assert all_rows(new.conn) == all_rows(store.conn)
    assert new.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    new.close()


def test_a_store_that_exists_is_never_restored_over(store: SqliteStore, tmp_path: Path) -> None:
    back_up(store.conn, tmp_path / "copia.db")
    before = head_of(store.conn)
    with pytest.raises(Refused) as caught:
        restore(tmp_path / "copia.db", store.path)
    assert caught.value.code == "STORE_EXISTS"
    assert head_of(store.conn) == before


@pytest.mark.parametrize(
    ("content", "code"), [(None, "STORE_MISSING"), (b"", "STORE_FOREIGN"), (b"x" * 5000, "STORE_CORRUPT")]
)
def test_what_is_no_copy_becomes_no_store(tmp_path: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / "copia.db").write_bytes(content)
    with pytest.raises(StoreError) as caught:
        restore(tmp_path / "copia.db", tmp_path / "nova" / "d.db")
    assert caught.value.code == code
    assert not (tmp_path / "nova").exists()
