"""Putting a letter into the outbox together with the event that says it: both are there, or neither.

The event carries the letter's Message-ID as the fact ``mail``, so that the ledger itself says what was to leave.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ouvidoria_tui.desk.ports_outbox import Outbox
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.mail_settings import is_address
from ouvidoria_tui.domain.message_ids import NONCE_BYTES, make
from ouvidoria_tui.domain.outbox import Letter, LetterKind, LetterState, Trouble
from ouvidoria_tui.domain.ticket import Ticket

_KINDS = {
    Act.ASKED: LetterKind.REQUEST,
    Act.EXTENDED: LetterKind.NOTICE,
    Act.DELAY_NOTICED: LetterKind.NOTICE,
    Act.REMINDED: LetterKind.NOTICE,
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

    Nothing leaves where the desk has no mail, the customer no address, or the words are not the desk's own to
    the customer.
    """
    if not draft.to_customer or not _for_the_customer(draft.message):
        return draft, None
    settings = outbox.settings()
    to = outbox.recipient(ticket) if settings.ready else None
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
        kind=LetterKind.AUTOMATIC
        if draft.facts.get("automatic")
        else _KINDS.get(draft.type, LetterKind.REPLY),
        state=state,
        created_at=now,
        next_try_at=now,
        last_error="" if reachable else Trouble.NOT_AN_ADDRESS.value,
    )
    return replace(draft, facts={**draft.facts, "mail": id_}), letter


def _for_the_customer(message: Message | None) -> bool:
    return message is not None and message.part is Part.DESK
