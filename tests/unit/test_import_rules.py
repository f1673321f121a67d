"""What the contracts of import-linter (pyproject.toml) cannot say: what a running command has loaded."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "ouvidoria_tui"

# Runs the program as `python -m` does, and leaves the names of all loaded modules in a file of their own:
# stdout and stderr belong to the program.
_RUN = """
import json, runpy, sys
into, sys.argv = sys.argv[1], ["ouvidoria", *sys.argv[2:]]
try:
    runpy.run_module("ouvidoria_tui", run_name="__main__")
except SystemExit as stop:
    code = stop.code or 0
else:
    code = 0
with open(into, "w") as file:
    json.dump([code, sorted(sys.modules)], file)
"""


def run(folder: Path, *arguments: str) -> set[str]:
    """The modules that the command has loaded when it is done; its store and settings live in ``folder``."""
    into = folder / "modules.json"
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(into), *arguments],
        env={**os.environ, "OUVIDORIA_DB": str(folder / "desk.db")},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert into.exists(), done.stderr
    code, modules = json.loads(into.read_text())
    assert code == 0, done.stderr
    return set(modules)


def imports() -> Iterator[tuple[str, int, str]]:
    """Every import of the package: file, line, and the first part of the imported name."""
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"), file)):
            if isinstance(node, ast.Import):
                yield from ((file, node.lineno, alias.name.partition(".")[0]) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                yield file, node.lineno, (node.module or "").partition(".")[0]


@pytest.mark.parametrize(
    "module", ["typer", "sqlite_utils", "sqlite3", "rich", "textual", "babel", "holidays"]
)
def test_the_version_is_told_without_loading(module: str, tmp_path: Path) -> None:
    assert module not in run(tmp_path, "--version")


@pytest.fixture(scope="module")
def loaded_by_queue(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("queue")
    run(folder, "init", "--profile", "hospedagem")
    return run(folder, "queue")


@pytest.mark.parametrize("module", ["textual", "rich", "pandas", "numpy", "holidays", "babel"])
def test_the_queue_is_shown_without_loading(module: str, loaded_by_queue: set[str]) -> None:
    assert module not in loaded_by_queue


def test_the_domain_imports_the_standard_library_and_itself_only() -> None:
    allowed = sys.stdlib_module_names | {"ouvidoria_tui"}
    strangers = [f"{file}:{line} {name}" for file, line, name in imports() if name not in allowed]
    assert [place for place in strangers if place.startswith("domain/")] == []


def test_nobody_imports_click() -> None:
    assert [f"{file}:{line}" for file, line, name in imports() if name == "click"] == []


@pytest.mark.parametrize(
    ("module", "rooms"),
    [
        ("textual", ("tui/",)),
        ("typer", ("cli/",)),
        ("sqlite3", ("store/", "bootstrap.py", "founding.py")),
        ("sqlite_utils", ("store/", "bootstrap.py", "founding.py")),
    ],
)
def test_a_library_stays_in_its_room(module: str, rooms: tuple[str, ...]) -> None:
    outside = [
        f"{file}:{line}" for file, line, name in imports() if name == module and not file.startswith(rooms)
    ]
    assert outside == []


def test_no_import_is_relative() -> None:
    relative = [
        f"{path.name}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []
