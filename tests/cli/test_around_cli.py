"""What happens around a ticket, from the shell: calls, meetings, conversion, requests for the desk, their figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Shell
from tests.plain_profile import plain

New = Callable[..., str]


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    store = found_desk(tmp_path / "d.db", profile="hospedagem", text=plain("hospedagem"), admin="ana")
    register_agent(desk_over(store, agent="ana"), "caio", "Caio", Role.AGENT)
    store.close()
    return Shell(tmp_path / "d.db", capsys, monkeypatch)


@pytest.fixture
def new(shell: Shell) -> New:
    def make(*more: str, agent: str = "ana") -> str:
        made = shell("new", "--subject", "Site", "--text", "Relato", *more, "--format", "json", agent=agent)
        assert made.code == 0, made.err
        return str(made.json["protocol"])

    return make


def _history(shell: Shell, ref: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell("history", ref, "--format", "json").json
    return found


def _rows(shell: Shell, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell("report", *args, "--format", "json").json["rows"]
    return found


# --- calls, meetings, the card


@pytest.mark.req("S4-02", "S4-12")
def test_registering_by_phone_shows_the_card_and_the_ticks_are_kept_with_the_call(
    shell: Shell, new: New
) -> None:
    said = shell("new", "--subject", "a", "--text", "b", "--channel", "phone")
    assert "[ ] courteous" in said.err
    assert "[ ] empathy" in said.err
    ref = new("--channel", "phone", "--minutes", "7", "--conduct", "clear,courteous")
    call = next(line for line in _history(shell, ref) if line["type"] == "called")
    assert (call["payload"]["minutes"], call["payload"]["conduct"]) == (7, ["clear", "courteous"])


@pytest.mark.req("S4-02", "S4-03")
def test_a_call_is_recorded_and_its_card_counts_in_a_figure(shell: Shell, new: New) -> None:
    ref = new()
    shell(
        "call",
        ref,
        "--with",
        "Maria",
        "--minutes",
        "12",
        "--conduct",
        "all",
        "--text",
        "Contou",
        agent="caio",
    )
    shell("call", ref, "--conduct", "clear,no-criticism", "--text", "De novo", agent="caio")
    shell("call", ref, "--text", "Sem cartão", agent="ana")
    caio, ana = sorted(_rows(shell, "conduct"), key=lambda row: row["agent"], reverse=True)
    assert (caio["agent"], caio["calls"], caio["cards"], caio["all_points"]) == ("caio", 2, 2, 1)
    assert (caio["clear"], caio["no_criticism"], caio["empathy"], caio["adherence_pct"]) == (2, 2, 1, 70.0)
    assert (ana["calls"], ana["cards"], ana["adherence_pct"]) == (1, 0, None)
    assert "Maria: Contou" in [line["text"] for line in _history(shell, ref)]


def test_a_call_stays_inside(shell: Shell, new: New) -> None:
    ref = new()
    shell("call", ref, "--with", "Maria", "--text", "segredo")
    shown = shell("history", ref, "--audience", "customer", "--format", "json").json
    assert [line["type"] for line in shown] == ["received"]


@pytest.mark.req("S2-44")
def test_a_meeting_stands_in_the_timeline_with_date_participants_and_minutes(shell: Shell, new: New) -> None:
    ref = new("--at", "-3d")
    said = shell("meeting", ref, "--participants", "Ana, Bia", "--minutes-text", "Combinado", "--at", "-2d")
    assert said.code == 0
    assert _history(shell, ref)[-1]["text"] == "Ana, Bia: Combinado"
    assert "meeting" in shell("show", ref, "--format", "table").out


# --- conversion


@pytest.mark.req("S0-22")
def test_a_chat_becomes_a_ticket_and_keeps_what_was_said(shell: Shell, new: New) -> None:
    ref = new("--channel", "chat")
    assert "goes on as a ticket" in shell("convert", ref, "--reason", "análise", "--format", "table").out
    ticket = shell("show", ref, "--format", "json").json
    assert (ticket["channel"], ticket["description"]) == ("portal", "Relato")
    assert shell("convert", ref, "--reason", "de novo", "--format", "json").json[0]["result"] == "unchanged"
    assert "chat, now portal" in shell("show", ref, "--format", "table").out


@pytest.mark.req("S0-32", "S0-35")
def test_a_complex_call_is_registered_as_a_ticket_linked_to_the_call_and_says_so(shell: Shell) -> None:
    said = shell(
        "new", "--subject", "a", "--text", "b", "--channel", "phone", "--difficulty", "complex", "-f", "json"
    )
    assert "complex matters are worked on as a ticket" in said.err
    ref = said.json["protocol"]
    assert [line["type"] for line in _history(shell, ref)] == ["received", "called", "converted"]
    assert shell("show", ref, "--format", "json").json["channel"] == "portal"


@pytest.mark.req("S0-21")
def test_a_complex_matter_in_the_chat_is_not_worked_on_there(shell: Shell, new: New) -> None:
    ref = new("--channel", "chat", "--difficulty", "complex")
    assert shell("show", ref, "--format", "json").json["channel"] == "portal"
    simple = new("--channel", "chat", "--difficulty", "simple")
    assert shell("show", simple, "--format", "json").json["channel"] == "chat"


@pytest.mark.req("S0-25")
def test_a_message_becomes_a_ticket_by_a_persons_word_and_its_files_and_bytes_are_kept(
    shell: Shell, tmp_path: Path
) -> None:
    raw = (
        b"From: Nina <nina@example.net>\r\nTo: o@example.com\r\nMessage-ID: <n1@example.net>\r\n"
        b"Subject: Boleto\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/plain\r\n\r\nDe onde veio?\r\n"
        b'--x\r\nContent-Type: application/pdf; name="boleto.pdf"\r\n'
        b'Content-Disposition: attachment; filename="boleto.pdf"\r\n\r\n%PDF-1.4 x\r\n--x--\r\n'
    )
    (tmp_path / "n1.eml").write_bytes(raw)
    assert shell("intake", "eml", str(tmp_path / "n1.eml")).code == 0
    (queued,) = shell("queue", "channel:email", "--format", "json").json
    ref = queued["protocol"]
    assert shell("convert", ref, "--to", "ticket", "--reason", "precisa de análise").code == 0
    ticket = shell("show", ref, "--format", "json").json
    assert ticket["channel"] == "portal"
    assert [one["name"] for one in ticket["attachments"]] == ["boleto.pdf"]
    kept = shell(
        "db", "sql", "SELECT count(*) AS n FROM mail JOIN blob ON blob.sha256 = mail.raw_sha256", "-f", "json"
    )
    assert kept.json[0]["n"] == 1, "the message itself is kept, whatever becomes of it"


@pytest.mark.parametrize(
    ("args", "code", "name"),
    [
        (("convert", "{ref}", "--to", "circular", "--reason", "x"), 2, "BAD_CHOICE"),
        (("convert", "2026-999999-9", "--reason", "x"), 2, "BAD_PROTOCOL"),
        (("call", "{ref}", "--text", "x", "--conduct", "rude"), 2, "BAD_CHOICE"),
        (("call", "{ref}", "--text", "x", "--minutes", "0"), 2, "BAD_MINUTES"),
        (("call", "{ref}", "--text", "x", "--at", "2099-01-01"), 4, "DATE_IN_FUTURE"),
        (("call", "{ref}", "--text", " "), 2, "TEXT_REQUIRED"),
        (("meeting", "{ref}", "--participants", ",", "--minutes-text", "x"), 2, "TEXT_REQUIRED"),
        (("escalate", "{ref}"), 2, "LEVEL_REQUIRED"),
        (("new", "--subject", "a", "--text", "b", "--minutes", "3"), 2, "NOT_A_CONVERSATION"),
        (("new", "--subject", "a", "--text", "b", "--prior-ticket", "7"), 2, "ESCALATION_REASON_REQUIRED"),
        (("new", "--subject", "a", "--text", "b", "--escalation-reason", "preço"), 2, "BAD_CHOICE"),
        (("report", "conduct", "--by", "plan"), 2, "BY_UNKNOWN"),
    ],
)
def test_wrong_input_says_what_is_wrong_and_what_to_do(
    shell: Shell, new: New, args: tuple[str, ...], code: int, name: str
) -> None:
    ref = new()
    said = shell(*(arg.format(ref=ref) for arg in args), "--format", "json")
    assert (said.code, said.error["code"]) == (code, name)
    assert said.error["hint"]


# --- reaching the desk


@pytest.mark.req("S0-20")
def test_requests_for_the_desk_are_counted_by_agent_and_department(shell: Shell, new: New) -> None:
    new("--at-request", "--department", "financeiro", agent="caio")
    ref = new("--department", "suporte")
    assert shell("escalate", ref, "--at-request", agent="caio").code == 0
    (caio,) = _rows(shell, "escalations", "--by", "agent")
    assert (caio["agent"], caio["escalations"], caio["at_request"]) == ("caio", 2, 2)
    by = {row["department"]: row["at_request"] for row in _rows(shell, "escalations", "--by", "department")}
    assert by == {"financeiro": 1, "suporte": 1}


@pytest.mark.req("S0-40")
def test_the_reason_for_coming_to_the_desk_is_asked_kept_and_split(shell: Shell, new: New) -> None:
    for reason in ("speed", "speed", "quality"):
        ref = new("--prior-ticket", "771", "--escalation-reason", reason)
    assert shell("show", ref, "--format", "json").json["escalation_reason"] == "quality"
    assert "quality" in shell("show", ref, "--format", "table").out
    (desk,) = _rows(shell, "escalations")
    assert (desk["level"], desk["speed"], desk["quality"], desk["other"]) == ("desk", 2, 1, 0)
    split = {row["reason"]: row["escalations"] for row in _rows(shell, "escalations", "--by", "reason")}
    assert split == {"speed": 2, "quality": 1}


def test_an_escalation_that_was_undone_is_not_counted(shell: Shell, new: New) -> None:
    ref = new()
    shell("escalate", ref, "--level", "N2", "--reason", "grave")
    assert [row["level"] for row in _rows(shell, "escalations")] == ["N2"]
    shell("undo", ref)
    assert _rows(shell, "escalations") == []


@pytest.mark.req("S0-30")
def test_the_way_up_is_explicit_and_counted_at_each_level(shell: Shell, new: New, tmp_path: Path) -> None:
    ways = {way["name"]: way for way in shell("policy", "show", "--format", "json").json["ways"]}
    assert [ways[name]["number"] for name in ("central-de-ajuda", "telefone", "chamado")] == [0, 1, 2]
    volumes = tmp_path / "v.csv"
    volumes.write_text(
        "data,canal,recebidos,resolvidos\n2026-10-01,central-de-ajuda,900,880\n2026-10-01,telefone,100,90\n",
        "utf-8",
    )
    assert shell("import", "--kind", "volumes", str(volumes)).code == 0
    ref = new()
    shell("close", ref, "--reason", "withdrawn")
    rows = {row["level"]: row for row in _rows(shell, "funnel")}
    assert list(rows) == ["self-service", "attendance", "desk"]
    assert (rows["self-service"]["received"], rows["self-service"]["passed_on"]) == (900, 20)
    assert (rows["attendance"]["received"], rows["attendance"]["solved_pct"]) == (100, 90.0)
    assert (rows["desk"]["received"], rows["desk"]["solved"]) == (1, 0)


@pytest.mark.req("S0-13", "S0-31")
def test_the_policy_shows_what_each_way_is_for_and_marks_the_advised_one(shell: Shell) -> None:
    ways = {way["name"]: way for way in shell("policy", "show", "--format", "json").json["ways"]}
    assert [name for name, way in ways.items() if way["recommended"]] == ["chamado"]
    assert "soluções rápidas" in ways["telefone"]["purpose"]
    shown = shell("policy", "show", "--format", "table").out
    assert "recommended" in shown
    assert "Dúvidas e soluções rápidas" in shown


# --- tone


@pytest.mark.req("S4-03")
@pytest.mark.parametrize(
    "args",
    [
        ("reply", "{ref}", "--text", "O suporte é incompetente."),
        ("ask", "{ref}", "--text", "O suporte é incompetente?"),
        ("status", "answered", "{ref}", "--text", "O suporte é incompetente."),
        ("delay-notice", "{ref}", "--new-date", "+20d", "--reason", "O suporte é incompetente."),
    ],
)
def test_words_that_criticise_are_confirmed_before_they_leave(
    shell: Shell, new: New, args: tuple[str, ...]
) -> None:
    ref = new()
    call = [arg.format(ref=ref) for arg in args]
    held = shell(*call, "--format", "json")
    assert (held.code, held.error["code"]) == (4, "TONE_WARNING")
    assert "--confirm-tone" in held.error["hint"]
    assert shell(*call, "--confirm-tone").code == 0
    assert _history(shell, ref)[-1]["payload"]["tone"] == "confirmed"
    assert "tone confirmed" in shell("show", ref, "--format", "table").out


# --- the knowledge base


@pytest.mark.req("S0-27")
def test_an_article_is_looked_for_and_named_in_an_answer(shell: Shell, new: New) -> None:
    ref, link = new(), "https://ajuda.example.com/2via"
    added = shell(
        "article", "add", "segunda-via", "--title", "Segunda via", "--address", link, "--topics", "fatura"
    )
    assert added.code == 0
    assert [one["slug"] for one in shell("article", "search", "fatura", "--format", "json").json] == [
        "segunda-via"
    ]
    assert shell("reply", ref, "--text", "Veja.", "--article", "segunda-via").code == 0
    assert _history(shell, ref)[-1]["text"] == f"Veja.\n\nSegunda via: {link}"
    shell("article", "deactivate", "segunda-via")
    assert shell("article", "list", "--format", "json").json == []
    assert shell("reply", ref, "--text", "Veja.", "--article", "segunda-via", "-f", "json").error["code"] == (
        "ARTICLE_INACTIVE"
    )
    assert "segunda-via" in shell("article", "list", "--all", "--format", "table").out


def test_an_address_that_is_none_is_refused_with_an_example(shell: Shell) -> None:
    said = shell("article", "add", "a", "--title", "A", "--address", "http://x", "--format", "json")
    assert (said.code, said.error["code"]) == (2, "BAD_LINK")
    assert "https://" in said.error["hint"]
