"""Who writes for a customer: added, edited, made sure of, given a voice and deprived of it (S2-21, S2-22, S3-56)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ouvidoria_tui.desk.customers import changed_fields, find_customer
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.contact_data import checked_address, checked_number, checked_words
from ouvidoria_tui.domain.customer import AddressState, Contact, ContactRole
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_


def find_contact(desk: Desk, number: int) -> Contact:
    """The contact of a number; ``NotFound`` ``CONTACT_NOT_FOUND``."""
    contact = desk.store.people.contact(number)
    if contact is None:
        raise NotFound(
            "CONTACT_NOT_FOUND",
            N_("there is no contact {id}", id=number),
            N_("`ouvidoria contact list CUSTOMER` shows their numbers"),
        )
    return contact


def add_contact(desk: Desk, customer: str, given: Mapping[str, str]) -> Contact:
    """A new contact of a customer, who speaks for nobody until authorised.

    Raises ``NotAllowed``, ``NotFound``; ``UsageError`` ``CONTACT_WITHOUT_WAY`` and for values that cannot be;
    ``Refused`` ``CONTACT_EXISTS`` where the customer has that address already.
    """
    desk.allow(Verb.CUSTOMER)
    with desk.store.transaction():
        owner = find_customer(desk, customer)
        contact = with_fields(Contact(0, owner.id, verified_at=desk.clock.now()), given)
        if not (contact.email or contact.mobile or contact.landline):
            raise UsageError(
                "CONTACT_WITHOUT_WAY",
                N_("a contact needs an e-mail or a telephone number"),
                N_("give one of --email, --mobile, --landline"),
            )
        _alone(desk, contact)
        new = replace(contact, id=desk.store.add_contact(contact))
        _record(desk, new, "added", changed_fields(Contact(0, owner.id), contact))
        one_of_a_role(desk, new)
    return new


def edit_contact(desk: Desk, number: int, given: Mapping[str, str]) -> tuple[Contact, bool]:
    """The contact with the fields that are given, and whether anything changed; an empty value takes one away.

    A new address is one of which nobody knows yet that mail comes back.
    """
    desk.allow(Verb.CUSTOMER)
    with desk.store.transaction():
        before = find_contact(desk, number)
        after = with_fields(before, given)
        if after.email != before.email:
            after = replace(after, address_state=AddressState.OK, bounced_at=None)
            _alone(desk, after)
        return put(desk, before, after, "edited")


def verify_contact(desk: Desk, number: int) -> tuple[Contact, bool]:
    """The contact made sure of now; an address that somebody vouches for is well again."""
    desk.allow(Verb.CUSTOMER)
    with desk.store.transaction():
        before = find_contact(desk, number)
        after = replace(before, verified_at=desk.clock.now(), address_state=AddressState.OK, bounced_at=None)
        return put(desk, before, after, "verified")


def authorise(desk: Desk, number: int, *, by: int | None = None) -> tuple[Contact, bool]:
    """The contact speaking for its customer, and whether that is new; ``by`` is the contact who asked for it.

    Raises ``NotAllowed``, ``NotFound``; ``Refused`` ``AUTHORISER_NOT_AUTHORISED``.
    """
    desk.allow(Verb.CUSTOMER)
    with desk.store.transaction():
        before = find_contact(desk, number)
        facts: dict[str, object] = {}
        if by is not None:
            voice = find_contact(desk, by)
            if not (voice.authorised and voice.active and voice.customer == before.customer):
                raise Refused(
                    "AUTHORISER_NOT_AUTHORISED",
                    N_("contact {id} does not speak for that customer", id=by),
                    N_("only an authorised contact of the same customer, or an agent, authorises another"),
                )
            facts["by"] = by
        after = replace(before, authorised=True, active=True, verified_at=desk.clock.now())
        if before.authorised and before.active:
            return before, False
        return put(desk, before, after, "authorised", facts)


def revoke(desk: Desk, number: int, *, left: bool = False) -> tuple[Contact, bool]:
    """The contact deprived of its voice from now on (S3-56): what it writes is a stranger's, what it wrote stays.

    With ``left`` the person is gone: the contact is no one whom the desk would call.
    """
    desk.allow(Verb.CUSTOMER)
    with desk.store.transaction():
        before = find_contact(desk, number)
        role = ContactRole.OTHER if left else before.role
        after = replace(before, authorised=False, active=before.active and not left, role=role)
        return put(desk, before, after, "revoked")


def put(
    desk: Desk, before: Contact, after: Contact, change: str, facts: Mapping[str, object] | None = None
) -> tuple[Contact, bool]:
    """The contact as it is kept, and whether it changed, which is recorded; inside a transaction."""
    if after == before:
        return before, False
    desk.store.update_contact(after)
    _record(desk, after, change, {**(facts or {}), **changed_fields(before, after)})
    one_of_a_role(desk, after)
    return after, True


def with_fields(contact: Contact, given: Mapping[str, str]) -> Contact:
    """``contact`` with the values of ``given``, checked; an empty one takes the value away."""
    values: dict[str, object] = {}
    for name, text in given.items():
        match name:
            case "email":
                values[name] = checked_address(text)
            case "role":
                values[name] = ContactRole(text)
            case "name":
                values[name] = checked_words(text)
            case _:
                values[name] = checked_number(text)
    return replace(contact, **values)  # type: ignore[arg-type]


def _alone(desk: Desk, contact: Contact) -> None:
    """Nothing, where no other contact of the customer has that address."""
    for other in desk.store.contacts(contact.customer):
        if contact.email is not None and other.email == contact.email and other.id != contact.id:
            raise Refused(
                "CONTACT_EXISTS",
                N_("contact {id} of that customer has the same address", id=other.id),
                N_("edit it with: ouvidoria contact edit {id}", id=other.id),
                details={"contact": other.id},
            )


def one_of_a_role(desk: Desk, contact: Contact) -> None:
    """A customer has one primary contact and one secondary: whoever was it before is an ordinary one."""
    if contact.role is ContactRole.OTHER or not contact.active:
        return
    for other in desk.store.contacts(contact.customer):
        if other.id != contact.id and other.role is contact.role:
            put(desk, other, replace(other, role=ContactRole.OTHER), "edited")


def _record(desk: Desk, contact: Contact, change: str, more: Mapping[str, object]) -> None:
    facts = {"register": "contact", "customer": contact.customer, "contact": contact.id, "change": change}
    record_desk_act(desk, Act.REGISTER_CHANGED, {**facts, **more})
