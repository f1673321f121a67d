"""What the registers answer: lists of customers, one with its contacts, tickets and history."""

from __future__ import annotations

from ouvidoria_tui.store.people_reads import (
    contacts_of,
    customer_events,
    customers,
    registration,
    tickets_of,
)
from ouvidoria_tui.store.reading import connection, logins, records, snapshot

__all__ = [
    "connection",
    "contacts_of",
    "customer_events",
    "customers",
    "logins",
    "records",
    "registration",
    "snapshot",
    "tickets_of",
]
