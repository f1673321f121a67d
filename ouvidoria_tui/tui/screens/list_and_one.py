"""A screen with a list above and the one under its cursor below; the keys move whichever has the focus."""

from __future__ import annotations

from ouvidoria_tui.tui.screens.desk_screen import DeskScreen
from ouvidoria_tui.tui.widgets.pane import Pane


class ListAndOne(DeskScreen):
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

    def action_move_up(self) -> None:
        """``↑ k``"""
        self.pane.move(-1)

    def action_move_down(self) -> None:
        """``↓ j``"""
        self.pane.move(1)

    def action_page_up(self) -> None:
        """``PgUp``"""
        self.pane.page(-1)

    def action_page_down(self) -> None:
        """``PgDn``"""
        self.pane.page(1)

    def action_first(self) -> None:
        """``g``"""
        self.pane.edge(end=False)

    def action_last(self) -> None:
        """``G``"""
        self.pane.edge(end=True)
