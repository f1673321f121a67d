"""What the console asks about areas: those there are, which of them owe an answer, and how their requests stand."""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.forward import owed
from ouvidoria_tui.domain.reading import may_open
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.report.area_board import Followed, followed
from ouvidoria_tui.report.reading import connection, snapshot
from ouvidoria_tui.tui.messages import Target


@dataclass(frozen=True, slots=True)
class Areas:
    """Slug → name of every area, and the slugs of those that owe an answer on the one ticket asked about."""

    targets: tuple[Target, ...]
    names: dict[str, str]
    owing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """A ticket, and the area that is asked about it by its slug and name."""

    target: Target
    area: str
    name: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A line of the board of areas; ``readable``: this agent may read the ticket's words."""

    followed: Followed
    name: str
    readable: bool

    @property
    def key(self) -> str:
        """Which request it is, of which ticket."""
        return f"{self.ticket.id}:{self.followed.asked.request.seq}"

    @property
    def ticket(self) -> Ticket:
        """The ticket it is about."""
        return self.followed.record.ticket

    @property
    def area(self) -> str:
        """The slug of the area."""
        return self.followed.asked.request.area


@dataclass(frozen=True, slots=True)
class AreaBoard:
    """Every request to an area about an open ticket, by time to breach, at ``now``."""

    rows: tuple[AreaRow, ...]
    now: int


def areas(desk: Desk, targets: tuple[Target, ...]) -> Areas:
    """The areas for a request about ``targets``."""
    names = dict(sorted(desk.store.known_slugs("area").items(), key=lambda item: item[1].casefold()))
    owing: tuple[str, ...] = ()
    if len(targets) == 1:
        owing = tuple(one.area for one in owed(desk, desk.store.get(targets[0].id)))
    return Areas(targets, names, owing)


def area_board(desk: Desk) -> AreaBoard:
    """The board of areas."""
    conn, now = connection(desk.store), desk.clock.now()
    with snapshot(conn):
        names = desk.store.known_slugs("area")
        rows = followed(conn, desk.policy, now)
        made = (
            AreaRow(
                row,
                names.get(row.asked.request.area, row.asked.request.area),
                may_open(desk.agent, row.record.ticket),
            )
            for row in rows
        )
        return AreaBoard(tuple(made), now)
