"""The list that a ticket was opened from: what stands before and after it there, and who follows along.

A screen with a list has ``among() -> Among | None``; a ticket asks the screen under it. So that ``J`` and ``K``
walk the very list that the agent has seen, and the list's cursor is on the same ticket when one comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from ouvidoria_tui.tui.reads import Asked


@dataclass(frozen=True, slots=True)
class Among:
    """A list by its ``title``: what it asks the store, or the ``ids`` it shows. ``follow`` moves its cursor."""

    title: str
    asked: Asked | None = None
    ids: tuple[int, ...] = ()
    follow: Callable[[int], None] | None = None


@runtime_checkable
class Listed(Protocol):
    """A screen that shows a list of tickets."""

    def among(self) -> Among | None:
        """The list as it stands."""
        ...
