"""forward, area-answer and consent from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Shell


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    found_desk(tmp_path / "d.db", profile="organizacional", admin="ana").close()
    return Shell(tmp_path / "d.db", capsys, monkeypatch)


def _new(shell: Shell) -> str:
    made = shell("new", "--subject", "Cobrança", "--text", "Duas vezes.", "--format", "json")
    return str(made.json["protocol"])


def test_an_area_is_asked_and_heard(shell: Shell) -> None:
    ref = _new(shell)
    asked = shell("forward", ref, "--area", "Financeiro", "--text", "Houve estorno?", "--format", "json")
    shown = shell("show", ref, "--format", "json").json
    heard = shell("area-answer", ref, "--text", "Houve.", "--format", "json")
    after = shell("show", ref, "--format", "json").json

    assert (asked.code, heard.code) == (0, 0)
    assert (shown["turn"], after["turn"]) == ("area", "desk")
    assert [(one["area"], one["answered_at"] is None) for one in shown["requests"]] == [("financeiro", True)]
    assert set(after["requests"][0]) == {
        "seq",
        "area",
        "asked_at",
        "asked_by",
        "reminded",
        "answered_at",
        "answer",
        "ended_at",
        "reminded_at",
        "waived",
        "priority",
    }


def test_what_areas_and_desk_say_to_one_another_is_not_for_the_customer(shell: Shell) -> None:
    ref = _new(shell)
    shell("forward", ref, "--area", "financeiro", "--text", "Assunto interno")
    shell("area-answer", ref, "--text", "Resposta interna")
    public = shell("history", ref, "--audience", "customer").out
    assert "intern" not in public
    assert "Assunto interno" in shell("history", ref).out


def test_an_area_that_is_not_there_is_exit_3_with_those_that_are(shell: Shell) -> None:
    done = shell("forward", _new(shell), "--area", "nenhuma", "--text", "?")
    assert (done.code, "AREA_NOT_FOUND" in done.err, "financeiro" in done.err) == (3, True, True)


def test_consent_is_one_of_three_things(shell: Shell) -> None:
    ref = _new(shell)
    assert shell("consent", ref).code == 2
    assert "ONE_OF_THREE" in shell("consent", ref, "--ask", "--given").err
    assert shell("consent", ref, "--ask", "--text", "Podemos dizer seu nome?").code == 0
    assert shell("consent", ref, "--refused").code == 0
    assert shell("show", ref, "--format", "json").json["flags"] == ["consent-refused"]


def test_what_was_done_is_told_in_words(shell: Shell) -> None:
    ref = _new(shell)
    asked = shell("forward", ref, "--area", "financeiro", "--text", "Houve estorno?", "--format", "table")
    heard = shell("area-answer", ref, "--text", "Houve.", "--format", "table")
    assert "the area was asked" in asked.out + asked.err
    assert "the area's answer recorded" in heard.out + heard.err
