"""What areas were asked about the open tickets, each with its ticket: for whoever follows it up (S1-22)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ouvidoria_tui.domain.area_list import AreaState, Asked
from ouvidoria_tui.domain.reading import TicketRecord
from ouvidoria_tui.report.areas import asked
from ouvidoria_tui.report.desk_data import InForce
from ouvidoria_tui.store.connection import Connection
from ouvidoria_tui.store.reading import logins, stream


@dataclass(frozen=True, slots=True)
class Followed:
    """A request with its ticket, the login of who asked, and how it stands at ``now``."""

    asked: Asked
    record: TicketRecord
    asked_by: str | None
    state: AreaState
    delay: int

    @property
    def waiting(self) -> bool:
        """Whether the area still owes its answer."""
        return self.asked.request.open


def followed(conn: Connection, in_force: InForce, now: int) -> list[Followed]:
    """Every request about an open ticket: what is owed by time to breach, then what ended, the newest first."""
    found = list(asked(conn, in_force, now, only_open=True))
    records = {one.ticket.id: one for one in stream(conn, dict.fromkeys(one.ticket for one in found))}
    agents = logins(conn)
    return _in_order(
        Followed(one, records[one.ticket], agents.get(one.request.asked_by), one.state(now), one.delay(now))
        for one in found
        if one.ticket in records
    )


def _in_order(rows: Iterable[Followed]) -> list[Followed]:
    def place(row: Followed) -> tuple[bool, bool, int, str]:
        one, due_at = row.asked.request, row.asked.due_at
        if row.waiting:
            return False, due_at is None, due_at or one.asked_at, row.asked.protocol
        return True, False, -(one.answered_at or one.ended_at or 0), row.asked.protocol

    return sorted(rows, key=place)
