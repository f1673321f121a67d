from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from ouvidoria_tui.cli.doctor import locale_check, python_check, terminal_check
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.domain.checkup import Health
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store import health
from ouvidoria_tui.store.health import engine_check, store_checks
from ouvidoria_tui.store.place import file_system, holders, place_checks

Capture = pytest.CaptureFixture[str]
NOW = 1_795_000_000
MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /home nfs4 rw 0 0
/dev/sdb1 /home/local\\040disk ext4 rw 0 0
//nas/share /mnt cifs rw 0 0
broken line
"""


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "mesa" / "d.db"
    found_desk(path, clock=FixedClock(NOW), admin="ana").close()
    return path


def doctor(db: Path, *args: str, who: str = "ana") -> int:
    return run(["--lang", "en", "--db", str(db), "--as", who, "doctor", *args])


def states(db: Path, capsys: Capture, who: str = "ana") -> dict[str, str]:
    doctor(db, "--format", "json", who=who)
    return {one["name"]: one["state"] for one in json.loads(capsys.readouterr().out)}


def test_a_desk_that_is_well_has_exit_0_and_says_what_it_looked_at(db: Path, capsys: Capture) -> None:
    assert doctor(db, "--format", "json") == 0
    records = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in records] == [
        "python",
        "sqlite",
        "time-zones",
        "locale",
        "store",
        "rights",
        "file-system",
        "room",
        "schema",
        "integrity",
        "log",
        "writing",
        "policy",
        "holidays",
        "agent",
        "mail",
        "outbox",
    ]
    assert {frozenset(one) for one in records} == {frozenset({"name", "state", "message", "hint"})}
    assert all(one["hint"] for one in records if one["state"] != "ok")


def test_what_the_profile_leaves_open_is_a_warning(db: Path, capsys: Capture) -> None:
    assert states(db, capsys)["policy"] == "warning"


def test_the_findings_of_the_policy_are_as_many_as_policy_check_lists(db: Path, capsys: Capture) -> None:
    run(["--lang", "en", "--db", str(db), "--as", "ana", "policy", "check", "--format", "json"])
    found = [one["severity"] for one in json.loads(capsys.readouterr().out)]
    doctor(db, "--format", "json")
    (said,) = [one["message"] for one in json.loads(capsys.readouterr().out) if one["name"] == "policy"]
    kinds = ", ".join(
        f"{found.count(kind)} {kind}{'s' if found.count(kind) > 1 else ''}"
        for kind in ("error", "warning", "assumption")
        if kind in found
    )
    assert said.endswith(f"{len(found)} findings ({kinds})")


def test_a_missing_store_is_exit_7_with_the_way_to_make_one(tmp_path: Path, capsys: Capture) -> None:
    assert doctor(tmp_path / "none.db", "--format", "json") == 7
    last = json.loads(capsys.readouterr().out)[-1]
    assert (last["name"], last["state"]) == ("store", "problem")
    assert "init" in last["hint"]


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"SQLite format 3\0" + bytes(4096)])
def test_a_file_that_is_no_store_is_exit_7(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "d.db").write_bytes(content)
    assert doctor(tmp_path / "d.db") == 7


def test_a_newer_store_is_exit_7(db: Path, capsys: Capture) -> None:
    conn = sqlite3.connect(db)
    conn.execute("PRAGMA user_version = 999")
    conn.close()
    assert doctor(db) == 7
    assert "newer" in capsys.readouterr().out


def test_a_damaged_page_is_found(db: Path, capsys: Capture) -> None:
    conn = sqlite3.connect(db)
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.close()
    data = bytearray(db.read_bytes())
    data[8192:16384] = b"\xa5" * 8192
    db.write_bytes(bytes(data))
    assert doctor(db) == 7


def test_a_store_without_a_policy_is_exit_7(db: Path) -> None:
    conn = sqlite3.connect(db)
    conn.executescript("DROP TRIGGER policy_never_goes; DELETE FROM policy")
    conn.close()
    assert doctor(db) == 7


def test_an_unknown_agent_is_told(db: Path, capsys: Capture) -> None:
    assert states(db, capsys, who="zoe")["agent"] == "warning"


def test_an_inactive_agent_is_told(db: Path, capsys: Capture) -> None:
    call = ["--db", str(db), "--as", "ana", "agent"]
    run([*call, "add", "bia", "--role", "agent"])
    run([*call, "deactivate", "bia"])
    capsys.readouterr()
    assert states(db, capsys, who="bia")["agent"] == "warning"


def test_a_store_that_others_may_read_is_told(db: Path, capsys: Capture) -> None:
    db.chmod(0o644)
    assert states(db, capsys)["rights"] == "warning"


def test_a_folder_that_others_may_write_to_is_told(db: Path, capsys: Capture) -> None:
    db.parent.chmod(0o777)
    assert states(db, capsys)["rights"] == "warning"


def test_holidays_that_end_are_told(db: Path) -> None:
    sixty_years = 60 * 366 * 86_400
    found = {one.name: one.health for one in store_checks(db, agent="ana", now=NOW + sixty_years)}
    assert found["holidays"] is Health.WARNING


def test_a_writer_that_does_not_end_is_told(
    db: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_PATIENCE", 1)
    writer = sqlite3.connect(db, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        assert states(db, capsys)["writing"] == "warning"
    finally:
        writer.close()


def test_a_journal_without_write_ahead_is_told(db: Path, capsys: Capture) -> None:
    conn = sqlite3.connect(db)
    conn.execute("PRAGMA journal_mode = DELETE")
    conn.close()
    assert states(db, capsys)["log"] == "warning"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/desk.db", "ext4"),
        ("/home/ana/desk.db", "nfs4"),
        ("/home/local disk/desk.db", "ext4"),
        ("/home2/desk.db", "ext4"),
        ("/mnt/desk.db", "cifs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    assert file_system(Path(path), MOUNTS) == kind


def test_a_file_system_of_another_machine_is_told(db: Path) -> None:
    found = {
        one.name: one.health for one in place_checks(db, f"server:/x {db.parent.resolve()} nfs4 rw 0 0\n")
    }
    assert found["file-system"] is Health.WARNING


def test_a_system_without_a_table_of_mounts_is_no_warning(db: Path) -> None:
    found = {one.name: one.health for one in place_checks(db, "")}
    assert found["file-system"] is Health.OK


def test_this_process_is_not_named_among_those_that_have_the_store_open(db: Path) -> None:
    with db.open("rb"):
        assert holders(db) == []


def test_an_old_python_and_an_old_sqlite_are_problems() -> None:
    assert python_check((3, 10, 9)).health is Health.PROBLEM
    assert engine_check((3, 36, 0)).health is Health.PROBLEM
    assert engine_check().health is Health.OK


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "pt_BR.UTF-8"}, Health.OK),
        ({"LC_ALL": "C.utf8", "LANG": "C"}, Health.OK),
        ({"LANG": "C"}, Health.WARNING),
        ({"LC_ALL": "pt_BR.ISO-8859-1", "LANG": "pt_BR.UTF-8"}, Health.WARNING),
        ({}, Health.WARNING),
    ],
)
def test_a_locale_without_accents_is_told(environ: dict[str, str], expected: Health) -> None:
    assert locale_check(environ).health is expected


@pytest.mark.parametrize(
    ("columns", "lines", "expected"),
    [(80, 24, Health.OK), (79, 24, Health.WARNING), (200, 15, Health.WARNING), (40, 10, Health.WARNING)],
)
def test_a_terminal_that_is_too_small_is_told(columns: int, lines: int, expected: Health) -> None:
    assert terminal_check(columns, lines).health is expected


@pytest.mark.parametrize("fmt", ["table", "tsv", "csv", "json", "jsonl", "md"])
def test_every_format(db: Path, fmt: str, capsys: Capture) -> None:
    assert doctor(db, "--format", fmt) == 0
    assert "python" in capsys.readouterr().out


def test_people_read_what_to_do_after_the_table(db: Path, capsys: Capture) -> None:
    doctor(db, "--format", "table")
    assert "policy check" in capsys.readouterr().err


@pytest.mark.parametrize("args", [("--format", "xml"), ("extra",), ("--dance",)])
def test_a_wrong_call_is_exit_2(db: Path, args: tuple[str, ...]) -> None:
    assert doctor(db, *args) == 2


def test_help_has_an_example(capsys: Capture) -> None:
    assert run(["--lang", "en", "doctor", "--help"]) == 0
    assert "ouvidoria doctor" in capsys.readouterr().out.partition("Examples")[2]
