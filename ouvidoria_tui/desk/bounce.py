"""A letter that came back: marked on the letter, on the contact's address, and told to the agent on the ticket.

It is a machine's word: it satisfies no clock and moves nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outbox import note_on, ticket_of
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.customer import AddressState
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.message_ids import read
from ouvidoria_tui.domain.outbox import LetterState, said_by_server

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}", re.ASCII)


def bounced(desk: Desk, message_id: str, recipient: str, status: str, permanent: bool) -> Outcome | None:
    """What followed from a delivery report about one of the desk's letters; ``None`` where it is about none.

    Only a Message-ID that the desk signed is believed. The letter's own address is the one that is marked:
    ``recipient`` may be where it was forwarded to. Told twice, it is ``unchanged``. To be called with or without
    a transaction.
    """
    with desk.store.transaction():
        name = message_id.strip().removeprefix("<").removesuffix(">")
        # A report may have been written by anyone who ever saw the id; one without the mac says nothing at all.
        letter = (
            desk.store.outbox.by_message_id(name.lower())
            if read(name, desk.store.mail_key()) is not None
            else None
        )
        if letter is None:
            return None
        ticket = ticket_of(desk, letter)
        known = letter.state is LetterState.FAILED or (letter.bounced_at is not None and not permanent)
        if known and ticket is None:
            return Outcome("", "bounce", Result.UNCHANGED)
        if known and ticket is not None:
            return Outcome(ticket.protocol, "bounce", Result.UNCHANGED, ticket.status, ticket.revision)
        now = desk.clock.now()
        said = said_by_server(f"{status} {recipient}".strip())
        state = LetterState.FAILED if permanent else letter.state
        desk.store.outbox.save(replace(letter, state=state, bounced_at=now, last_error=said))
        address = AddressState.DEAD if permanent else AddressState.BOUNCING
        desk.store.outbox.mark_address(letter.recipient, address, now)
        facts: dict[str, object] = {"automatic": True, "letter": letter.seq, "permanent": permanent}
        if _STATUS.fullmatch(status):
            facts["status"] = status
        protocol, state_now, revision = note_on(desk, letter, Act.BOUNCED, facts)
    return Outcome(protocol, "bounce", Result.DONE, state_now, revision)
