"""Putting a letter into the outbox together with the event that says it: both are there, or neither.

The event carries the letter's Message-ID as the fact ``mail``, so that the ledger itself says what was to leave.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ouvidoria_tui.desk.ports_outbox import Outbox
from ouvidoria_tui.domain.ledger import Act, Draft, Part
from ouvidoria_tui.domain.mail_settings import is_address
from ouvidoria_tui.domain.message_ids import NONCE_BYTES, make
from ouvidoria_tui.domain.outbox import Letter, LetterKind, LetterState, Trouble
from ouvidoria_tui.domain.ticket import Ticket

_KINDS = {
    Act.ASKED: LetterKind.REQUEST,
    Act.EXTENDED: LetterKind.NOTICE,
    Act.DELAY_NOTICED: LetterKind.NOTICE,
    Act.REMINDED: LetterKind.NOTICE,
    Act.INFORMED: LetterKind.NOTICE,
    Act.INCIDENT_NOTICED: LetterKind.NOTICE,
}


def addressed(
    outbox: Outbox,
    ticket: Ticket,
    draft: Draft,
    now: int,
    *,
    entropy: Callable[[int], bytes],
    key: Callable[[], bytes],
) -> tuple[Draft, Letter | None]:
    """The draft with the Message-ID of its letter, and the letter; as it was and none where nothing leaves.

    Nothing leaves where the desk has no mail, the customer or area no address, or the words are not the desk's
    own to them.
    """
    settings = outbox.settings()
    to = _recipient(outbox, ticket, draft) if settings.ready else None
    if to is None:
        return draft, None
    seq = ticket.revision + 1
    id_ = make(ticket.id, seq, domain=settings.domain, nonce=entropy(NONCE_BYTES), key=key())
    reachable = is_address(to)
    state = LetterState.HELD if settings.demo else LetterState.QUEUED if reachable else LetterState.FAILED
    letter = Letter(
        id=0,
        ticket=ticket.id,
        seq=seq,
        message_id=id_,
        recipient=to,
        kind=_kind(draft),
        state=state,
        created_at=now,
        next_try_at=now,
        last_error="" if reachable else Trouble.NOT_AN_ADDRESS.value,
        code=draft.code,
    )
    return replace(draft, facts={**draft.facts, "mail": id_}), letter


def _recipient(outbox: Outbox, ticket: Ticket, draft: Draft) -> str | None:
    """Where the words of ``draft`` go: what is said to an area never to a customer, nor the other way round."""
    part = None if draft.message is None else draft.message.part
    if draft.to_area is not None:
        return outbox.area_address(draft.to_area) if part is Part.AREA else None
    return outbox.recipient(ticket) if draft.to_customer and part is Part.DESK else None


def _kind(draft: Draft) -> LetterKind:
    if draft.to_area is not None:
        return LetterKind.AREA
    return LetterKind.AUTOMATIC if draft.facts.get("automatic") else _KINDS.get(draft.type, LetterKind.REPLY)
