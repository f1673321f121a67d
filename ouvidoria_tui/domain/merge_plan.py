"""A merge as a value, before it is done: which tickets, and what follows for each."""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.domain.area_request import AreaRequest
from ouvidoria_tui.domain.ledger import Message
from ouvidoria_tui.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What would happen. ``named`` is the ticket that was asked for, ``target`` where its own merges lead.

    ``same_customer`` is ``None`` where that is kept. ``letter`` is what the customer is told first (``None``: told
    before, or not known to be the same person). ``messages``
    and ``files`` stay on ``source``; ``missed`` are its clocks whose breach stays on record, ``running`` those
    that stop; ``owed`` the requests to areas that end with it; ``along`` the tickets merged into it earlier.
    """

    source: Ticket
    named: Ticket
    target: Ticket
    same_customer: bool | None
    letter: Message | None
    messages: int
    files: int
    missed: tuple[str, ...]
    running: tuple[str, ...]
    owed: tuple[AreaRequest, ...]
    along: tuple[str, ...]
