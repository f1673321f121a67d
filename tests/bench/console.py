"""The console: first frame, a key, a keystroke in the filter, memory; beside an empty app or a bare ScrollView.

Everything is drawn headless at 80x24: the same in both, and no terminal's own speed is in it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.tui.app import Console
from ouvidoria_tui.tui.screens.queue import QueueScreen
from ouvidoria_tui.tui.service import open_service
from tests.bench.stores import NOW, store_of
from tests.bench.timing import Figure, figure, processes, python

_SIZE = (80, 24)
#: Its own high-water mark in KiB: ru_maxrss would tell that of the process that started it.
_PEAK = "print([line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0])"
#: An empty app from process start to its first frame.
_EMPTY = f"""
from textual.app import App
class Empty(App):
    pass
async def drawn(pilot):
    pilot.app.exit()
Empty().run(headless=True, size={_SIZE}, auto_pilot=drawn)
{_PEAK}
"""
#: The console as the command opens it, until the first page of tickets is there.
_OURS = f"""
import asyncio, typer
from ouvidoria_tui.cli.console import open_console
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.tui.app import Console
async def drawn(pilot):
    while len(pilot.app.screen_stack) < 2 or not len(pilot.app.screen_stack[1].tickets.window):
        await asyncio.sleep(0.001)
    pilot.app.exit()
run = Console.run
Console.run = lambda self: run(self, headless=True, size={_SIZE}, auto_pilot=drawn)
open_console(Globals(db=%r, agent="bench"))
{_PEAK}
"""


def console(size: int, label: str) -> Iterator[Figure]:
    """All figures of one size."""
    path = store_of(size)
    yield _first_frame(path, label)
    yield _memory(path, label)
    ours, filters = asyncio.run(_ours(path))
    bare = asyncio.run(_bare(size))
    yield figure(
        "console, a key to the frame", label, list(zip(ours, bare, strict=True)), "≈ a bare ScrollView"
    )
    yield figure(
        "console, a keystroke in the filter", label, [(one, median(bare)) for one in filters], "as it is",
        "with the read; beside a key in a bare ScrollView",
    )  # fmt: skip


def _first_frame(path: Path, label: str) -> Figure:
    return processes(
        "console, first frame with tickets",
        label,
        python(_OURS % str(path)),
        python(_EMPTY),
        budget="≤ 2.5 × an empty Textual app",
        runs=5,
    )


def _memory(path: Path, label: str) -> Figure:
    ours, floor = (_peak(code) for code in (_OURS % str(path), _EMPTY))
    note = f"{ours:.0f} MB beside {floor:.0f} MB"
    return Figure("console, memory", label, 0.0, 0.0, "≤ 2 × an empty Textual app", ours / floor, note)


def _peak(code: str) -> float:
    import subprocess

    done = subprocess.run(python(code), capture_output=True, check=True, text=True)
    return int(done.stdout.split()[-1]) / 1024


async def _ours(path: Path) -> tuple[list[float], list[float]]:
    app = Console(open_service(path, agent="bench", clock=FixedClock(NOW)), interval=0)
    async with app.run_test(size=_SIZE) as pilot:
        await pilot.pause(0.3)
        screen = app.screen
        assert isinstance(screen, QueueScreen)
        keys = []
        for _ in range(40):
            start = time.perf_counter()
            screen.action_move_down()
            screen._compositor.render_strips()
            keys.append(time.perf_counter() - start)
            await pilot.pause()
        filters = []
        for text in ("dept:financeiro", "gravidade:critica", "boleto", "dept:suporte tipo:reclamacao"):
            shown, screen.bar.field.value = screen.shown, text
            start = time.perf_counter()
            screen.refilter()
            while screen.shown is shown and time.perf_counter() - start < 30:
                await asyncio.sleep(0.0005)
            filters.append(time.perf_counter() - start)
    return keys, filters


class _Bare(ScrollView):
    cursor = 0

    def render_line(self, y: int) -> Strip:
        """A line of text."""
        return Strip.blank(self.size.width)

    def down(self) -> None:
        """The cursor one line down, both lines drawn anew."""
        self.refresh_lines(self.cursor, 2)
        self.cursor += 1


class _BareApp(App[None]):
    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        """One list."""
        yield _Bare()

    def on_mount(self) -> None:
        """As long as ours."""
        self.query_one(_Bare).virtual_size = Size(_SIZE[0], self.rows)


async def _bare(size: int) -> list[float]:
    app = _BareApp(size)
    async with app.run_test(size=_SIZE) as pilot:
        await pilot.pause(0.1)
        rows = app.query_one(_Bare)
        keys = []
        for _ in range(40):
            start = time.perf_counter()
            rows.down()
            app.screen._compositor.render_strips()
            keys.append(time.perf_counter() - start)
            await pilot.pause()
    return keys
