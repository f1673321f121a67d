"""Every message of the corpus through the command, twice: all of it is read, counted and kept, none of it crashes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import verify

#: Beside the messages lie what they should be parsed to, and licences.
_NO_MAIL = {".json", ".md", ".yml", ".yaml", ""}


def test_the_corpus_is_taken_once_and_seen_again(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = sorted(
        str(path) for path in (corpus / "mail").rglob("*") if path.is_file() and path.suffix not in _NO_MAIL
    )
    path = tmp_path / "d.db"
    found_desk(path, profile="ecommerce-planos", admin="ana").close()

    def intake() -> dict[str, int]:
        assert (
            run(["--db", str(path), "--as", "ana", "--quiet", "intake", "eml", *names, "--format", "json"])
            == 0
        )
        said: dict[str, int] = json.loads(capsys.readouterr().out)
        return said

    first, second = intake(), intake()
    counts = ("tickets", "replies", "machines", "quarantined", "seen")
    assert first["read"] == sum(first[key] for key in counts) >= len(names) > 500
    assert {key: second[key] for key in counts} == {**dict.fromkeys(counts, 0), "seen": first["read"]}
    store = SqliteStore.open(path)
    try:
        assert verify(store.conn).ok
        reasons = {
            row[0] for row in store.conn.execute("SELECT reason FROM mail WHERE ending = 'quarantine'")
        }
        assert reasons <= {"no-sender", "empty", "unreadable"}
        # Delivery reports of the corpus open no ticket.
        reports = store.conn.execute("SELECT count(*) FROM mail WHERE reason = 'delivery-report'").fetchone()
        assert reports[0] > 200
    finally:
        store.close()
