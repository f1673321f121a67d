"""verify and db: the record of the proof is a contract, faults end with exit code 7 and say what to do."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ouvidoria_tui.store import connection
from tests.cli.shell import Shell
from tests.store.stories import desk_at, eventful, manifest, new_store
from tests.store.tampering import drop_triggers


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("care") / "d.db"
    eventful(path).close()
    return path


@pytest.fixture
def call(
    template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    path = tmp_path / "d.db"
    path.write_bytes(template.read_bytes())
    return Shell(path, capsys, monkeypatch)


def tamper(call: Shell, statement: str) -> None:
    conn = sqlite3.connect(call.path, isolation_level=None)
    drop_triggers(conn)
    conn.execute(statement)
    conn.close()


# --- verify


def test_the_record_of_the_proof_has_these_keys(call: Shell) -> None:
    said = call("verify", "--format", "json")
    assert said.code == 0
    assert list(said.json) == ["ok", "events", "tickets", "head", "problems"]
    assert (said.json["ok"], said.json["problems"]) == (True, [])
    assert len(bytes.fromhex(said.json["head"])) == 32


@pytest.mark.req("S0-16")
def test_a_changed_event_is_named_and_ends_with_seven(call: Shell) -> None:
    tamper(call, "UPDATE event SET actor = 9 WHERE id = 12")
    said = call("verify", "--format", "json")
    assert said.code == 7
    (problem,) = said.json["problems"]
    assert list(problem) == ["event", "ticket", "kind", "message"]
    assert (problem["event"], problem["kind"]) == (12, "changed")
    assert said.error["code"] == "LEDGER_BROKEN"
    assert said.error["hint"]


def test_a_person_reads_sentences(call: Shell) -> None:
    tamper(call, "DELETE FROM event WHERE id = 12")
    said = call("verify", "--format", "table")
    assert "is gone" in said.out
    assert "Head: " in said.out
    assert "[LEDGER_BROKEN]" in said.err


def test_the_head_that_was_printed_is_known_later(call: Shell) -> None:
    head = call("verify", "--format", "json").json["head"]
    assert call("note", "2026-000001-5", "--text", "depois").code == 0
    assert call("verify", "--head", head).code == 0


@pytest.mark.parametrize("head", ["00" * 32, "nada", ""])
def test_a_head_that_never_was_ends_with_seven(call: Shell, head: str) -> None:
    assert call("verify", "--head", head, "--format", "json").code == 7


@pytest.mark.parametrize("fmt", ["tsv", "csv", "md", "jsonl"])
def test_the_proof_is_told_in_every_format(call: Shell, fmt: str) -> None:
    said = call("verify", "--format", fmt)
    assert said.code == 0
    assert "82" in said.out


def test_the_progress_goes_to_stderr_and_quiet_silences_it(call: Shell) -> None:
    assert call("verify", "--format", "json").err == "Reading the ledger: 82\n"
    assert call("--quiet", "verify", "--format", "json").err == ""


def test_an_auditor_may_prove_and_check_and_ask(call: Shell) -> None:
    assert call("agent", "add", "aldo", "--role", "auditor").code == 0
    for command in (["verify"], ["db", "check"], ["db", "stats"], ["db", "sql", "SELECT 1"]):
        assert call(*command, agent="aldo").code == 0


def test_an_unknown_agent_is_turned_away(call: Shell) -> None:
    assert call("verify", agent="ninguem").code == 8


# --- check


def test_a_whole_store_passes_every_check(call: Shell) -> None:
    said = call("db", "check", "--format", "json")
    assert said.code == 0
    assert [row["check"] for row in said.json] == [
        "file",
        "links",
        "search",
        "counters",
        "outbox",
        "projections",
        "records",
    ]
    assert all(row["ok"] and row["faults"] == [] and row["hint"] is None for row in said.json)


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE ticket SET level = 3 WHERE id = 2", "projections"),
        ("UPDATE message SET confidential = 1 WHERE ticket_id = 4", "search"),
        ("UPDATE sequence SET last = 1", "counters"),
    ],
)
def test_damage_ends_with_seven_and_says_what_to_do(call: Shell, damage: str, check: str) -> None:
    tamper(call, damage)
    said = call("db", "check", "--format", "json")
    assert said.code == 7
    assert check in [row["check"] for row in said.json if not row["ok"]]
    assert said.error["code"] == "STORE_NOT_WHOLE"
    assert "db rebuild" in said.error["hint"]


def test_what_was_damaged_is_healed_by_a_rebuild(call: Shell) -> None:
    tamper(call, "UPDATE ticket SET level = 3, status = 'open' WHERE id = 2")
    said = call("db", "rebuild", "--format", "json")
    assert said.code == 0
    assert list(said.json) == ["tickets", "events", "healed", "differences"]
    assert said.json["healed"] == 1
    assert said.json["differences"][0]["table"] == "ticket"
    assert call("db", "check").code == 0


def test_a_rebuild_says_in_words_what_it_healed(call: Shell) -> None:
    tamper(call, "UPDATE ticket SET level = 3 WHERE id = 2")
    said = call("db", "rebuild", "--format", "table")
    assert "ticket differs in level" in said.out
    assert "1 difference healed" in said.out


def test_a_rebuild_is_for_administrators(call: Shell) -> None:
    said = call("db", "rebuild", agent="bia")
    assert said.code == 8
    assert "ROLE_MAY_NOT" in said.err


def test_nothing_is_rebuilt_from_a_broken_ledger(call: Shell) -> None:
    tamper(call, "UPDATE event SET actor = 9 WHERE id = 12")
    said = call("db", "rebuild", "--format", "json")
    assert (said.code, said.error["code"]) == (7, "LEDGER_BROKEN")


def test_a_record_that_differs_is_told_and_not_written_anew(call: Shell) -> None:
    tamper(call, "UPDATE deadline_version SET new_due = 5 WHERE id = 1")
    said = call("db", "rebuild", "--format", "json")
    assert (said.code, said.error["code"]) == (7, "STORE_NOT_WHOLE")
    assert said.json["differences"][0]["healed"] is False


# --- copies


def test_a_backup_is_proven_by_its_head(call: Shell, tmp_path: Path) -> None:
    said = call("db", "backup", str(tmp_path / "copia.db"), "--format", "json")
    assert said.code == 0
    assert list(said.json) == ["file", "events", "tickets", "bytes", "head"]
    assert said.json["head"] == call("verify", "--format", "json").json["head"]
    assert stat.S_IMODE((tmp_path / "copia.db").stat().st_mode) == 0o600


def test_a_backup_is_never_made_over_something(call: Shell, tmp_path: Path) -> None:
    (tmp_path / "copia.db").write_text("importante")
    said = call("db", "backup", str(tmp_path / "copia.db"), "--format", "json")
    assert (said.code, said.error["code"]) == (4, "STORE_EXISTS")
    assert (tmp_path / "copia.db").read_text() == "importante"


def test_a_backup_is_restored_where_no_store_is(call: Shell, tmp_path: Path) -> None:
    call("db", "backup", str(tmp_path / "copia.db"))
    head = call("verify", "--format", "json").json["head"]
    refused = call("db", "restore", str(tmp_path / "copia.db"), "--format", "json")
    assert (refused.code, refused.error["code"]) == (4, "STORE_EXISTS")
    call.path = tmp_path / "nova" / "d.db"
    assert call("db", "restore", str(tmp_path / "copia.db"), "--format", "json").json["head"] == head
    assert call("verify", "--head", head).code == 0


def test_a_backup_with_a_broken_ledger_is_restored_and_says_so(call: Shell, tmp_path: Path) -> None:
    tamper(call, "UPDATE event SET actor = 9 WHERE id = 12")
    call("db", "backup", str(tmp_path / "copia.db"))
    call.path = tmp_path / "nova.db"
    said = call("db", "restore", str(tmp_path / "copia.db"), "--format", "json")
    assert (said.code, said.error["code"]) == (7, "LEDGER_BROKEN")
    assert call.path.exists()


@pytest.mark.parametrize("name", ["nada.db", "vazio.db"])
def test_what_is_no_backup_is_not_restored(call: Shell, tmp_path: Path, name: str) -> None:
    (tmp_path / "vazio.db").touch()
    call.path = tmp_path / "nova.db"
    assert call("db", "restore", str(tmp_path / name)).code == 7
    assert not call.path.exists()


# --- figures and SQL


def test_the_figures_are_a_list_in_every_format(call: Shell) -> None:
    said = call("db", "stats", "--format", "json")
    assert said.code == 0
    assert all(list(row) == ["section", "name", "count", "bytes"] for row in said.json)
    assert {row["name"]: row["count"] for row in said.json if row["section"] == "table"}["ticket"] == 14


def test_sql_is_answered_in_the_format_that_is_asked_for(call: Shell) -> None:
    statement = "SELECT status, count(*) AS tickets FROM ticket GROUP BY 1 ORDER BY 1"
    assert call("db", "sql", statement, "--format", "tsv").out.splitlines()[0] == "status\ttickets"
    assert call("db", "sql", "-", "--format", "json", stdin=statement).json[0].keys() == {"status", "tickets"}


def test_a_long_answer_is_cut_and_says_so(call: Shell) -> None:
    said = call("db", "sql", "SELECT id FROM event", "--limit", "3", "--format", "tsv")
    assert said.out.split() == ["id", "1", "2", "3"]
    assert "--limit 0" in said.err
    assert len(call("db", "sql", "SELECT id FROM event", "--limit", "0").out.split()) == 83


@pytest.mark.parametrize(
    ("statement", "code", "exit_code"), [("DELETE FROM ticket", "SQL_READ_ONLY", 4), ("SELEC", "BAD_SQL", 2)]
)
def test_what_is_not_a_question_is_refused(call: Shell, statement: str, code: str, exit_code: int) -> None:
    said = call("db", "sql", statement, "--format", "json")
    assert (said.code, said.error["code"]) == (exit_code, code)


def test_sql_shows_no_confidential_word(call: Shell) -> None:
    said = call("db", "sql", "SELECT * FROM message", "--limit", "0", "--format", "json")
    assert "Cuidado com a identidade" not in said.out
    assert len(said.json) == 43


# --- a store that cannot be used


@pytest.mark.parametrize(
    "command", [["verify"], ["db", "check"], ["db", "stats"], ["queue"], ["take", "2026-000001-5"]]
)
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "STORE_MISSING"),
        (b"", "STORE_FOREIGN"),
        (b"x" * 9000, "STORE_CORRUPT"),
        ("newer", "STORE_NEWER"),
        ("cut", "STORE_CORRUPT"),
        ("folder", "STORE_UNREADABLE"),
    ],
    ids=["missing", "empty", "garbage", "newer", "cut short", "a folder"],
)
def test_what_is_no_store_ends_with_seven_and_no_traceback(
    call: Shell, command: list[str], content: bytes | str | None, code: str
) -> None:
    whole = call.path.read_bytes()
    call.path.unlink()
    if content == "folder":
        call.path.mkdir()
    elif content == "newer":
        call.path.write_bytes(whole)
        sqlite3.connect(call.path).execute("PRAGMA user_version = 99")
    elif content == "cut":
        call.path.write_bytes(whole[:20_000])
    elif isinstance(content, bytes):
        call.path.write_bytes(content)
    said = call(*command, "--format", "json")
    assert (said.code, said.error["code"], said.out) == (7, code, "")
    assert said.error["hint"]
    assert "Traceback" not in said.err


def test_a_busy_store_ends_with_seven(call: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
    other = sqlite3.connect(call.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    said = call("note", "2026-000001-5", "--text", "espera", "--format", "json")
    other.close()
    assert (said.code, said.error["code"]) == (7, "STORE_LOCKED")


def test_the_proof_waits_for_no_writer(call: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
    other = sqlite3.connect(call.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert call("verify").code == 0
    other.close()


def test_a_process_of_its_own_gives_the_same_answers(tmp_path: Path) -> None:
    store = new_store(tmp_path / "d.db")
    manifest(desk_at(store), 1)
    store.close()
    done = subprocess.run(
        [sys.executable, "-m", "ouvidoria_tui", "--db", str(tmp_path / "d.db"), "--as", "ana", "verify"],
        env={**os.environ, "LANG": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "ok\tevents\ttickets\thead\tproblems")
