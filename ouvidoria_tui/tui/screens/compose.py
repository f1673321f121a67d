"""Writing an answer or a note: nothing yet."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.screens.desk_screen import DeskScreen


class ComposeScreen(DeskScreen):
    """Writes to or about ``target``."""

    where = Where.COMPOSE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.COMPOSE)]

    def __init__(self, target: Target, kind: Literal["reply", "note"]) -> None:
        super().__init__()
        self.target = target
        self.kind = kind

    def body(self) -> ComposeResult:
        """What there is."""
        yield Static(Content(_("Not part of this version yet")))
