"""Real open data through the whole command: everything is taken once, and a second run finds nothing to do."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.connection import connect
from ouvidoria_tui.store.verify import verify


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "d.db"
    found_desk(path, profile="organizacional", admin="ana").close()
    return path


def brought(db: Path, capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, object]:
    capsys.readouterr()
    assert run(["--db", str(db), "--as", "ana", "--quiet", "import", *args, "--format", "json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("month", ["2014-05", "2014-06", "2014-07", "2014-08"])
def test_a_month_is_taken_once(
    corpus: Path, db: Path, capsys: pytest.CaptureFixture[str], month: str
) -> None:
    path = corpus / "tables" / f"consumidor-gov-{month}.csv"
    with path.open(encoding="latin-1", newline="") as file:
        rows = sum(1 for _row in csv.reader(file, delimiter=";")) - 1
    args = (str(path), "--mapping", "consumidor-gov")
    first = brought(db, capsys, *args)
    assert (first["read"], first["created"], first["rejected"]) == (rows, rows, 0)
    second = brought(db, capsys, *args)
    assert (second["read"], second["unchanged"]) == (rows, rows)


def test_history_is_dated_as_it_happened_and_the_ledger_holds(
    corpus: Path, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brought(db, capsys, str(corpus / "tables" / "consumidor-gov-2014-05.csv"), "--mapping", "consumidor-gov")
    conn = connect(db, read_only=True)
    years = {row[0] for row in conn.execute("SELECT DISTINCT substr(protocol, 1, 4) FROM ticket")}
    assert years == {"2014"}
    odd = "SELECT count(*) FROM ticket WHERE closed_at < arrived_at OR answered_at < arrived_at"
    assert conn.execute(odd).fetchone()[0] == 0
    conn.close()
    assert verify(connect(db, read_only=True)).ok
