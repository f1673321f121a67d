"""The receipt of a ticket, read from one state of the store (S0-41)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.receipt import Receipt, receipt_of
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.store.connection import Connection
from ouvidoria_tui.store.reading import records, snapshot, waiting_before


def receipt_for(
    conn: Connection, ticket: Ticket, policy: Policy, closed: Collection[date], code: str | None = None
) -> Receipt:
    """The receipt of ``ticket`` under a policy and the desk's ``closed`` dates.

    ``code`` is the access code, told on the receipt of the call that made it.
    """
    with snapshot(conn):
        (record,) = records(conn, [ticket.id])
        ahead = waiting_before(conn, ticket)
    return receipt_of(record, policy, closed, ahead, code)
