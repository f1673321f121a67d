"""The board of escalations: nothing yet."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.screens.acting import Acting


class EscalationsScreen(Acting):
    """Levels N1, N2, N3."""

    where = Where.ESCALATIONS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.ESCALATIONS)]

    def body(self) -> ComposeResult:
        """What there is."""
        yield Static(Content(_("Not part of this version yet")))
