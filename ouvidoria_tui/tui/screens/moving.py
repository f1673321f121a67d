"""Moving in the pane that a screen says the keys are about."""

from __future__ import annotations

from ouvidoria_tui.tui.widgets.pane import Pane


class MovesPane:
    """Stands behind a screen's own bases, so that the screen's :attr:`pane` is the one that moves."""

    @property
    def pane(self) -> Pane:
        """The one that the keys move; each screen has its own."""
        raise NotImplementedError

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
