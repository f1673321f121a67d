"""One entry of the registers that a profile seeds and the desk keeps: departments, areas, plans."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A department, an area or a plan. ``rank`` and ``support_level`` are a plan's.

    ``email``, ``head`` (a login, or a name) and ``due_days`` are an area's: where it is asked, who answers for
    it, and how many days it has where nothing else is said.
    """

    slug: str
    name: str
    scope: str = ""
    active: bool = True
    email: str | None = None
    head: str | None = None
    due_days: int | None = None
    rank: int = 0
    support_level: str | None = None

    def __post_init__(self) -> None:
        # SQLite has no truth values; a frozen value is told apart from what was read only by them.
        object.__setattr__(self, "active", bool(self.active))
