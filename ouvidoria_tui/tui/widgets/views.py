"""The named views with their counts: a line above the list, or a rail at its left."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click, Resize
from textual.widgets import Static

from ouvidoria_tui.present.safe import cells, cut
from ouvidoria_tui.tui.messages import ViewChosen


def bar(labels: Sequence[str], chosen: int, width: int, ellipsis: str = "…") -> list[tuple[int, int, str]]:
    """(column, number, text) of the labels that fit, the chosen one in brackets and always among them."""
    texts = [f"[{label}]" if n == chosen else f" {label} " for n, label in enumerate(labels)]
    first = 0
    while first < chosen and sum(cells(text) + 1 for text in texts[first : chosen + 1]) > width - 2:
        first += 1
    placed: list[tuple[int, int, str]] = []
    at = 0
    for number, text in enumerate(texts[first:], first):
        if at + cells(text) > width:
            if number != chosen and at < width:
                placed.append((at, number, ellipsis[: width - at]))
                break
            text = cut(text, max(0, width - at), ellipsis)
        placed.append((at, number, text))
        at += cells(text) + 1
    return placed


class Views(Static):
    """The views; a click chooses one. ``vertical`` makes a rail of it."""

    def __init__(self, *, id: str | None = None, ellipsis: str = "…") -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self.labels: tuple[str, ...] = ()
        self.chosen = 0
        self.vertical = False
        self.ellipsis = ellipsis
        self._placed: list[tuple[int, int, str]] = []

    def show(self, labels: Sequence[str], chosen: int, *, vertical: bool | None = None) -> None:
        """The labels, already clean, and which of them is chosen (from 0)."""
        self.labels, self.chosen = tuple(labels), chosen
        if vertical is not None:
            self.vertical = vertical
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Fits them anew."""
        self._draw()

    def on_click(self, event: Click) -> None:
        """Chooses the one under the mouse."""
        if self.vertical:
            if event.y < len(self.labels):
                self.post_message(ViewChosen(event.y + 1))
            return
        for at, number, text in self._placed:
            if at <= event.x < at + cells(text):
                self.post_message(ViewChosen(number + 1))

    def _draw(self) -> None:
        width = self.size.width
        if self.vertical:
            rows = [
                cut(f"[{label}]" if n == self.chosen else f" {label} ", width, self.ellipsis)
                for n, label in enumerate(self.labels)
            ]
            lines = [Content(row).stylize("bold" if n == self.chosen else "") for n, row in enumerate(rows)]
            self.update(Content("\n").join(lines))
            return
        self._placed = bar(self.labels, self.chosen, width, self.ellipsis)
        line = Content("")
        for at, number, text in self._placed:
            line += Content(" " * (at - line.cell_length))
            line += Content(text).stylize("bold $primary" if number == self.chosen else "")
        self.update(line)
