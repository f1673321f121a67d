"""What the screens of one ticket hear from the store."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from ouvidoria_tui.desk.drafts import DraftKept
from ouvidoria_tui.domain.draft import Draft
from ouvidoria_tui.tui.reads_ticket import TicketPage


@dataclass(eq=False)
class DraftRead(Message):
    """The draft that was kept earlier, if any."""

    row: Draft | None

    bubble = False


@dataclass(eq=False)
class PageRead(Message):
    """The page of the ticket."""

    page: TicketPage

    bubble = False


@dataclass(eq=False)
class Kept(Message):
    """The draft is kept."""

    kept: DraftKept
    written: tuple[str, str]

    bubble = False


@dataclass(eq=False)
class ConflictRead(Message):
    """The ticket as it stands after somebody else's act."""

    page: TicketPage

    bubble = False
