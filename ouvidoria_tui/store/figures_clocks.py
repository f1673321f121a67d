"""The figures of clocks, and of the time to a solution. One statement a clock: each walks ``ticket_report``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from ouvidoria_tui.store.figures import Connection, Scope, Statement, selected, source

# A due time has passed unmet: set down when something happened to the clock, else seen in one that runs.
_SEEN = {False: "clock.missed_at IS NOT NULL", True: "ifnull(clock.missed_at < :as_of, 0)"}
_LATE_NOW = "(clock.state = 'running' AND ifnull(clock.due_at < :as_of, 0))"
# Satisfied, ended, paused; in the past only where it was so already.
_DONE = {False: "clock.met_at IS NOT NULL", True: "ifnull(clock.met_at <= :as_of, 0)"}
_ENDED = {False: "1", True: "ifnull(clock.met_at, ticket.closed_at) <= :as_of"}
# Told before the due time that more is needed (S4-22); most clocks say nothing of it, and are not parsed.
_NOTIFIED = {
    False: "instr(clock.data, '\"notified_at\"') > 0",
    True: "CASE WHEN instr(clock.data, '\"notified_at\"') > 0"
    " THEN json_extract(clock.data, '$.notified_at') <= :as_of ELSE 0 END",
}
_PAUSED = {False: "1", True: "clock.paused_at <= :as_of"}

# Where an answer that came with the closing is not marked as conclusive, a ticket closed as solved is solved.
_SOLVED = (
    "CASE WHEN ticket.concluded_at IS NOT NULL THEN ticket.concluded_at"
    " WHEN ticket.closed_at IS NOT NULL AND ticket.close_reason = 'solved' THEN ticket.closed_at END"
)


def clock_names(conn: Connection) -> list[str]:
    """The clocks for which any version of the policy gave a figure, newest version first."""
    names: dict[str, None] = {}
    for row in conn.execute("SELECT toml FROM policy ORDER BY version DESC"):
        clocks = tomllib.loads(str(row[0])).get("clocks", {})
        for name, rule in clocks.items():
            if isinstance(rule.get("amount"), int) or rule.get("targets"):
                names[name] = None
    return list(names)


def clock(by: Sequence[str], scope: Scope, name: str, *, cycles: bool, each_area: bool = False) -> Statement:
    """Total, missed, met, late, paused, stopped, without figure and notified of one clock; minutes until met.

    Notified are those of which the customer was told in time that more is needed, and which were not met.

    ``cycles`` says that the clock starts again and again, so that its row tells of the newest cycle only:
    in the past those that began later are left out. ``each_area`` says that every area asked has one.
    """
    past = scope.past
    seen, done = _SEEN[past], _DONE[past]
    figures = [
        "count(*)",
        f"sum({seen} OR {_LATE_NOW})",
        f"sum(clock.state = 'met' AND {done} AND NOT {seen})",
        f"sum({seen} AND {done})",
        f"sum(clock.state = 'paused' AND {_PAUSED[past]} AND NOT {seen})",
        f"sum(clock.state = 'stopped' AND {_ENDED[past]} AND NOT {seen})",
        f"sum(clock.state = 'undefined' AND NOT {seen})",
        f"sum({_NOTIFIED[past]} AND NOT (clock.state = 'met' AND {done} AND NOT {seen}))",
        f"group_concat(CASE WHEN {done} AND clock.state IN ('met', 'missed') THEN clock.spent / 60 END)",
    ]
    where = scope.where()
    if past and cycles:
        where.append("(clock.started_at <= :as_of OR clock.missed_at < :as_of)")
    # ``area:finance`` stands between ``area:`` and ``area;`` in the key of the table.
    named = (
        "clock.name > :clock || ':' AND clock.name < :clock || ';'" if each_area else "clock.name = :clock"
    )
    table = f"{source(by)} CROSS JOIN clock ON clock.ticket_id = ticket.id AND {named}"
    return Statement(selected(by, figures, table, where), {**scope.params(), "clock": name})


def solution_time(scope: Scope) -> Statement:
    """How many tickets were solved, and the seconds from arrival to solution of all of them together."""
    where = [*scope.where(), f"{_SOLVED} <= :as_of"]
    return Statement(
        f"SELECT count(*), ifnull(sum({_SOLVED} - ticket.arrived_at), 0)"
        f" FROM {source(())} WHERE {' AND '.join(where)}",
        scope.params(),
    )


def solution_days(scope: Scope) -> Statement:
    """How many tickets were solved, by the local dates (ordinals) of arrival and solution."""
    where = [*scope.where(), f"{_SOLVED} <= :as_of"]
    return Statement(
        f"SELECT local_day(ticket.arrived_at), local_day({_SOLVED}), count(*)"
        f" FROM {source(())} WHERE {' AND '.join(where)} GROUP BY 1, 2",
        scope.params(),
    )


def pairs(conn: Connection, statement: Statement, zone: str) -> list[tuple[int, ...]]:
    """The rows of :func:`solution_time` or :func:`solution_days`."""
    tz = ZoneInfo(zone)

    @lru_cache(100_000)
    def day(quarter: int) -> int:
        return datetime.fromtimestamp(quarter * 900, tz).toordinal()

    # Zones differ by quarters of an hour: no date begins inside one.
    conn.create_function("local_day", 1, lambda at: day(at // 900), deterministic=True)
    return [tuple(row) for row in conn.execute(statement.sql, statement.params)]
