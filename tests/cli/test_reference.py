"""docs/cli.md and docs/codes.md say what the program says, and every example of a command is one it takes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ouvidoria_tui.cli.tree import COMMANDS, load
from ouvidoria_tui.errors import OuvidoriaError
from tests.cli.console_lines import ROOT, calls, parse, sessions

PAGE = ROOT / "docs" / "cli.md"


def _generator(*arguments: str) -> subprocess.CompletedProcess[str]:
    # A process of its own: help is put into a language when a command's module is first imported.
    return subprocess.run(
        [sys.executable, "-m", "ouvidoria_tui.cli.reference", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "LANG": "pt_BR.UTF-8"},
        check=False,
    )


def _commands() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name in COMMANDS:
        command = load(name)
        inner = getattr(command, "commands", {})
        found += [(f"{name} {one}", inner[one]) for one in inner] or [(name, command)]
    return found


def test_the_generated_pages_are_fresh_whatever_the_locale() -> None:
    done = _generator("--check")

    assert done.returncode == 0, done.stderr


def test_every_command_has_a_section_an_example_and_help_for_each_parameter() -> None:
    page = PAGE.read_text("utf-8")

    assert not [name for name, _command in _commands() if f"# ouvidoria {name}\n" not in page]
    assert not [name for name, command in _commands() if "\n\n\b\n" not in str(command.help)]
    silent = [
        f"{name} {one.name}"
        for name, command in _commands()
        for one in command.params
        if not getattr(one, "help", None)
    ]
    assert not silent


@pytest.mark.parametrize(
    "command",
    [typed.command for block in sessions(PAGE.read_text("utf-8")) for typed in block]
    if PAGE.exists()
    else [],
)
def test_every_example_is_a_call_that_the_parser_takes(command: str) -> None:
    for arguments in calls(command):
        try:
            parse(arguments)
        except (OuvidoriaError, Exception) as error:
            pytest.fail(f"{command}: {type(error).__name__}: {error}")


def test_the_help_of_a_command_shows_the_examples_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    from ouvidoria_tui.cli.main import run

    assert run(["--lang", "en", "close", "--help"]) == 0
    assert "ouvidoria close 2026-000123-8 --reason solved" in capsys.readouterr().out


def test_a_stale_page_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ouvidoria_tui.cli import reference

    monkeypatch.setattr(reference, "DOCS", tmp_path)
    monkeypatch.setattr(reference, "pages", lambda: {"cli.md": "new\n"})
    (tmp_path / "cli.md").write_text("old\n", "utf-8")

    assert reference.main(["--check"]) == 1
    assert (tmp_path / "cli.md").read_text("utf-8") == "old\n"
    assert reference.main([]) == 0
    assert (tmp_path / "cli.md").read_text("utf-8") == "new\n"
