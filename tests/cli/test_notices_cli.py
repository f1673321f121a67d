"""Notices from the shell: the plan, both counts, the difference by cause, formats, wrong input."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Shell
from tests.plain_profile import plain

WORDS = ("--kind", "maintenance", "--subject", "Manutenção", "--text", "Das 2h às 4h.")


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    found_desk(tmp_path / "d.db", profile="hospedagem", text=plain("hospedagem"), admin="ana").close()
    shell = Shell(tmp_path / "d.db", capsys, monkeypatch)
    shell("plan", "add", "team", "--name", "Team")
    shell("outbox", "settings", "--from", "o@example.com", "--host", "mail.example.com")
    for name in ("Ana", "Bia"):
        shell("customer", "add", "--name", name, "--email", f"{name.lower()}@example.com", "--plan", "team")
    return shell


@pytest.mark.req("S0-38")
def test_both_counts_are_printed_and_equal(shell: Shell) -> None:
    said = shell("notice", "send", "--audience", "plan:TEAM", *WORDS, "--apply", "--format", "table")
    assert (said.code, "2 entries in histories" in said.out, "2 copies by mail" in said.out) == (
        0,
        True,
        True,
    )
    (record,) = shell("notice", "show", "1", "--format", "json").json
    assert (record["entries"], record["copies"], record["queued"]) == (2, 2, 2)
    (entry,) = [row for row in shell("customer", "history", "1", "--format", "json").json if row["notice"]]
    assert (entry["change"], entry["subject"]) == ("noticed", "Aviso: Manutenção")
    assert "notice 1: Aviso: Manutenção" in shell("customer", "history", "1", "--format", "table").out


@pytest.mark.req("S0-38")
def test_the_difference_is_named_by_cause(shell: Shell) -> None:
    shell("customer", "add", "--name", "Caio", "--plan", "team")
    said = shell("notice", "send", "--audience", "plan:team", *WORDS, "--format", "table")
    assert "3 entries to be written" in said.out
    assert "2 copies by mail" in said.out
    assert "no copy: without an address 1" in said.out
    assert shell("notice", "list", "--format", "json").json == [], "a plan writes nothing"


def test_again_it_is_unchanged(shell: Shell) -> None:
    send = ("notice", "send", "--audience", "all", *WORDS, "--apply", "--format", "json")
    assert shell(*send).json[0]["result"] == "done"
    again = shell(*send).json[0]
    assert (again["result"], again["had"], again["entries"], again["copies"]) == ("unchanged", 2, 0, 0)


def test_copies_stand_in_the_outbox_without_a_protocol(shell: Shell) -> None:
    shell("notice", "send", "--audience", "all", *WORDS, "--apply")
    letters = shell("outbox", "list", "--format", "json").json
    assert [one["protocol"] for one in letters] == [None, None]
    assert " notice " in shell("outbox", "list", "--format", "table").out
    assert shell("outbox", "cancel", "1", "--format", "json").json[0]["result"] == "done"
    assert shell("notice", "show", "1", "--format", "json").json[0]["cancelled"] == 1


@pytest.mark.parametrize(
    ("args", "code", "name"),
    [
        (("send", "--audience", "plan:x", *WORDS), 3, "PLAN_NOT_FOUND"),
        (("send", "--audience", "plan:", *WORDS), 2, "AUDIENCE_UNKNOWN"),
        (("send", "--audience", "zzz", *WORDS, "--apply"), 4, "AUDIENCE_EMPTY"),
        (("send", "--audience", "all", *WORDS, "--apply", "--preview"), 2, "OPTIONS_EXCLUDE"),
        (("send", "--audience", "all", *WORDS, "--at-date", "amanhã"), 2, "BAD_DATE"),
        (("send", "--audience", "all", *WORDS, "--kind", "festa"), 2, "BAD_CHOICE"),
        (("show", "9"), 3, "NOTICE_NOT_FOUND"),
    ],
)
def test_wrong_input_says_what_is_wrong(shell: Shell, args: tuple[str, ...], code: int, name: str) -> None:
    said = shell("notice", *args, "--format", "json")
    assert (said.code, said.error["code"]) == (code, name)
    assert said.error["hint"]


def test_an_audience_of_nobody_is_said_in_the_plan_already(shell: Shell) -> None:
    said = shell("notice", "send", "--audience", "zzz", *WORDS, "--format", "json")
    assert said.json[0]["found"] == 0


@pytest.mark.req("S4-03")
def test_the_tone_of_a_notice_is_confirmed(shell: Shell) -> None:
    send = (
        "notice",
        "send",
        "--audience",
        "all",
        "--subject",
        "Suporte",
        "--text",
        "A culpa é nossa: culpa do suporte.",
    )
    assert shell(*send, "--apply", "--format", "json").error["code"] == "TONE_WARNING"
    assert shell(*send, "--apply", "--confirm-tone", "--format", "json").code == 0


def test_what_a_customers_data_hold_can_do_nothing_on_a_terminal(shell: Shell) -> None:
    said = shell(
        "notice",
        "send",
        "--audience",
        "all",
        "--subject",
        "a\x1b[31mb\r\nBcc: x",
        "--text",
        "t[/b]\x1b]0;x\x07",
    )
    assert "\x1b" not in said.out
    shell(
        "notice",
        "send",
        "--audience",
        "all",
        "--subject",
        "a\x1b[31mb\r\nBcc: x",
        "--text",
        "t[/b]\x1b]0;x\x07",
        "--apply",
    )
    shown = shell("notice", "show", "1", "--format", "table").out
    assert "\x1b" not in shown
    assert "[/b]" in shown


def test_a_notice_goes_to_those_who_read_its_language_in_that_language(shell: Shell) -> None:
    shell("customer", "add", "--name", "John", "--email", "john@example.com", "--language", "en")
    send = ("notice", "send", "--audience", "all", "--subject", "Maintenance", "--text", "From 2 to 4 a.m.")
    plan = shell(*send, "--language", "EN-gb", "--format", "table").out
    assert "Hello." in plan
    assert "This is a notice." in plan
    assert "1 entry to be written" in plan
    done = shell(*send, "--language", "en", "--apply", "--format", "json").json[0]
    assert (done["entries"], done["copies"]) == (1, 1)
    assert shell("notice", "show", "1", "--format", "json").json[0]["audiences"] == ["all language:en"]
    rest = shell(
        "notice", "send", "--audience", "all", *WORDS, "--language", "pt-BR", "--apply", "--format", "json"
    )
    assert rest.json[0]["entries"] == 2, "who has no language of their own has the desk's"


def test_a_notice_in_no_language_is_refused(shell: Shell) -> None:
    said = shell("notice", "send", "--audience", "all", *WORDS, "--language", "klingon")
    assert (said.code, "BAD_LANGUAGE" in said.err) == (2, True)
