"""The work on a case from the shell: refusals with their next step, what is shown, what stays inside."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Said, Shell
from tests.plain_profile import plain

WORK = "[work]\nteam = true\nmeasures = true\n"


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    text = plain("organizacional").replace("[[departments]]", f"{WORK}\n[[departments]]", 1)
    store = found_desk(tmp_path / "d.db", profile="organizacional", text=text, admin="ana")
    for login in ("bia", "caio"):
        register_agent(desk_over(store, agent="ana"), login, login.title(), Role.AGENT)
    store.close()
    return Shell(tmp_path / "d.db", capsys, monkeypatch)


def _new(shell: Shell) -> str:
    made = shell("new", "--subject", "Cobrança", "--text", "Duas vezes.", "--format", "json")
    return str(made.json["protocol"])


def _heard(shell: Shell, ref: str) -> None:
    shell("position", ref, "--side", "customer", "--text", "Fui cobrada duas vezes.")
    shell("position", ref, "--side", "customer", "--wish", "--text", "Quero o estorno.")
    shell("position", ref, "--side", "company", "--text", "Erro nosso.")


def _refused(said: Said) -> tuple[int, str]:
    return said.code, str(said.error["code"])


@pytest.mark.req("S0-02")
def test_both_sides_are_heard_by_somebody_whom_it_does_not_concern(shell: Shell) -> None:
    ref = _new(shell)
    assess = ("assess", ref, "--merit", "founded", "--grounds", "Extrato.", "--format", "json")

    assert _refused(shell(*assess)) == (4, "BOTH_SIDES_REQUIRED")
    _heard(shell, ref)
    shell("conflict", ref, "--agent", "bia", "--reason", "Foi quem atendeu.")
    assert _refused(shell(*assess, agent="bia")) == (4, "CONFLICT_OF_INTEREST")
    assert shell(*assess).code == 0

    work = shell("show", ref, "--format", "json").json["work"]
    assert (work["customer"], work["company"]) == ("Fui cobrada duas vezes.", "Erro nosso.")
    assert (work["wish"], work["grounds"], work["conflicts"]) == ("Quero o estorno.", "Extrato.", ["bia"])


@pytest.mark.req("S4-20")
def test_a_complex_case_is_answered_by_a_team(shell: Shell) -> None:
    ref = _new(shell)
    shell("classify", ref, "--difficulty", "complex")
    shell("measure", ref, "--none", "Nada a fazer.")
    answer = ("reply", ref, "--conclusive", "--text", "Decidido.", "--format", "json")

    assert _refused(shell(*answer)) == (4, "TEAM_REQUIRED")
    assert _refused(shell("team", ref, "--members", "ana", "--format", "json")) == (2, "TEAM_TOO_SMALL")
    shell("team", ref, "--members", "ana,caio")
    assert shell(*answer).code == 0
    assert shell("show", ref, "--format", "json").json["work"]["team"] == ["ana", "caio"]


def test_a_conclusive_answer_names_measures_or_why_there_are_none(shell: Shell) -> None:
    first, second = _new(shell), _new(shell)
    answers = [
        ("reply", ref, "--conclusive", "--text", "Decidido.", "--format", "json") for ref in (first, second)
    ]

    assert [_refused(shell(*answer)) for answer in answers] == [(4, "NO_MEASURES")] * 2
    made = shell(
        "measure",
        first,
        "--text",
        "Estorno",
        "--area",
        "Financeiro",
        "--due",
        "2026-12-04",
        "--format",
        "json",
    )
    shell("measure", second, "--none", "Era devida.")

    assert made.json[0]["message"] == "measure 1"
    assert [shell(*answer).code for answer in answers] == [0, 0]
    assert shell("show", first, "--format", "json").json["measures"] == [
        {
            "number": 1,
            "text": "Estorno",
            "target": None,
            "area": "financeiro",
            "due": "2026-12-04",
            "done_at": None,
            "improvement": None,
        }
    ]


@pytest.mark.parametrize(
    "words",
    [("measure", "P"), ("measure", "P", "--text", "a", "--none", "b"), ("customer-view", "P")],
)
def test_one_thing_is_said_at_a_time(shell: Shell, words: tuple[str, ...]) -> None:
    ref = _new(shell)
    said = shell(*(ref if word == "P" else word for word in words), "--format", "json")

    assert said.code == 2
    assert said.error["code"] in ("ONE_OF_THREE", "ONE_OF_TWO")


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("position", "P", "--side", "judge", "--text", "a"), "--side"),
        (("assess", "P", "--merit", "not-assessed", "--grounds", "a"), "--merit"),
        (("measure", "P", "--text", "a", "--target", "moon"), "--target"),
        (("close", "P", "--reason", "solved", "--by", "area"), "--by"),
        (("improvement", "add", "--from", "P", "--target", "x", "--text", "a"), "--target"),
    ],
)
def test_a_value_that_is_none_is_named_with_those_that_are(
    shell: Shell, words: tuple[str, ...], option: str
) -> None:
    ref = _new(shell)
    said = shell(*(ref if word == "P" else word for word in words), "--format", "json")

    assert _refused(said) == (2, "BAD_CHOICE")
    assert option in said.error["message"]


def test_who_disagrees_with_the_result_is_found_in_the_queue(shell: Shell) -> None:
    content, angry = _new(shell), _new(shell)
    for ref, view in ((content, "--agrees"), (angry, "--disagrees")):
        _heard(shell, ref)
        shell("assess", ref, "--merit", "unfounded", "--grounds", "Contrato.")
        shell("customer-view", ref, view, "--text", "Minha opinião.")

    for query in ("is:disagreed", "is:discordado", "merit:unfounded is:disagreed"):
        assert [one["protocol"] for one in shell("queue", query, "--format", "json").json] == [angry]


@pytest.mark.req("S3-51")
def test_the_customer_closes_and_who_is_answered_and_not_closed_is_listed(shell: Shell) -> None:
    ref, left = _new(shell), _new(shell)
    for one in (ref, left):
        shell("measure", one, "--none", "Nada.")
        shell("reply", one, "--conclusive", "--text", "Decidido.")

    shell("close", ref, "--reason", "solved", "--by", "customer")

    rows = shell("history", ref, "--audience", "customer", "--format", "json").json
    assert (rows[-1]["type"], rows[-1]["actor"]) == ("closed", "customer")
    assert [one["protocol"] for one in shell("queue", "status:answered", "--format", "json").json] == [left]


def test_the_customer_sees_nothing_of_what_stays_inside(shell: Shell) -> None:
    ref = _new(shell)
    _heard(shell, ref)
    shell("conflict", ref, "--agent", "bia", "--reason", "INTERNO")
    shell("assess", ref, "--merit", "founded", "--grounds", "INTERNO")
    shell("measure", ref, "--text", "INTERNO")
    shell("improvement", "add", "--from", ref, "--target", "process", "--text", "INTERNO")
    shell("customer-view", ref, "--disagrees", "--text", "INTERNO")

    public = shell("history", ref, "--audience", "customer", "--format", "json")

    assert [one["type"] for one in public.json] == ["received", "customer-viewed"]
    assert "INTERNO" not in public.out


def test_hostile_words_are_shown_as_text(shell: Shell) -> None:
    ref = _new(shell)
    shell("position", ref, "--side", "customer", "--text", "\x1b[31mvermelho\x07 [b]x[/b] \u202eoculto")

    shown = shell("show", ref).out

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[b]x[/b]" in shown


def test_the_words_of_a_confidential_ticket_are_masked(shell: Shell) -> None:
    made = shell("new", "--subject", "S", "--text", "T", "--confidential", "--format", "json")
    ref = str(made.json["protocol"])
    shell("position", ref, "--side", "customer", "--text", "SEGREDO")
    shell("measure", ref, "--text", "SEGREDO")
    shell("improvement", "add", "--from", ref, "--target", "process", "--text", "SEGREDO")

    assert "SEGREDO" not in shell("show", ref).out
    assert "SEGREDO" not in shell("show", ref, "--format", "json", agent="caio").out
    assert "SEGREDO" not in shell("improvement", "list", "--format", "table").out
    assert "SEGREDO" not in shell("improvement", "list", "--format", "json", agent="caio").out


def test_improvements_are_listed_done_and_measured(shell: Shell) -> None:
    ref = _new(shell)
    add = (
        "improvement",
        "add",
        "--from",
        ref,
        "--target",
        "process",
        "--due",
        "2020-01-10",
        "--text",
        "Conferir",
    )

    assert shell(*add, "--owner", "caio", "--format", "json").json[0]["message"] == "improvement 1"
    (row,) = shell("improvement", "list", "--format", "json").json
    assert (row["number"], row["owner"], row["due"], row["overdue"]) == (1, "caio", "2020-01-10", True)
    assert _refused(shell("improvement", "effect", "1", "--format", "json")) == (4, "IMPROVEMENT_OPEN")
    assert shell("improvement", "done", "1", "--evidence", "Roteiro novo").code == 0
    assert shell("improvement", "list", "--open", "--format", "json").json == []
    assert _refused(shell("improvement", "effect", "1", "--format", "json")) == (4, "CAUSE_UNKNOWN")
    shell("classify", ref, "--cause", "Cobrança dupla")
    (figure,) = shell("improvement", "effect", "1", "--days", "30", "--format", "json").json
    found = figure["cause"], figure["before"] + figure["after"], figure["days"]
    assert found == ("cobranca-dupla", 1, 30)
    assert _refused(shell("improvement", "effect", "7", "--format", "json")) == (3, "IMPROVEMENT_NOT_FOUND")


@pytest.mark.req("S0-10")
def test_improvements_are_reported_by_what_they_change_with_owner_due_date_and_status(shell: Shell) -> None:
    ref = _new(shell)
    for target, due, text in (
        ("product", "2099-01-10", "Painel"),
        ("service", "2020-01-10", "Roteiro"),
        ("process", "2099-02-10", "Lotes"),
        ("service", "2099-03-10", "Treino"),
    ):
        given = ("--owner", "caio", "--due", due, "--text", text)
        assert shell("improvement", "add", "--from", ref, "--target", target, *given).code == 0
    shell("improvement", "done", "3", "--evidence", "Feito")

    rows = shell("improvement", "list", "--format", "json").json
    assert [(one["target"], one["number"], one["status"]) for one in rows] == [
        ("service", 2, "late"),
        ("service", 4, "open"),
        ("process", 3, "done"),
        ("product", 1, "open"),
    ]
    assert {one["owner"] for one in rows} == {"caio"}
    assert [one["due"] for one in rows] == ["2020-01-10", "2099-03-10", "2099-02-10", "2099-01-10"]
    only = shell("improvement", "list", "--target", "service", "--open", "--format", "json").json
    assert [one["number"] for one in only] == [2, 4]
    table = shell("improvement", "list", "--format", "table").out
    assert [line.split()[0] for line in table.splitlines() if ref in line] == [
        "service",
        "service",
        "process",
        "product",
    ]


def test_what_is_missing_for_a_conclusive_answer_stands_on_the_page(shell: Shell) -> None:
    ref = _new(shell)

    assert "Missing for a conclusive answer" in shell("show", ref).out
    shell("measure", ref, "--none", "Nada.")
    assert "Missing for a conclusive answer" not in shell("show", ref).out


def test_what_is_in_the_way_of_closing_stands_on_the_page(shell: Shell) -> None:
    ref = _new(shell)
    shell("measure", ref, "--text", "Estorno")
    shell("reply", ref, "--conclusive", "--text", "Decidido.")

    assert "In the way of closing as solved" in shell("show", ref).out
    shell("measure", ref, "--done", "1", "--evidence", "Comprovante")
    assert "In the way of closing as solved" not in shell("show", ref).out


def test_the_policy_says_what_it_asks_for(shell: Shell) -> None:
    work = shell("policy", "show", "--format", "json").json["work"]

    assert (work["team"], work["measures"], work["steps"], work["reminders"]) == (True, True, False, 0)


def test_the_ledger_is_sound_after_all_of_it(shell: Shell) -> None:
    ref = _new(shell)
    _heard(shell, ref)
    shell("assess", ref, "--merit", "founded", "--grounds", "Extrato.", "--outcome", "Estornado")
    shell("measure", ref, "--text", "Estorno")
    shell("improvement", "add", "--from", ref, "--target", "process", "--measure", "1", "--text", "Conferir")

    assert shell("verify").code == 0
    assert shell("db", "rebuild").code == 0


@pytest.mark.req("S1-21")
def test_the_records_of_the_earlier_attendance_come_before_judging(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found_desk(tmp_path / "d.db", profile="loja-virtual", admin="ana").close()
    shell = Shell(tmp_path / "d.db", capsys, monkeypatch)
    ref = _new(shell)
    _heard(shell, ref)
    assess = ("assess", ref, "--merit", "founded", "--grounds", "Extrato.", "--format", "json")

    assert _refused(shell(*assess)) == (4, "PRIOR_RECORDS_REQUIRED")
    assert "records of the earlier attendance are missing" in shell("show", ref).out
    assert _refused(shell("prior-records", ref, "--format", "json")) == (2, "ONE_OF_TWO")
    assert _refused(shell("prior-records", ref, "--file", "99", "--format", "json")) == (
        3,
        "NO_SUCH_ATTACHMENT",
    )
    shell("prior-records", ref, "--text", "Chat de 10/10: \x1b[31mprometido\x1b[0m.")
    assert shell(*assess).code == 0
    page = shell("show", ref).out
    assert "Earlier attendance" in page
    assert "\x1b" not in page
    assert "prometido" in shell("show", ref, "--format", "json").json["work"]["prior_records"]
    public = shell("history", ref, "--audience", "customer", "--format", "json").out
    assert "prometido" not in public


@pytest.mark.req("S1-02", "S1-03")
def test_the_first_instances_ticket_stands_on_the_case_with_how_it_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found_desk(tmp_path / "d.db", profile="loja-virtual", admin="ana").close()
    shell = Shell(tmp_path / "d.db", capsys, monkeypatch)
    path = tmp_path / "sac.csv"
    path.write_text(
        "chamado,e-mail,aberto em,encerrado em,resultado\n"
        "48211,maria@example.com,2026-10-01,2026-10-10,insatisfeito\n",
        "utf-8",
    )
    assert shell("import", "--kind", "first-line", str(path)).code == 0
    new = ("new", "--subject", "Cobrança", "--text", "Duas vezes.", "--email", "maria@example.com")
    ref = str(shell(*new, "--prior-ticket", "48211", "--format", "json").json["protocol"])

    prior = shell("show", ref, "--format", "json").json["prior"]
    assert (prior["number"], prior["same_customer"], prior["outcome"]) == ("48211", True, "unsatisfied")
    assert prior["closed_at"].startswith("2026-10-10")
    assert "the customer was not satisfied" in shell("show", ref).out
    _heard(shell, ref)
    assert shell("assess", ref, "--merit", "founded", "--grounds", "Extrato.").code == 0
