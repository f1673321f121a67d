"""Gates on the command line: a saved plan keeps what its letters say, every gate is told, rights are printed."""

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
Capture = pytest.CaptureFixture[str]
PANEL = "Estou sem acesso ao painel por inatividade, podem me ajudar com isso?"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    store = found_desk(tmp_path / "d.db", profile="loja-virtual", admin="ana")
    receive(desk_over(store, agent="ana"), Manifestation("Painel", PANEL))
    store.close()
    return tmp_path / "d.db"


@pytest.fixture
def call(db: Path) -> Call:
    def one(*args: str, lang: str = "en") -> int:
        return run(["--db", str(db), "--as", "ana", "--lang", lang, "--quiet", *args])

    return one


@pytest.fixture
def saved(call: Call, capsys: Capture, tmp_path: Path) -> Path:
    assert call("triage", "--format", "jsonl") == 0
    path = tmp_path / "plan.jsonl"
    path.write_text(capsys.readouterr().out, "utf-8")
    return path


def test_a_plan_says_where_to_and_why_and_what_its_letter_names(saved: Path) -> None:
    record = json.loads(saved.read_text("utf-8"))
    assert (record["redirect"], record["redirect_cause"], record["convert"]) == (
        "acesso-ao-painel",
        "inactivity",
        None,
    )
    assert "suporte técnico" in record["places"]["contato"]


def test_a_saved_plan_sends_the_same_letter_and_keeps_the_cause(
    call: Call, saved: Path, capsys: Capture
) -> None:
    protocol = json.loads(saved.read_text("utf-8"))["protocol"]
    assert call("triage", "--apply", "--plan", str(saved), "--format", "jsonl") == 0
    capsys.readouterr()
    assert call("show", protocol, "--format", "table") == 0
    assert "o suporte técnico, por um chamado" in " ".join(capsys.readouterr().out.split())
    assert call("report", "refusals", "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["redirect_cause"] for row in rows} == {"inactivity"}


@pytest.mark.parametrize(
    "change",
    [
        {"redirect": "two words"},
        {"redirect_cause": 7},
        {"convert": "miracle"},
        {"places": ["a"]},
        {"places": {"contato": 5}},
        {"places": {"bad name!": "x"}},
        {"places": {"contato": "a\u202eb"}},
        {"places": {"contato": "x" * 3000}},
        {"prior_ticket": "Ana Exemplo, rua tal"},
        {"flags": ["two words"]},
    ],
)
def test_a_plan_with_free_text_where_none_belongs_is_refused(
    call: Call, saved: Path, capsys: Capture, change: dict[str, object]
) -> None:
    record = json.loads(saved.read_text("utf-8")) | change
    saved.write_text(json.dumps(record) + "\n", "utf-8")
    assert call("triage", "--apply", "--plan", str(saved), "--format", "json") == 2
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "PLAN_UNREADABLE"


def test_a_plan_of_before_these_keys_is_still_read(call: Call, saved: Path) -> None:
    record = json.loads(saved.read_text("utf-8"))
    old = {"flags", "redirect", "redirect_cause", "convert", "prior_ticket", "places", "gates"}
    kept = {key: value for key, value in record.items() if key not in old} | {
        "decision": "awaiting-info",
        "messages": ["P1"],
    }
    saved.write_text(json.dumps(kept) + "\n", "utf-8")
    assert call("triage", "--apply", "--plan", str(saved)) == 0


@pytest.mark.req("S1-14")
def test_every_gate_is_told_in_the_order_in_which_it_was_asked(
    call: Call, saved: Path, capsys: Capture
) -> None:
    record = json.loads(saved.read_text("utf-8"))
    assert [one["gate"] for one in record["gates"]] == [
        "duplicate",
        "sender",
        "customer",
        "redirect",
        "prior-ticket",
        "channel",
        "address",
        "eligibility",
        "department",
        "evidence",
        "description",
        "registration",
        "courtesy",
        "emergency",
    ]
    assert [one["answer"] for one in record["gates"]].count("holds") == 2
    assert call("triage", "--explain", record["protocol"], "--format", "table") == 0
    out = capsys.readouterr().out
    assert "4. solved by somebody else: holds (REDIRECTED)" in out
    assert "6. way in: not asked for" in out


@pytest.mark.parametrize("lang", ["en", "pt-BR"])
@pytest.mark.req("S3-03")
def test_rights_and_duties_are_printed_from_the_rules_in_force(
    call: Call, capsys: Capture, lang: str
) -> None:
    assert call("policy", "show", "--rights", "--format", "md", lang=lang) == 0
    out = capsys.readouterr().out
    assert out.startswith("# ")
    for said in ("o Comercial, pelo formulário", "S1-16", "artigo “Planos, faturas e cobrança”", "S1-15"):
        assert said in out


def test_rights_are_one_object_for_programs(call: Call, capsys: Capture) -> None:
    assert call("policy", "show", "--rights", "--format", "json") == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["key"], record["version"], record["language"]) == ("loja-virtual", 1, "en")
    assert {"text", "source"} == set(record["sections"][0]["lines"][0])


@pytest.mark.parametrize(
    ("profile", "said", "unsaid"),
    [
        ("publico-13460", "nobody is turned away", "Not by"),
        ("suporte-tecnico", "No date is promised", "No time is fixed"),
        ("ecommerce-planos", "TEAM and above", "turns to"),
        ("hospedagem", "Anything else goes on as a ticket", "Customers may write"),
        ("organizacional", "24 hours", "Not by"),
    ],
)
def test_rights_follow_the_profile(call: Call, capsys: Capture, profile: str, said: str, unsaid: str) -> None:
    assert call("policy", "show", "--rights", "--profile", profile, "--format", "table") == 0
    out = " ".join(capsys.readouterr().out.split())
    assert said in out
    assert unsaid not in out


def test_rights_and_toml_do_not_go_together(call: Call) -> None:
    assert call("policy", "show", "--rights", "--toml") == 2


def test_a_rule_of_a_gate_that_changes_is_a_difference(call: Call, capsys: Capture, tmp_path: Path) -> None:
    assert call("policy", "show", "--toml") == 0
    text = capsys.readouterr().out
    path = tmp_path / "novo.toml"
    path.write_text(text.replace("o Comercial, pelo formulário", "a Loja, pelo formulário"), "utf-8")
    assert call("policy", "diff", str(path), "--format", "jsonl") == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["section"], row["key"]) == ("admission", "non_customer_contact")


def test_the_gates_stand_in_the_sheet_with_their_requirements(call: Call, capsys: Capture) -> None:
    assert call("policy", "show", "--format", "jsonl") == 0
    capsys.readouterr()
    assert call("policy", "show", "--format", "tsv") == 0
    assert "redirect acesso-ao-painel" in capsys.readouterr().out


def test_a_report_may_raise_an_alarm_about_a_rule(call: Call, saved: Path) -> None:
    assert call("triage", "--apply", "--plan", str(saved)) == 0
    assert call("report", "refusals", "--fail-if", "turned_away>0") == 9
    assert call("report", "refusals", "--fail-if", "rows.any.overridden_pct>10") == 0
    assert call("report", "refusals", "--by", "nonsense") == 2
