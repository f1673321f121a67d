"""Bringing in a register of customers, and who may write for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ouvidoria_tui.desk.contacts import one_of_a_role
from ouvidoria_tui.desk.contacts import put as put_contact
from ouvidoria_tui.desk.customers import put as put_customer
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.import_chunks import Imported, Took, in_chunks
from ouvidoria_tui.desk.register import record_desk_act, register_customer, register_named
from ouvidoria_tui.domain.customer import Contact, Customer
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.record_rows import CustomerRow
from ouvidoria_tui.errors import OuvidoriaError, UsageError


def import_customers(desk: Desk, rows: Iterable[CustomerRow], *, dry_run: bool = False) -> Iterator[Imported]:
    """What became of each of ``rows``: upsert by source and id, else by e-mail, else by document and name.

    What a row does not say stays as it is known. Raises ``NotAllowed`` before anything is read.
    """
    desk.allow(Verb.IMPORT)

    def take(group: list[CustomerRow]) -> list[Imported]:
        return [_take(desk, row) for row in group]

    return in_chunks(desk, rows, take, dry_run=dry_run)


def _take(desk: Desk, row: CustomerRow) -> Imported:
    try:
        plan = register_named(desk, "plan", row.plan) if row.plan else None
    except UsageError as error:
        return _refused(row, error)
    given = Customer(
        0,
        row.name,
        row.email,
        row.document,
        plan,
        row.source,
        row.external_id,
        row.kind,
        language=row.language,
    )
    known = desk.store.match_customer(given)
    took = Took.UNCHANGED
    if known is None:
        known = register_customer(desk, given)
        took = Took.CREATED
    elif _updated(desk, known, given):
        took = Took.UPDATED
    if _contact(desk, known, row) and took is Took.UNCHANGED:
        took = Took.UPDATED
    return Imported(row.line, took)


def _updated(desk: Desk, known: int, given: Customer) -> bool:
    """Whether what is known of a customer was changed by what the row says."""
    before = desk.store.customer(known)
    if before is None:
        return False
    now = replace(
        before,
        name=given.name or before.name,
        email=given.email.lower() if given.email else before.email,
        document=given.document or before.document,
        plan=given.plan or before.plan,
        kind=given.kind or before.kind,
        language=given.language or before.language,
    )
    return put_customer(desk, before, now, "updated")[1]


def _contact(desk: Desk, customer: int, row: CustomerRow) -> bool:
    """Whether a contact was added or changed; one is known by the e-mail, else a telephone number, else the name."""
    if not row.names_contact:
        return False
    contacts = desk.store.contacts(customer)
    before = next((contact for contact in contacts if _same(contact, row)), None)
    if before is None:
        given = _told(Contact(0, customer, authorised=bool(row.authorised)), row)
        new = replace(given, id=desk.store.add_contact(given))
        facts = {"register": "contact", "customer": customer, "contact": new.id, "change": "added"}
        record_desk_act(desk, Act.REGISTER_CHANGED, facts)
        one_of_a_role(desk, new)
        return True
    now = _told(before, row)
    if row.authorised is not None:
        now = replace(now, authorised=row.authorised)
    return put_contact(desk, before, now, "updated")[1]


def _told(contact: Contact, row: CustomerRow) -> Contact:
    """The contact with what the row says of it."""
    return replace(
        contact,
        name=row.contact_name or contact.name,
        email=row.contact_email.lower() if row.contact_email else contact.email,
        mobile=row.mobile or contact.mobile,
        landline=row.landline or contact.landline,
        role=row.contact_role or contact.role,
    )


def _same(contact: Contact, row: CustomerRow) -> bool:
    if row.contact_email:
        return contact.email == row.contact_email.lower()
    if row.mobile or row.landline:
        return (row.mobile is not None and contact.mobile == row.mobile) or (
            row.landline is not None and contact.landline == row.landline
        )
    return contact.name == row.contact_name


def _refused(row: CustomerRow, error: OuvidoriaError) -> Imported:
    return Imported(row.line, Took.REJECTED, error=error)
