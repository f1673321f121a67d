"""The sample desk at a moment that stands still, the console over it, and ways to press keys and wait."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.demo import build_demo
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.tui.app import Console
from ouvidoria_tui.tui.screens import queue_reading
from ouvidoria_tui.tui.screens.queue import QueueScreen
from ouvidoria_tui.tui.service import open_service

#: Friday, 20 November 2026, 10h00 in São Paulo.
NOW = 1_795_179_600
#: The sample's administrator, and the agent at the console.
HEAD, AGENT = "chefe", "ana"

Story = Callable[[Pilot[int]], Awaitable[None]]


@pytest.fixture(autouse=True)
def _portuguese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(queue_reading, "PAUSE", 0.01)
    set_language("pt-BR")
    yield
    set_language("en")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample desk as it stands at ``NOW``, made once; copy it to change it."""
    return build_demo(tmp_path_factory.mktemp("sample") / "desk.db", clock=FixedClock(NOW), admin=HEAD)


@dataclass(slots=True)
class Place:
    """A store of one test, and what opens consoles and desks over it."""

    path: Path
    clock: FixedClock

    def console(self, agent: str = AGENT, *, ascii_only: bool = False, colour: bool = True) -> Console:
        service = open_service(self.path, agent=agent, clock=self.clock)
        return Console(
            service, ascii_only=ascii_only, colour=colour, interval=0, editor=lambda app, text: text
        )

    def desk(self, agent: str = HEAD) -> Desk:
        """Another process, as it were."""
        return desk_over(SqliteStore.open(self.path), agent=agent, clock=self.clock)


@pytest.fixture
def place(sample: Path, tmp_path: Path) -> Place:
    """The sample desk, a copy of its own."""
    shutil.copy(sample, tmp_path / "desk.db")
    return Place(tmp_path / "desk.db", FixedClock(NOW))


@pytest.fixture
def empty_place(tmp_path: Path) -> Place:
    """A desk at which nothing has arrived."""
    clock = FixedClock(NOW)
    found_desk(tmp_path / "desk.db", profile="hospedagem", clock=clock, admin=AGENT).close()
    return Place(tmp_path / "desk.db", clock)


@pytest.fixture
def public_place(tmp_path: Path) -> Place:
    """A public body at which nothing has arrived: its areas may not see who wrote."""
    clock = FixedClock(NOW)
    found_desk(tmp_path / "desk.db", profile="publico-13460", clock=clock, admin=AGENT).close()
    return Place(tmp_path / "desk.db", clock)


async def settle(pilot: Pilot[int]) -> None:
    """Waits until no read is under way and everything that came of them has been handled."""
    await pilot.pause(0.02)
    for _round in range(9):
        if not len(pilot.app.workers):
            break
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


async def type_in(pilot: Pilot[int], text: str) -> None:
    """Types into the line that has the focus, all at once; what is selected in it is replaced."""
    field = pilot.app.focused
    assert isinstance(field, Input)
    field.replace(text, *sorted(field.selection))
    await settle(pilot)


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Presses keys and waits for what follows."""
    await pilot.press(*keys)
    await settle(pilot)


def play(console: Console, story: Story, size: tuple[int, int] = (80, 24)) -> Console:
    """Runs a story in a console of that size; the console, for what is asserted afterwards."""

    async def run() -> None:
        async with console.run_test(size=size, notifications=True) as pilot:
            await settle(pilot)
            await story(pilot)

    asyncio.run(run())
    return console


def queue_of(pilot: Pilot[int]) -> QueueScreen:
    """The queue, wherever one is."""
    screen = pilot.app.screen_stack[1]
    assert isinstance(screen, QueueScreen)
    return screen


def lines(pilot: Pilot[int]) -> list[str]:
    """What stands on the screen, line by line."""
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def protocol(pilot: Pilot[int]) -> str:
    """The ticket under the cursor of the queue."""
    row = queue_of(pilot).tickets.cursor_row
    assert row is not None
    return row.protocol
