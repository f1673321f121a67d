from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.cli.tree import COMMANDS, load
from ouvidoria_tui.present.words import set_language


@pytest.fixture(autouse=True)
def english_before_and_after() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("args", "english", "portuguese"),
    [
        (["queue", "--lmit", "3"], "there is no option --lmit", "não existe a opção --lmit"),
        (["queue", "--limit", "x"], "--limit is x, not a whole number", "que não é um número inteiro"),
        (["queue", "--limit", "-3"], "not in the range x>=0", "--limit é -3, fora do intervalo x>=0"),
        (["queue", "--after"], "--after needs a value", "--after precisa de um valor"),
        (["queue", "--count=3"], "--count takes no value", "--count não aceita valor"),
        (["verify", "extra"], "more than the command takes: extra", "mais do que o comando aceita: extra"),
        (["status"], "STATUS is missing", "falta STATUS"),
        (["deadline", "due", "--clock", "x"], "--registered-at is missing", "falta --registered-at"),
        (["policy", "dance"], "there is no command dance", "não existe o comando dance"),
        (["triage", "--override", "x"], "--override needs 2 values", "--override precisa de 2 valores"),
    ],
)
def test_what_the_parser_refuses_is_said_in_the_reader_s_language(
    capsys: pytest.CaptureFixture[str], args: list[str], english: str, portuguese: str
) -> None:
    said = []
    for language in ("en", "pt-BR"):
        assert run(["--lang", language, *args]) == 2
        said.append(capsys.readouterr().err)
    assert (english in said[0], portuguese in said[1]) == (True, True)


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (["merge", "2026-000001-5"], "`ouvidoria merge --help`"),
        (["outbox", "show"], "`ouvidoria outbox --help`"),
        (["queue", "--limit", "x"], "`ouvidoria queue --help`"),
    ],
)
def test_the_next_step_names_the_command_whose_help_it_is(
    capsys: pytest.CaptureFixture[str], args: list[str], named: str
) -> None:
    assert run(["--lang", "en", *args]) == 2
    assert named in capsys.readouterr().err


def test_an_option_mistyped_is_suggested(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--lang", "en", "queue", "--lmit", "3"])
    assert "did you mean: --limit?" in capsys.readouterr().err


def test_an_error_before_the_command_is_said_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["--lang", "pt-BR", "--foo"]) == 2
    assert "não existe a opção --foo antes do comando" in capsys.readouterr().err


def test_an_error_before_the_language_is_known_is_said_in_that_of_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "pt_BR.UTF-8")
    assert run(["--lang", "xx", "queue"]) == 2
    assert "não existe o idioma xx" in capsys.readouterr().err


ENGLISH = (
    "Usage:",
    "Options:",
    "Arguments:",
    "Commands:",
    "Show this message",
    "[required]",
    "[default:",
    "<str>",
    "<int",
)


@pytest.mark.parametrize("command", ["queue", "triage", "export"])
def test_a_query_taken_for_an_option_names_the_dashes_before_it(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert run(["--lang", "en", command, "-status:closed"]) == 2
    assert f"put -- before a QUERY that begins with -: ouvidoria {command} -- -" in capsys.readouterr().err


def test_where_no_query_is_taken_no_dashes_are_suggested(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--lang", "en", "verify", "-z"])
    assert "put --" not in capsys.readouterr().err


def _values_without_a_name(name: str, command: Any) -> list[str]:
    inner = getattr(command, "commands", {})
    nameless = [
        f"{name} {one.opts[0]}"
        for one in command.params
        if one.metavar is None and not getattr(one, "is_flag", False) and one.name != "help"
    ]
    return nameless + [said for key in inner for said in _values_without_a_name(f"{name} {key}", inner[key])]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_value_that_is_asked_for_has_a_name(name: str) -> None:
    assert _values_without_a_name(name, load(name)) == []


def test_the_names_of_values_are_portuguese_too(capsys: pytest.CaptureFixture[str]) -> None:
    load("assign")
    run(["--lang", "pt-BR", "assign", "--help"])
    assert "--to AGENTE" in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_frame_of_every_help_is_portuguese(capsys: pytest.CaptureFixture[str], name: str) -> None:
    load(name)  # in English: a module's own help is said in the language in which it was loaded first
    assert run(["--lang", "pt-BR", name, "--help"]) == 0
    page = capsys.readouterr().out
    assert ([word for word in ENGLISH if word in page], page.startswith("Uso: ouvidoria")) == ([], True)


def test_the_frame_of_an_english_help_is_the_parser_s_own(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--lang", "en", "status", "--help"])
    page = capsys.readouterr().out
    assert [word for word in ("Usage:", "Options:", "Arguments:", "[required]") if word not in page] == []


def test_values_that_a_command_takes_by_itself_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    load("db")
    run(["--lang", "pt-BR", "db", "sql", "--help"])
    assert "[padrão: 1000; x>=0]" in capsys.readouterr().out
