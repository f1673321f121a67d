"""Lists of customers: searched by any of their data, with what is wanting in their registration; and their history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from ouvidoria_tui.domain.customer import Contact, Customer
from ouvidoria_tui.domain.customer_list import CustomerRow, Wanted
from ouvidoria_tui.domain.ledger import Event
from ouvidoria_tui.domain.registration import Gap, Registration, gaps
from ouvidoria_tui.store.people import contact_of, customer_of, document_key
from ouvidoria_tui.store.rows import event_of

_COLUMNS = ", ".join(f"customer.{name}" for name in Customer.__dataclass_fields__)

_CHECKED = "coalesce(customer.verified_at, customer.created_at)"
#: The fields of a registration, of a customer joined with its active contacts.
_COUNTED = (
    f"min({_CHECKED}, ifnull(min(coalesce(contact.verified_at, {_CHECKED})), {_CHECKED})),"
    " count(contact.id), count(contact.mobile), count(contact.landline),"
    " ifnull(sum(contact.address_state <> 'ok'), 0)"
)


def registration_sql(customer: str) -> str:
    """The expression that gives the registration of the customer whose id is ``customer``, as JSON."""
    return (
        f"(SELECT json_array({_COUNTED}) FROM customer LEFT JOIN contact"
        " ON contact.customer_id = customer.id AND contact.active = 1"
        f" WHERE customer.id = {customer} GROUP BY customer.id)"
    )


def registration_of(written: str | None) -> Registration | None:
    """The registration of :func:`registration_sql`."""
    return None if written is None else Registration(*json.loads(written))


def customers(conn: sqlite3.Connection, wanted: Wanted, limit: int | None = None) -> Iterator[CustomerRow]:
    """The customers that are ``wanted``, by name; those that were merged are shown as nobody."""
    where, params = _where(wanted)
    reg = registration_sql("outside.id")
    rows = conn.execute(
        f"SELECT {_COLUMNS.replace('customer.', 'outside.')}, {reg} AS registration,"
        " (SELECT count(*) FROM ticket WHERE customer_id = outside.id AND confidential = 0) AS tickets,"
        " (SELECT count(*) FROM ticket WHERE customer_id = outside.id AND confidential = 0"
        "  AND status <> 'closed') AS open"
        f" FROM customer AS outside WHERE {where} ORDER BY outside.name_key, outside.id",
        params,
    )
    left = limit
    for row in rows:
        if left == 0:
            return
        registration = registration_of(row["registration"])
        assert registration is not None
        found = gaps(registration, wanted.months, wanted.at)
        if wanted.stale and not found:
            continue
        left = None if left is None else left - 1
        yield CustomerRow(customer_of(row), registration.contacts, row["tickets"], row["open"], found)


def count_gaps(conn: sqlite3.Connection, months: int, at: int) -> dict[Gap, int]:
    """How many active customers have each gap."""
    found: dict[Gap, int] = {}
    rows = conn.execute(
        f"SELECT {_COUNTED} FROM customer LEFT JOIN contact ON contact.customer_id = customer.id"
        " AND contact.active = 1 WHERE customer.active = 1 AND customer.merged_into IS NULL GROUP BY customer.id"
    )
    for row in rows:
        for gap in gaps(Registration(*row), months, at):
            found[gap] = found.get(gap, 0) + 1
    return found


def registration(conn: sqlite3.Connection, customer_id: int) -> Registration | None:
    """The registration of one customer."""
    row = conn.execute(f"SELECT {registration_sql('?')}", (customer_id,)).fetchone()
    return registration_of(row[0])


def contacts_of(conn: sqlite3.Connection, customer_id: int) -> list[Contact]:
    """The contacts of a customer: the primary one, the secondary one, the others; who left is last."""
    rows = conn.execute(
        "SELECT * FROM contact WHERE customer_id = ?"
        " ORDER BY active DESC, CASE role WHEN 'primary' THEN 0 WHEN 'secondary' THEN 1 ELSE 2 END, id",
        (customer_id,),
    )
    return [contact_of(row) for row in rows]


def tickets_of(conn: sqlite3.Connection, customer_id: int) -> list[int]:
    """The ids of a customer's tickets, open and closed (S2-03), the newest first."""
    rows = conn.execute(
        "SELECT id FROM ticket WHERE customer_id = ? ORDER BY status = 'closed', arrived_at DESC, protocol",
        (customer_id,),
    )
    return [int(row[0]) for row in rows]


def customer_events(conn: sqlite3.Connection, customer_id: int) -> list[Event]:
    """What the desk's own events say of a customer, its contacts, and whoever was merged into it, oldest first."""
    merged = conn.execute("SELECT id FROM customer WHERE merged_into = ?", (customer_id,))
    ids = [customer_id, *(int(row[0]) for row in merged)]
    rows = conn.execute(
        # The index is named, because without statistics SQLite would rather walk every event of the desk.
        "SELECT * FROM event INDEXED BY event_customer WHERE ticket_id = 0"
        " AND CASE WHEN json_valid(payload) THEN json_extract(payload, '$.customer') END"
        f" IN ({', '.join('?' * len(ids))}) ORDER BY id",
        ids,
    )
    return [event_of(row) for row in rows]


def _where(wanted: Wanted) -> tuple[str, dict[str, object]]:
    parts = ["outside.merged_into IS NULL"]
    params: dict[str, object] = {}
    if not wanted.inactive:
        parts.append("outside.active = 1")
    if wanted.kind is not None:
        parts.append("outside.kind = :kind")
        params["kind"] = wanted.kind.value
    asked = expression(wanted.words)
    if asked is not None:
        parts.append(
            "outside.id IN (SELECT rowid FROM customer_fts WHERE customer_fts MATCH :asked"
            " UNION SELECT customer_id FROM contact WHERE id IN"
            "  (SELECT rowid FROM contact_fts WHERE contact_fts MATCH :asked)"
            " UNION SELECT id FROM customer WHERE document IS NOT NULL AND document_key = :key)"
        )
        params |= {"asked": asked, "key": document_key(wanted.words)}
    return " AND ".join(parts), params


def expression(words: str) -> str | None:
    """What the search index is asked: every word, or the beginning of one, in any order; ``None`` without any."""
    found = [word for word in words.replace("\0", " ").split() if any(map(str.isalnum, word))]
    return " ".join('"' + word.replace('"', '""') + '"*' for word in found[:12]) or None
