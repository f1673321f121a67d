"""Customers added, edited, verified, put aside and brought back; what changed is recorded without what it said.

The ledger keeps who changed which fields when. Old personal values are kept nowhere: nobody answers a customer at
an address that is no more, and what is not kept need not be looked for when a person asks to be forgotten
(Lei 13.709/2018 art. 6 III).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.register import record_desk_act, register_customer
from ouvidoria_tui.domain.contact_data import checked_address, checked_words
from ouvidoria_tui.domain.customer import Customer, Requester
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_

#: Fields that say something of a person: the ledger names them and keeps none of their values.
PERSONAL = frozenset({"name", "email", "document", "external_id", "source", "mobile", "landline"})


def find_customer(desk: Desk, ref: str) -> Customer:
    """The customer of a number, an e-mail, a document or an external id; of one that was merged, the other.

    Raises ``NotFound`` ``CUSTOMER_NOT_FOUND``, ``UsageError`` ``CUSTOMER_AMBIGUOUS``.
    """
    wanted = ref.strip()
    found = desk.store.people.named(wanted)
    if len(found) > 1:
        raise UsageError(
            "CUSTOMER_AMBIGUOUS",
            N_(
                "{ref} is said of several customers: {ids}",
                ref=wanted[:80],
                ids=", ".join(map(str, found[:9])),
            ),
            N_("name the customer by the number that `ouvidoria customer list` shows"),
        )
    customer = desk.store.customer(found[0]) if found else None
    if customer is None:
        raise NotFound(
            "CUSTOMER_NOT_FOUND",
            N_("there is no customer {ref}", ref=wanted[:80]),
            N_("look for one with `ouvidoria customer list` and a word of the name"),
        )
    return customer


def add_customer(desk: Desk, given: Mapping[str, str]) -> Customer:
    """A new customer of the fields that are given; the address is a contact who speaks for it.

    Raises ``NotAllowed``; ``Refused`` ``CUSTOMER_EXISTS``; ``UsageError`` for a value that cannot be.
    """
    desk.allow(Verb.CUSTOMER)
    with desk.store.transaction():
        customer = with_fields(desk, Customer(0), given)
        if not (customer.name or customer.email or customer.document or customer.external_id):
            raise UsageError(
                "CUSTOMER_WITHOUT_NAME",
                N_("a customer needs a name, an e-mail, a document or an external id"),
                N_("give one of --name, --email, --document, --external-id"),
            )
        known = desk.store.match_customer(customer)
        if known is not None:
            raise _exists(known)
        new = register_customer(desk, customer)
        # What came in the customer's own words is unverified; who typed it here asked just now.
        desk.store.update_customer(replace(customer, id=new, verified_at=desk.clock.now()))
    return _kept(desk, new)


def edit_customer(desk: Desk, ref: str, given: Mapping[str, str]) -> tuple[Customer, bool]:
    """The customer with the fields that are given, and whether anything changed; an empty value takes one away.

    Raises ``NotAllowed``, ``NotFound``, ``UsageError``; ``Refused`` ``CUSTOMER_EXISTS`` for another's external id.
    """
    desk.allow(Verb.CUSTOMER)
    with desk.store.transaction():
        before = find_customer(desk, ref)
        after = with_fields(desk, before, given)
        if after.external_id is not None and after != before:
            other = desk.store.people.by_external(after.source, after.external_id)
            if other is not None and other != before.id:
                raise _exists(other)
        return put(desk, before, after, "edited")


def verify_customer(desk: Desk, ref: str) -> tuple[Customer, bool]:
    """The customer and its contacts made sure of now (S3-52)."""
    desk.allow(Verb.CUSTOMER)
    now = desk.clock.now()
    with desk.store.transaction():
        before = find_customer(desk, ref)
        for contact in desk.store.contacts(before.id):
            if contact.active:
                desk.store.update_contact(replace(contact, verified_at=now))
        return put(desk, before, replace(before, verified_at=now), "verified")


def set_customer_active(desk: Desk, ref: str, *, active: bool) -> tuple[Customer, bool]:
    """The customer in the lists or put aside, and whether that changed. Tickets and contacts stay as they are."""
    desk.allow(Verb.CUSTOMER_MERGE)
    with desk.store.transaction():
        before = find_customer(desk, ref)
        return put(desk, before, replace(before, active=active), "activated" if active else "deactivated")


def put(desk: Desk, before: Customer, after: Customer, change: str) -> tuple[Customer, bool]:
    """The customer as it is kept, and whether it changed, which is recorded; inside a transaction."""
    if after == before:
        return before, False
    desk.store.update_customer(after)
    facts = {"register": "customer", "customer": before.id, "change": change}
    record_desk_act(desk, Act.REGISTER_CHANGED, {**facts, **changed_fields(before, after)})
    return after, True


def changed_fields(before: object, after: object) -> dict[str, object]:
    """``fields`` that changed, and of those that are not personal ``changes`` with old and new."""
    names = [
        name
        for name in type(before).__dataclass_fields__  # type: ignore[attr-defined]
        if getattr(before, name) != getattr(after, name) and name not in ("id", "verified_at")
    ]
    changes = {name: [getattr(before, name), getattr(after, name)] for name in names if name not in PERSONAL}
    return {**({"fields": names} if names else {}), **({"changes": changes} if changes else {})}


def with_fields(desk: Desk, customer: Customer, given: Mapping[str, str]) -> Customer:
    """``customer`` with the values of ``given``, checked; an empty one takes the value away."""
    values: dict[str, object] = {}
    for name, text in given.items():
        match name:
            case "email":
                values[name] = checked_address(text)
            case "plan":
                values[name] = known_plan(desk, text) if text.strip() else None
            case "kind":
                values[name] = Requester(text) if text else None
            case "language":
                values[name] = Language(text) if text else None
            case _:
                values[name] = checked_words(text, 64 if name == "document" else 200)
    return replace(customer, **values)  # type: ignore[arg-type]


def known_plan(desk: Desk, written: str) -> str:
    """The slug of a plan of the register; ``NotFound`` ``PLAN_NOT_FOUND`` naming those that there are."""
    known = desk.store.known_slugs("plan")
    slug = written.strip().lower()
    if slug in known:
        return slug
    raise NotFound(
        "PLAN_NOT_FOUND",
        N_("there is no plan {slug}", slug=written[:40]),
        N_("the plans are: {names}; `ouvidoria plan add` makes another", names=", ".join(known) or "-"),
    )


def _exists(known: int) -> Refused:
    return Refused(
        "CUSTOMER_EXISTS",
        N_("that customer is registered already, with the number {id}", id=known),
        N_("see it with: ouvidoria customer show {id}", id=known),
        details={"customer": known},
    )


def _kept(desk: Desk, customer_id: int) -> Customer:
    customer = desk.store.customer(customer_id)
    assert customer is not None
    return customer
