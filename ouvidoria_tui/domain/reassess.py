"""What a new policy makes of the clocks of a ticket, and how a ledger is followed through such changes.

The rule, which ``policy apply`` and ``db rebuild`` share: when a ticket that is not closed is re-assessed, its
clocks that have not ended are derived anew from all that has happened to it, under the policy in force then.
Paused time stays paused, because pauses are facts. A clock that has ended stays as it ended; a breach that was
recorded, or was true at that moment, stays recorded. A clock that the policy has no more ends without a due
time. Closed tickets are frozen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ouvidoria_tui.domain.clock_state import (
    ALIVE,
    PAUSED,
    RUNNING,
    STOPPED,
    ClockState,
    CompiledClock,
    Fact,
)
from ouvidoria_tui.domain.deadline import derive
from ouvidoria_tui.domain.ledger import Event
from ouvidoria_tui.domain.projection import Step, follow, replay, start_of
from ouvidoria_tui.domain.span import used
from ouvidoria_tui.domain.ticket import Status, Ticket


@dataclass(frozen=True, slots=True)
class Reassessment:
    """One chunk of a re-assessment: tickets with ids in (``after``, ``last``], at ``event`` of the ledger."""

    event: Event
    version: int
    after: int
    last: int

    def covers(self, ticket_id: int) -> bool:
        """Whether a ticket was among them."""
        return self.after < ticket_id <= self.last


@dataclass(frozen=True, slots=True)
class Reassessed:
    """A ticket's clocks before and after a re-assessment."""

    by: Reassessment
    ticket: Ticket
    clocks_before: tuple[ClockState, ...]
    clocks: tuple[ClockState, ...]


def facts_of(events: Sequence[Event]) -> list[Fact]:
    """What the clocks follow of a ticket's events; acts that were taken back are left out."""
    return replay(start_of(events[0]), events, "")[1]


def reassess(
    states: Sequence[ClockState],
    facts: Sequence[Fact],
    before: Sequence[CompiledClock],
    compiled: Sequence[CompiledClock],
    at: int,
) -> tuple[ClockState, ...]:
    """The clocks of a ticket that is not closed, under new rules; the rules ``before`` made ``states``.

    An earlier cycle of a clock is never late under rules that were not in force then; what runs is judged by
    the new ones, also where that makes it late at once.
    """
    known = {state.name: _noticed(state, at) for state in states}
    anew = {state.name: state for state in derive(facts, compiled)}
    after: list[ClockState] = []
    for clock in compiled:
        name = clock.rule.name
        was, now = known.get(name), anew.get(name)
        if was is not None and was.state not in ALIVE and not _went_on(was, now):
            known.pop(name)
            after.append(was)
        elif now is not None:
            known.pop(name, None)
            after.append(_with_past(now, was))
    rules = {clock.rule.name: clock for clock in before}
    after.extend(_withdrawn(state, rules.get(name), at) for name, state in known.items())
    return tuple(after)


def _noticed(state: ClockState, at: int) -> ClockState:
    """A breach that is true now is recorded before anything is counted anew."""
    if state.state != RUNNING or state.due_at is None or at <= state.due_at or state.late_at is not None:
        return state
    return replace(state, late_at=state.due_at, missed_at=state.missed_at or state.due_at)


def _went_on(was: ClockState, now: ClockState | None) -> bool:
    """Whether a clock that an earlier policy withdrew lives again: no other one is stopped on an open ticket."""
    return was.state == STOPPED and now is not None and now.state in ALIVE


def _with_past(now: ClockState, was: ClockState | None) -> ClockState:
    missed_at = now.missed_at if was is None and now.state not in ALIVE else now.late_at
    if was is not None and was.missed_at is not None:
        missed_at = was.missed_at
    return now if missed_at == now.missed_at else replace(now, missed_at=missed_at)


def _withdrawn(state: ClockState, clock: CompiledClock | None, at: int) -> ClockState:
    if state.state not in ALIVE:
        return state
    spent = state.spent or 0
    if state.state != PAUSED and clock is not None:
        spent += max(0, used(clock.rule.unit, state.since, at, clock.calendar))
    return replace(
        state, state=STOPPED, spent=spent, due_at=None, warn_at=None, paused_at=None, remaining=None
    )


def retrace_all(
    events: Sequence[Event],
    version_at: Callable[[int], int],
    clocks_of: Callable[[int], Sequence[CompiledClock]],
    subject: str,
    points: Sequence[Reassessment] = (),
) -> Iterator[Step | Reassessed]:
    """Ticket and clocks after each event and each re-assessment of a ticket, in the order of the ledger.

    ``version_at`` says which version of the policy was in force at an event's id, ``clocks_of`` gives the
    clocks of a version. ``points`` are in the order of the ledger; those of other tickets are passed over.
    """
    ticket = start_of(events[0])
    before: Ticket | None = None
    clocks: tuple[ClockState, ...] = ()
    waiting = [point for point in points if point.covers(ticket.id) and point.event.id > events[0].id]
    for number, event in enumerate(events):
        while waiting and waiting[0].event.id < event.id:
            done = _at_point(waiting.pop(0), ticket, clocks, events[:number], clocks_of)
            if done is not None:
                clocks = done.clocks
                yield done
        compiled = clocks_of(version_at(event.id))
        after, clocks_after = follow(ticket, clocks, event, partial(list, events[:number]), compiled, subject)
        yield Step(event, before, clocks, after, clocks_after)
        before = ticket = after
        clocks = clocks_after
    for point in waiting:
        done = _at_point(point, ticket, clocks, events, clocks_of)
        if done is not None:
            clocks = done.clocks
            yield done


def _at_point(
    point: Reassessment,
    ticket: Ticket,
    clocks: tuple[ClockState, ...],
    events: Sequence[Event],
    clocks_of: Callable[[int], Sequence[CompiledClock]],
) -> Reassessed | None:
    if ticket.status is Status.CLOSED:
        return None
    old, new = clocks_of(point.version - 1), clocks_of(point.version)
    return Reassessed(
        point, ticket, clocks, reassess(clocks, facts_of(events), old, new, point.event.happened_at)
    )
