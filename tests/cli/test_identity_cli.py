"""Who is behind a confidential ticket, on the command line: nowhere but in `identity` and an export that asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.permission import Role
from tests.cli.reading_desk import ReadingDesk, make_desk

NAME, ADDRESS = "Reservada", "reservada@example.com"
REASON = "Pedir o documento"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    made = make_desk(tmp_path, monkeypatch, capsys)
    with made.desk() as acting, acting.store.transaction():
        register_agent(acting, "sol", "Sol", Role.SUPERVISOR)
    return made


#: Every way to read a ticket that the command line has; ``P`` is its protocol.
READS = (
    ("queue", "is:confidential", "--format", "json"),
    ("queue", "is:confidential", "--format", "table"),
    ("show", "P", "--reveal", "--format", "json"),
    ("show", "P", "--reveal", "--format", "table"),
    ("show", "P", "--at", "now", "--reveal", "--format", "table"),
    ("history", "P", "--reveal", "--format", "json"),
    ("receipt", "P", "--format", "json"),
    ("triage", "--explain", "P", "--format", "json"),
    ("escalations", "--format", "json"),
    ("duplicates", "--format", "json"),
    ("attachments", "P", "--format", "json"),
    ("outbox", "list", "--state", "all", "--format", "json"),
    ("export", "--format", "jsonl"),
    ("export", "--format", "mbox"),
    ("export", "--native", "--format", "jsonl"),
    ("export", "--what", "messages", "--format", "jsonl"),
    ("export", "status:any", "--what", "events", "--format", "jsonl"),
    ("report", "volume", "--by", "type", "--format", "json"),
    ("db", "sql", "SELECT * FROM ticket", "--format", "json"),
    ("db", "sql", "SELECT * FROM outbox", "--format", "json"),
)


@pytest.mark.parametrize("read", READS, ids=" ".join)
def test_no_other_command_says_who_it_is_even_to_who_may_open_it(
    desk: ReadingDesk, read: tuple[str, ...]
) -> None:
    desk.run("outbox", "settings", "--from", "o@example.com", "--sendmail", "/bin/true")
    protocol = desk.secret()
    with desk.desk() as acting:
        reply(acting, protocol, "Em apuração")
    out, err = desk.run(*(protocol if one == "P" else one for one in read))
    assert NAME not in out + err
    assert ADDRESS not in out + err
    assert '"customer": [null' not in out.replace("\\", "")


def test_the_customers_page_does_not_lead_to_the_ticket(desk: ReadingDesk) -> None:
    protocol = desk.secret()
    page = desk.run("customer", "show", "1")[0]
    assert NAME in page
    assert protocol not in page


def test_who_may_is_told_with_a_reason_and_stands_in_the_log(desk: ReadingDesk) -> None:
    protocol = desk.secret()
    assert "IDENTITY_ACCESS_NEEDS_REASON" in desk.run("identity", protocol, agent="sol", code=4)[1]
    assert "ROLE_MAY_NOT" in desk.run("identity", protocol, "--reason", "x", agent="bia", code=8)[1]
    told = json.loads(desk.run("identity", protocol, "--reason", REASON, "--format", "json", agent="sol")[0])[
        0
    ]
    assert told["customer"]["name"] == f"Fulana {NAME}"
    assert told["customer"]["email"] == ADDRESS
    (line,) = json.loads(desk.run("identity", protocol, "--log", "--format", "json")[0])
    assert (line["agent"], line["reason"], line["at"]) == ("sol", REASON, "2026-11-20T10:00:00-03:00")
    assert REASON in desk.run("identity", protocol, "--log", "--format", "table", agent="edu")[0]


def test_on_a_terminal_it_is_a_few_lines_and_says_that_it_was_recorded(desk: ReadingDesk) -> None:
    protocol = desk.secret()
    out, err = desk.run("identity", protocol, "--reason", REASON, "--format", "table", lang="pt-BR")
    assert out.splitlines()[:3] == [f"Manifestação: {protocol}", f"Nome: Fulana {NAME}", f"E-mail: {ADDRESS}"]
    assert "registrado" in err


def test_the_log_is_not_for_an_agent_who_may_not_open_the_ticket(desk: ReadingDesk) -> None:
    assert "CONFIDENTIAL" in desk.run("identity", desk.secret(), "--log", agent="bia", code=8)[1]


def test_an_export_tells_it_once_that_is_on_record_for_each_ticket(desk: ReadingDesk) -> None:
    first, open_ = desk.secret(), desk.new()
    args = ("export", "status:any", "--with-identity", "--format", "jsonl")
    assert "IDENTITY_ACCESS_NEEDS_REASON" in desk.run(*args, agent="sol", code=4)[1]
    assert "ROLE_MAY_NOT" in desk.run(*args, "--reason", "x", agent="bia", code=8)[1]
    rows = [
        json.loads(line) for line in desk.run(*args, "--reason", "Auditoria", agent="sol")[0].splitlines()
    ]
    assert {row["protocol"]: (row["customer"] or {}).get("email") for row in rows} == {
        first: ADDRESS,
        open_: None,
    }
    (line,) = json.loads(desk.run("identity", first, "--log", "--format", "json")[0])
    assert line["reason"] == "Auditoria"
    assert json.loads(desk.run("identity", open_, "--log", "--format", "json")[0]) == []


def test_the_restriction_is_set_and_lifted_from_the_shell(desk: ReadingDesk) -> None:
    protocol = desk.new()
    desk.run("classify", protocol, "--confidential", agent="bia")
    assert desk.json("show", protocol)["confidential"]
    lift = ("classify", protocol, "--not-confidential")
    assert "IDENTITY_ACCESS_NEEDS_REASON" in desk.run(*lift, agent="sol", code=4)[1]
    assert "ROLE_MAY_NOT" in desk.run(*lift, "--note", "x", agent="bia", code=8)[1]
    desk.run(*lift, "--note", "Pediu por escrito", agent="sol")
    assert not desk.json("show", protocol)["confidential"]


def test_a_past_moment_of_what_is_confidential_now_is_not_open(desk: ReadingDesk) -> None:
    protocol = desk.new("Assunto aberto")
    desk.run("classify", protocol, "--confidential")
    assert "Assunto aberto" not in desk.run("show", protocol, "--at", "-30min", "--format", "table")[0]
    assert desk.json("show", protocol, "--at", "-30min", agent="bia")["subject"] is None
