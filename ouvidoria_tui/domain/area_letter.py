"""What an area gets: the words or the letter, with what was removed from it, before and after it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ouvidoria_tui.domain.ledger import Message
from ouvidoria_tui.domain.redaction import Kind


@dataclass(frozen=True, slots=True)
class AreaLetter:
    """What the area ``area`` gets. ``to`` is its address where the letter leaves by mail, else ``None``.

    ``counts`` say what was removed, by kind; ``due_at`` is when the answer is due, ``None`` where nothing says so.
    """

    area: str
    message: Message
    to: str | None = None
    template: str | None = None
    due_at: int | None = None
    reminder: bool = False
    redacted: bool = False
    counts: Mapping[Kind, int] = field(default_factory=dict)
    restored: tuple[str, ...] = ()
