"""Customers and their contacts: kept, found again, searched for, joined. The port is ``desk.ports_people.People``."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from ouvidoria_tui.domain.customer import AddressState, Contact, ContactRole, Customer, Requester
from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.language import Language

_CUSTOMER = (
    "id, name, email, document, plan, source, external_id, kind, active, verified_at, merged_into, language"
)
_CONTACT = (
    "id, customer_id, name, email, mobile, landline, role, authorised, active, address_state, bounced_at,"
    " verified_at"
)
_PUNCTUATION = str.maketrans("", "", ".-/ ")


class People:
    """The register of customers over one connection; ``flush`` writes the tickets that wait to be written."""

    def __init__(self, conn: sqlite3.Connection, flush: Callable[[], None]) -> None:
        self._conn = conn
        self._flush = flush

    def customer(self, customer_id: int) -> Customer | None:
        """The customer of an id, also one that was merged into another."""
        row = self._one(f"SELECT {_CUSTOMER} FROM customer WHERE id = ?", customer_id)
        return None if row is None else customer_of(row)

    def standing(self, customer_id: int) -> int:
        """The customer that an id stands for now: the one it was merged into."""
        row = self._one("SELECT ifnull(merged_into, id) FROM customer WHERE id = ?", customer_id)
        return customer_id if row is None else int(row[0])

    def match(self, customer: Customer) -> int | None:
        """The id of a customer known by the same source and external id, else by the same e-mail.

        What was merged is known as what it was merged into.
        """
        if customer.external_id is not None:
            found = self._one(
                "SELECT id FROM customer WHERE source IS ? AND external_id = ?",
                customer.source,
                customer.external_id,
            )
        elif customer.email:
            found = self._one(
                "SELECT id FROM customer WHERE email = ? ORDER BY merged_into IS NOT NULL, id LIMIT 1",
                customer.email.lower(),
            )
        elif customer.document:
            found = self._one(
                "SELECT id FROM customer WHERE document = ? AND name_key = ?"
                " ORDER BY merged_into IS NOT NULL, id LIMIT 1",
                customer.document,
                fold(customer.name or ""),
            )
        else:
            found = None
        return None if found is None else self.standing(int(found[0]))

    def named(self, ref: str) -> list[int]:
        """The customers that a number, else an e-mail, a document or an external id, names; merged ones as others."""
        if ref.isascii() and ref.isdigit() and len(ref) < 10:
            row = self._one("SELECT ifnull(merged_into, id) FROM customer WHERE id = ?", int(ref))
            if row is not None:
                return [int(row[0])]
        rows = self._conn.execute(
            "SELECT ifnull(merged_into, id) FROM customer WHERE email = :email"
            " UNION SELECT ifnull(merged_into, id) FROM customer WHERE document IS NOT NULL AND document_key = :key"
            " UNION SELECT ifnull(merged_into, id) FROM customer WHERE external_id = :ref"
            " UNION SELECT customer_id FROM contact WHERE email = :email",
            {"ref": ref, "email": ref.lower(), "key": document_key(ref)},
        )
        return sorted(int(row[0]) for row in rows)

    def by_external(self, source: str | None, external_id: str) -> int | None:
        """The id of the customer with that external id at that source, merged or not."""
        row = self._one("SELECT id FROM customer WHERE source IS ? AND external_id = ?", source, external_id)
        return None if row is None else int(row[0])

    def add_customer(self, customer: Customer, at: int) -> int:
        """A new customer's id."""
        values = _customer_values(customer)
        cursor = self._conn.execute(
            f"INSERT INTO customer ({', '.join(values)}, created_at) VALUES"
            f" ({', '.join('?' * len(values))}, ?)",
            (*values.values(), at),
        )
        return int(cursor.lastrowid or 0)

    def update_customer(self, customer: Customer) -> None:
        """New data of a known customer."""
        values = _customer_values(customer)
        self._conn.execute(
            f"UPDATE customer SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?",
            (*values.values(), customer.id),
        )

    def rejoin(self, old: int, new: int) -> None:
        """Whatever was merged into ``old`` is merged into ``new``: a chain is never longer than one step."""
        self._conn.execute("UPDATE customer SET merged_into = ? WHERE merged_into = ?", (new, old))

    def contact(self, contact_id: int) -> Contact | None:
        """The contact of a number."""
        row = self._one(f"SELECT {_CONTACT} FROM contact WHERE id = ?", contact_id)
        return None if row is None else contact_of(row)

    def contacts(self, customer_id: int) -> list[Contact]:
        """Who may write for a customer, oldest first."""
        rows = self._conn.execute(
            f"SELECT {_CONTACT} FROM contact WHERE customer_id = ? ORDER BY id", (customer_id,)
        )
        return [contact_of(row) for row in rows]

    def add_contact(self, contact: Contact) -> int:
        """A new contact's id."""
        values = _contact_values(contact)
        cursor = self._conn.execute(
            f"INSERT INTO contact ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
            tuple(values.values()),
        )
        return int(cursor.lastrowid or 0)

    def update_contact(self, contact: Contact) -> None:
        """New data of a known contact."""
        values = _contact_values(contact)
        self._conn.execute(
            f"UPDATE contact SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?",
            (*values.values(), contact.id),
        )

    def tickets_of(self, customer_id: int) -> list[str]:
        """The protocols of a customer's tickets, open and closed, oldest first."""
        self._flush()
        rows = self._conn.execute(
            "SELECT protocol FROM ticket WHERE customer_id = ? ORDER BY arrived_at, protocol", (customer_id,)
        )
        return [str(row[0]) for row in rows]

    def waiting_for(self, email: str) -> list[str]:
        """The protocols of open tickets that this address opened and nobody authorised vouches for (S2-19)."""
        self._flush()
        rows = self._conn.execute(
            "SELECT DISTINCT ticket.protocol, ticket.arrived_at FROM mail JOIN ticket ON ticket.id = mail.ticket_id"
            " WHERE mail.sender = ? AND mail.seq = 1 AND ticket.status <> 'closed'"
            " AND instr(ticket.flags, '\"unauthorised\"') > 0 ORDER BY ticket.arrived_at, ticket.protocol",
            (email,),
        )
        return [str(row[0]) for row in rows]

    def _one(self, sql: str, *values: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._conn.execute(sql, values).fetchone()
        return row


def document_key(written: str) -> str:
    """A document without its punctuation, as the column ``document_key`` has it."""
    return written.translate(_PUNCTUATION)


def customer_of(row: sqlite3.Row) -> Customer:
    """The customer of a row."""
    return Customer(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        document=row["document"],
        plan=row["plan"],
        source=row["source"],
        external_id=row["external_id"],
        kind=None if row["kind"] is None else Requester(row["kind"]),
        active=bool(row["active"]),
        verified_at=row["verified_at"],
        merged_into=row["merged_into"],
        language=None if row["language"] is None else Language(row["language"]),
    )


def contact_of(row: sqlite3.Row) -> Contact:
    """The contact of a row."""
    return Contact(
        id=row["id"],
        customer=row["customer_id"],
        name=row["name"],
        email=row["email"],
        mobile=row["mobile"],
        landline=row["landline"],
        role=ContactRole(row["role"]),
        authorised=bool(row["authorised"]),
        active=bool(row["active"]),
        address_state=AddressState(row["address_state"]),
        bounced_at=row["bounced_at"],
        verified_at=row["verified_at"],
    )


def _customer_values(customer: Customer) -> Mapping[str, Any]:
    return {
        "source": customer.source,
        "external_id": customer.external_id,
        "name": customer.name,
        "name_key": fold(customer.name) if customer.name else None,
        "email": customer.email.lower() if customer.email else None,
        "document": customer.document,
        "plan": customer.plan,
        "kind": None if customer.kind is None else customer.kind.value,
        "active": int(customer.active),
        "verified_at": customer.verified_at,
        "merged_into": customer.merged_into,
        "language": None if customer.language is None else customer.language.value,
    }


def _contact_values(contact: Contact) -> Mapping[str, Any]:
    return {
        "customer_id": contact.customer,
        "name": contact.name,
        "email": contact.email.lower() if contact.email else None,
        "mobile": contact.mobile,
        "landline": contact.landline,
        "role": contact.role.value,
        "authorised": int(contact.authorised),
        "active": int(contact.active),
        "address_state": contact.address_state.value,
        "bounced_at": contact.bounced_at,
        "verified_at": contact.verified_at,
    }
