"""A text that an agent has begun and not sent."""

from __future__ import annotations

from dataclasses import dataclass

#: In the place of a ticket's id: what is being registered has no ticket yet.
NO_TICKET = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A text kept for its author alone, with the ticket that it belongs to (``protocol`` to ``revision``;
    blank where ``ticket_id`` is :data:`NO_TICKET`).

    ``kind`` is what it shall become (``reply``, ``note``, ``escalate``), ``choice`` what was chosen beside the
    text (a kind of reply, a level), ``updated_at`` epoch seconds. It is not the draft of an event, which is
    :class:`ouvidoria_tui.domain.ledger.Draft`.
    """

    id: int
    ticket_id: int
    kind: str
    choice: str
    text: str
    updated_at: int
    protocol: str
    subject: str
    confidential: bool
    revision: int
