"""A screen with a list above and the one under its cursor below; the keys move whichever has the focus."""

from __future__ import annotations

from ouvidoria_tui.tui.screens.desk_screen import DeskScreen
from ouvidoria_tui.tui.screens.moving import MovesPane
from ouvidoria_tui.tui.widgets.pane import Pane


class ListAndOne(DeskScreen, MovesPane):
    """The base of the quarantine, the notices and the articles. A subclass says which pane is its list."""

    @property
    def listing(self) -> Pane:
        """The list."""
        raise NotImplementedError

    @property
    def pane(self) -> Pane:
        """The one that the keys move."""
        return self.focused if isinstance(self.focused, Pane) else self.listing

    def action_reload(self) -> None:
        """``F5``"""
        self.reload()
