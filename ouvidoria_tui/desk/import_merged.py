"""What a source newly says of a ticket that was merged meanwhile: the customer's words go where the matter went on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.follow import final, merged_by
from ouvidoria_tui.desk.import_update import Known
from ouvidoria_tui.desk.reply import customer_reply
from ouvidoria_tui.domain.ledger import Part
from ouvidoria_tui.domain.record import Author, MessageRecord, Record
from ouvidoria_tui.domain.ticket import Ticket


def heard_elsewhere(desk: Desk, ticket: Ticket, item: Record, known: Known) -> Record:
    """The record without the customer's new messages, which are recorded on the ticket that goes on.

    The record as it is where ``ticket`` is not merged. What was taken there by an earlier import is not again.
    """
    if merged_by(desk.store, ticket) is None:
        return item
    own, taken = known.spoken.copy(), _taken(desk, ticket)
    kept: list[MessageRecord] = []
    for message in item.messages:
        if message.from_ is not Author.CUSTOMER or not message.text.strip():
            kept.append(message)
        elif own[Part.CUSTOMER, message.text]:
            own[Part.CUSTOMER, message.text] -= 1
            kept.append(message)
        elif taken[message.text]:
            taken[message.text] -= 1
        else:
            at = max(message.at, ticket.arrived_at)
            customer_reply(desk, ticket.protocol, message.text, at=at)
    return replace(item, messages=tuple(kept))


def _taken(desk: Desk, ticket: Ticket) -> Counter[str]:
    target = final(desk.store, ticket)
    words = desk.store.messages(target.id)
    return Counter(
        words[event.seq].text
        for event in desk.store.events(target.id)
        if event.payload.get("sent_to") == ticket.id and event.seq in words
    )
