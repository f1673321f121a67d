"""The orders of a list of tickets, and the place in one: opaque text that a script hands back with ``--after``."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Literal

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

__all__ = ["ORDERS", "Cursor", "Order", "check_order", "read_cursor"]

Order = Literal["arrival", "due", "severity"]

#: The columns of each order, all ascending, as the indexes of the open queue have them. The last one is unique.
ORDERS: dict[str, tuple[str, ...]] = {
    "arrival": ("lane_rank", "arrived_at", "protocol"),
    "due": ("due_key", "arrived_at", "protocol"),
    "severity": ("severity_rank", "lane_rank", "arrived_at", "protocol"),
}
_LONGEST = 400
_INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last ticket seen: its values in the columns of ``order``. ``str()`` is safe in a URL and a shell."""

    order: Order
    key: tuple[int | str, ...]

    def __str__(self) -> str:
        written = json.dumps([self.order, *self.key], separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(written).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """The cursor that ``text`` is; ``UsageError`` ``BAD_CURSOR`` where it is none."""
    try:
        if len(text) > _LONGEST:
            raise ValueError
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        value = json.loads(raw)
        if not isinstance(value, list) or not value or not isinstance(value[0], str):
            raise ValueError
        order, *key = value
        columns = ORDERS[order]
    except (ValueError, KeyError, RecursionError):
        raise _bad_cursor() from None
    if len(key) != len(columns) or not all(map(_fits, columns, key)):
        raise _bad_cursor()
    return Cursor(order, tuple(key))


def check_order(cursor: Cursor, order: Order) -> None:
    """Nothing, where the cursor belongs to ``order``; ``UsageError`` ``BAD_CURSOR`` otherwise."""
    if cursor.order != order:
        raise UsageError(
            "BAD_CURSOR",
            N_("this cursor belongs to the order {order}", order=cursor.order),
            N_("repeat the order of the first page: --order {order}", order=cursor.order),
        )


def _fits(column: str, value: object) -> bool:
    if column == "protocol":
        return isinstance(value, str) and value.isascii()
    return isinstance(value, int) and not isinstance(value, bool) and value in _INT64


def _bad_cursor() -> UsageError:
    return UsageError(
        "BAD_CURSOR",
        N_("this is not a cursor of a list"),
        N_("give --after the cursor of the page before, as it was printed"),
    )
