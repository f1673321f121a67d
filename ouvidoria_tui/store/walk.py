"""One walk along an order: chooses how words are looked up, builds the statement, runs it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from ouvidoria_tui.domain.query_terms import Query, Words, wants_closed
from ouvidoria_tui.store.cursor import ORDERS, Order
from ouvidoria_tui.store.fulltext import COMMON, Road, hits, is_prefix
from ouvidoria_tui.store.search import NOT_CLOSED, Clause, Context, where

__all__ = ["Walk"]

#: So many candidates are looked into one by one (about 35 µs each) before a common word's messages are listed.
PROBED = 1000

Key = tuple[Any, ...]


class Walk:
    """A query, an order and a context over one connection."""

    def __init__(self, db: sqlite3.Connection, query: Query, order: Order, context: Context) -> None:
        self.db = db
        self.query = query
        self.context = context
        self.columns = ORDERS[order]
        words = [term for term in query.terms if isinstance(term, Words)]
        self.common = [word for word in words if hits(db, word) > COMMON]
        # A rare word leaves so few candidates that the common ones are looked for in each of them.
        few = any(not word.negated and word not in self.common for word in words)
        self.roads = self._roads(Road.PROBE if few else Road.LIST)
        # A prefix is put together anew at every look, so it is only ever listed.
        self.may_probe = bool(self.common) and not few and not any(map(is_prefix, self.common))

    def select(
        self, columns: str, *, limit: int, after: Key | None = None, offset: int = 0, backwards: bool = False
    ) -> list[tuple[Any, ...]]:
        """``columns`` of up to ``limit`` tickets behind the key ``after`` (before it, nearest first)."""
        if self.may_probe and offset + limit < PROBED:
            found = self._select(columns, self._roads(Road.PROBE), limit, after, offset, backwards, PROBED)
            if found is not None:
                return found
        return self._select(columns, self.roads, limit, after, offset, backwards, None) or []

    def count(self, limit: int) -> int:
        """How many tickets there are, counted up to ``limit``."""
        sql, params = self._where(self.roads)
        # The order is for the planner alone: left to itself it may walk closed tickets too. It drops an order
        # inside count(*), hence the rows themselves, which are few.
        order = "" if wants_closed(self.query) else f"ORDER BY {self._order(False)} "
        found = self.db.execute(f"SELECT 1 FROM ticket WHERE {sql} {order}LIMIT ?", (*params, limit))
        return len(found.fetchall())

    def before(self, key: Key) -> int:
        """How many tickets come before ``key``."""
        sql, params = self._where(self.roads)
        row = self.db.execute(
            f"SELECT count(*) FROM ticket WHERE {sql} AND {self._beside('<')}", (*params, *key)
        )
        return int(row.fetchone()[0])

    def finds(self, ticket_id: int) -> bool:
        """Whether the query finds this ticket."""
        sql, params = self._where(self._roads(Road.PROBE))
        row = self.db.execute(f"SELECT 1 FROM ticket WHERE {sql} AND ticket.id = ?", (*params, ticket_id))
        return row.fetchone() is not None

    def key_of(self, ticket_id: int) -> Key | None:
        """A ticket's place in the order, ``None`` where there is no such ticket."""
        row = self.db.execute(f"SELECT {', '.join(self.columns)} FROM ticket WHERE id = ?", (ticket_id,))
        found = row.fetchone()
        return None if found is None else tuple(found)

    def _select(
        self,
        columns: str,
        roads: Mapping[Words, Road],
        limit: int,
        after: Key | None,
        offset: int,
        backwards: bool,
        candidates: int | None,
    ) -> list[tuple[Any, ...]] | None:
        """The rows; ``None`` where the first ``candidates`` of the walk are not enough to tell."""
        sql, params = self._where(roads)
        place: tuple[Any, ...] = ()
        if after is not None:
            sql += f" AND {self._beside('<' if backwards else '>')}"
            place = after
        last = None
        if candidates is not None:
            last = self._nth(candidates, after, backwards)
            if last is not None:
                sql += f" AND {self._beside('>=' if backwards else '<=')}"
                place += last
        found = self.db.execute(
            f"SELECT {columns} FROM ticket WHERE {sql} ORDER BY {self._order(backwards)} LIMIT ? OFFSET ?",
            (*params, *place, limit, offset),
        ).fetchall()
        return None if last is not None and len(found) < limit else found

    def _nth(self, number: int, after: Key | None, backwards: bool) -> Key | None:
        """The key of the ``number``-th ticket of the walk when the words are left out of the query."""
        rest = Query(tuple(term for term in self.query.terms if not isinstance(term, Words)))
        sql, params = self._where({}, rest)
        if after is not None:
            sql += f" AND {self._beside('<' if backwards else '>')}"
        row = self.db.execute(
            f"SELECT {', '.join(self.columns)} FROM ticket WHERE {sql}"
            f" ORDER BY {self._order(backwards)} LIMIT 1 OFFSET ?",
            (*params, *(after or ()), number - 1),
        ).fetchone()
        return None if row is None else tuple(row)

    def _where(self, roads: Mapping[Words, Road], query: Query | None = None) -> Clause:
        sql, params = where(self.query if query is None else query, self.context, roads)
        return (sql if wants_closed(self.query) else f"{NOT_CLOSED[0]} AND {sql}"), params

    def _roads(self, common: Road) -> dict[Words, Road]:
        return {word: Road.LIST if is_prefix(word) else common for word in self.common}

    def _beside(self, op: str) -> str:
        names = ", ".join(f"ticket.{name}" for name in self.columns)
        return f"({names}) {op} ({', '.join('?' * len(self.columns))})"

    def _order(self, backwards: bool) -> str:
        return ", ".join(f"ticket.{name}{' DESC' if backwards else ''}" for name in self.columns)
