"""The due times of a ticket, explained from one state of the store."""

from __future__ import annotations

from pathlib import Path

from ouvidoria_tui.domain.clock_state import rule_of
from ouvidoria_tui.domain.explain import Explanation, explain
from ouvidoria_tui.domain.explain_trace import traces
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.report.desk_data import InForce
from ouvidoria_tui.store.connection import Connection
from ouvidoria_tui.store.due_versions import due_versions
from ouvidoria_tui.store.policy_timeline import PolicyTimeline
from ouvidoria_tui.store.reading import snapshot
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.text import N_


def explanations(
    conn: Connection, in_force: InForce, protocol: str, now: int, clock: str | None = None
) -> tuple[Ticket, list[Explanation]]:
    """The ticket and its clocks explained as they stand at ``now``, or only one of them, by name or alias.

    Raises ``NotFound`` ``TICKET_NOT_FOUND``; ``CLOCK_NOT_ON_TICKET`` for a clock that this ticket has not.
    """
    store = SqliteStore(conn, Path())
    with snapshot(conn):
        ticket = store.find(protocol)
        states = {state.name: state for state in store.clocks(ticket.id)}
        policies = PolicyTimeline(conn)
        points = policies.points_of([ticket.id])
        told = traces(store.events(ticket.id), policies.version_at, policies.clocks, points)
        versions = due_versions(conn, ticket.id)
    rules = {compiled.rule.name: (in_force.version, compiled) for compiled in in_force.clocks}
    names = list(states) if clock is None else _named(in_force, clock, list(states), protocol)
    return ticket, [
        explain(told[name], states[name], now, rules.get(rule_of(name)), versions.get(name, ()))
        for name in names
        if name in told
    ]


def _named(in_force: InForce, clock: str, names: list[str], protocol: str) -> list[str]:
    rule = in_force.policy.clock(clock)
    wanted = clock if rule is None else rule.name
    found = [name for name in names if wanted in (name, rule_of(name))]
    if not found:
        raise NotFound(
            "CLOCK_NOT_ON_TICKET",
            N_("{protocol} has no clock {clock}", protocol=protocol[:40], clock=clock[:40]),
            N_("its clocks are: {names}", names=", ".join(names) or "-"),
        )
    return found
