"""`python -m tests.tui.captures`: the pictures of the documentation, docs/img/*.svg, from the sample desk.

The screens at the three sizes that the console is laid out for, at a moment that stands still.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.demo import build_demo
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.tui.app import Console
from ouvidoria_tui.tui.service import open_service
from tests.tui.conftest import AGENT, HEAD, NOW, press, settle

FOLDER = Path("docs/img")
SIZES = ((80, 24), (120, 40), (200, 60))
Step = Callable[[Pilot[int]], Awaitable[None]]


async def queue(pilot: Pilot[int]) -> None:
    """All tickets, by what falls due first."""
    await press(pilot, "3")


async def ticket(pilot: Pilot[int]) -> None:
    """The first of them, opened."""
    await press(pilot, "3")
    await press(pilot, "enter")


async def escalations(pilot: Pilot[int]) -> None:
    """The board."""
    pilot.app.go("escalations")  # type: ignore[attr-defined]
    await settle(pilot)


async def deadline(pilot: Pilot[int]) -> None:
    """The deadlines of the first ticket, explained."""
    await press(pilot, "3")
    await press(pilot, "p")


async def areas(pilot: Pilot[int]) -> None:
    """What the areas owe."""
    pilot.app.go("areas")  # type: ignore[attr-defined]
    await settle(pilot)


async def new(pilot: Pilot[int]) -> None:
    """A manifestation that is being registered."""
    await press(pilot, "n")


SCREENS: dict[str, Step] = {
    "queue": queue,
    "ticket": ticket,
    "escalations": escalations,
    "deadline": deadline,
    "areas": areas,
    "new": new,
}


def picture(store: Path, step: Step, size: tuple[int, int]) -> str:
    """The SVG of the screen that ``step`` leads to."""

    async def run() -> str:
        console = Console(open_service(store, agent=AGENT, clock=FixedClock(NOW)), interval=0)
        async with console.run_test(size=size) as pilot:
            await settle(pilot)
            await step(pilot)
            return console.export_screenshot(title="ouvidoria")

    svg = asyncio.run(run())
    # No font is fetched from anywhere, and no checksum in the ids: the same screen gives the same bytes.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code,", "Fira Code, DejaVu Sans Mono, Menlo, Consolas,")
    return re.sub(r"terminal-\d+", "terminal", svg)


def main() -> int:
    """Draws every picture anew; 0."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    set_language("pt-BR")
    with tempfile.TemporaryDirectory() as folder:
        store = build_demo(Path(folder) / "desk.db", clock=FixedClock(NOW), admin=HEAD)
        for name, step in SCREENS.items():
            for size in SIZES:
                path = FOLDER / f"{name}-{size[0]}x{size[1]}.svg"
                path.write_text(picture(store, step, size), encoding="utf-8")
                print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
