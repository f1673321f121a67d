"""Previews, the areas' list, digests and analyses from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ouvidoria_tui.cli.analyses import KEYS as ANALYSIS_KEYS
from ouvidoria_tui.cli.area_digests import KEYS as DIGEST_KEYS
from ouvidoria_tui.cli.area_digests import SENT_KEYS
from ouvidoria_tui.cli.area_work import KEYS
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.present.area_words import LETTER_KEYS
from tests.cli.shell import Shell

MAIL = ("outbox", "settings", "--from", "ouvidoria@example.org", "--host", "smtp.example.org")
NAMED = ("--name", "Maria da Silva Souza", "--email", "maria@exemplo.net")


def opened(
    tmp_path: Path, profile: str, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
) -> Shell:
    found_desk(tmp_path / "d.db", profile=profile, admin="ana").close()
    return Shell(tmp_path / "d.db", capsys, patch)


@pytest.fixture
def public(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return opened(tmp_path, "publico-13460", capsys, monkeypatch)


@pytest.fixture
def house(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return opened(tmp_path, "organizacional", capsys, monkeypatch)


def _new(shell: Shell, *more: str) -> str:
    made = shell(
        "new", "--subject", "Cobrança", "--text", "Sou Maria Souza.", *NAMED, *more, "--format", "json"
    )
    return str(made.json["protocol"])


def test_a_preview_shows_what_would_leave_and_does_nothing(public: Shell) -> None:
    ref = _new(public)
    asked = ("forward", ref, "--area", "gabinete", "--text", "Maria falou com quem, na Rua Nova, 10?")

    shown = public(*asked, "--preview", "--format", "json").json

    (letter,) = shown
    assert tuple(letter) == LETTER_KEYS
    assert (letter["text"], letter["removed"]) == (
        "[nome] falou com quem, na [endereço]?",
        {"address": 1, "name": 1},
    )
    assert (letter["to"], letter["redacted"]) == (None, True)
    assert public("show", ref, "--format", "json").json["revision"] == 1
    people = public(*asked, "--preview", "--format", "table").out
    assert "[nome] falou com quem" in people


@pytest.mark.parametrize(
    ("more", "code", "exit_code"),
    [
        (("--remove", "inexistente"), "WORD_NOT_FOUND", 2),
        (("--restore", "Maria", "--reason", "Sabida"), "KNOWN_VALUE_STAYS", 4),
        (("--restore", "Rua Nova"), "TEXT_REQUIRED", 2),
    ],
)
def test_a_wish_that_cannot_be_is_told_with_its_code(
    public: Shell, more: tuple[str, ...], code: str, exit_code: int
) -> None:
    ref = _new(public)
    done = public("forward", ref, "--area", "gabinete", "--text", "Maria mora na Rua Nova, 10?", *more)
    assert (done.code, code in done.err) == (exit_code, True)


def test_what_still_gives_somebody_away_does_not_leave_and_is_not_repeated(public: Shell) -> None:
    done = public("forward", _new(public), "--area", "gabinete", "--text", "É Ma|ria da Sil|va Sou|za?")
    assert (done.code, "REDACTION_LEAKS" in done.err, "Sil|va" in done.err) == (4, True, False)


def test_words_come_back_with_a_reason(public: Shell) -> None:
    ref = _new(public)
    asked = public(
        "forward", ref, "--area", "gabinete", "--text", "Houve obra na Rua Nova, 10?",
        "--restore", "Rua Nova", "--reason", "É a unidade",
    )  # fmt: skip
    assert asked.code == 0
    assert "É a unidade" in public("history", ref).out
    assert "Houve obra na Rua Nova, 10?" in public("history", ref).out


def test_a_desk_that_withholds_nothing_may_redact_all_the_same(house: Shell) -> None:
    ref = _new(house)
    asked = (
        "forward",
        ref,
        "--area",
        "financeiro",
        "--text",
        "Maria pagou?",
        "--preview",
        "--format",
        "json",
    )
    assert [house(*asked).json[0]["text"], house(*asked, "--redact").json[0]["text"]] == [
        "Maria pagou?",
        "[nome] pagou?",
    ]


@pytest.mark.req("S0-05")
def test_the_list_of_an_area_puts_the_desks_requests_first(house: Shell) -> None:
    ref = _new(house)
    house("measure", ref, "--text", "Estornar", "--area", "financeiro", "--due", "2099-01-01")
    house("forward", ref, "--area", "financeiro", "--text", "Houve estorno?")

    lines = house("area", "requests", "financeiro", "--format", "json").json

    assert tuple(lines[0]) == KEYS
    assert [(one["priority"], one["what"], one["state"]) for one in lines] == [
        ("ombudsman", "request", "open"),
        ("ordinary", "measure", "open"),
    ]
    assert house("area", "requests", "vendas", "--format", "json").json == []
    assert house("area", "requests", "nenhuma").code == 3
    assert "request of the desk" in house("area", "requests", "--format", "table").out


def test_an_area_that_is_still_in_time_is_not_given_up(public: Shell) -> None:
    ref = _new(public)
    public("forward", ref, "--area", "gabinete", "--text", "Quem decide?")
    done = public("area-answer", ref, "--none", "--text", "Sem resposta.")
    assert (done.code, "AREA_STILL_IN_TIME" in done.err) == (4, True)


def test_the_report_tells_of_each_area(public: Shell) -> None:
    ref = _new(public)
    public("forward", ref, "--area", "gabinete", "--text", "Quem decide?")
    public("area-answer", ref, "--text", "O gabinete.")
    report = public("report", "areas", "--format", "json").json
    (row,) = report["rows"]
    assert (row["area"], row["requests"], row["answered"], row["on_time"], row["open"]) == (
        "gabinete",
        1,
        1,
        1,
        0,
    )
    assert public("report", "areas", "--fail-if", "overdue>0").code == 0
    assert public("report", "areas", "--fail-if", "answered>0").code == 9


def test_digests_are_shown_sent_once_acknowledged_and_listed(house: Shell) -> None:
    shown = house("area", "digest", "--period", "last-month", "--area", "financeiro", "--format", "json").json
    assert (tuple(shown[0]), shown[0]["result"], shown[0]["received"]) == (DIGEST_KEYS, "shown", 0)
    send = ("area", "digest", "--period", "last-month", "--send", "--format", "json")
    assert house(*send, "--area", "financeiro").code == 4
    house("area", "edit", "financeiro", "--email", "fin@example.org")
    assert "MAIL_NOT_SET" in house(*send, "--area", "financeiro").err
    house(*MAIL)

    everybody = house(*send)

    assert everybody.code == 6
    assert "AREA_WITHOUT_ADDRESS" in everybody.err
    assert "ouvidoria area edit vendas --email ADDRESS" in everybody.err
    assert house(*send, "--remove", "boi").code == 2
    assert {one["area"]: one["result"] for one in everybody.json}["financeiro"] == "done"
    assert house(*send, "--area", "financeiro").json[0]["result"] == "unchanged"
    (row,) = house("area", "digests", "--format", "json").json
    assert (tuple(row), row["state"]) == (SENT_KEYS, "waiting")
    told = ("area", "digest", "--period", "last-month", "--acknowledged")
    assert house(*told).code == 2
    assert house(*told, "--area", "vendas").code == 4
    assert (
        house(*told, "--area", "financeiro", "--by", "Rui", "--format", "json").json[0]["state"]
        == "acknowledged"
    )
    assert "unchanged" in house(*told, "--area", "financeiro").err
    letters = house("outbox", "list", "--format", "json").json
    assert [(one["protocol"], one["to"], one["kind"]) for one in letters] == [
        (None, "fin@example.org", "area")
    ]
    assert house("outbox", "send", "--dry-run").code == 0
    assert house("outbox", "cancel", str(letters[0]["id"])).code == 0
    assert house("verify").code == 0
    assert house("db", "check").code == 0


@pytest.mark.req("S4-24")
def test_analyses_are_recorded_listed_and_not_made_of_a_period_that_goes_on(house: Shell) -> None:
    said = ("analysis", "record", "--by", "Comitê", "--text", "Nada novo.", "--format", "json")
    made = house(*said, "--period", "last-month")
    (row,) = made.json
    assert (made.code, tuple(row), row["by"], row["text"]) == (0, ANALYSIS_KEYS, "Comitê", "Nada novo.")
    assert "unchanged" in house(*said, "--period", "last-month").err
    assert "PERIOD_NOT_OVER" in house(*said, "--period", "this-month").err
    assert house(*said, "--period", "nunca").code == 2
    assert [one["number"] for one in house("analysis", "list", "--format", "json").json] == [1]
    checks = {one["name"]: one["state"] for one in house("doctor", "--format", "json").json}
    assert (checks["analysis"], checks["digests"]) == ("ok", "ok")


def test_a_message_in_quarantine_may_be_said_to_be_the_areas_only_with_its_ticket(house: Shell) -> None:
    assert house("intake", "quarantine", "release", "1", "--new", "--area", "financeiro").code == 2


def test_of_several_previews_the_one_that_would_leak_is_refused_and_the_others_are_shown(
    public: Shell,
) -> None:
    leaks = _new(public)
    other = str(public("new", "--subject", "Fila", "--text", "Demora.", "--format", "json").json["protocol"])
    asked = (
        "forward",
        leaks,
        other,
        "--area",
        "gabinete",
        "--text",
        "É Ma|ria da Sil|va Sou|za?",
        "--preview",
    )
    done = public(*asked, "--format", "jsonl")
    assert done.code == 6
    assert [json.loads(line)["protocol"] for line in done.out.splitlines()] == [other]
    assert ("REDACTION_LEAKS" in done.err, leaks in done.err, "Sil|va" in done.err) == (True, True, False)
    people = public(*asked, "--format", "table")
    assert (other in people.out, leaks in people.out, "REDACTION_LEAKS" in people.err) == (True, False, True)


def test_the_list_says_how_requests_were_pursued_and_is_narrowed_by_how_they_stand(public: Shell) -> None:
    ref, answered = _new(public), _new(public)
    for one in (ref, answered):
        public("forward", one, "--area", "gabinete", "--text", "Quem?")
    public("forward", ref, "--area", "gabinete", "--text", "Lembramos.")
    public("area-answer", answered, "--text", "Eu.")
    public("escalate", ref, "--level", "2", "--reason", "a área não respondeu em dez dias")

    def listed(state: str) -> list[dict[str, object]]:
        done = public("area", "requests", "--state", state, "--format", "jsonl")
        return [json.loads(line) for line in done.out.splitlines()]

    keys = ("protocol", "reminded", "extended", "level", "delay_minutes")
    assert [tuple(one[key] for key in keys) for one in listed("open")] == [(ref, 1, 0, 2, 0)]
    assert [one["protocol"] for one in listed("answered")] == [answered]
    assert public("area", "requests", "--state", "nenhum").code == 2
