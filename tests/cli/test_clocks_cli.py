"""extend, delay-notice, suspend, resume, interrupt as commands: options, exit codes, what is printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.founding import found_desk

Call = Callable[..., int]
WORDS = ("--reason", "Falta o laudo", "--measures", "Ouvimos a área")


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "d.db"
    store = found_desk(path, profile="publico-13460", admin="ana")
    protocol = receive(
        desk_over(store, agent="ana"), Manifestation("Fila", "Esperei muito na unidade")
    ).protocol
    store.close()
    return path, protocol


@pytest.fixture
def call(place: tuple[Path, str]) -> Call:
    def one(command: str, *args: str) -> int:
        base = ["--db", str(place[0]), "--as", "ana", "--lang", "en", "--quiet"]
        return run([*base, command, place[1], *args])

    return one


def record(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    line = capsys.readouterr().out.splitlines()[-1]
    found: dict[str, object] = json.loads(line)
    return found


def test_an_extension_says_the_new_date(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("extend", "--to", "+40d", *WORDS, "--format", "jsonl") == 0
    found = record(capsys)
    assert (found["verb"], found["result"], found["revision"]) == ("extend", "done", 2)
    assert str(found["message"]).startswith("resolution is due on ")


def test_people_read_it_in_one_line(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("extend", "--to", "+40d", *WORDS, "--format", "table") == 0
    assert "deadline extended, the customer told: resolution is due on" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "code"),
    [(("--to", "+90d", *WORDS), "EXTENSION_TOO_LONG"), (("--to", "+1d", *WORDS), "EXTENSION_NOT_LATER")],
)
def test_a_refusal_is_exit_4_with_its_code(
    call: Call, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], code: str
) -> None:
    assert call("extend", *args, "--format", "json") == 4
    assert json.loads(capsys.readouterr().err)["error"]["code"] == code


def test_a_second_extension_is_exit_4(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    call("extend", "--to", "+40d", *WORDS)
    capsys.readouterr()
    assert call("extend", "--to", "+50d", *WORDS, "--format", "json") == 4
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "EXTENSION_EXHAUSTED"


@pytest.mark.parametrize(
    "args", [("--to", "+40d", "--reason", "x"), ("--to", "quando der", *WORDS), ("--measures", "x")]
)
def test_what_is_missing_or_unreadable_is_exit_2(call: Call, args: tuple[str, ...]) -> None:
    assert call("extend", *args) == 2


def test_suspended_resumed_and_suspended_no_more(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("suspend", "--reason", "Complemento pedido") == 0
    assert call("suspend", "--reason", "De novo", "--format", "jsonl") == 0
    assert record(capsys)["result"] == "unchanged"
    assert call("resume") == 0
    assert call("suspend", "--reason", "De novo") == 4


def test_a_clock_of_the_law_is_not_interrupted(call: Call) -> None:
    assert call("interrupt", "--reason", "Motivo") == 4


def test_an_unknown_clock_is_exit_2(call: Call) -> None:
    assert call("suspend", "--reason", "Motivo", "--clock", "nada") == 2


def test_the_customer_sees_the_notice_of_a_delay(
    call: Call, place: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        call("delay-notice", "--new-date", "+2d", "--reason", "A área pediu um dia", "--format", "jsonl") == 0
    )
    capsys.readouterr()
    assert call("history", "--audience", "customer", "--format", "jsonl") == 0
    found = record(capsys)
    assert (found["type"], found["actor"]) == ("delay-noticed", "desk")
    assert "A área pediu um dia" in str(found["text"])


def test_a_delay_notice_goes_to_several_tickets_at_once(
    place: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    args = ["--db", str(place[0]), "--as", "ana", "--lang", "en", "delay-notice", place[1], "2026-999999-9"]
    assert run([*args, "--new-date", "+2d", "--reason", "Volume", "--format", "jsonl"]) == 6
