"""The registers: agents, customers, departments, areas, plans, causes. Their changes are events of the desk."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from ouvidoria_tui.domain.customer import AddressState, Contact, Customer
from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.permission import Agent, Role

_NAMED = frozenset({"department", "area", "plan", "cause"})


class Registers:
    """Reading and writing the registers of one connection, with the small ones remembered."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self._slugs: dict[str, dict[str, str]] = {}

    def forget(self) -> None:
        """Drops what is remembered: another process may have written."""
        self._slugs.clear()

    def agent(self, login: str) -> Agent | None:
        """The agent of a login."""
        row = self.conn.execute("SELECT * FROM agent WHERE login = ?", (login,)).fetchone()
        return None if row is None else _agent(row)

    def agents(self) -> list[Agent]:
        """All agents, in the order they were registered."""
        return [_agent(row) for row in self.conn.execute("SELECT * FROM agent ORDER BY id")]

    def add_agent(self, login: str, name: str, role: Role, active: bool, at: int) -> Agent:
        """A new agent."""
        cursor = self.conn.execute(
            "INSERT INTO agent (login, name, role, active, created_at) VALUES (?, ?, ?, ?, ?)",
            (login, name, role.value, int(active), at),
        )
        return Agent(int(cursor.lastrowid or 0), login, name, role, active)

    def update_agent(self, agent: Agent) -> None:
        """New role and state of a known agent."""
        self.conn.execute(
            "UPDATE agent SET role = ?, active = ? WHERE id = ?",
            (agent.role.value, int(agent.active), agent.id),
        )

    def known_slugs(self, kind: str) -> Mapping[str, str]:
        """Slug → name of a register."""
        if kind not in _NAMED:
            raise ValueError(kind)
        if kind not in self._slugs:
            rows = self.conn.execute(f"SELECT slug, name FROM {kind} WHERE active = 1 ORDER BY slug")
            self._slugs[kind] = {row["slug"]: row["name"] for row in rows}
        return self._slugs[kind]

    def ensure_named(self, kind: str, slug: str, name: str) -> bool:
        """An entry of a register; true where it is new."""
        if slug in self.known_slugs(kind):
            return False
        self.conn.execute(f"INSERT OR IGNORE INTO {kind} (slug, name) VALUES (?, ?)", (slug, name))
        self._slugs[kind][slug] = name
        return True

    def customer(self, customer_id: int) -> Customer | None:
        """The customer of an id."""
        row = self.conn.execute("SELECT * FROM customer WHERE id = ?", (customer_id,)).fetchone()
        return None if row is None else _customer(row)

    def match_customer(self, customer: Customer) -> int | None:
        """The id of a customer known by the same source and external id, else by the same e-mail."""
        if customer.external_id is not None:
            row = self.conn.execute(
                "SELECT id FROM customer WHERE source IS ? AND external_id = ?",
                (customer.source, customer.external_id),
            ).fetchone()
        elif customer.email:
            row = self.conn.execute(
                "SELECT id FROM customer WHERE email = ? ORDER BY id LIMIT 1", (customer.email.lower(),)
            ).fetchone()
        elif customer.document:
            row = self.conn.execute(
                "SELECT id FROM customer WHERE document = ? AND name_key = ? ORDER BY id LIMIT 1",
                (customer.document, fold(customer.name or "")),
            ).fetchone()
        else:
            row = None
        return None if row is None else int(row[0])

    def add_customer(self, customer: Customer, at: int) -> int:
        """A new customer's id."""
        cursor = self.conn.execute(
            "INSERT INTO customer (source, external_id, name, name_key, email, document, plan, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*_customer_values(customer), at),
        )
        return int(cursor.lastrowid or 0)

    def update_customer(self, customer: Customer) -> None:
        """New data of a known customer."""
        self.conn.execute(
            "UPDATE customer SET source = ?, external_id = ?, name = ?, name_key = ?, email = ?, document = ?,"
            " plan = ? WHERE id = ?",
            (*_customer_values(customer), customer.id),
        )

    def add_contact(self, contact: Contact) -> int:
        """A new contact's id."""
        cursor = self.conn.execute(
            "INSERT INTO contact (customer_id, name, email, phone, authorised, active) VALUES (?, ?, ?, ?, ?, ?)",
            (
                contact.customer,
                contact.name,
                contact.email.lower() if contact.email else None,
                contact.phone,
                int(contact.authorised),
                int(contact.active),
            ),
        )
        return int(cursor.lastrowid or 0)

    def update_contact(self, contact: Contact) -> None:
        """New data of a known contact."""
        self.conn.execute(
            "UPDATE contact SET name = ?, email = ?, phone = ?, authorised = ?, active = ? WHERE id = ?",
            (
                contact.name,
                contact.email.lower() if contact.email else None,
                contact.phone,
                int(contact.authorised),
                int(contact.active),
                contact.id,
            ),
        )

    def contacts(self, customer_id: int) -> list[Contact]:
        """Who may write for a customer, oldest first."""
        rows = self.conn.execute("SELECT * FROM contact WHERE customer_id = ? ORDER BY id", (customer_id,))
        return [
            Contact(
                row["id"],
                row["customer_id"],
                row["name"],
                row["email"],
                row["phone"],
                bool(row["authorised"]),
                bool(row["active"]),
                AddressState(row["address_state"]),
                row["bounced_at"],
            )
            for row in rows
        ]


def _customer_values(customer: Customer) -> tuple[object, ...]:
    return (
        customer.source,
        customer.external_id,
        customer.name,
        fold(customer.name) if customer.name else None,
        customer.email.lower() if customer.email else None,
        customer.document,
        customer.plan,
    )


def _agent(row: sqlite3.Row) -> Agent:
    return Agent(row["id"], row["login"], row["name"], Role(row["role"]), bool(row["active"]))


def _customer(row: sqlite3.Row) -> Customer:
    return Customer(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        document=row["document"],
        plan=row["plan"],
        source=row["source"],
        external_id=row["external_id"],
    )
