"""`ouvidoria import`: the summary is a contract, refused values stay out of sight, and nothing is taken twice."""

from __future__ import annotations

import io
import json
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.bulk import analyse, bulk
from ouvidoria_tui.store.connection import connect

KEYS = ["read", "created", "updated", "unchanged", "rejected"]
SECRET = "valor-que-ninguem-deve-ver"

Call = Callable[..., int]
Summary = dict[str, object]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "d.db"
    store = found_desk(path, profile="organizacional", admin="ana")
    store.add_agent("agente", "Agente", Role.AGENT, True, 0)
    store.close()
    return path


@pytest.fixture
def call(db: Path) -> Call:
    def one(*args: str, agent: str = "ana") -> int:
        return run(["--db", str(db), "--as", agent, "--lang", "en", "import", *args])

    return one


def lines(path: Path, *records: dict[str, object]) -> str:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return str(path)


def good(number: int) -> dict[str, object]:
    return {
        "external_id": f"x{number}",
        "subject": f"Assunto {number}",
        "received_at": "2026-01-02T10:00:00-03:00",
    }


def bad(number: int) -> dict[str, object]:
    return {**good(number), "severity": SECRET}


def summary(capsys: pytest.CaptureFixture[str]) -> Summary:
    found: Summary = json.loads(capsys.readouterr().out)
    return found


def test_the_keys_of_the_summary(call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", good(1), bad(2), good(3))
    assert call(path, "--format", "json") == 6
    found = summary(capsys)
    assert list(found) == [*KEYS, "rejects"]
    assert [found[key] for key in KEYS] == [3, 2, 0, 0, 1]
    rejects = found["rejects"]
    assert isinstance(rejects, list)
    assert list(rejects[0]) == ["file", "line", "column", "code", "message"]
    assert (rejects[0]["file"], rejects[0]["line"], rejects[0]["code"]) == (path, 2, "BAD_VALUE")


def test_flat_formats_hold_the_counts(call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert call(lines(tmp_path / "a.jsonl", good(1))) == 0
    assert capsys.readouterr().out == "\t".join(KEYS) + "\n1\t1\t0\t0\t0\n"


def test_a_second_run_is_all_unchanged(
    call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = lines(tmp_path / "a.jsonl", good(1), good(2))
    call(path)
    capsys.readouterr()
    assert call(path, "--format", "json") == 0
    assert summary(capsys)["unchanged"] == 2


def test_a_refused_value_is_nowhere_but_in_the_file_of_rejects(
    call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path, db: Path
) -> None:
    refused = tmp_path / "refused.jsonl"
    assert call(lines(tmp_path / "a.jsonl", bad(1)), "--rejects", str(refused)) == 6
    said = capsys.readouterr()
    assert "a.jsonl:1" in said.err
    assert "BAD_VALUE" in said.err
    assert SECRET not in said.out + said.err
    assert SECRET.encode() not in db.read_bytes()
    assert SECRET in refused.read_text("utf-8")
    assert stat.S_IMODE(refused.stat().st_mode) == 0o600


def test_many_rejects_are_counted_and_only_some_named(
    call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = lines(tmp_path / "a.jsonl", *(bad(number) for number in range(120)))
    assert call(path, "--format", "json") == 6
    found = summary(capsys)
    assert found["rejected"] == 120
    assert isinstance(found["rejects"], list)
    assert len(found["rejects"]) == 50


def test_several_files_are_one_sum(call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    first = lines(tmp_path / "a.jsonl", good(1), good(2))
    second = lines(tmp_path / "b.jsonl", good(2), good(3))
    assert call(first, second, "--format", "json") == 0
    found = summary(capsys)
    assert [found[key] for key in KEYS] == [4, 3, 0, 1, 0]


def test_a_broken_second_file_stops_before_the_first_is_taken(
    call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = lines(tmp_path / "a.jsonl", good(1))
    assert call(first, str(tmp_path / "missing.csv")) == 3
    capsys.readouterr()
    assert call(first, "--format", "json") == 0
    assert summary(capsys)["created"] == 1


def test_standard_input_is_read(
    call: Call, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO((json.dumps(good(1)) + "\n").encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    assert call("-", "--format", "json") == 0
    assert summary(capsys)["created"] == 1


def test_a_dry_run_counts_and_writes_nothing(
    call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = lines(tmp_path / "a.jsonl", good(1), good(2))
    for _turn in range(2):
        assert call(path, "--dry-run", "--format", "json") == 0
        assert summary(capsys)["created"] == 2


def test_the_source_can_be_named(call: Call, tmp_path: Path, db: Path) -> None:
    call(lines(tmp_path / "a.jsonl", good(1)), "--source", "crm")
    conn = connect(db, read_only=True)
    assert [row[0] for row in conn.execute("SELECT source FROM external_ref")] == ["crm"]
    conn.close()


def test_a_table_with_its_own_delimiter_and_encoding(
    call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path, db: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("external_id|subject|received_at\n1|Cobrança|2026-01-02\n".encode("latin-1"))
    assert call(str(path), "--delimiter", "|", "--encoding", "latin-1", "--format", "json") == 0
    conn = connect(db, read_only=True)
    assert conn.execute("SELECT subject FROM ticket").fetchone()[0] == "Cobrança"
    conn.close()


def test_other_kinds_are_refused_with_a_sentence(
    call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert call(lines(tmp_path / "a.jsonl", good(1)), "--kind", "x", "--format", "json") == 2
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "KIND_NOT_READ"


def test_an_unknown_mapping_is_not_found(call: Call, tmp_path: Path) -> None:
    assert call(lines(tmp_path / "a.jsonl", good(1)), "--mapping", "nothing-of-that-name") in (2, 3)


def test_an_agent_without_the_right_is_refused(call: Call, tmp_path: Path) -> None:
    assert call(lines(tmp_path / "a.jsonl", good(1)), agent="agente") == 8


def test_the_planner_knows_the_indexes_afterwards(call: Call, tmp_path: Path, db: Path) -> None:
    call(lines(tmp_path / "a.jsonl", good(1)))
    conn = connect(db, read_only=True)
    assert conn.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'ticket'").fetchone()[0] > 0
    conn.close()


def test_bulk_work_is_durable_again_at_its_end(db: Path) -> None:
    conn = connect(db)
    with bulk(conn):
        assert conn.execute("PRAGMA synchronous").fetchone()[0] == 1
    assert conn.execute("PRAGMA synchronous").fetchone()[0] == 2
    analyse(conn)
    conn.close()


#: An import whose process is killed in the middle of the transaction of its third chunk.
KILLED = """
import os, signal, sys
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.desk import importing

hashed, row_hash = 0, importing.row_hash

def killing(record):
    global hashed
    hashed += 1
    if hashed == 1200:
        os.kill(os.getpid(), signal.SIGKILL)
    return row_hash(record)

importing.row_hash = killing
run(sys.argv[1:])
"""


def test_a_killed_import_leaves_whole_chunks_and_a_second_run_completes_it(
    call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path, db: Path
) -> None:
    path = lines(tmp_path / "all.jsonl", *(good(number) for number in range(1500)))
    command = [sys.executable, "-c", KILLED, "--db", str(db), "--as", "ana", "import", path]
    killed = subprocess.run(command, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert call(path, "--format", "json") == 0
    found = summary(capsys)
    assert (found["created"], found["unchanged"]) == (500, 1000)
