"""The audit of pauses over many tickets, a page at a time; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ouvidoria_tui.domain.pause_audit import IdleSpan, PausedBy, audit
from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.domain.query_terms import Query
from ouvidoria_tui.report.period import Period
from ouvidoria_tui.store.connection import Connection
from ouvidoria_tui.store.extract import count, ids
from ouvidoria_tui.store.paused_tickets import paused_and_written
from ouvidoria_tui.store.policy_timeline import PolicyTimeline
from ouvidoria_tui.store.reading import logins, snapshot
from ouvidoria_tui.store.search import Context
from ouvidoria_tui.text import N_

DEFINITION: Final = N_(
    "Minutes in which a clock was paused although the customer had written after the desk's last public word;"
    " spans of less than a minute are left out."
)
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """A span of a ticket; ``unit`` is what its clock counts in, ``by`` the login of who paused it, if anybody did."""

    protocol: str
    span: IdleSpan
    unit: Unit | None
    by: str | None


@dataclass(slots=True)
class Sum:
    """Spans with their minutes: of the clock's own time, and by the wall. They are the sums of the rows'."""

    spans: int = 0
    minutes: int = 0
    wall_minutes: int = 0

    def add(self, span: IdleSpan) -> None:
        """One span more."""
        self.spans += 1
        self.minutes += span.counted // 60
        self.wall_minutes += span.seconds // 60


@dataclass(slots=True)
class Totals:
    """What was found, filled while the findings are walked; clocks are summed apart, their minutes differ."""

    tickets: int = 0
    looked_at: int = 0
    spans: int = 0
    still_paused: int = 0
    clocks: dict[str, Sum] = field(default_factory=dict)
    why: dict[PausedBy, Sum] = field(default_factory=dict)

    def add(self, span: IdleSpan) -> None:
        """One span more."""
        self.spans += 1
        self.still_paused += span.until is None
        self.clocks.setdefault(span.clock, Sum()).add(span)
        self.why.setdefault(span.why, Sum()).add(span)


def how_many(conn: Connection, query: Query | None, context: Context, period: Period | None) -> int:
    """How many tickets the audit looks at."""
    return count(conn, query, context, arrived=_bounds(period))


def findings(
    conn: Connection,
    query: Query | None,
    context: Context,
    period: Period | None,
    totals: Totals,
    progress: Progress = lambda _done: None,
) -> Iterator[Finding]:
    """The spans of every ticket that ``query`` finds (``None``: all) and that arrived in ``period``.

    By ticket in the order of registration, then by clock and time; as of ``context.now``. ``totals`` are
    complete at the end.
    """
    with snapshot(conn):
        policies = PolicyTimeline(conn)
        agents = logins(conn)
        for page in ids(conn, query, context, arrived=_bounds(period)):
            points = policies.points_of(page)
            for protocol, events in paused_and_written(conn, page):
                spans = audit(events, policies.version_at, policies.clocks, points, context.now)
                spans = [span for span in spans if span.seconds >= 60]
                units = {
                    one.rule.name: one.rule.unit
                    for one in policies.clocks(policies.version_at(events[-1].id))
                }
                totals.tickets += bool(spans)
                for span in spans:
                    totals.add(span)
                    yield Finding(protocol, span, units.get(span.clock), agents.get(span.actor))
            totals.looked_at += len(page)
            progress(len(page))


def _bounds(period: Period | None) -> tuple[int, int] | None:
    return None if period is None else (period.start, period.end)
