from __future__ import annotations

import json
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import verify

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    found_desk(tmp_path / "d.db", clock=FixedClock(1_795_000_000), admin="ana").close()
    return tmp_path / "d.db"


def agent(db: Path, *args: str, who: str = "ana") -> int:
    return run(["--lang", "en", "--db", str(db), "--as", who, "agent", *args])


def events(db: Path) -> list[tuple[str, dict[str, object]]]:
    store = SqliteStore.open(db)
    rows = store.conn.execute("SELECT type, payload FROM event WHERE ticket_id = 0 ORDER BY seq").fetchall()
    store.close()
    return [(row[0], json.loads(row[1])) for row in rows]


def test_a_registered_agent_is_in_the_list(db: Path, capsys: Capture) -> None:
    assert agent(db, "add", "bia", "--name", "Bia  Aroeira", "--role", "supervisor") == 0
    capsys.readouterr()
    assert agent(db, "list", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {"login": "ana", "name": "ana", "role": "administrator", "active": True},
        {"login": "bia", "name": "Bia Aroeira", "role": "supervisor", "active": True},
    ]


def test_agent_alone_lists(db: Path, capsys: Capture) -> None:
    assert agent(db) == 0
    assert capsys.readouterr().out.splitlines() == [
        "login\tname\trole\tactive",
        "ana\tana\tadministrator\ttrue",
    ]


@pytest.mark.parametrize("fmt", ["table", "tsv", "csv", "json", "jsonl", "md"])
def test_the_list_speaks_every_format(db: Path, fmt: str, capsys: Capture) -> None:
    assert agent(db, "list", "--format", fmt) == 0
    assert "ana" in capsys.readouterr().out


def test_a_registration_is_an_event_without_names(db: Path) -> None:
    agent(db, "add", "bia", "--name", "Bia", "--role", "agent")
    assert events(db)[-1] == ("agent-registered", {"agent": 2, "role": "agent", "active": True})


def test_a_change_is_an_event_with_old_and_new(db: Path) -> None:
    agent(db, "add", "bia", "--role", "agent")
    agent(db, "role", "bia", "auditor")
    assert events(db)[-1] == (
        "register-changed",
        {"register": "agent", "agent": 2, "change": "role", "changes": {"role": ["agent", "auditor"]}},
    )


def test_an_agent_who_was_deactivated_may_not_act_and_comes_back(db: Path) -> None:
    agent(db, "add", "bia", "--role", "administrator")
    assert agent(db, "deactivate", "bia") == 0
    assert agent(db, "add", "caio", "--role", "agent", who="bia") == 8
    assert agent(db, "activate", "bia") == 0
    assert agent(db, "add", "caio", "--role", "agent", who="bia") == 0


def test_what_is_so_already_is_unchanged_and_no_event(db: Path, capsys: Capture) -> None:
    before = len(events(db))
    assert agent(db, "activate", "ana", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)[0]["result"] == "unchanged"
    assert len(events(db)) == before


@pytest.mark.parametrize("args", [("deactivate", "ana"), ("role", "ana", "agent")])
def test_the_last_administrator_stays(db: Path, args: tuple[str, ...], capsys: Capture) -> None:
    agent(db, "add", "bia", "--role", "administrator")
    agent(db, "deactivate", "bia")
    capsys.readouterr()
    assert agent(db, *args) == 4
    assert "LAST_ADMINISTRATOR" in capsys.readouterr().err


def test_one_of_two_administrators_may_go(db: Path) -> None:
    agent(db, "add", "bia", "--role", "administrator")
    assert agent(db, "deactivate", "ana") == 0


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("add", "ana", "--role", "agent"), 4, "AGENT_EXISTS"),
        (("add", "b c", "--role", "agent"), 2, "BAD_LOGIN"),
        (("add", "x\x1b[31m", "--role", "agent"), 2, "BAD_LOGIN"),
        (("add", "a" * 65, "--role", "agent"), 2, "BAD_LOGIN"),
        (("add", "bia", "--name", "x" * 121, "--role", "agent"), 2, "TEXT_TOO_LONG"),
        (("add", "bia", "--role", "chefe"), 2, "BAD_CHOICE"),
        (("add", "bia"), 2, "USAGE"),
        (("role", "nobody", "agent"), 3, "AGENT_NOT_FOUND"),
        (("deactivate", "nobody"), 3, "AGENT_NOT_FOUND"),
        (("list", "--format", "xml"), 2, "BAD_FORMAT"),
        (("dance",), 2, "USAGE"),
    ],
)
def test_wrong_calls_have_their_code(
    db: Path, args: tuple[str, ...], code: int, said: str, capsys: Capture
) -> None:
    assert agent(db, *args) == code
    assert f"[{said}]" in capsys.readouterr().err


def test_who_is_no_administrator_registers_nobody(db: Path) -> None:
    agent(db, "add", "bia", "--role", "supervisor")
    assert agent(db, "add", "caio", "--role", "agent", who="bia") == 8
    assert agent(db, "deactivate", "ana", who="bia") == 8


def test_a_hostile_name_is_kept_and_shown_harmless(db: Path, capsys: Capture) -> None:
    agent(db, "add", "bia", "--name", "\x1b[31m=cmd() [/b]\u202e\udcff", "--role", "agent")
    capsys.readouterr()
    for fmt in ("table", "tsv", "csv", "json", "jsonl", "md"):
        assert agent(db, "list", "--format", fmt) == 0
        shown = capsys.readouterr().out
        assert "\x1b" not in shown
        assert "\u202e" not in shown


def test_the_ledger_passes_its_proof_after_changes(db: Path) -> None:
    agent(db, "add", "bia", "--role", "agent")
    agent(db, "role", "bia", "supervisor")
    agent(db, "deactivate", "bia")
    store = SqliteStore.open(db)
    proof = verify(store.conn)
    store.close()
    assert proof.ok


@pytest.mark.parametrize("command", ["list", "add", "role", "activate", "deactivate"])
def test_help_has_an_example(command: str, capsys: Capture) -> None:
    assert run(["--lang", "en", "agent", command, "--help"]) == 0
    assert f"ouvidoria agent {command}" in capsys.readouterr().out
