"""Taking tickets to the next level: nothing yet."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.screens.desk_screen import DeskScreen


class EscalateScreen(DeskScreen):
    """Takes ``targets`` up."""

    where = Where.COMPOSE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.COMPOSE)]

    def __init__(self, targets: tuple[Target, ...]) -> None:
        super().__init__()
        self.targets = targets

    def body(self) -> ComposeResult:
        """What there is."""
        yield Static(Content(_("Not part of this version yet")))
