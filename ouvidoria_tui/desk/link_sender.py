"""Tickets of a sender nobody vouched for, once somebody does: the customer's, and under its contract from now on.

The contractual clocks of such a ticket have waited since it arrived (C-12, C-13). They begin at the moment of the
link, whole: what lay before it was nobody's fault (S2-22).
"""

from __future__ import annotations

from collections.abc import Sequence

from ouvidoria_tui.desk.act import CHUNK, act, chunks, diff, move, refused
from ouvidoria_tui.desk.contacts import find_contact
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.customer import Contact
from ouvidoria_tui.domain.ledger import Act, Draft
from ouvidoria_tui.domain.mail_welcome import UNAUTHORISED
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.protocol import parse_protocol
from ouvidoria_tui.domain.ticket import Admission, Status, Ticket
from ouvidoria_tui.errors import Conflict, NotFound, Refused, UsageError
from ouvidoria_tui.text import N_


def waiting(desk: Desk, contact: Contact) -> list[str]:
    """The protocols of open tickets that wait for this contact to be vouched for, oldest first."""
    return desk.store.people.waiting_for(contact.email) if contact.email else []


def link(desk: Desk, number: int, refs: Sequence[str] = ()) -> list[Outcome]:
    """The tickets of an authorised contact linked to its customer; ``refs`` are only some of them.

    Raises ``NotAllowed``, ``NotFound``; ``Refused`` ``CONTACT_NOT_AUTHORISED``.
    """
    desk.allow(Verb.CUSTOMER)
    contact = find_contact(desk, number)
    if not (contact.authorised and contact.active):
        raise Refused(
            "CONTACT_NOT_AUTHORISED",
            N_("contact {id} is not authorised to speak for the customer", id=number),
            N_("authorise it first: ouvidoria contact authorise {id}", id=number),
        )
    outcomes: list[Outcome] = []
    for group in chunks(refs or waiting(desk, contact), CHUNK):
        with desk.store.transaction():
            for ref in group:
                try:
                    outcomes.append(_link(desk, ref, contact))
                except (Refused, Conflict, NotFound, UsageError) as error:
                    outcomes.append(refused(ref, Verb.CUSTOMER, error))
    return outcomes


def _link(desk: Desk, ref: str, contact: Contact) -> Outcome:
    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        if UNAUTHORISED not in ticket.flags and ticket.customer == contact.customer:
            return []
        if parse_protocol(ref) not in waiting(desk, contact):
            raise Refused(
                "SENDER_DIFFERS",
                N_("{protocol} was not opened by contact {id}", protocol=ticket.protocol, id=contact.id),
                N_("`ouvidoria contact link {id}` without a protocol links what waits for it", id=contact.id),
            )
        facts = {"contact": contact.id}
        return [Draft(Act.CUSTOMER_LINKED, moment, _changes(desk, ticket, contact), facts)]

    return act(desk, ref, Verb.CUSTOMER, decide)


def _changes(desk: Desk, ticket: Ticket, contact: Contact) -> dict[str, tuple[object, object]]:
    customer = desk.store.customer(contact.customer)
    wanted: dict[str, object] = {
        "customer": contact.customer,
        "flags": tuple(flag for flag in ticket.flags if flag != UNAUTHORISED),
    }
    if ticket.plan is None and customer is not None and customer.plan is not None:
        wanted["plan"] = customer.plan
    if ticket.admission is Admission.AWAITING_INFO and ticket.status is Status.ANSWERED:
        # What was asked of the sender is answered: it waits for triage again, and it is the desk's turn.
        return move(ticket, Status.CUSTOMER_REPLY, admission=Admission.PENDING, unread=True, **wanted)
    return diff(ticket, **wanted)
