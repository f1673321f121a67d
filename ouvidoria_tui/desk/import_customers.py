"""Bringing in a register of customers, and who may write for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

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
    given = Customer(0, row.name, row.email, row.document, plan, row.source, row.external_id)
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
    )
    if now == before:
        return False
    desk.store.update_customer(now)
    record_desk_act(
        desk, Act.REGISTER_CHANGED, {"register": "customer", "customer": known, "change": "updated"}
    )
    return True


def _contact(desk: Desk, customer: int, row: CustomerRow) -> bool:
    """Whether a contact was added or changed; one is known by the e-mail, else the phone, else the name."""
    if not (row.contact_name or row.contact_email or row.contact_phone):
        return False
    contacts = desk.store.contacts(customer)
    before = next((contact for contact in contacts if _same(contact, row)), None)
    if before is None:
        given = Contact(
            0, customer, row.contact_name, row.contact_email, row.contact_phone, bool(row.authorised)
        )
        number, change = desk.store.add_contact(given), "added"
    else:
        now = replace(
            before,
            name=row.contact_name or before.name,
            email=row.contact_email.lower() if row.contact_email else before.email,
            phone=row.contact_phone or before.phone,
            authorised=before.authorised if row.authorised is None else row.authorised,
        )
        if now == before:
            return False
        desk.store.update_contact(now)
        number, change = before.id, "updated"
    facts = {"register": "contact", "customer": customer, "contact": number, "change": change}
    record_desk_act(desk, Act.REGISTER_CHANGED, facts)
    return True


def _same(contact: Contact, row: CustomerRow) -> bool:
    if row.contact_email:
        return contact.email == row.contact_email.lower()
    if row.contact_phone:
        return contact.phone == row.contact_phone
    return contact.name == row.contact_name


def _refused(row: CustomerRow, error: OuvidoriaError) -> Imported:
    return Imported(row.line, Took.REJECTED, error=error)
