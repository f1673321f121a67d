"""Writes docs/requirements.md: which test shows which requirement, read from the tests without running them.

``python -m tests.requirements_page`` writes the page; ``--check`` only says whether it is fresh (exit 1: no).
A marker that names an unknown requirement, or one that is not written out as text, is an error in both.
"""

from __future__ import annotations

import argparse
import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REGISTER = ROOT / "docs" / "requirements.toml"
PAGE = ROOT / "docs" / "requirements.md"
CLASSES = {"C": "core", "S": "secondary", "I": "informative"}
NOT_COVERED = "not covered yet"


class PageError(Exception):
    """The register or a marker cannot be used; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the register; ``cls`` is a key of ``CLASSES``."""

    id: str
    source: str
    cls: str
    summary: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One marker: the requirement's id, and the test (``file::name``) that carries it."""

    id: str
    test: str
    line: int


def read_register(text: str) -> tuple[dict[str, str], list[Requirement]]:
    """The sources' titles by key and the requirements in order, from the register's TOML."""
    titles: dict[str, str] = {}
    found: list[Requirement] = []
    for source, table in tomllib.loads(text).items():
        titles[source] = table["title"]
        for id_, row in table["requirements"].items():
            if not id_.startswith(f"{source}-"):
                raise PageError(f"{id_} stands under {source}")
            if row["class"] not in CLASSES:
                raise PageError(f"{id_} has the unknown class {row['class']}")
            found.append(Requirement(id_, source, row["class"], row["summary"]))
    return titles, found


def _is_marker(node: ast.AST) -> bool:
    """Whether ``node`` is a call of ``pytest.mark.req`` (or of ``mark.req``)."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "req":
        return False
    owner = node.func.value
    return (isinstance(owner, ast.Attribute) and owner.attr == "mark") or (
        isinstance(owner, ast.Name) and owner.id == "mark"
    )


def _ids(nodes: Sequence[ast.AST], file: str) -> list[tuple[str, int]]:
    """Every id named by the markers inside ``nodes``, with its line."""
    found: list[tuple[str, int]] = []
    for node in (inner for outer in nodes for inner in ast.walk(outer)):
        if not isinstance(node, ast.Call) or not _is_marker(node):
            continue
        for argument in node.args:
            if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
                raise PageError(f"{file}:{argument.lineno}: a req marker takes ids written out as text")
            found.append((argument.value, argument.lineno))
    return found


def _assigned(body: Sequence[ast.stmt], file: str) -> dict[str, list[tuple[str, int]]]:
    """The ids of markers kept under a name: ``pytestmark``, or a list of cases for ``parametrize``."""
    found: dict[str, list[tuple[str, int]]] = {}
    for statement in body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        for target in targets:
            if isinstance(target, ast.Name) and (ids := _ids([statement], file)):
                found[target.id] = ids
    return found


def _marked_tests(
    body: Sequence[ast.stmt], path: str, inherited: Mapping[str, list[tuple[str, int]]], file: str
) -> Iterator[Shown]:
    """The markers of the tests in ``body``; what a module or a class carries counts for each test inside."""
    kept = _assigned(body, file)
    cases = {**inherited, **kept, "pytestmark": inherited.get("pytestmark", []) + kept.get("pytestmark", [])}
    for item in body:
        if not isinstance(item, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        marked = _ids(item.decorator_list, file)
        if isinstance(item, ast.ClassDef):
            inner = {**cases, "pytestmark": cases["pytestmark"] + marked}
            yield from _marked_tests(item.body, f"{path}::{item.name}", inner, file)
        elif item.name.startswith("test"):
            named = {n.id for d in item.decorator_list for n in ast.walk(d) if isinstance(n, ast.Name)}
            for name in sorted(named & cases.keys() - {"pytestmark"}):
                marked += cases[name]
            for id_, line in cases["pytestmark"] + marked:
                yield Shown(id_, f"{path}::{item.name}", line)
        elif marked:
            raise PageError(f"{file}:{item.lineno}: {item.name} carries a req marker and is no test")


def collect(folder: Path, root: Path) -> list[Shown]:
    """Every marker of every test file under ``folder``; files are named relative to ``root``."""
    found: list[Shown] = []
    for path in sorted(folder.rglob("test_*.py")):
        file = path.relative_to(root).as_posix()
        found += _marked_tests(ast.parse(path.read_text("utf-8"), file).body, file, {}, file)
    return found


def check_ids(shown: Sequence[Shown], known: Sequence[Requirement]) -> None:
    """Nothing, where every marker names a requirement of the register; ``PageError`` names the others."""
    ids = {requirement.id for requirement in known}
    unknown = sorted({f"{item.test} (line {item.line}): {item.id}" for item in shown if item.id not in ids})
    if unknown:
        raise PageError("markers name unknown requirements:\n  " + "\n  ".join(unknown))


def _totals(
    titles: Mapping[str, str], rows: Sequence[Requirement], tests: Mapping[str, list[str]]
) -> list[str]:
    lines: list[str] = ["| Source | core | secondary | informative | all |", "|---|---|---|---|---|"]

    def cell(among: Sequence[Requirement]) -> str:
        return f"{sum(1 for row in among if tests.get(row.id))} of {len(among)}"

    for source in (*titles, None):
        among = [row for row in rows if source is None or row.source == source]
        by_class = [cell([row for row in among if row.cls == cls]) for cls in CLASSES]
        lines.append(f"| {source or 'all'} | {' | '.join(by_class)} | {cell(among)} |")
    return lines


def render(titles: Mapping[str, str], rows: Sequence[Requirement], shown: Sequence[Shown]) -> str:
    """The page, in Markdown: totals, then one table a source."""
    tests: dict[str, list[str]] = {}
    for item in shown:
        names = tests.setdefault(item.id, [])
        if item.test not in names:
            names.append(item.test)
    lines = [
        "# Requirements and the tests that show them",
        "",
        "Generated by `make docs` from [requirements.toml](requirements.toml) and from the `req` markers of",
        "the tests; do not edit. Class: C core, S secondary, I informative. A requirement counts as shown",
        "when at least one test carries its marker.",
        "",
        *_totals(titles, rows, tests),
    ]
    for source, title in titles.items():
        lines += [
            "",
            f"## {source}: {title}",
            "",
            "| Id | Class | Requirement | Shown by |",
            "|---|---|---|---|",
        ]
        for row in rows:
            if row.source == source:
                where = "<br>".join(f"`{name}`" for name in sorted(tests.get(row.id, []))) or NOT_COVERED
                summary = row.summary.replace("|", "\\|")
                lines.append(f"| {row.id} | {row.cls} | {summary} | {where} |")
    return "\n".join(lines) + "\n"


def make_page(register: Path = REGISTER, root: Path = ROOT) -> str:
    """The page as it should be now. Raises ``PageError`` for a register or a marker that cannot be used."""
    titles, rows = read_register(register.read_text("utf-8"))
    shown = collect(root / "tests", root)
    check_ids(shown, rows)
    return render(titles, rows, shown)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the page; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.requirements_page", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the page is stale")
    check_only = parser.parse_args(arguments).check
    try:
        page = make_page()
    except PageError as error:
        print(error, file=sys.stderr)
        return 1
    if check_only:
        fresh = PAGE.exists() and PAGE.read_text("utf-8") == page
        if not fresh:
            print("docs/requirements.md is stale: run `make docs`", file=sys.stderr)
        return 0 if fresh else 1
    PAGE.write_text(page, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
