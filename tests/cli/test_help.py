"""What the command line says of itself: help where nothing was asked, words that fit their number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.present.words import set_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


@pytest.mark.parametrize("option", ["-q, --quiet", "-v, --verbose", "-h, --help", "--db PATH"])
def test_the_options_before_the_command_are_listed(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["--lang", "en", "--help"])
    assert f"\n  {option} " in capsys.readouterr().out


@pytest.mark.parametrize("command", ["new", "reply", "customer-reply"])
def test_a_date_in_the_past_is_not_said_to_need_a_note_where_it_does_not(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["--lang", "en", command, "--help"])
    assert "needs a note" not in capsys.readouterr().out


@pytest.mark.parametrize("group", ["db", "policy", "calendar", "deadline"])
def test_a_group_alone_shows_its_help_as_it_is_laid_out(
    group: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", group]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"Usage: ouvidoria {group} ")
    assert len(out.splitlines()) > 8
    assert err == ""


def test_one_ticket_is_not_called_tickets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--db", str(tmp_path / "d.db"), "--lang", "en"]
    run([*store, "init", "--profile", "hospedagem"])
    run([*store, "new", "--subject", "Cobrança", "--text", "cobrada duas vezes"])
    capsys.readouterr()
    assert run([*store, "verify", "--format", "table"]) == 0
    assert ", 1 ticket\n" in capsys.readouterr().out
    assert run([*store, "db", "rebuild", "--format", "table"]) == 0
    assert ", 1 ticket\n" in capsys.readouterr().out
    assert run([*store, "export", "--out", str(tmp_path / "t.csv")]) == 0
    assert "1 ticket written to" in capsys.readouterr().err
