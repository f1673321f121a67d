"""What the faces may ask of the store, by name: lists, one ticket's file, counts, places in an order.

The command line and the console write only through the desk's verbs and read only through this room; what is
not named here is the store's own business. Every function takes the connection of :func:`connection`.
"""

from __future__ import annotations

from ouvidoria_tui.store.connection import Connection
from ouvidoria_tui.store.cursor import ORDERS, Cursor, Order, read_cursor
from ouvidoria_tui.store.policies import policy_text
from ouvidoria_tui.store.queue import CAP, QueueRow, count, neighbours, page, positions, rows_by_id, window
from ouvidoria_tui.store.reading import connection, logins, records, snapshot, stream, waiting_before
from ouvidoria_tui.store.reading_file import detail, escalated
from ouvidoria_tui.store.related import Related, blob, blob_head, related
from ouvidoria_tui.store.search import Context
from ouvidoria_tui.store.watch import data_version, newest_event

__all__ = [
    "CAP",
    "ORDERS",
    "Connection",
    "Context",
    "Cursor",
    "Order",
    "QueueRow",
    "Related",
    "blob",
    "blob_head",
    "connection",
    "count",
    "data_version",
    "detail",
    "escalated",
    "logins",
    "neighbours",
    "newest_event",
    "page",
    "policy_text",
    "positions",
    "read_cursor",
    "records",
    "related",
    "rows_by_id",
    "snapshot",
    "stream",
    "waiting_before",
    "window",
]
