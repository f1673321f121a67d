"""Below 60x16 one line asks for a larger window; it goes by itself when there is room again."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from ouvidoria_tui.present.words import _

#: The least that the screens are drawn for.
COLUMNS, LINES = 60, 16


def too_small(size: Size) -> bool:
    """Whether a terminal of ``size`` is too small for the screens."""
    return size.width < COLUMNS or size.height < LINES


class TooSmall(ModalScreen[None]):
    """What stands in the place of everything else."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def compose(self) -> ComposeResult:
        """The line."""
        words = _("Please enlarge the window to {columns}x{lines}", columns=COLUMNS, lines=LINES)
        yield Static(Content(words), id="too-small")
