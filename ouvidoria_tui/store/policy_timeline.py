"""Which policy was in force at each place of the ledger, and where tickets were re-assessed."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable

from ouvidoria_tui.desk.ports import PolicyInForce
from ouvidoria_tui.domain.deadline import CompiledClock
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.reassess import Reassessment
from ouvidoria_tui.store.policies import policy_in_force
from ouvidoria_tui.store.rows import event_of


class PolicyTimeline:
    """The applied policies of a store, read once; each version is parsed when it is first asked for."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._policies: dict[int, PolicyInForce] = {}
        self._applied: list[int] = []
        self._versions: list[int] = []
        points: list[Reassessment] = []
        rows = conn.execute(
            "SELECT * FROM event WHERE ticket_id = 0 AND type = ? ORDER BY id", (Act.POLICY_APPLIED.value,)
        )
        for event in map(event_of, rows.fetchall()):
            version, span = event.payload.get("version"), event.payload.get("reassessed")
            if not isinstance(version, int):
                continue
            if isinstance(span, list):
                points.append(Reassessment(event, version, int(span[0]), int(span[1])))
            else:
                self._applied.append(event.id)
                self._versions.append(version)
        self.points = tuple(points)

    def version_at(self, event_id: int) -> int:
        """The version in force when an event was recorded."""
        at = max(bisect_right(self._applied, event_id) - 1, 0)
        return self._versions[at] if self._versions else 1

    def policy(self, version: int) -> PolicyInForce:
        """A version with its clocks, over the hours of its time."""
        if version not in self._policies:
            self._policies[version] = policy_in_force(self._conn, version)
        return self._policies[version]

    def clocks(self, version: int) -> tuple[CompiledClock, ...]:
        """The clocks of a version."""
        return self.policy(version).clocks

    def points_of(self, tickets: Iterable[int]) -> list[Reassessment]:
        """The re-assessments that may concern any of ``tickets``."""
        ids = list(tickets)
        if not ids:
            return []
        low, high = min(ids), max(ids)
        return [point for point in self.points if point.after < high and point.last >= low]
