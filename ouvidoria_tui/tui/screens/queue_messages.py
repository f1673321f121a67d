"""What the reads of the queue bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.message import Message

from ouvidoria_tui.tui.reads import Asked, Glance, Listing, QueueRow


@dataclass(eq=False)
class ListingRead(Message):
    """The list as it stands; ``above`` is the anchor's line on the screen when it was asked for."""

    listing: Listing
    above: int
    to_top: bool

    bubble = False


@dataclass(eq=False)
class PageRead(Message):
    """One page of a list."""

    asked: Asked
    number: int
    rows: tuple[QueueRow, ...]

    bubble = False


@dataclass(eq=False)
class ExactRead(Message):
    """How long the list is, to the last one."""

    count: int

    bubble = False


@dataclass(eq=False)
class CountsRead(Message):
    """The figures of views and title, capped."""

    counts: Mapping[str, int]

    bubble = False


@dataclass(eq=False)
class GlanceRead(Message):
    """The words for the preview; ``None`` where the ticket is not there any more."""

    glance: Glance | None

    bubble = False


@dataclass(eq=False)
class AllRead(Message):
    """Id, protocol and revision of everything that the filter finds."""

    found: tuple[tuple[int, str, int], ...]

    bubble = False
