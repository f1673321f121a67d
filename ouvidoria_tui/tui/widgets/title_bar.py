"""The first line of a screen: where one is at the left, what matters at the right."""

from __future__ import annotations

from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from ouvidoria_tui.present.safe import cells, cut


def line(left: str, right: str, width: int, ellipsis: str = "…") -> str:
    """Both in one line of at most ``width`` cells; the left is cut first, then the right goes."""
    room = width - cells(right) - 2
    if room < min(12, cells(left)):
        return cut(left, width, ellipsis)
    left = cut(left, room, ellipsis)
    return left + " " * (width - cells(left) - cells(right)) + right


class TitleBar(Static):
    """Left and right, already clean."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self.left = ""
        self.right = ""

    def show(self, left: str, right: str = "") -> None:
        """Says ``left`` and ``right``."""
        if (left, right) != (self.left, self.right):
            self.left, self.right = left, right
            self._draw()

    def on_resize(self, event: Resize) -> None:
        """Fits it anew."""
        self._draw()

    def _draw(self) -> None:
        self.update(Content(line(f" {self.left}", f"{self.right} ", self.size.width)))
