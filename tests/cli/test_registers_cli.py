"""The registers on the command line: every command, what it prints, and how it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Shell

RLO = "\u202e"


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    path = tmp_path / "d.db"
    found_desk(path, profile="ecommerce-planos", clock=FixedClock(1_795_000_000), admin="ana").close()
    said = Shell(path, capsys, monkeypatch)
    said("agent", "add", "rui", "--role", "agent")
    said("customer", "add", "--name", "Maria Aragão", "--email", "maria@example.com", "--plan", "team")
    return said


@pytest.mark.req("S2-03")
def test_a_customer_is_shown_with_all_its_tickets_open_and_closed(shell: Shell) -> None:
    shell("new", "--subject", "Um", "--text", "x", "--email", "maria@example.com")
    shell("new", "--subject", "Dois", "--text", "x", "--email", "maria@example.com")
    first = shell("queue", "Um", "--format", "json").json[0]["protocol"]
    assert shell("close", first, "--reason", "withdrawn").code == 0
    found = shell("customer", "show", "maria@example.com", "--format", "json").json[0]
    assert [(one["subject"], one["status"]) for one in found["tickets"]] == [
        ("Dois", "open"),
        ("Um", "closed"),
    ]
    assert (found["plan"], [one["email"] for one in found["contacts"]]) == ("team", ["maria@example.com"])


def test_a_confidential_ticket_is_not_said_to_be_a_customers(shell: Shell) -> None:
    done = shell("new", "--subject", "Um", "--text", "x", "--email", "maria@example.com", "--confidential")
    assert done.code == 0
    assert shell("customer", "show", "1", "--format", "json", agent="rui").json[0]["tickets"] == []
    assert shell("customer", "show", "1", "--format", "json").json[0]["tickets"] == []
    assert shell("customer", "list", "--format", "json").json[0]["tickets"] == 0


@pytest.mark.parametrize("fmt", ["table", "tsv", "csv", "json", "jsonl", "md"])
@pytest.mark.parametrize(
    "command",
    [
        ("customer", "list"),
        ("customer", "show", "1"),
        ("customer", "history", "1"),
        ("contact", "list", "1"),
        ("plan", "list"),
        ("plan", "matrix"),
        ("department", "list"),
        ("area", "list"),
        ("view", "list"),
        ("agent", "competence", "list"),
    ],
    ids=" ".join,
)
def test_every_list_speaks_every_format(shell: Shell, command: tuple[str, ...], fmt: str) -> None:
    said = shell(*command, "--format", fmt)
    assert (said.code, "Traceback" in said.err) == (0, False)


def test_what_a_customer_is_called_cannot_play_with_the_screen(shell: Shell) -> None:
    shell("customer", "edit", "1", "--name", f"\x1b[31mEve{RLO}[b]")
    shell("contact", "edit", "1", "--name", f"\x1b]0;x\x07{RLO}")
    for command in (("customer", "list"), ("customer", "show", "1"), ("contact", "list", "1")):
        page = shell(*command, "--format", "table").out
        assert not [char for char in ("\x1b", "\x07", RLO) if char in page]


@pytest.mark.parametrize(
    ("command", "code", "exit_code"),
    [
        (("customer", "show", "99"), "CUSTOMER_NOT_FOUND", 3),
        (("customer", "add"), "CUSTOMER_WITHOUT_NAME", 2),
        (("customer", "add", "--email", "maria@example.com"), "CUSTOMER_EXISTS", 4),
        (("customer", "edit", "1", "--kind", "robot"), "BAD_CHOICE", 2),
        (("customer", "edit", "1", "--email", "no"), "BAD_ADDRESS", 2),
        (("customer", "edit", "1", "--plan", "lua"), "PLAN_NOT_FOUND", 3),
        (("customer", "merge", "1", "1"), "SAME_CUSTOMER", 4),
        (("customer", "list", "--stale"), "STALENESS_UNDEFINED", 4),
        (("contact", "verify", "99"), "CONTACT_NOT_FOUND", 3),
        (("contact", "add", "1"), "CONTACT_WITHOUT_WAY", 2),
        (("contact", "add", "1", "--mobile", "12"), "BAD_PHONE", 2),
        (("area", "edit", "financeiro", "--rank", "3"), "FIELD_OF_ANOTHER_REGISTER", 2),
        (("plan", "deactivate", "nenhum"), "ENTRY_NOT_FOUND", 3),
        (("agent", "absent", "rui", "--from", "amanha", "--to", "2027-01-01"), "BAD_DATE", 2),
        (("view", "save", "x", "y", "--order", "z"), "BAD_ORDER", 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_refusal_has_its_code(shell: Shell, command: tuple[str, ...], code: str, exit_code: int) -> None:
    said = shell(*command)
    assert (said.code, f"[{code}]" in said.err) == (exit_code, True)


def test_an_agent_keeps_the_register_and_leaves_merging_to_the_heads(shell: Shell) -> None:
    assert shell("customer", "edit", "1", "--document", "11", agent="rui").code == 0
    assert shell("contact", "add", "1", "--email", "rui@example.com", agent="rui").code == 0
    assert shell("customer", "deactivate", "1", agent="rui").code == 8
    assert shell("plan", "add", "ouro", agent="rui").code == 8


def test_a_history_says_who_and_which_fields_and_no_value(shell: Shell) -> None:
    shell("customer", "edit", "1", "--email", "outra@example.com", "--kind", "consumer", agent="rui")
    rows = shell("customer", "history", "1", "--format", "json").json
    assert [(row["by"], row["change"], row["fields"]) for row in rows][-1] == (
        "rui",
        "edited",
        ["email", "kind"],
    )
    assert "example" not in str(rows)
    assert "kind: - → consumer" in shell("customer", "history", "1", "--format", "table").out


def test_a_merge_says_what_follows_and_does_it_with_apply(shell: Shell) -> None:
    shell("customer", "add", "--name", "Maria Aragao", "--email", "m2@example.com")
    planned = shell("customer", "merge", "1", "2", "--format", "json")
    assert (planned.json[0]["result"], "--apply" in planned.err) == ("planned", True)
    assert shell("customer", "show", "2", "--format", "json").json[0]["id"] == 2
    assert shell("customer", "merge", "1", "2", "--apply", "--format", "json").json[0]["contacts"] == [2]
    assert shell("customer", "show", "2", "--format", "json").json[0]["id"] == 1


def test_who_is_away_is_said_where_a_ticket_is_given(shell: Shell) -> None:
    shell("new", "--subject", "Um", "--text", "x")
    protocol = shell("queue", "--format", "json").json[0]["protocol"]
    shell("agent", "absent", "rui", "--from", "2020-01-01", "--to", "31/12/2099", "--delegate", "ana")
    said = shell("assign", protocol, "--to", "rui", "--format", "table")
    assert (said.code, "rui is away until 2099-12-31; ana stands in" in said.out) == (0, True)
    assert "rui" not in shell("agent", "back", "rui", "--format", "json").json[0]["absences"]


def test_a_competence_is_listed_with_whether_it_holds(shell: Shell) -> None:
    shell("agent", "competence", "add", "rui", "procedencia", "--until", "2020-06-30", "--note", "Curso")
    (row,) = shell("agent", "competence", "list", "rui", "--format", "json").json
    assert row == {
        "login": "rui",
        "competence": "procedencia",
        "until": "2020-06-30",
        "holds": False,
        "note": "Curso",
    }
    assert shell("agent", "competence", "remove", "rui", "procedencia").code == 0


def test_a_saved_view_orders_and_finds(shell: Shell) -> None:
    shell("new", "--subject", "Boleto", "--text", "x")
    shell("new", "--subject", "Outro", "--text", "x")
    shell("view", "save", "boletos", "boleto", "--order", "due")
    assert [one["subject"] for one in shell("queue", "--view", "boletos", "--format", "json").json] == [
        "Boleto"
    ]
    assert shell("queue", "--view", "boletos", agent="rui").code == 2
    assert shell("view", "remove", "boletos").code == 0


def test_a_customers_page_for_people_names_plan_and_contacts(shell: Shell) -> None:
    page = shell("customer", "show", "1", "--format", "table").out
    assert [
        word
        for word in ("Maria Aragão", "TEAM", "maria@example.com", "Contacts", "Tickets")
        if word not in page
    ] == []


def test_plans_alone_print_their_matrix(shell: Shell) -> None:
    assert shell("plan", "--lang").code == 2
    assert "channel" in shell("plan").out
