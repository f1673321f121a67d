"""Improvements over all tickets, read from the events that tell of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from ouvidoria_tui.domain import case_work
from ouvidoria_tui.domain.improvement import Effect, Improved
from ouvidoria_tui.store.rows import event_of

_ADDED = "FROM event WHERE type = 'improvement-added'"
#: So many days before and after an improvement are compared.
DAYS = 90
_DAY = 86_400


def last(conn: sqlite3.Connection) -> int:
    """The highest number that an improvement has had, 0 where there was none."""
    row = conn.execute(f"SELECT ifnull(max(json_extract(payload, '$.number')), 0) {_ADDED}").fetchone()
    return int(row[0])


def ticket_of_number(conn: sqlite3.Connection, number: int) -> int | None:
    """The id of the ticket that improvement ``number`` came of."""
    row = conn.execute(
        f"SELECT ticket_id {_ADDED} AND json_extract(payload, '$.number') = ?", (number,)
    ).fetchone()
    return None if row is None else int(row[0])


def improvements(conn: sqlite3.Connection) -> list[Improved]:
    """All improvements that stand, by number."""
    ids = [row[0] for row in conn.execute(f"SELECT DISTINCT ticket_id {_ADDED}")]
    logins = {row[0]: row[1] for row in conn.execute("SELECT id, login FROM agent")}
    found = [one for ticket_id in ids for one in _of_ticket(conn, ticket_id, logins)]
    return sorted(found, key=lambda one: one.improvement.number)


def effect(conn: sqlite3.Connection, cause: str, done_at: int, now: int, days: int = DAYS) -> Effect:
    """Tickets of ``cause`` that arrived in the ``days`` of 24 hours before ``done_at``, and in those after it."""
    until = min(now + 1, done_at + days * _DAY)  # what arrived this second has arrived
    before, after = (
        conn.execute(
            "SELECT count(*) FROM ticket WHERE cause = ? AND arrived_at >= ? AND arrived_at < ?",
            (cause, since, end),
        ).fetchone()[0]
        for since, end in ((done_at - days * _DAY, done_at), (done_at, until))
    )
    return Effect(before, after, days, (until - done_at) // _DAY)


def _of_ticket(conn: sqlite3.Connection, ticket_id: int, logins: dict[int, str]) -> Sequence[Improved]:
    events = [
        event_of(row)
        for row in conn.execute("SELECT * FROM event WHERE ticket_id = ? ORDER BY seq", (ticket_id,))
    ]
    texts = dict(
        conn.execute(
            "SELECT seq, CASE WHEN erased_at IS NULL THEN text END FROM message WHERE ticket_id = ?",
            (ticket_id,),
        ).fetchall()
    )
    protocol, confidential, cause = conn.execute(
        "SELECT protocol, confidential, cause FROM ticket WHERE id = ?", (ticket_id,)
    ).fetchone()
    return [
        Improved(
            one,
            protocol,
            bool(confidential),
            cause,
            None if one.owner is None else logins.get(one.owner),
            texts.get(one.seq),
        )
        for one in case_work.fold(events).improvements
    ]
