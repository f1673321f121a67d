"""`ouvidoria demo`: the sample desk, opened on a terminal, printed elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_, Text

#: What is printed where there is no terminal: a heading, and the call that makes what stands under it.
_PAGES: Final[tuple[tuple[Text, tuple[str, ...]], ...]] = (
    (N_("Batch triage: what waits, what would become of it and why"), ("triage", "--limit", "10")),
    (N_("The queue: first come, first served within a lane"), ("queue", "--limit", "20")),
    (N_("Deadlines: what was met, what was missed, what runs"), ("report", "sla")),
)


def demo(
    ctx: typer.Context,
    keep: Annotated[
        Path | None, typer.Option("--keep", metavar="PATH", help=_("Keep the store there, to go on with it"))
    ] = None,
) -> int:
    from ouvidoria_tui.bootstrap import system_user
    from ouvidoria_tui.demo import build_demo

    given: Globals = ctx.obj
    with _place(keep) as path:
        admin = system_user()
        build_demo(path, admin=admin)
        there = replace(given, db=str(path), agent=admin)
        if sys.stdin.isatty() and given.terminal:
            from ouvidoria_tui.cli.console import open_console

            code = open_console(there, path)
        else:
            code = _print(there)
        if keep is not None:
            given.narrate(_("the sample desk stays at {path}: ouvidoria --db {path} queue", path=str(path)))
    return code


@contextmanager
def _place(keep: Path | None) -> Iterator[Path]:
    """Where the store goes: a folder that is gone at the end, or the place that was asked for."""
    if keep is not None:
        yield keep
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="ouvidoria-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "desk.db"


def _print(given: Globals) -> int:
    """The commands of :data:`_PAGES` as a person would call them; the worst of their exit codes."""
    from ouvidoria_tui.cli.tree import load

    worst = 0
    for heading, (name, *rest) in _PAGES:
        title = say(heading)
        given.out.write(f"{title}\n{'=' * len(title)}\n$ ouvidoria {' '.join([name, *rest])}\n\n")
        given.out.flush()
        code = load(name).main(
            args=[*rest, "--format", "table"],
            prog_name=f"ouvidoria {name}",
            standalone_mode=False,
            obj=replace(given, quiet=True),
        )
        given.out.write("\n")
        worst = max(worst, code if isinstance(code, int) else 0)
    return worst


vars(demo)["example"] = "ouvidoria demo\nouvidoria demo --keep /tmp/mesa.db </dev/null | less"
