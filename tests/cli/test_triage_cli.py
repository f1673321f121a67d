"""`ouvidoria triage`: the record is a contract, the plan that is shown is the one that is carried out."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.founding import found_desk

LONG = "o pedido foi cobrado e até hoje ninguém da loja me respondeu"
ANA = Customer(0, "Ana Exemplo", email="ana@example.com")
KEYS = [
    "protocol",
    "decision",
    "codes",
    "reasons",
    "department",
    "severity",
    "difficulty",
    "team",
    "duplicate_of",
    "messages",
    "flags",
    "redirect",
    "redirect_cause",
    "convert",
    "prior_ticket",
    "places",
    "gates",
    "revision",
]

Call = Callable[..., int]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A desk with three tickets that wait: admitted, duplicate of it, without the number."""
    path = tmp_path / "d.db"
    store = found_desk(path, profile="loja-virtual", admin="ana")
    store.add_agent("auditor", "Auditor", Role.AUDITOR, True, 0)
    desk = desk_over(store, agent="ana")
    receive(desk, Manifestation("Entrega", LONG, customer=ANA, prior_ticket="1"), at=desk.clock.now() - 60)
    receive(desk, Manifestation("Re: Entrega", LONG, customer=ANA, prior_ticket="1"))
    receive(desk, Manifestation("Painel", LONG))
    store.close()
    return path


@pytest.fixture
def call(db: Path) -> Call:
    def one(*args: str, agent: str = "ana", lang: str = "en") -> int:
        return run(["--db", str(db), "--as", agent, "--lang", lang, "--quiet", *args])

    return one


def records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def saved(call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Path:
    assert call("triage", "--format", "jsonl") == 0
    path = tmp_path / "plan.jsonl"
    path.write_text(capsys.readouterr().out, "utf-8")
    return path


def test_the_keys_of_a_plan(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("triage", "--format", "jsonl") == 0
    found = records(capsys)
    assert [list(record) for record in found] == [KEYS] * 3
    reasons = found[0]["reasons"]
    assert isinstance(reasons, list)
    assert [list(reason) for reason in reasons] == [["rule", "requirement", "text"]] * len(reasons)
    assert [record["decision"] for record in found] == ["admitted", "duplicate", "awaiting-info"]
    assert found[1]["duplicate_of"] == found[0]["protocol"]


def test_tsv_has_the_same_keys(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("triage") == 0
    assert capsys.readouterr().out.splitlines()[0].split("\t") == KEYS


def test_reasons_are_told_in_the_language_in_force(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {}
    for lang in ("en", "pt-BR"):
        call("triage", "--format", "jsonl", lang=lang)
        reasons = records(capsys)[2]["reasons"]
        assert isinstance(reasons, list)
        texts[lang] = reasons[0]["text"]
    assert texts["en"] == "the number of the previous ticket is required and is missing"
    assert texts["pt-BR"] != texts["en"]


def test_a_query_and_a_limit_narrow_the_plan(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    call("triage", "painel", "--format", "jsonl")
    assert len(records(capsys)) == 1
    call("triage", "--limit", "2", "--format", "jsonl")
    assert len(records(capsys)) == 2


def test_a_broken_query_is_a_usage_error(call: Call) -> None:
    assert call("triage", "statu:x") == 2


def test_applying_prints_the_plan_and_how_it_ended(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    call("triage", "--format", "jsonl")
    planned = records(capsys)
    assert call("triage", "--apply", "--format", "jsonl") == 0
    applied = records(capsys)
    assert applied == [{**plan, "result": "done", "code": None} for plan in planned]
    assert list(applied[0]) == [*KEYS, "result", "code"]
    call("triage", "--format", "jsonl")
    assert records(capsys) == []


def test_a_saved_plan_is_carried_out(call: Call, saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("triage", "--apply", "--plan", str(saved), "--format", "jsonl") == 0
    assert {record["result"] for record in records(capsys)} == {"done"}
    assert call("triage", "--apply", "--plan", str(saved), "--format", "jsonl") == 0
    assert {record["result"] for record in records(capsys)} == {"unchanged"}


def test_a_saved_plan_comes_from_standard_input_too(
    call: Call, saved: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(saved.read_bytes())))
    assert call("triage", "--apply", "--plan", "-", "--format", "jsonl") == 0
    assert len(records(capsys)) == 3


def test_a_ticket_that_changed_since_is_refused_and_the_rest_stand(
    call: Call, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    protocol = json.loads(saved.read_text("utf-8").splitlines()[0])["protocol"]
    call("note", protocol, "--text", "ligou")
    capsys.readouterr()
    assert call("triage", "--apply", "--plan", str(saved), "--format", "jsonl") == 6
    assert [(record["result"], record["code"]) for record in records(capsys)] == [
        ("conflict", "TICKET_CHANGED"),
        ("done", None),
        ("done", None),
    ]


def test_one_ticket_that_changed_is_a_conflict(
    call: Call, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = saved.read_text("utf-8").splitlines()[0]
    saved.write_text(line, "utf-8")
    call("note", json.loads(line)["protocol"], "--text", "ligou")
    capsys.readouterr()
    assert call("triage", "--apply", "--plan", str(saved), "--format", "json") == 5
    error = json.loads(capsys.readouterr().err)["error"]
    assert error["code"] == "TICKET_CHANGED"


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        '"text"',
        "{}",
        '{"protocol": 1}',
        "[" * 5000,
        '{"protocol":"2026-000001-5","decision":"admitted","codes":["two words"],"reasons":[],"department":null,'
        '"severity":"low","difficulty":"simple","team":false,"duplicate_of":null,"messages":[],"revision":1}',
        '{"protocol":"2026-000001-5","decision":"admitted","codes":[],"reasons":[],"department":null,'
        '"severity":"low","difficulty":"simple","team":false,"duplicate_of":null,"messages":[],"revision":1e999}',
    ],
)
def test_a_broken_plan_changes_nothing(
    call: Call, saved: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    saved.write_text(saved.read_text("utf-8") + line + "\n", "utf-8")
    assert call("triage", "--apply", "--plan", str(saved), "--format", "json") == 2
    error = json.loads(capsys.readouterr().err)["error"]
    assert (error["code"], error["line"]) == ("PLAN_UNREADABLE", 4)
    call("triage", "--format", "jsonl")
    assert len(records(capsys)) == 3


def test_explaining_names_every_rule(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    call("triage", "painel", "--format", "jsonl")
    (record,) = records(capsys)
    assert call("triage", "--explain", str(record["protocol"]), "--format", "table") == 0
    out = capsys.readouterr().out
    reasons = record["reasons"]
    assert isinstance(reasons, list)
    assert all(reason["rule"] in out and reason["text"] in out for reason in reasons)
    assert "P1" in out


def test_an_override_is_an_act(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    call("triage", "painel", "--format", "jsonl")
    protocol = str(records(capsys)[0]["protocol"])
    args = ("triage", "--override", protocol, "admitted", "--reason", "por telefone", "--format", "jsonl")
    assert call(*args) == 0
    assert records(capsys)[0]["result"] == "done"
    assert call(*args) == 0
    assert records(capsys)[0]["result"] == "unchanged"


@pytest.mark.parametrize(
    "args",
    [
        ("--override", "2026-000001-5", "admitted"),
        ("--reason", "x"),
        ("--plan", "x"),
        ("painel", "--apply", "--plan", "x"),
        ("--explain", "2026-000001-5", "--apply"),
        ("--override", "2026-000001-5", "nonsense", "--reason", "x"),
        ("--format", "xml"),
        ("--limit", "0"),
    ],
)
def test_options_that_do_not_fit_are_usage_errors(call: Call, args: tuple[str, ...]) -> None:
    assert call("triage", *args) == 2


def test_an_unknown_ticket_is_not_found(call: Call) -> None:
    assert call("triage", "--explain", "2026-999999-0") in (2, 3)
    assert call("triage", "--override", "2020-000001-9", "admitted", "--reason", "x") in (2, 3)


def test_an_auditor_may_plan_and_not_apply(call: Call) -> None:
    assert call("triage", agent="auditor") == 0
    assert call("triage", "--apply", agent="auditor") == 8


def test_the_table_says_why(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("triage", "--format", "table") == 0
    out = capsys.readouterr().out
    assert "the number of the previous ticket is required" in out
    assert "waits for information" in out
