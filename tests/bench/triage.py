"""Triage of the tickets that wait: planned, applied, and what similar tickets suggest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk import triage as triaging
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.neighbours import Asked
from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.report.batch import Context, Originals, Priors, pending
from ouvidoria_tui.report.suggest import suggestions
from ouvidoria_tui.store.connection import connect
from ouvidoria_tui.store.store import SqliteStore
from tests.bench.stores import NOW, store_of
from tests.bench.timing import Figure, calls, once

#: So many tickets wait for triage, of all those that the store holds; the most only where they are a tenth of it.
WAITING = (1_000, 10_000, 100_000)
#: From so many on one run is measured: it lasts long enough.
ONE_RUN = 100_000


def suggesting(size: int, label: str) -> Iterator[Figure]:
    """Suggestions for ten tickets, each of other words."""
    conn = connect(store_of(size), read_only=True)
    rows = conn.execute(
        "SELECT ticket.subject, message.text, arrived_at, ticket.id FROM ticket JOIN message ON ticket_id = ticket.id"
        " WHERE ticket.status <> 'closed' AND seq = 1 ORDER BY ticket.arrived_at DESC LIMIT 10"
    ).fetchall()
    asked = [Asked(*row) for row in rows]
    yield calls(
        "suggest, 10 tickets",
        label,
        lambda: [suggestions(conn, one) for one in asked],
        lambda: [
            conn.execute("SELECT * FROM ticket WHERE id = ?", (one.ticket,)).fetchone() for one in asked
        ],
        budget="≤ 1 s",
    )
    conn.close()


def triage(size: int, label: str) -> Iterator[Figure]:
    """Tickets that wait, planned and then triaged, in a copy of the store."""
    for waiting in WAITING:
        if waiting <= size and (waiting < ONE_RUN or waiting * 10 <= size):
            yield from _triage(size, label, waiting)


def _triage(size: int, label: str, waiting: int) -> Iterator[Figure]:
    path = store_of(size).with_name("triage.db")
    shutil.copy(store_of(size), path)
    store = SqliteStore.open(path)
    with store.conn:
        store.conn.execute("UPDATE ticket SET admission = 'admitted' WHERE status <> 'closed'")
        store.conn.execute(
            "UPDATE ticket SET admission = 'pending', severity = NULL, status = 'open', turn = 'desk',"
            " closed_at = NULL, close_reason = NULL, answered_at = NULL, concluded_at = NULL,"
            " assignee_id = NULL WHERE id > ?",
            (size - waiting,),
        )
        # The made tickets name departments that the desk has not registered: they would all be refused.
        store.conn.execute(
            "INSERT OR IGNORE INTO department (slug, name) SELECT DISTINCT department, department FROM ticket"
        )
    desk = desk_over(store, agent="bench", clock=FixedClock(NOW))
    conn = store.conn
    context = Context(NOW, desk.agent.id, desk.policy.policy.zone)

    def plans() -> Iterator[Plan]:
        cases = pending(conn, parse(""), context)
        return triaging.plan(desk, cases, original=Originals(conn), prior=Priors.of(conn))

    def floor() -> list[object]:
        return conn.execute("SELECT text FROM message ORDER BY id DESC LIMIT ?", (waiting,)).fetchall()

    planned = calls(
        f"triage planned, {waiting:,} wait",
        label,
        lambda: list(plans()),
        floor,
        budget="-",
        runs=1 if waiting >= ONE_RUN else 3,
    )
    yield replace(planned, note=f"{waiting / planned.ours:,.0f} tickets/s")
    made = list(plans())
    ended: list[tuple[Plan, Outcome]] = []
    ours, least = once(lambda: ended.extend(triaging.apply(desk, made))), once(floor)
    if any(outcome.result is not Result.DONE for _plan, outcome in ended):
        raise RuntimeError("not every plan was carried out: the figure would be of something else")
    yield Figure(
        f"triage applied, {waiting:,} wait", label, ours, least, "-", ours / least, f"{waiting / ours:,.0f} tickets/s"
    )  # fmt: skip
    store.close()
    path.unlink()
