"""The work of the areas as one list: requests of the desk, and what else they have to do for tickets (S0-05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.domain.area_request import ORDINARY, PRIORITY, AreaRequest
from ouvidoria_tui.domain.policy import ClockRule, Party


class AreaState(StrEnum):
    """How it stands with one thing that an area has to do; ``waived`` and ``ended`` were never answered."""

    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    LATE = "answered-late"
    WAIVED = "waived"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its ticket and ``text``, what the area was told; ``due_at`` is when its answer is (was) due.

    ``ordinary_due_at`` is when it would be due if it were ordinary work of the area. ``clock`` is the one that says
    when it is due, ``None`` where the days of the register do, and ``extended`` how often it was given more time;
    ``ticket`` is the id, ``level`` how far up the ticket was handed by now.
    """

    request: AreaRequest
    protocol: str
    text: str | None
    due_at: int | None = None
    ordinary_due_at: int | None = None
    clock: str | None = None
    ticket: int = 0
    extended: int = 0
    level: int = 0
    confidential: bool = False

    def state(self, now: int) -> AreaState:
        """How it stands at ``now``."""
        one, due = self.request, self.due_at
        if one.answered_at is not None:
            return AreaState.LATE if due is not None and one.answered_at > due else AreaState.ANSWERED
        if one.ended_at is not None:
            return AreaState.WAIVED if one.waived else AreaState.ENDED
        return AreaState.OVERDUE if due is not None and now > due else AreaState.OPEN

    def delay(self, now: int) -> int:
        """Seconds by which the area was late, or is by now; 0 where it was not."""
        one = self.request
        until = one.answered_at or one.ended_at or now
        return 0 if self.due_at is None else max(0, until - self.due_at)


def area_rules(rules: Iterable[ClockRule]) -> frozenset[str]:
    """The names of those clocks of a policy that wait for an area."""
    return frozenset(rule.name for rule in rules if rule.party is Party.AREA)


@dataclass(frozen=True, slots=True)
class AreaWork:
    """One line of an area's list; ``what`` is ``request``, ``measure`` or ``improvement``, ``number`` its own.

    ``delay`` are the seconds by which a request was late, or is; ``extended`` and ``level`` as of its ``Asked``.
    """

    area: str
    priority: str
    what: str
    protocol: str
    number: int
    due_at: int | None
    state: AreaState
    asked_at: int
    reminded: int = 0
    ordinary_due_at: int | None = None
    text: str | None = None
    delay: int = 0
    extended: int = 0
    level: int = 0


def request_line(asked: Asked, now: int) -> AreaWork:
    """A request as a line of its area's list."""
    one = asked.request
    return AreaWork(
        one.area,
        PRIORITY,
        "request",
        asked.protocol,
        one.seq,
        asked.due_at,
        asked.state(now),
        one.asked_at,
        one.reminded,
        asked.ordinary_due_at,
        None if asked.confidential else asked.text,
        asked.delay(now),
        asked.extended,
        asked.level,
    )


def in_order(work: Iterable[AreaWork]) -> list[AreaWork]:
    """Requests of the desk first, whatever else is due; then by due time, what has none last; then by arrival."""
    return sorted(
        work,
        key=lambda one: (
            one.priority == ORDINARY,
            one.due_at is None,
            one.due_at or 0,
            one.asked_at,
            one.protocol,
        ),
    )
