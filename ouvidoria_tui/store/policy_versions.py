"""New versions of the policy, and the re-assessment of open tickets under them, chunk by chunk.

Implements what ``desk.apply_policy`` needs. How far a re-assessment has come stands in ``meta`` under
``reassessment``: ``{"version", "after", "done"}``; without an entry the tickets are at the newest version.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date

from ouvidoria_tui.desk.ports import PolicyInForce
from ouvidoria_tui.domain.clock_state import ClockState
from ouvidoria_tui.domain.ledger import Event
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.reassess import Reassessed
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.store.founding import add_policy, insert_entries
from ouvidoria_tui.store.policies import holidays, policy_in_force, policy_text
from ouvidoria_tui.store.policy_hours import keep_hours
from ouvidoria_tui.store.reassessed import reassessed_clocks, reassessed_due, reassessed_versions
from ouvidoria_tui.store.rows import TICKET_COLUMNS, clock_of, event_of, ticket_of
from ouvidoria_tui.store.store import SqliteStore

_MARK = "reassessment"
_REGISTERS = ("department", "area", "plan")
_CLOCK = "INSERT OR REPLACE INTO clock VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_VERSION = (
    "INSERT INTO deadline_version (ticket_id, clock, seq, cause, actor, old_due, new_due, policy, recorded_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_DUE = "UPDATE ticket SET next_due_at = ?, next_due_clock = ?, next_warn_at = ? WHERE id = ?"


class PolicyVersions:
    """The versions of the policy in one store; everything that writes belongs into its transaction."""

    def __init__(self, store: SqliteStore) -> None:
        self._conn = store.conn

    def text(self) -> str:
        """The newest version as it was written."""
        return policy_text(self._conn)

    def policy(self, version: int | None = None) -> PolicyInForce:
        """A version, or the newest, read anew."""
        return policy_in_force(self._conn, version)

    def add(
        self, policy: Policy, text: str, closed: Mapping[date, str] | None, source: str, now: int
    ) -> tuple[int, dict[str, list[str]]]:
        """The number of a new version, and the new entries of registers by kind.

        ``closed`` are the holidays where their rule changed; days that the desk entered itself stay. The hours
        that end now are kept for the time in which they were in force.
        """
        was = self.policy()
        if closed is not None:
            self._replace_holidays(closed, source)
        if policy.calendars != was.policy.calendars or holidays(self._conn) != was.closed:
            keep_hours(self._conn, was.version, was.policy, was.closed, now)
        version = add_policy(self._conn, policy.key, text, now)
        return version, self._seed(policy)

    def _replace_holidays(self, closed: Mapping[date, str], source: str) -> None:
        library = source.split(" ", 1)[0]
        self._conn.execute(
            "DELETE FROM holiday WHERE source = ? OR source LIKE ? || ' %' OR source LIKE 'profile %'",
            (library, library),
        )
        # What is left was entered by the desk.
        self._conn.executemany(
            "INSERT OR IGNORE INTO holiday VALUES (?, ?, ?)",
            [(day.isoformat(), name, source) for day, name in closed.items()],
        )

    def _seed(self, policy: Policy) -> dict[str, list[str]]:
        """New departments, areas and plans; what is there is the desk's own and stays as it is."""
        found: dict[str, list[str]] = {}
        for kind, entries in zip(_REGISTERS, (policy.departments, policy.areas, policy.plans), strict=True):
            known = {row[0] for row in self._conn.execute(f"SELECT slug FROM {kind}")}
            new = [entry for entry in entries if entry.slug not in known]
            insert_entries(self._conn, kind, new)
            if new:
                found[kind] = [entry.slug for entry in new]
        return found

    # --- the re-assessment

    def unfinished(self) -> tuple[int, int] | None:
        """Version and last ticket done of a re-assessment that has not come to its end."""
        row = self._conn.execute("SELECT value FROM meta WHERE key = ?", (_MARK,)).fetchone()
        mark = {"done": True} if row is None else json.loads(str(row[0]))
        return None if mark["done"] else (int(mark["version"]), int(mark["after"]))

    def mark(self, version: int, after: int, *, done: bool) -> None:
        """How far the tickets are."""
        value = json.dumps({"version": version, "after": after, "done": done})
        self._conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_MARK, value))

    def left(self, after: int) -> int:
        """How many open tickets come behind ``after``."""
        row = self._conn.execute(
            "SELECT count(*) FROM ticket WHERE status <> 'closed' AND id > ?", (after,)
        ).fetchone()
        return int(row[0])

    def chunk(self, after: int, size: int) -> list[tuple[Ticket, tuple[ClockState, ...]]]:
        """The next open tickets by id, with their clocks."""
        tickets = [
            ticket_of(row)
            for row in self._conn.execute(
                f"SELECT {TICKET_COLUMNS} FROM ticket WHERE id > ? AND status <> 'closed' ORDER BY id LIMIT ?",
                (after, size),
            )
        ]
        clocks: dict[int, list[ClockState]] = {}
        for row in self._rows("SELECT * FROM clock", [ticket.id for ticket in tickets], "ticket_id, name"):
            clocks.setdefault(row["ticket_id"], []).append(clock_of(row))
        return [(ticket, tuple(clocks.get(ticket.id, ()))) for ticket in tickets]

    def events(self, tickets: Sequence[int]) -> dict[int, list[Event]]:
        """The events of tickets, in the order of recording."""
        found: dict[int, list[Event]] = {}
        for row in self._rows("SELECT * FROM event", tickets, "ticket_id, seq") if tickets else ():
            found.setdefault(row["ticket_id"], []).append(event_of(row))
        return found

    def _rows(self, select: str, tickets: Sequence[int], order: str) -> sqlite3.Cursor:
        return self._conn.execute(
            f"{select} WHERE ticket_id IN (SELECT value FROM json_each(?)) ORDER BY {order}",
            (json.dumps(tickets),),
        )

    def keep(self, done: Sequence[Reassessed]) -> None:
        """The rows of tickets that were re-assessed."""
        self._conn.executemany(_CLOCK, [row for one in done for row in reassessed_clocks(one)])
        self._conn.executemany(_VERSION, [row for one in done for row in reassessed_versions(one)])
        self._conn.executemany(_DUE, [row for one in done if (row := reassessed_due(one)) is not None])
