"""`ouvidoria watch`: the record is a contract, the plan is what is done, and cron may call it at any time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.founding import found_desk

KEYS = ["protocol", "kind", "clock", "at", "level", "addressee", "result"]
Call = Callable[..., int]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A desk that never closes, with one ticket whose first answer has been due for a day."""
    path = tmp_path / "d.db"
    store = found_desk(path, profile="organizacional", admin="ana")
    store.add_agent("aldo", "Aldo", Role.AUDITOR, True, 0)
    desk = desk_over(store, agent="ana")
    receive(desk, Manifestation("Entrega", "Não chegou até hoje"), at=desk.clock.now() - 2 * 86_400 + 3600)
    store.close()
    return path


@pytest.fixture
def call(db: Path) -> Call:
    def one(*args: str, agent: str = "ana", lang: str = "en") -> int:
        return run(["--db", str(db), "--as", agent, "--lang", lang, "watch", *args])

    return one


def records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_keys_of_a_round(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--format", "jsonl") == 0
    found = records(capsys)
    assert [list(record) for record in found] == [KEYS] * 3
    # 48 hours to keep the customer informed: an hour is left of them, within the lead.
    assert [(record["kind"], record["clock"]) for record in found] == [
        ("breach", "first-response"),
        ("warning", "keep-informed"),
        ("tell-today", "first-response"),
    ]
    assert {record["result"] for record in found} == {"planned"}
    assert call() == 0
    assert capsys.readouterr().out.splitlines()[0].split("\t") == KEYS


def test_applied_once_it_is_done(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--apply", "--format", "jsonl") == 0
    assert {record["result"] for record in records(capsys)} == {"done"}
    assert call("--apply", "--format", "jsonl") == 0
    assert [(record["kind"], record["result"]) for record in records(capsys)] == [("tell-today", "unchanged")]


def test_people_read_words(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--format", "table") == 0
    out = capsys.readouterr().out
    assert "tell the customer today" in out
    assert "to be done" in out


def test_where_nothing_falls_due_it_says_so(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--as-of", "2001-01-01 10:00", "--format", "table") == 0
    assert "Nothing falls due" in capsys.readouterr().err


def test_whoever_only_reads_may_look_and_not_act(call: Call) -> None:
    assert call(agent="aldo") == 0
    assert call("--apply", agent="aldo") == 8


def test_the_future_is_not_acted_upon(call: Call) -> None:
    assert call("--as-of", "+10d") == 0
    assert call("--apply", "--as-of", "+10d") == 4


@pytest.mark.parametrize("args", [("--as-of", "logo"), ("--format", "xml"), ("--now",)])
def test_a_wrong_call_is_exit_2(call: Call, args: tuple[str, ...]) -> None:
    assert call(*args) == 2
