"""Who is behind a ticket whose identity is kept: told only to who asks with a reason, and put on record first.

Decreto 10.153/2019 art. 6º, LAI art. 31 §1º: restricted for 100 years, with a log of names and dates.
"""

from __future__ import annotations

from collections.abc import Iterable

from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.pseudonym import GIVEN, named_in
from ouvidoria_tui.domain.reading import Identity
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_


def identity(desk: Desk, ref: str, reason: str | None) -> Identity:
    """Who is behind ``ref``; where that is kept, who asked, when and why is an event of the ticket.

    Raises ``NotAllowed`` ``ROLE_MAY_NOT``; ``Refused`` ``IDENTITY_ACCESS_NEEDS_REASON``.
    """
    desk.allow(Verb.IDENTITY)
    with desk.store.transaction():
        ticket = desk.store.find(ref)
        customer = None if ticket.customer is None else desk.store.customer(ticket.customer)
        kept = ticket.confidential
        if kept:
            ticket = _shown(desk, ticket, reason)
        contacts = () if customer is None else tuple(desk.store.contacts(customer.id))
    return Identity(ticket, customer, contacts, kept)


def show_all(desk: Desk, tickets: Iterable[int], reason: str | None) -> int:
    """Puts on record that who is behind the tickets goes out together, as in an export; how many were kept."""
    desk.allow(Verb.IDENTITY)
    count = 0
    with desk.store.transaction():
        for id_ in tickets:
            ticket = desk.store.get(id_)
            if ticket.confidential and ticket.customer is not None:
                _shown(desk, ticket, reason)
                count += 1
    return count


def check_reason(reason: str | None) -> str:
    """The reason; ``Refused`` ``IDENTITY_ACCESS_NEEDS_REASON`` where it says nothing."""
    if reason is not None and reason.strip():
        return reason
    raise Refused(
        "IDENTITY_ACCESS_NEEDS_REASON",
        N_("who is behind a confidential ticket is not shown without a reason"),
        N_("say why with --reason; it is kept with your name and the moment"),
    )


def check_may_lift(desk: Desk, ticket: Ticket, reason: str | None) -> None:
    """Nothing, where the restriction may be lifted: by who may see the identity, with a reason.

    Raises ``NotAllowed`` ``ROLE_MAY_NOT``; ``Refused`` ``IDENTITY_ACCESS_NEEDS_REASON``.
    """
    desk.allow(Verb.IDENTITY)
    if reason is None or not reason.strip():
        raise Refused(
            "IDENTITY_ACCESS_NEEDS_REASON",
            N_("{protocol} does not cease to be confidential without a reason", protocol=ticket.protocol),
            N_("say why with --note"),
        )


def check_pseudonymous(desk: Desk, ticket: Ticket, words: str) -> None:
    """Nothing, where ``words`` for others do not name who is behind a confidential ticket, or that is agreed to.

    Raises ``Refused`` ``IDENTITY_IN_TEXT`` naming what gives the person away (Lei 13.608/2018 arts. 4º-A to 4º-C).
    """
    if not ticket.confidential or ticket.customer is None or GIVEN in ticket.flags:
        return
    customer = desk.store.customer(ticket.customer)
    found = () if customer is None else named_in(words, customer, desk.store.contacts(customer.id))
    if found:
        raise Refused(
            "IDENTITY_IN_TEXT",
            N_("the words say who is behind {protocol}", protocol=ticket.protocol),
            N_("write them without name, address and numbers, or ask with `ouvidoria consent --ask`"),
            details={"found": [one.value for one in found]},
        )


def _shown(desk: Desk, ticket: Ticket, reason: str | None) -> Ticket:
    message = Message(Part.REASON, check_reason(reason))
    draft = Draft(Act.IDENTITY_SHOWN, max(desk.clock.now(), ticket.acted_at), {}, {}, message)
    return record(desk, ticket, [draft])[0]
