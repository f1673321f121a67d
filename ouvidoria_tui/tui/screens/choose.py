"""Choosing one of a closed list (an agent, a status, a reason): ``push_screen(Choose(…), callback)``."""

from __future__ import annotations

from collections.abc import Sequence

from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.screens.picker import Choice, Picker

__all__ = ["Choice", "Choose"]


class Choose(Picker):
    """Dismissed with the id of the choice, or ``None`` where nothing was chosen."""

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        lead = max((len(choice.lead) for choice in choices), default=0)
        super().__init__(title, choices, hint=_("type to filter"), lead=lead)
