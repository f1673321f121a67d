"""The ledger's proof: every event as it was recorded, none gone, none put in, none moved.

Three walks, each streaming: the chain of each ticket, the desk-wide anchors, the texts and their commitments.
What was computed anew from some event on to the very end can only be seen against a head that was kept
outside (``expected_head``): every backup and report prints it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ouvidoria_tui.domain.ledger import Message, Part, commitment, event_hash, next_anchor
from ouvidoria_tui.text import N_, Text

_CHAIN = "SELECT * FROM event ORDER BY ticket_id, seq"
_ANCHORS = "SELECT id, ticket_id, seq, hash, anchor FROM event ORDER BY id"
_TEXTS = """
SELECT event.id, event.ticket_id, event.seq, event.payload, message.part, message.subject, message.text,
       message.salt, message.erased_at, message.id AS message_id
FROM event LEFT JOIN message ON message.ticket_id = event.ticket_id AND message.seq = event.seq
WHERE event.ticket_id <> 0
"""
_LOOSE = """
SELECT message.id, message.ticket_id, message.seq FROM message
LEFT JOIN event ON event.ticket_id = message.ticket_id AND event.seq = message.seq
WHERE event.id IS NULL
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was recorded; ``kind`` is changed, removed, added or reordered."""

    event: int | None
    ticket: str | None
    kind: str
    message: Text


@dataclass(frozen=True, slots=True)
class Proof:
    """What ``verify`` found. ``head`` is the desk-wide anchor after the newest event, in hex."""

    events: int
    tickets: int
    head: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def verify(
    conn: sqlite3.Connection,
    *,
    expected_head: str | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> Proof:
    """The proof of the whole ledger. One read transaction, so that writers do not disturb it."""
    conn.execute("BEGIN")
    try:
        events, problems = 0, []
        for ticket_id, group in groupby(conn.execute(_CHAIN), key=lambda row: int(row["ticket_id"])):
            rows = list(group)
            events += len(rows)
            progress(len(rows))
            problems += _check_chain(conn, ticket_id, rows)
        named = {problem.event for problem in problems}
        head, found = _check_anchors(conn, named)
        problems += found
        problems += _check_tickets_without_events(conn)
        problems += _check_texts(conn, named)
        if expected_head is not None and not _knows_head(conn, expected_head):
            problems.append(
                Problem(None, None, "removed", N_("the ledger never had the head {head}", head=expected_head))
            )
        tickets = int(conn.execute("SELECT count(*) FROM ticket").fetchone()[0])
    finally:
        conn.execute("ROLLBACK")
    return Proof(events, tickets, head.hex(), tuple(problems))


def head_of(conn: sqlite3.Connection) -> str:
    """The desk-wide anchor after the newest event, in hex; empty before the first."""
    row = conn.execute("SELECT anchor FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return "" if row is None else bytes(row[0]).hex()


def _hash(row: sqlite3.Row, *, seq: int | None = None) -> bytes:
    return event_hash(
        ticket=row["ticket_id"] or None,
        seq=row["seq"] if seq is None else seq,
        type=row["type"],
        actor=row["actor"],
        os_user=row["os_user"],
        happened_at=row["happened_at"],
        recorded_at=row["recorded_at"],
        payload=row["payload"],
        prev=row["prev"],
    )


def _check_chain(conn: sqlite3.Connection, ticket_id: int, rows: list[sqlite3.Row]) -> Iterator[Problem]:
    protocol = _protocol(conn, ticket_id)
    moved = _moved(rows)
    prev, seq = b"", 0
    for row in rows:
        if row["id"] in moved:
            yield Problem(
                row["id"],
                protocol,
                "reordered",
                N_("event {seq} stands where {was} was", seq=row["seq"], was=moved[row["id"]]),
            )
        else:
            for gone in range(seq + 1, row["seq"]):
                yield Problem(None, protocol, "removed", N_("event {seq} is gone", seq=gone))
            if _hash(row) != row["hash"]:
                yield Problem(
                    row["id"], protocol, "changed", N_("event {seq} is not what was recorded", seq=row["seq"])
                )
            elif row["prev"] != prev and row["seq"] == seq + 1 and prev:
                yield _broken_link(row, rows, protocol)
        prev, seq = row["hash"], row["seq"]
    if ticket_id:
        yield from _check_end(conn, ticket_id, rows[-1], protocol)


def _broken_link(row: sqlite3.Row, rows: list[sqlite3.Row], protocol: str | None) -> Problem:
    """An event that is sound in itself but does not follow the one before: that one was changed with its hash."""
    before = next(item for item in rows if item["seq"] == row["seq"] - 1)
    return Problem(
        before["id"], protocol, "changed", N_("event {seq} is not what was recorded", seq=before["seq"])
    )


def _moved(rows: list[sqlite3.Row]) -> dict[int, int]:
    """Events that only changed places: id → the number it had. Followed by the links, where those are whole."""
    if all(_hash(row) == row["hash"] for row in rows):
        return {}
    by_prev = {row["prev"]: row for row in rows}
    order: list[sqlite3.Row] = []
    link = b""
    while link in by_prev and len(order) < len(rows):
        row = by_prev[link]
        if _hash(row, seq=len(order) + 1) != row["hash"]:
            return {}
        order.append(row)
        link = row["hash"]
    return {row["id"]: was for was, row in enumerate(order, 1) if row["seq"] != was}


def _check_end(
    conn: sqlite3.Connection, ticket_id: int, last: sqlite3.Row, protocol: str | None
) -> Iterator[Problem]:
    row = conn.execute("SELECT revision, head FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    if row is None:
        yield Problem(last["id"], None, "added", N_("event {seq} belongs to no ticket", seq=last["seq"]))
        return
    for gone in range(last["seq"] + 1, row["revision"] + 1):
        yield Problem(None, protocol, "removed", N_("event {seq} is gone", seq=gone))
    if last["seq"] > row["revision"]:
        yield Problem(
            last["id"], protocol, "added", N_("event {seq} was put in beside the program", seq=last["seq"])
        )
    elif last["seq"] == row["revision"] and last["hash"] != row["head"] and _hash(last) == last["hash"]:
        yield Problem(
            last["id"], protocol, "changed", N_("event {seq} is not what was recorded", seq=last["seq"])
        )


def _check_anchors(conn: sqlite3.Connection, named: set[int | None]) -> tuple[bytes, list[Problem]]:
    problems: list[Problem] = []
    anchor, last = b"", 0
    for row in conn.execute(_ANCHORS):
        for gone in range(last + 1, min(row["id"], last + 101)):
            problems.append(Problem(gone, None, "removed", N_("event {seq} of the desk is gone", seq=gone)))
        elsewhere = row["id"] != last + 1 or row["id"] in named
        if next_anchor(anchor, row["hash"]) != row["anchor"] and not elsewhere:
            kind = "reordered" if _anchored_elsewhere(conn, row) else "changed"
            text = N_("event {seq} of its ticket does not follow the desk's order", seq=row["seq"])
            if kind == "changed":
                text = N_("event {seq} is not what was recorded", seq=row["seq"])
            problems.append(Problem(row["id"], _protocol(conn, row["ticket_id"]), kind, text))
        anchor, last = bytes(row["anchor"]), row["id"]
    counted = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'event'").fetchone()
    for gone in range(last + 1, min(int(counted[0]) if counted else 0, last + 100) + 1):
        problems.append(Problem(gone, None, "removed", N_("event {seq} of the desk is gone", seq=gone)))
    return anchor, problems


def _anchored_elsewhere(conn: sqlite3.Connection, row: sqlite3.Row) -> bool:
    """Whether the event's anchor follows that of an event that no longer stands before it: it was moved."""
    if next_anchor(b"", row["hash"]) == row["anchor"]:
        return True
    others = conn.execute("SELECT anchor FROM event")
    return any(next_anchor(bytes(other[0]), row["hash"]) == row["anchor"] for other in others)


def _check_tickets_without_events(conn: sqlite3.Connection) -> Iterator[Problem]:
    rows = conn.execute(
        "SELECT protocol FROM ticket WHERE NOT EXISTS (SELECT 1 FROM event WHERE event.ticket_id = ticket.id)"
    )
    for row in rows:
        yield Problem(None, row["protocol"], "removed", N_("all events of the ticket are gone"))


def _check_texts(conn: sqlite3.Connection, named: set[int | None]) -> Iterator[Problem]:
    for row in conn.execute(_TEXTS):
        if row["id"] in named:
            continue
        try:
            payload = json.loads(row["payload"])
        except ValueError:
            continue  # its hash has said so already
        bound = payload.get("text")
        if bound is None and row["message_id"] is None:
            continue
        problem = _text_problem(row, bound, payload)
        if problem is not None:
            kind, text = problem
            yield Problem(row["id"], _protocol(conn, row["ticket_id"]), kind, text)
    for row in conn.execute(_LOOSE):
        yield Problem(
            None,
            _protocol(conn, row["ticket_id"]),
            "added",
            N_("text {seq} belongs to no event", seq=row["seq"]),
        )


def _text_problem(row: sqlite3.Row, bound: object, payload: object) -> tuple[str, Text] | None:
    seq = row["seq"]
    if bound is None:
        return "added", N_("a text was put beside event {seq}", seq=seq)
    if row["message_id"] is None:
        return "removed", N_("the text of event {seq} is gone", seq=seq)
    if row["erased_at"] is not None:
        return None
    assert isinstance(payload, dict)
    message = Message(Part(payload["part"]), row["text"], row["subject"], row["salt"])
    if row["part"] != payload["part"] or commitment(message) != bound:
        return "changed", N_("the text of event {seq} is not what was recorded", seq=seq)
    return None


def _knows_head(conn: sqlite3.Connection, head: str) -> bool:
    try:
        wanted = bytes.fromhex(head)
    except ValueError:
        return False
    return conn.execute("SELECT 1 FROM event WHERE anchor = ? LIMIT 1", (wanted,)).fetchone() is not None


def _protocol(conn: sqlite3.Connection, ticket_id: int) -> str | None:
    if ticket_id == 0:
        return None
    row = conn.execute("SELECT protocol FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    return f"#{ticket_id}" if row is None else str(row["protocol"])
