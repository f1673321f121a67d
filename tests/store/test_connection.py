"""Opening a store: what is none says so with its code, and files have the modes they should."""

from __future__ import annotations

import grp
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import open_desk
from ouvidoria_tui.desk.reply import note
from ouvidoria_tui.errors import StoreError
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.connection import SCHEMA_VERSION, connect, create_file, explained, immediate
from ouvidoria_tui.store.store import SqliteStore
from tests.store.stories import desk_at, manifest, new_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "d.db"
    store = new_store(path)
    for number in range(20):
        manifest(desk_at(store), number)
    store.close()
    return path


def use(path: Path) -> None:
    """Opens a store and reads it through."""
    with open_desk(path, agent="ana") as desk:
        for id_ in range(1, 21):
            desk.store.get(id_)
            desk.store.events(id_)


def code_of_use(path: Path) -> str:
    """The code with which a store refuses to be used."""
    with pytest.raises(StoreError) as caught:
        use(path)
    assert caught.value.exit_code == 7
    assert caught.value.hint is not None
    return caught.value.code


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_store_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        connect(tmp_path / "nada.db")
    assert caught.value.code == "STORE_MISSING"
    assert "init" in str(caught.value.hint)


def test_opening_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        connect(tmp_path / "nada.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "d.db").touch()
    assert code_of_use(tmp_path / "d.db") == "STORE_FOREIGN"


@pytest.mark.parametrize("content", [b"x", b"nao sou um banco de dados\n" * 500, bytes(range(256)) * 64])
def test_a_file_that_is_no_database_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "d.db").write_bytes(content)
    assert code_of_use(tmp_path / "d.db") in {"STORE_CORRUPT", "STORE_FOREIGN"}


def test_a_database_of_another_program_is_foreign(tmp_path: Path) -> None:
    conn = sqlite3.connect(tmp_path / "d.db")
    conn.execute("CREATE TABLE t (a)")
    conn.close()
    assert code_of_use(tmp_path / "d.db") == "STORE_FOREIGN"


@pytest.mark.parametrize("left", [0.25, 0.5, 0.9])
def test_a_store_cut_short_is_damaged(path: Path, left: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * left)])
    assert code_of_use(path) == "STORE_CORRUPT"


def test_a_store_with_pages_overwritten_is_damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = b"\xa5" * (len(content) - 4096 * 2)
    path.write_bytes(bytes(content))
    assert code_of_use(path) == "STORE_CORRUPT"


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert code_of_use(tmp_path) == "STORE_UNREADABLE"


def test_a_store_of_a_newer_version_is_not_touched(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    conn.close()
    before = path.read_bytes()
    assert code_of_use(path) == "STORE_NEWER"
    assert path.read_bytes() == before


def test_a_store_of_an_older_version_is_not_touched(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    conn.close()
    before = path.read_bytes()
    assert code_of_use(path) == "STORE_OLDER"
    assert path.read_bytes() == before


def test_who_may_only_read_may_not_write(path: Path) -> None:
    with pytest.raises(StoreError) as caught, open_desk(path, agent="ana", read_only=True) as desk:
        note(desk, "2026-000001-5", "nunca")
    assert (caught.value.code, caught.value.exit_code) == ("STORE_READ_ONLY", 7)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator of the machine may write any file")
def test_a_file_that_may_only_be_read_says_so(path: Path) -> None:
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with pytest.raises(StoreError) as caught, open_desk(path, agent="ana") as desk:
            note(desk, "2026-000001-5", "nunca")
    finally:
        path.parent.chmod(0o700)
    assert caught.value.exit_code == 7


@pytest.fixture
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Another process in the middle of a transaction."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_a_writer_that_waits_too_long_says_that_the_store_is_busy(
    path: Path, writing: sqlite3.Connection
) -> None:
    store = SqliteStore.open(path, busy_seconds=0.01)
    with pytest.raises(StoreError) as caught:
        note(desk_at(store), "2026-000001-5", "espera")
    assert (caught.value.code, caught.value.exit_code) == ("STORE_LOCKED", 7)
    writing.execute("ROLLBACK")
    note(desk_at(store), "2026-000001-5", "agora")
    store.close()


def test_readers_wait_for_nobody(path: Path, writing: sqlite3.Connection) -> None:
    store = SqliteStore.open(path, busy_seconds=0.01)
    assert store.find("2026-000001-5").revision == 1
    store.close()


def test_a_broken_rule_of_the_schema_is_a_fault_of_the_program(path: Path) -> None:
    conn = connect(path)
    with pytest.raises(sqlite3.IntegrityError), explained(path):
        conn.execute("INSERT INTO meta VALUES ('a', NULL)")
    conn.close()


def test_a_transaction_holds_the_right_to_write_from_its_beginning(path: Path) -> None:
    conn, other = connect(path), connect(path, busy_seconds=0.01)
    with immediate(conn), pytest.raises(sqlite3.OperationalError):
        other.execute("BEGIN IMMEDIATE")
    conn.close()
    other.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("journal_mode", "wal"),
        ("recursive_triggers", 1),
    ],
)
def test_every_connection_has_what_the_store_relies_on(path: Path, pragma: str, value: object) -> None:
    conn = connect(path)
    assert conn.execute(f"PRAGMA {pragma}").fetchone()[0] == value
    conn.close()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_new_store_is_its_owners_alone(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        store = new_store(tmp_path / "mesa" / "d.db")
        manifest(desk_at(store), 1)
        files = {file.name: mode(file) for file in (tmp_path / "mesa").iterdir()}
    finally:
        os.umask(before)
    assert files == {"d.db": 0o600, "d.db-wal": 0o600, "d.db-shm": 0o600}
    assert mode(tmp_path / "mesa") == 0o700
    store.close()


def own_group() -> str:
    return grp.getgrgid(os.getegid()).gr_name


def test_a_shared_store_is_its_groups(tmp_path: Path) -> None:
    store = found_desk(tmp_path / "mesa" / "d.db", profile="organizacional", group=own_group(), admin="ana")
    manifest(desk_at(store, 4_000_000_000), 1)
    files = {file.name: mode(file) for file in (tmp_path / "mesa").iterdir()}
    assert files == {"d.db": 0o660, "d.db-wal": 0o660, "d.db-shm": 0o660}
    assert mode(tmp_path / "mesa") == 0o2770
    assert (tmp_path / "mesa" / "d.db").stat().st_gid == os.getegid()
    store.close()


def test_an_unknown_group_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        found_desk(
            tmp_path / "mesa" / "d.db", profile="organizacional", group="grupo-que-nao-ha", admin="ana"
        )
    assert caught.value.code == "GROUP_UNKNOWN"
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_never_made_over_another(tmp_path: Path) -> None:
    (tmp_path / "d.db").write_text("importante")
    with pytest.raises(StoreError):
        create_file(tmp_path / "d.db")
    assert (tmp_path / "d.db").read_text() == "importante"
