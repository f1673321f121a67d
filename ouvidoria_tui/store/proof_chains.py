"""The chain of each ticket: every event follows from the one before it, from the first to the ticket's head."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ouvidoria_tui.domain.ledger import event_hash
from ouvidoria_tui.store.problem import Problem
from ouvidoria_tui.store.proof_tangle import Gap, Link, Stranger, untangle
from ouvidoria_tui.store.proof_words import Words
from ouvidoria_tui.text import N_

_COLUMNS = "id, ticket_id, seq, type, actor, os_user, happened_at, recorded_at, payload, prev, hash"
_EVENTS = f"SELECT {_COLUMNS} FROM event ORDER BY ticket_id, seq, id"
_CHAIN = f"SELECT {_COLUMNS} FROM event WHERE ticket_id = ? ORDER BY seq, id"
_TICKETS = "SELECT id, protocol, revision, head FROM ticket ORDER BY id"
_STRIDE = 1000


@dataclass(frozen=True, slots=True)
class TicketEnd:
    """What a ticket's row says of its chain: how many events, and the hash of the last."""

    id: int
    protocol: str
    revision: int
    head: bytes


@dataclass(slots=True)
class Chains:
    """What the chains show; gaps and strangers are matched with each other and with the desk's order later."""

    problems: list[Problem] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    strangers: list[Stranger] = field(default_factory=list)
    #: Events that stand behind one with a larger number: (the other, its own number, protocol, sequence).
    inversions: list[tuple[int, int, str | None, int]] = field(default_factory=list)
    #: Places (ticket, first, last) from which events are gone: their texts hang in the air.
    gone: list[tuple[int, int, int]] = field(default_factory=list)


def walk_chains(
    conn: sqlite3.Connection, words: Words, *, against_rows: bool, progress: Callable[[int], None]
) -> Chains:
    """All chains, one after the other, with nothing kept of a sound one."""
    found = Chains()
    ends = _Ends(conn)
    cursor = conn.cursor()
    cursor.row_factory = None
    ticket: int | None = None
    sound, seq, prev, before, count = True, 0, b"", 0, 0

    def close(ticket: int) -> None:
        end = ends.of(ticket, found) if against_rows else None
        whole = (end.revision, end.head) == (seq, prev) if end else ticket == 0 or not against_rows
        if not sound or not whole:
            _look_into(conn, found, ticket, end, unknown=against_rows and end is None and ticket != 0)

    for row in cursor.execute(_EVENTS):
        id_, ticket_id, own, type_, actor, os_user, happened, recorded, payload, link, hash_ = row
        if ticket_id != ticket:
            if ticket is not None:
                close(ticket)
            ticket, sound, seq, prev, before = ticket_id, True, 0, b"", 0
        is_sound = hash_ == event_hash(
            ticket=ticket_id or None,
            seq=own,
            type=type_,
            actor=actor,
            os_user=os_user,
            happened_at=happened,
            recorded_at=recorded,
            payload=payload,
            prev=link,
        )
        if not is_sound or own != seq + 1 or link != prev:
            sound = False
        if id_ < before:
            found.inversions.append((before, id_, ends.protocol(ticket_id), own))
        if against_rows:
            words.beside(id_, ticket_id, own, type_, happened, payload if is_sound else None)
        seq, prev, before = own, hash_, id_
        count += 1
        if count % _STRIDE == 0:
            progress(_STRIDE)
    if ticket is not None:
        close(ticket)
    progress(count % _STRIDE)
    if against_rows:
        ends.of(None, found)
        words.close()
    return found


class _Ends:
    """The tickets' rows, walked beside the events. Those that are passed over have no events."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        cursor = conn.cursor()
        cursor.row_factory = None
        self._rows: Iterator[tuple[int, str, int, bytes]] = cursor.execute(_TICKETS)
        self._next = next(self._rows, None)
        self._conn = conn

    def of(self, ticket: int | None, found: Chains) -> TicketEnd | None:
        """The end of ``ticket``'s chain as its row has it; ``None`` where there is no row (or no ticket is left)."""
        while self._next is not None and (ticket is None or self._next[0] < ticket):
            id_, protocol, revision, _head = self._next
            found.gaps.append(Gap(id_, protocol, 1, max(revision, 1), 0, None, b""))
            self._next = next(self._rows, None)
        if self._next is None or self._next[0] != ticket:
            return None
        end = TicketEnd(*self._next)
        self._next = next(self._rows, None)
        return end

    def protocol(self, ticket: int) -> str | None:
        """The protocol of a ticket, where it has a row."""
        row = self._conn.execute("SELECT protocol FROM ticket WHERE id = ?", (ticket,)).fetchone()
        return None if row is None else str(row[0])


def _look_into(
    conn: sqlite3.Connection, found: Chains, ticket: int, end: TicketEnd | None, *, unknown: bool
) -> None:
    """A chain that shows a fault, read as a whole; ``unknown``: there is no such ticket."""
    cursor = conn.cursor()
    cursor.row_factory = None
    links = [Link(*row) for row in cursor.execute(_CHAIN, (ticket,))]
    if end is None:
        tangle = untangle(links, None)
    else:
        tangle = untangle(links, end.protocol, revision=end.revision, head=end.head)
    strange = {stranger.link.id for stranger in tangle.strangers}
    if unknown:
        tangle.strangers = [Stranger(s.link, _of_no_ticket(s.link)) for s in tangle.strangers]
        own = [link for link in links if link.id not in strange]
        if own:
            tangle.problems = [_of_no_ticket(own[-1])]
    found.problems += tangle.problems
    found.gaps += tangle.gaps
    found.strangers += tangle.strangers
    found.gone += tangle.vacated


def _of_no_ticket(link: Link) -> Problem:
    return Problem(link.id, None, "added", N_("event {seq} belongs to no ticket", seq=link.seq))
