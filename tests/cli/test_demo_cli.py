from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ouvidoria_tui.cli import console
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.cli.session import Globals

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the demonstration makes its folder, so that a test sees what stays of it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_triage_queue_and_figures_are_printed_and_nothing_stays(temporary: Path, capsys: Capture) -> None:
    assert run(["--lang", "en", "demo"]) == 0
    out = capsys.readouterr().out
    places = [out.index(f"$ ouvidoria {name}") for name in ("triage", "queue", "report sla")]
    assert places == sorted(places)
    assert list(temporary.iterdir()) == []


def test_each_part_has_its_rows(temporary: Path, capsys: Capture) -> None:
    run(["--lang", "en", "demo"])
    out = capsys.readouterr().out
    triage, queue, report = (part.splitlines() for part in out.split("$ ouvidoria ")[1:])
    assert sum(line[:2] == "20" for line in triage) == 10
    assert sum(line[:2] == "20" for line in queue) == 20
    assert any(line.startswith("1st response") for line in report)


def test_the_store_can_be_kept_and_worked_with(temporary: Path, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "mesa.db"
    assert run(["demo", "--keep", str(path)]) == 0
    assert str(path) in capsys.readouterr().err
    assert run(["--db", str(path), "queue", "--limit", "1"]) == 0


def test_a_store_that_is_there_is_not_touched(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "mesa.db"
    path.write_bytes(b"mine")
    assert run(["demo", "--keep", str(path)]) == 4
    assert "STORE_EXISTS" in capsys.readouterr().err
    assert path.read_bytes() == b"mine"


def test_a_terminal_opens_the_console_over_it(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def open_console(given: Globals, path: Path | None = None) -> int:
        assert path is not None
        assert path.is_file()
        opened.append(path)
        return 0

    monkeypatch.setattr(console, "open_console", open_console)
    monkeypatch.setattr(Globals, "terminal", property(lambda self: True))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    assert run(["demo"]) == 0
    assert len(opened) == 1
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("locale", ["C", "pt_BR.UTF-8"])
def test_it_works_as_a_process_without_a_terminal_in_any_locale(locale: str) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    done = subprocess.run(
        [sys.executable, "-m", "ouvidoria_tui", "demo"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**environ, "LANG": locale},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert ("Triagem" if locale.startswith("pt") else "triage").encode() in done.stdout
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("args", [("--keep",), ("extra",), ("--dance",)])
def test_a_wrong_call_is_exit_2(args: tuple[str, ...]) -> None:
    assert run(["demo", *args]) == 2


def test_help_has_an_example(capsys: Capture) -> None:
    assert run(["--lang", "en", "demo", "--help"]) == 0
    assert "ouvidoria demo" in capsys.readouterr().out.partition("Examples")[2]


def test_the_command_line_does_not_load_the_screens() -> None:
    code = (
        "import sys; from ouvidoria_tui.cli.main import run; run(['profiles']);"
        "sys.exit('textual' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0
