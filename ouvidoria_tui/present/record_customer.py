"""Customers, their contacts and their history as records: the machine formats, and columns for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ouvidoria_tui.domain.customer import AddressState, Contact, ContactRole, Customer, Requester
from ouvidoria_tui.domain.customer_list import CustomerRow
from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.domain.registration import GAPS, Gap
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.dates import moment, rfc3339
from ouvidoria_tui.present.words import _, say, term_of
from ouvidoria_tui.text import N_, Text

#: What the register of customers records, in words.
_CHANGES: Final[Mapping[str, Text]] = {
    "added": N_("added"),
    "edited": N_("edited"),
    "updated": N_("changed by an import"),
    "verified": N_("verified"),
    "authorised": N_("authorised"),
    "revoked": N_("authorisation revoked"),
    "merged": N_("another customer merged into this one"),
    "activated": N_("active again"),
    "deactivated": N_("put aside"),
    "noticed": N_("notice"),
}
_FIELDS: Final[Mapping[str, Text]] = {
    "name": N_("name"),
    "email": N_("e-mail"),
    "document": N_("document"),
    "plan": N_("plan"),
    "kind": N_("kind"),
    "language": N_("language"),
    "external_id": N_("external id"),
    "source": N_("source"),
    "mobile": N_("mobile"),
    "landline": N_("landline"),
    "role": N_("role"),
    "authorised": N_("authorised"),
    "active": N_("active"),
    "address_state": N_("state of the address"),
    "bounced_at": N_("state of the address"),
}


def customer_record(customer: Customer, zone: str) -> dict[str, object]:
    """A customer under its machine keys."""
    return {
        "id": customer.id,
        "name": customer.name,
        "email": customer.email,
        "document": customer.document,
        "plan": customer.plan,
        "kind": None if customer.kind is None else customer.kind.value,
        "language": None if customer.language is None else customer.language.value,
        "source": customer.source,
        "external_id": customer.external_id,
        "active": customer.active,
        "verified_at": None if customer.verified_at is None else rfc3339(customer.verified_at, zone),
    }


def row_record(row: CustomerRow, zone: str) -> dict[str, object]:
    """A line of the list of customers."""
    found = {"contacts": row.contacts, "tickets": row.tickets, "open": row.open}
    return {**customer_record(row.customer, zone), **found, "gaps": [gap.value for gap in row.gaps]}


def contact_record(contact: Contact, zone: str) -> dict[str, object]:
    """A contact under its machine keys."""
    return {
        "id": contact.id,
        "customer": contact.customer,
        "name": contact.name,
        "email": contact.email,
        "mobile": contact.mobile,
        "landline": contact.landline,
        "role": contact.role.value,
        "authorised": contact.authorised,
        "active": contact.active,
        "address": contact.address_state.value,
        "bounced_at": None if contact.bounced_at is None else rfc3339(contact.bounced_at, zone),
        "verified_at": None if contact.verified_at is None else rfc3339(contact.verified_at, zone),
    }


def history_record(
    event: Event, logins: Mapping[int, str], zone: str, notices: Mapping[object, str]
) -> dict[str, object]:
    """One entry of a customer's history: a notice that was given, by number and subject, or a change of the register.

    Who, when, what, which fields; their personal values are kept nowhere.
    """
    payload = event.payload
    given = event.type is Act.NOTICE_GIVEN
    return {
        "at": rfc3339(event.recorded_at, zone),
        "by": logins.get(event.actor),
        "register": "notice" if given else payload.get("register", "customer"),
        "customer": payload.get("customer"),
        "contact": payload.get("contact"),
        "change": "noticed" if given else payload.get("change", "added"),
        "notice": payload.get("notice"),
        "subject": notices.get(payload.get("notice")),
        "fields": payload.get("fields", []),
        "changes": payload.get("changes", {}),
    }


def gap_words(gaps: Sequence[str] | Sequence[Gap]) -> str:
    """What is wanting, in words."""
    return "; ".join(say(GAPS[Gap(gap)][0]) for gap in gaps)


def customer_columns(fmt: str) -> tuple[Column, ...]:
    """The columns of the list of customers; for people without what they do not look for."""
    people = (
        Column("id", N_("No."), align="right"),
        Column("name", N_("Name"), flex=True, width=12),
        Column("email", N_("E-mail"), flex=True, priority=2),
        Column("document", N_("Document"), priority=4),
        Column("plan", N_("Plan"), priority=3),
        Column("kind", N_("Kind"), priority=5, render=lambda record: term_of(Requester, record["kind"])),
        Column("contacts", N_("Contacts"), align="right", priority=6),
        Column("open", N_("Open"), align="right"),
        Column("tickets", N_("Tickets"), align="right", priority=1),
        Column("gaps", N_("Wanting"), flex=True, render=_gaps, tone=lambda _record: "warn"),
    )
    if fmt in ("table", "md"):
        return people
    return (
        *people[:6],
        *(Column(key, Text(key)) for key in ("language", "source", "external_id", "active", "verified_at")),
        *people[6:],
    )


def contact_columns(fmt: str, zone: str) -> tuple[Column, ...]:
    """The columns of a list of contacts."""

    def when(record: Record) -> str:
        from ouvidoria_tui.present.dates import parse_rfc3339

        written = record["verified_at"]
        return "" if written is None else moment(parse_rfc3339(str(written)), zone)

    columns = (
        Column("id", N_("No."), align="right"),
        Column("name", N_("Name"), flex=True, width=10),
        Column("email", N_("E-mail"), flex=True),
        Column("mobile", N_("Mobile"), priority=2),
        Column("landline", N_("Landline"), priority=3),
        Column("role", N_("Role"), priority=1, render=lambda record: term_of(ContactRole, record["role"])),
        Column("authorised", N_("Authorised")),
        Column("active", N_("Active"), priority=5),
        Column("address", N_("Address"), priority=4, render=_address, tone=_address_tone),
        Column("verified_at", N_("Verified"), priority=6, render=when),
    )
    if fmt in ("table", "md"):
        return columns
    return (
        columns[0],
        Column("customer", N_("Customer")),
        *columns[1:-1],
        Column("bounced_at", Text("bounced_at")),
        columns[-1],
    )


def history_columns(zone: str) -> tuple[Column, ...]:
    """The columns of a customer's history."""

    def when(record: Record) -> str:
        from ouvidoria_tui.present.dates import parse_rfc3339

        return moment(parse_rfc3339(str(record["at"])), zone)

    return (
        Column("at", N_("When"), render=when),
        Column("by", N_("By")),
        Column("register", N_("Register"), priority=1, render=_register),
        Column("contact", N_("Contact"), align="right", priority=2),
        Column("change", N_("What"), flex=True, render=_change),
        Column("fields", N_("Fields"), flex=True, render=_fields),
    )


def _gaps(record: Record) -> str:
    gaps = record["gaps"]
    return gap_words(list(map(str, gaps))) if isinstance(gaps, list) else ""


def _address(record: Record) -> str:
    return "" if record["email"] is None else term_of(AddressState, record["address"])


def _address_tone(record: Record) -> str:
    return "" if record["address"] == AddressState.OK.value else "warn"


_REGISTERS: Final[Mapping[str, Text]] = {"contact": N_("contact"), "notice": N_("notice")}


def _register(record: Record) -> str:
    return say(_REGISTERS.get(str(record["register"]), N_("customer")))


def _change(record: Record) -> str:
    change = str(record["change"])
    if record["notice"] is not None:
        return _("notice {number}: {subject}", number=record["notice"], subject=record["subject"] or "")
    return say(_CHANGES[change]) if change in _CHANGES else change


def _fields(record: Record) -> str:
    fields, changes = record["fields"], record["changes"]
    if not isinstance(fields, list) or not isinstance(changes, Mapping):
        return ""
    return ", ".join(dict.fromkeys(_field(str(name), changes.get(name)) for name in fields))


def _field(name: str, change: object) -> str:
    said = say(_FIELDS[name]) if name in _FIELDS else name
    if not isinstance(change, list) or name == "bounced_at":
        return said
    old, new = (human_value(value) for value in change)
    return f"{said}: {old} → {new}"


def human_value(value: object) -> str:
    """A value that is not personal, in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "-" if value is None else str(value)
