"""The footer: the most wanted keys that fit whole, help always last. Clicking one is pressing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Click, Resize
from textual.widgets import Static

from ouvidoria_tui.present.safe import cells
from ouvidoria_tui.tui.messages import HintChosen


@dataclass(frozen=True, slots=True)
class Hint:
    """A key and what it does, both in words and clean; ``action`` is what a click runs."""

    key: str
    label: str
    action: str

    @property
    def width(self) -> int:
        """Cells of key, space and label."""
        return cells(self.key) + 1 + cells(self.label)


def most(width: int) -> int:
    """How many hints a footer of ``width`` cells may have: more are not read."""
    return 6 if width < 120 else 9 if width < 180 else 12


def fitting(hints: Sequence[Hint], last: Hint, width: int) -> list[tuple[int, Hint]]:
    """The first of ``hints`` that fit whole beside ``last``, each with its column; ``last`` is always there."""
    room = width - 1 - last.width
    placed: list[tuple[int, Hint]] = []
    at = 1
    for hint in hints[: most(width) - 1]:
        if at + hint.width + 2 > room + 1:
            break
        placed.append((at, hint))
        at += hint.width + 2
    placed.append((at if placed else min(at, max(0, width - last.width)), last))
    return placed


class Hints(Static):
    """The footer of a screen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self.hints: tuple[Hint, ...] = ()
        self.last: Hint | None = None
        self.placed: list[tuple[int, Hint]] = []

    def show(self, hints: Sequence[Hint], last: Hint) -> None:
        """Offers ``hints``, as many as fit, and ``last``."""
        if (tuple(hints), last) != (self.hints, self.last):
            self.hints, self.last = tuple(hints), last
            self._draw()

    def on_resize(self, event: Resize) -> None:
        """Fits them anew."""
        self._draw()

    def on_click(self, event: Click) -> None:
        """Presses the hint under the mouse."""
        for at, hint in self.placed:
            if at <= event.x < at + hint.width:
                self.post_message(HintChosen(hint.action))

    def _draw(self) -> None:
        if self.last is None:
            return
        self.placed = fitting(self.hints, self.last, self.size.width)
        line = Content("")
        for at, hint in self.placed:
            line += Content(" " * (at - line.cell_length))
            line += Content(hint.key).stylize("bold $accent") + Content(f" {hint.label}")
        self.update(line)
