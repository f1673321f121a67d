"""Long work told on stderr: a bar on a terminal, one line per stage elsewhere, nothing when quiet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

from ouvidoria_tui.present.safe import one_line
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import Text

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LABEL_CELLS = 60


class Stage(Protocol):
    """One stretch of long work."""

    def advance(self, amount: int = 1) -> None:
        """``amount`` more of it is done."""
        ...


class _Line:
    def __init__(self) -> None:
        self.done = 0

    def advance(self, amount: int = 1) -> None:
        self.done += amount


class _Bar:
    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def advance(self, amount: int = 1) -> None:
        self._progress.advance(self._task, amount)


@contextmanager
def stage(
    label: Text | str,
    total: int | None,
    err: TextIO,
    *,
    quiet: bool = False,
    colour: bool = True,
    ascii_only: bool = False,
) -> Iterator[Stage]:
    """Something to ``advance(n)`` while the work named ``label`` goes on; ``total`` ``None``: nobody knows.

    On a terminal a bar that goes away at the end; otherwise one line when the stage ends, also when it ends
    early: ``Reading mail.mbox: 1200 of 4000``.
    """
    shown = one_line(say(label), _LABEL_CELLS)
    terminal = not quiet and err.isatty()
    if terminal:
        with _bar(err, colour=colour, ascii_only=ascii_only) as progress:
            # The label is data: braces and brackets in it mean nothing.
            yield _Bar(progress, progress.add_task(shown, total=total))
        return
    line = _Line()
    try:
        yield line
    finally:
        if not quiet:
            err.write(_summary(shown, line.done, total) + "\n")
            err.flush()


def _summary(label: str, done: int, total: int | None) -> str:
    if total is None or done == total:
        return _("{label}: {done}", label=label, done=done)
    return _("{label}: {done} of {total}", label=label, done=done, total=total)


def _bar(err: TextIO, *, colour: bool, ascii_only: bool) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(file=err, no_color=not colour, legacy_windows=False)
    return Progress(
        TextColumn("{task.description}", markup=False),
        TextColumn("{task.percentage:>3.0f}%") if ascii_only else BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
