"""The figures of a store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ouvidoria_tui.store.stats import Figure, figures
from ouvidoria_tui.store.store import SqliteStore
from tests.store.stories import eventful


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    store = eventful(tmp_path_factory.mktemp("stats") / "d.db")
    yield store
    store.close()


def section(store: SqliteStore, name: str) -> dict[str, Figure]:
    found = figures(store.conn, store.path, "America/Sao_Paulo")
    return {figure.name: figure for figure in found if figure.section == name}


def test_every_table_is_counted(store: SqliteStore) -> None:
    tables = section(store, "table")
    for name in ("ticket", "event", "message", "clock"):
        assert tables[name].count == store.conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0]


def test_statuses_and_days_add_up(store: SqliteStore) -> None:
    tables = section(store, "table")
    for part, whole in (("status", "ticket"), ("day", "event")):
        assert sum(figure.count or 0 for figure in section(store, part).values()) == tables[whole].count


def test_days_are_those_of_the_desk(store: SqliteStore) -> None:
    assert next(iter(section(store, "day"))) == "2026-03-02"


def test_sizes_are_told_where_this_sqlite_can_tell(store: SqliteStore) -> None:
    sizes = [figure.bytes for figure in section(store, "index").values()]
    can = store.conn.execute("SELECT 1 FROM pragma_module_list WHERE name = 'dbstat'").fetchone() is not None
    assert all(size is not None for size in sizes) is can


def test_the_file_is_as_large_as_its_pages(store: SqliteStore) -> None:
    assert (
        section(store, "file")["pages"].bytes
        == store.conn.execute(
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        ).fetchone()[0]
    )
