"""The queue: nothing yet."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.screens.acting import Acting


class QueueScreen(Acting):
    """The root."""

    where = Where.QUEUE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.QUEUE)]

    def body(self) -> ComposeResult:
        """What there is."""
        yield Static(Content(_("Not part of this version yet")))
