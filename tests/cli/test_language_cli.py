"""The language of letters from the shell: of the desk, of a customer, of a template."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Shell
from tests.desk.clock_bench import POLICY


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    text = POLICY + '\n[telling]\nlanguage = "en"\n\n[mail.letters]\nreceipt = true\n'
    found_desk(tmp_path / "d.db", profile="teste", text=text, admin="ana").close()
    shell = Shell(tmp_path / "d.db", capsys, monkeypatch)
    shell("outbox", "settings", "--from", "o@example.com", "--host", "mail.example.com")
    return shell


def new(shell: Shell, address: str, *more: str) -> str:
    args = ("new", "--subject", "Late", "--text", "A week late.", "--name", "X", "--email", address, *more)
    return str(shell(*args, "--format", "json").json["protocol"])


def receipt(shell: Shell, ref: str) -> str:
    return shell("history", ref, "--format", "json").out


def test_a_new_customer_is_written_to_as_the_option_says_else_as_the_desk_writes(shell: Shell) -> None:
    hers, his = new(shell, "maria@example.com", "--language", "pt"), new(shell, "john@example.com")
    assert "Recebemos a sua mensagem" in receipt(shell, hers)
    assert "We received your message" in receipt(shell, his)
    assert shell("customer", "show", "maria@example.com", "--format", "json").json[0]["language"] == "pt-BR"
    assert shell("customer", "show", "john@example.com", "--format", "json").json[0]["language"] is None


def test_the_language_of_a_customer_is_edited_listed_and_kept_in_the_history(shell: Shell) -> None:
    shell("customer", "add", "--name", "Maria Exemplo", "--language", "PT_br")
    assert "pt-BR" in shell("customer", "show", "1", "--format", "table").out
    assert shell("customer", "list", "--format", "json").json[0]["language"] == "pt-BR"
    assert shell("customer", "edit", "1", "--language", "", "--format", "json").json[0]["result"] == "done"
    assert (
        shell("customer", "edit", "1", "--language", "", "--format", "json").json[0]["result"] == "unchanged"
    )
    changes = shell("customer", "history", "1", "--format", "json").json[-1]["changes"]
    assert changes == {"language": ["pt-BR", None]}


@pytest.mark.parametrize(
    ("args", "name"),
    [
        (("customer", "add", "--name", "X", "--language", "tlh"), "BAD_LANGUAGE"),
        (("customer", "edit", "1", "--language", "\x1b[31m"), "BAD_LANGUAGE"),
        (("template", "show", "A1", "--language", "../en"), "BAD_LANGUAGE"),
        (("new", "--subject", "x", "--text", "y", "--language", "en"), "REQUESTER_UNKNOWN"),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(shell: Shell, args: tuple[str, ...], name: str) -> None:
    said = shell(*args)
    assert (said.code, name in said.err, "\x1b" in said.err) == (2, True, False)


def test_a_template_is_shown_in_the_desks_language_unless_another_is_asked_for(shell: Shell) -> None:
    assert "We received" in shell("template", "show", "A1").out
    assert "Recebemos" in shell("template", "show", "A1", "--language", "pt-BR").out


def test_an_import_gives_customers_their_language(shell: Shell, tmp_path: Path) -> None:
    table = tmp_path / "clientes.csv"
    rows = "1,John,English\n2,Maria,Português\n3,Ana,\n4,Kor,tlh\n5,Eva,pt_PT\n6,Tom,en-AU\n"
    table.write_text(f"id,nome,idioma\n{rows}", "utf-8")
    shell("import", "--kind", "customers", str(table))
    found = shell("customer", "list", "--format", "json").json
    assert {one["name"]: one["language"] for one in found} == {
        "John": "en",
        "Maria": "pt-BR",
        "Ana": None,
        "Kor": None,
        "Eva": "pt-BR",
        "Tom": "en",
    }
