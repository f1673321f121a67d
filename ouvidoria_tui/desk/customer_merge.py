"""Two entries of the register that are one customer: tickets, contacts and what other systems call it follow.

The entry that goes stays as a sign-post (``merged_into``): an import that names it by its external id, address or
document comes to the one that stays. Every ticket that moves has an event of its own, because its customer is a
fact of the ticket.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ouvidoria_tui.desk.act import diff
from ouvidoria_tui.desk.customers import changed_fields, find_customer
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.customer import Contact, Customer
from ouvidoria_tui.domain.ledger import Act, Draft
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge does: who stays, as it is afterwards, who goes, and what follows.

    ``fields`` are those that the one that stays takes over, ``tickets`` protocols, ``contacts`` numbers. ``kept``
    are the confidential tickets, which move as well: whose they are is told to nobody (``desk/identity.py``).
    """

    stays: Customer
    goes: Customer
    fields: tuple[str, ...]
    tickets: tuple[str, ...]
    contacts: tuple[int, ...]
    kept: tuple[str, ...] = field(default=(), repr=False)


def merge(desk: Desk, stays: str, goes: str, *, apply: bool) -> Merge:
    """The customer ``goes`` joined to ``stays``; without ``apply`` only what would follow.

    What the one that stays does not say is taken from the other. Raises ``NotAllowed``, ``NotFound``;
    ``Refused`` ``SAME_CUSTOMER``.
    """
    desk.allow(Verb.CUSTOMER_MERGE)
    with desk.store.transaction():
        done = _plan(desk, find_customer(desk, stays), find_customer(desk, goes))
        if apply:
            _carry_out(desk, done)
    return done


def _plan(desk: Desk, stays: Customer, goes: Customer) -> Merge:
    if stays.id == goes.id:
        raise Refused(
            "SAME_CUSTOMER",
            N_("both are the customer {id}", id=stays.id),
            N_("name two customers; `ouvidoria customer list` shows their numbers"),
        )
    after = replace(
        stays,
        name=stays.name or goes.name,
        email=stays.email or goes.email,
        document=stays.document or goes.document,
        plan=stays.plan or goes.plan,
        kind=stays.kind or goes.kind,
        language=stays.language or goes.language,
        active=stays.active or goes.active,
    )
    taken = tuple(
        name
        for name in ("name", "email", "document", "plan", "kind", "language")
        if _differ(stays, after, name)
    )
    shown: dict[bool, list[str]] = {False: [], True: []}
    for protocol in desk.store.people.tickets_of(goes.id):
        shown[desk.store.find(protocol).confidential].append(protocol)
    contacts = tuple(contact.id for contact in desk.store.contacts(goes.id))
    return Merge(after, goes, taken, tuple(shown[False]), contacts, tuple(shown[True]))


def _differ(before: Customer, after: Customer, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _carry_out(desk: Desk, plan: Merge) -> None:
    store, stays, goes = desk.store, plan.stays, plan.goes
    before = store.customer(stays.id)
    assert before is not None
    _move_contacts(desk, stays, goes)
    for protocol in (*plan.tickets, *plan.kept):
        ticket = store.find(protocol)
        moment = max(desk.clock.now(), ticket.acted_at)
        changes = diff(ticket, customer=stays.id)
        # Of a confidential ticket even the number of the entry that went would say whose it is.
        known = {} if ticket.confidential else {"merged": goes.id}
        record(desk, ticket, [Draft(Act.CUSTOMER_LINKED, moment, changes, known)])
    store.update_customer(replace(goes, active=False, merged_into=stays.id))
    store.people.rejoin(goes.id, stays.id)
    store.update_customer(stays)
    facts = {"register": "customer", "customer": stays.id, "change": "merged", "merged": goes.id}
    facts |= {"tickets": len(plan.tickets), "contacts": list(plan.contacts)}
    record_desk_act(desk, Act.REGISTER_CHANGED, {**facts, **changed_fields(before, stays)})


def _move_contacts(desk: Desk, stays: Customer, goes: Customer) -> None:
    """The contacts of the one that goes; an address that both have is one contact."""
    by_address = {contact.email: contact for contact in desk.store.contacts(stays.id) if contact.email}
    for contact in desk.store.contacts(goes.id):
        twin = by_address.get(contact.email) if contact.email else None
        if twin is None:
            desk.store.update_contact(replace(contact, customer=stays.id))
            continue
        desk.store.update_contact(_joined(twin, contact))
        desk.store.update_contact(replace(contact, customer=stays.id, active=False, authorised=False))
    known = {contact.email for contact in desk.store.contacts(stays.id)}
    if goes.email and goes.email not in known:
        desk.store.add_contact(Contact(0, stays.id, goes.name, goes.email, authorised=goes.active))


def _joined(twin: Contact, other: Contact) -> Contact:
    # Whom the entry that stays denied a voice gets none by the merge: ``authorised`` is its own.
    return replace(
        twin,
        name=twin.name or other.name,
        mobile=twin.mobile or other.mobile,
        landline=twin.landline or other.landline,
        active=twin.active or other.active,
    )
