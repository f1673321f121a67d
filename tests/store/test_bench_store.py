"""The stores that the benchmark measures on have the shape of the present schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.report.reading import records
from ouvidoria_tui.store.connection import connect
from tests.bench import stores


def test_a_store_for_the_benchmark_can_be_made_and_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "FOLDER", tmp_path)
    conn = connect(stores.store_of(30), read_only=True)
    assert len(records(conn, range(1, 31))) == 30
    assert conn.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    conn.close()
