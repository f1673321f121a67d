"""Telling the customer from the shell: code and track, survey and its report, templates and answers by template."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Said, Shell
from tests.plain_profile import plain

TELLING = "[telling]\nclosing_letter = true\nsurvey_days = 10\nsilent_days = 5\n"


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    text = plain("organizacional").replace("[[departments]]", f"{TELLING}\n[[departments]]", 1)
    found_desk(tmp_path / "d.db", profile="organizacional", text=text, admin="ana").close()
    return Shell(tmp_path / "d.db", capsys, monkeypatch)


def _new(shell: Shell, *more: str) -> tuple[str, str]:
    made = shell("new", "--subject", "Cobrança", "--text", "Duas vezes.", "--format", "json", *more)
    return str(made.json["protocol"]), str(made.json["access_code"])


def _closed(shell: Shell) -> str:
    ref, _code = _new(shell)
    shell("reply", ref, "--conclusive", "--text", "Feito.")
    assert shell("close", ref, "--reason", "solved").code == 0
    return ref


def _refused(said: Said) -> tuple[int, str]:
    return said.code, str(said.error["code"])


@pytest.mark.req("S2-27")
@pytest.mark.req("S0-16")
def test_a_customer_follows_the_ticket_with_its_code(shell: Shell) -> None:
    ref, code = _new(shell)
    shell("note", ref, "--text", "Segredo da mesa.")
    shell("forward", ref, "--area", "Financeiro", "--text", "Pergunta interna.")
    shell("reply", ref, "--text", "Estamos vendo.")

    told = shell("track", ref, "--code", code, "--format", "json")
    record = told.json
    assert (record["status"], record["label"], record["turn"]) == ("answered", "Answered", "customer")
    assert [line["text"] for line in record["timeline"]] == ["Duas vezes.", "Estamos vendo."]
    assert set(record["timeline"][0]) == {"happened_at", "type", "actor", "text"}
    page = shell("track", ref, "--code", code)
    for said in (told.out, page.out):
        assert "Segredo" not in said
        assert "interna" not in said
        assert code not in said


def test_the_code_is_shown_when_it_is_made_and_never_again(shell: Shell) -> None:
    page = shell("new", "--subject", "A", "--text", "B", "--format", "table")
    assert "shown only now" in page.out
    ref, code = _new(shell)
    assert shell("receipt", ref, "--format", "json").json["access_code"] is None
    for words in (("receipt", ref), ("show", ref, "--format", "json"), ("history", ref, "--format", "json")):
        assert code not in shell(*words).out


def test_a_wrong_code_and_an_unknown_protocol_are_told_alike_and_then_locked(shell: Shell) -> None:
    ref, code = _new(shell)
    words = {
        shell("track", one, "--code", "AAAA-AAAA-AAAA").err for one in (ref, make_protocol(2026, 999_999))
    }
    assert len(words) == 1
    for _try in range(4):
        shell("track", ref, "--code", "errado")
    assert _refused(shell("track", ref, "--code", code, "--format", "json")) == (4, "ACCESS_LOCKED")


def test_a_code_is_read_from_standard_input_and_issued_anew_with_a_reason(shell: Shell) -> None:
    ref, code = _new(shell)
    assert shell("track", ref, "--code", "-", stdin=f"{code}\n").code == 0
    said = shell("access-code", ref, "--reason", "Perdeu", "--format", "table")
    assert "new access code: " in said.out
    assert shell("track", ref, "--code", code).code == 4
    assert shell("access-code", ref).code == 2


@pytest.mark.req("S0-07")
@pytest.mark.req("S3-02")
def test_the_report_on_satisfaction_counts_answers_and_never_makes_one_up(shell: Shell) -> None:
    empty = shell("report", "satisfaction", "--format", "json").json
    assert empty["totals"]["response_pct"] is None
    assert (empty["totals"]["solution_mean"], empty["totals"]["service_mean"]) == (None, None)
    assert any("no data" in note for note in empty["notes"])

    first, second = _closed(shell), _closed(shell)
    shell("survey", "record", first, "--solution", "5", "--service", "4")
    shell("survey", "record", second, "--solution", "2", "--service", "4", "--channel", "email")
    totals = shell("report", "satisfaction", "--format", "json").json["totals"]
    assert (totals["answered"], totals["solution_mean"], totals["service_mean"]) == (2, 3.5, 4.0)
    assert (totals["solution_2"], totals["solution_5"], totals["service_4"]) == (1, 1, 2)
    rows = shell("report", "satisfaction", "--by", "type,agent", "--format", "json").json["rows"]
    assert [(row["type"], row["agent"], row["answered"]) for row in rows] == [("complaint", "ana", 2)]


def test_satisfaction_is_an_alarm_for_scripts_only_where_there_are_figures(shell: Shell) -> None:
    low = ("report", "satisfaction", "--fail-if", "solution_mean<4 or response_pct<50")
    assert shell(*low).code == 0
    shell("survey", "record", _closed(shell), "--solution", "1", "--service", "5")
    assert shell(*low).code == 9
    assert shell("report", "satisfaction", "--fail-if", "joy<4").code == 2


def test_answers_are_listed_with_what_the_norm_keeps_and_no_formula_in_a_table(shell: Shell) -> None:
    ref, _code = _new(shell, "--name", "Ana", "--document", "529.982.247-25")
    shell("reply", ref, "--conclusive", "--text", "Feito.")
    shell("close", ref, "--reason", "solved")
    shell("survey", "record", ref, "--solution", "5", "--service", "3", "--comment", "=1+1 [b]oi[/b]\x1b[31m")
    said = shell("survey", "list", "--documents", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(said.out))
    assert (row["protocol"], row["solution"], row["service"], row["channel"]) == (ref, "5", "3", "phone")
    assert row["customer_document"]
    assert row["answer_channel"] == "portal"
    assert not row["comment"].startswith("=")
    assert "\x1b" not in shell("show", ref).out
    assert "=1+1" in shell("show", ref).out
    assert shell("survey", "list", "--format", "json").json[0]["customer_document"] is None


def test_a_score_and_a_code_that_are_none(shell: Shell) -> None:
    ref = _closed(shell)
    six = ("survey", "record", ref, "--solution", "6", "--service", "1", "--format", "json")
    assert _refused(shell(*six)) == (2, "BAD_SCORE")
    none = ("survey", "answer", "AAAA-AAAA-AAAA", "--solution", "5", "--service", "1", "--format", "json")
    assert _refused(shell(*none)) == (3, "SURVEY_NOT_FOUND")
    fax = ("survey", "record", ref, "--solution", "5", "--service", "1", "--channel", "fax")
    assert shell(*fax).code == 2


def test_a_rating_of_a_file_is_an_answer_like_any_other(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    row = '{"external_id": "%s", "subject": "Boleto", "received_at": "2026-01-05", "closed_at": "2026-01-09"%s}\n'
    path.write_text(row % ("1", ', "satisfaction": 2') + row % ("2", ""), "utf-8")
    assert shell("import", str(path)).code == 0
    totals = shell("report", "satisfaction", "--format", "json").json["totals"]
    assert (totals["answered"], totals["service_mean"], totals["solution_mean"]) == (1, 2.0, None)
    assert totals["response_pct"] is None

    path.write_text(row % ("1", ', "satisfaction": 4') + row % ("2", ""), "utf-8")
    shell("import", str(path))
    totals = shell("report", "satisfaction", "--format", "json").json["totals"]
    assert (totals["answered"], totals["service_mean"]) == (1, 4.0)
    said = shell("export", "--native", "--format", "jsonl").out
    assert '"satisfaction": 4' in said or '"satisfaction":4' in said


def test_templates_are_shown_edited_listed_and_put_back(shell: Shell) -> None:
    shipped = shell("template", "show", "C4").out
    mine = shipped.replace("Obrigado por escrever.", "Muito obrigado!")
    edited = shell("template", "edit", "C4", "--text", "-", "--format", "json", stdin=mine)
    assert (edited.code, edited.json[0]["version"], edited.json[0]["changed_by"]) == (0, 1, "ana")
    assert shell("template", "show", "C4").out == mine
    assert shell("template", "show", "C4", "--version", "0").out == shipped
    assert shell("template", "reset", "C4").code == 0
    history = shell("template", "history", "C4", "--format", "json").json
    assert [(one["version"], one["reset"]) for one in history] == [(2, True), (1, False), (0, False)]
    rows = shell("template", "list", "--format", "json").json
    listed = {(one["template"], one["language"]): one for one in rows}
    assert listed["C4", "pt-BR"]["version"] == 2
    assert listed["C4", "en"]["version"] == 0
    assert "saudacao" in listed["C4", "en"]["places"]


def test_an_edit_without_a_place_is_refused_by_line_and_changes_nothing(shell: Shell) -> None:
    shipped = shell("template", "show", "F2").out
    said = shell(
        "template", "edit", "F2", "--text", "-", "--format", "json", stdin=shipped.replace("{{ prazo }}", "x")
    )
    assert _refused(said) == (4, "TEMPLATE_PLACE_MISSING")
    assert "line 5" in said.err
    assert shell("template", "show", "F2").out == shipped
    assert _refused(shell("template", "show", "F2", "--version", "9", "--format", "json")) == (
        3,
        "TEMPLATE_NOT_FOUND",
    )


def test_a_letter_is_shown_before_it_leaves(shell: Shell) -> None:
    ref, _code = _new(shell)
    letter = ("reply", ref, "--template", "t3", "--text", "em análise.", "--set", "motivo=ouvir a área")
    shown = shell(*letter, "--preview")
    assert shown.out.startswith(f"[{ref}] Andamento do seu caso\n\nOlá.\n")
    assert "Próximo passo: ouvir a área, com a Ouvidoria." in shown.out
    assert shell("show", ref, "--format", "json").json["revision"] == 1
    assert "customer told how it stands" in shell(*letter, "--format", "table").out
    assert [one["type"] for one in shell("history", ref, "--format", "json").json] == ["received", "informed"]


def test_preview_and_places_need_a_template_and_a_place_needs_its_text(shell: Shell) -> None:
    ref, _code = _new(shell)
    assert _refused(shell("reply", ref, "--text", "x", "--preview", "--format", "json")) == (
        2,
        "TEMPLATE_REQUIRED",
    )
    bad = ("reply", ref, "--template", "T3", "--text", "x", "--set", "motivo", "--format", "json")
    assert _refused(shell(*bad)) == (2, "BAD_PLACE")


@pytest.mark.req("S0-14")
@pytest.mark.parametrize(
    ("channel", "who", "level"),
    [
        ("portal", ("--name", "Ana", "--email", "a@example.com"), "authenticated"),
        ("phone", ("--name", "Ana", "--email", "a@example.com"), "matched"),
        ("portal", (), "unverified"),
        ("chat", (), "unverified"),
    ],
)
def test_how_strongly_somebody_is_identified_follows_from_the_channel_and_the_match(
    shell: Shell, channel: str, who: tuple[str, ...], level: str
) -> None:
    ref, _code = _new(shell, "--channel", channel, *who)
    assert shell("show", ref, "--format", "json").json["identity"] == level
    assert "Identity" in shell("show", ref).out


TRACK = "protocol type channel subject status turn arrived_at registered_at ahead analysis_at due forecast promise"
KEYS = {
    "track": f"{TRACK} steps label timeline",
    "survey": (
        "protocol customer_document answer_sent_at answer_channel offered_at answered_at channel solution"
        " service comment"
    ),
    "template": "template language version reset changed_at changed_by subject places text",
    "report": (
        "invited answered response_pct solution_mean service_mean solution_1 solution_2 solution_3 solution_4"
        " solution_5 service_1 service_2 service_3 service_4 service_5"
    ),
}


@pytest.mark.parametrize("name", KEYS)
def test_the_machine_formats_have_exactly_these_keys(shell: Shell, name: str) -> None:
    ref, code = _new(shell)
    shell("survey", "record", _closed(shell), "--solution", "5", "--service", "4")
    calls = {
        "track": ("track", ref, "--code", code),
        "survey": ("survey", "list"),
        "template": ("template", "show", "C4"),
        "report": ("report", "satisfaction"),
    }
    found = shell(*calls[name], "--format", "json").json
    record = found["totals"] if name == "report" else found[0] if isinstance(found, list) else found
    assert list(record) == KEYS[name].split()
    head = shell(*calls[name], "--format", "tsv").out.splitlines()[0]
    assert head.split("\t") == KEYS[name].split()


def test_hostile_words_of_a_customer_are_clean_on_the_page_that_customers_see(shell: Shell) -> None:
    words = "\x1b[31mA\x1b]0;x\x07 [bold]B[/bold] \u202e"
    made = shell("new", "--subject", words, "--text", words, "--format", "json").json
    page = shell("track", made["protocol"], "--code", made["access_code"])
    assert page.code == 0
    assert not set(page.out) & {"\x1b", "\x07", "\u202e"}
    assert "[bold]B[/bold]" in page.out


def test_letters_are_in_portuguese_whatever_language_the_screen_has(shell: Shell) -> None:
    ref, _code = _new(shell)
    for lang in ("en", "pt-BR"):
        shown = shell("reply", ref, "--template", "T3", "--text", "x.", "--preview", lang=lang)
        assert "Andamento do seu caso" in shown.out


def test_silence_is_asked_for_in_either_language_and_only_as_a_length_of_time(shell: Shell) -> None:
    ref, _code = _new(shell)
    other, _code = _new(shell)
    shell("reply", other, "--text", "Qual fatura?")
    for query in ("silent>=0h", "silencio>=0h", "silent<1h"):
        assert [row["protocol"] for row in shell("queue", query, "--format", "json").json] == [ref]
    assert shell("queue", "silent>1h", "--format", "json").json == []
    turned = shell("queue", "--format", "json", "--", "-silent<1h").json
    assert [row["protocol"] for row in turned] == [other]
    for query in ("silent:5d", "silent>-1d", "silent>amanhã"):
        assert shell("queue", query).code == 2
