"""What the form of classification reads: the tickets as they are, with their clocks, and the register of causes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.clock_state import ClockState, CompiledClock
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.report.reading import connection, records, snapshot

#: So many tickets are looked at before they are classified; more can be classified all the same.
LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Basis:
    """Tickets with their clocks at ``now``; ``more`` were not looked at. ``causes`` is slug → name."""

    tickets: tuple[tuple[Ticket, tuple[ClockState, ...]], ...]
    clocks: tuple[CompiledClock, ...]
    causes: Mapping[str, str]
    now: int
    more: int = 0


def basis(ids: Sequence[int]) -> Callable[[Desk], Basis]:
    """The tickets of ``ids``, as far as they are looked at."""

    def job(desk: Desk) -> Basis:
        conn = connection(desk.store)
        with snapshot(conn):
            found = records(conn, ids[:LOOKED_AT])
            return Basis(
                tuple((record.ticket, record.clocks) for record in found),
                desk.policy.clocks,
                dict(desk.store.known_slugs("cause")),
                desk.clock.now(),
                max(0, len(ids) - LOOKED_AT),
            )

    return job
