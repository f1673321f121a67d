"""What a new policy makes of the clocks of a ticket, and how a ledger is followed through such changes.

The rule, which ``policy apply``, ``db rebuild`` and ``deadline explain`` share: when a ticket that is not closed
is re-assessed,

- a clock that lives and is counted as before (start, stop, pauses, unit, calendar) keeps what it has used and
  gets the new target, its due time by the new hours: time that has passed was counted by the hours of its time;
- a clock that is counted otherwise, or is new, is derived from all that has happened, under the new policy;
- a clock that has ended stays as it ended; one that the policy has no more ends without a due time;
- a breach that was recorded, or is true at that moment, stays recorded.

Paused time stays paused in either way. Closed tickets are frozen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from operator import attrgetter

from ouvidoria_tui.domain.clock_state import (
    ALIVE,
    PAUSED,
    RUNNING,
    STOPPED,
    UNDEFINED,
    ClockState,
    CompiledClock,
    Fact,
    rule_of,
)
from ouvidoria_tui.domain.deadline import derive
from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.domain.policy import ClockRule, Unit
from ouvidoria_tui.domain.projection import Step, fact_of, follow, replay, start_of
from ouvidoria_tui.domain.span import SIZE, used
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


class Course(Enum):
    """What a re-assessment does to one clock."""

    KEEP = "keep"
    RETARGET = "retarget"
    DERIVE = "derive"
    WITHDRAW = "withdraw"


class Change:
    """From the clocks of one policy to those of the next: what is asked of every ticket, worked out once."""

    __slots__ = ("_alike", "after", "before")

    def __init__(self, before: Sequence[CompiledClock], after: Sequence[CompiledClock]) -> None:
        self.before = {clock.rule.name: clock for clock in before}
        self.after = {clock.rule.name: clock for clock in after}
        self._alike = {
            name
            for name, clock in self.after.items()
            if name in self.before and _counting(self.before[name].rule) == _counting(clock.rule)
        }

    def course(self, name: str, was: ClockState | None) -> Course:
        """What becomes of the clock ``name`` in state ``was``; ``None`` where it has not begun."""
        rule, alive = rule_of(name), was is not None and was.state in ALIVE
        if rule not in self.after:
            return Course.WITHDRAW if alive else Course.KEEP
        if rule in self._alike and (was is None or alive):
            return Course.RETARGET if alive else Course.KEEP
        # On an open ticket only a clock that was withdrawn is stopped: it may live again.
        return Course.DERIVE if was is None or alive or was.state == STOPPED else Course.KEEP

    def needs_facts(self, states: Sequence[ClockState]) -> bool:
        """Whether :func:`reassess` will ask what has happened to a ticket with these clocks."""
        known = {state.name: state for state in states}
        return any(
            self.course(one, known.get(one)) is Course.DERIVE
            for name in self.after
            for one in _names(known, name)
        )


def _names(known: Mapping[str, ClockState], rule: str) -> list[str]:
    """The clocks of a rule that a ticket has; the rule's own name where it has none."""
    return [name for name in known if rule_of(name) == rule] or [rule]


def _counting(rule: ClockRule) -> tuple[object, ...]:
    return rule.start, rule.stop, rule.unit, rule.calendar, rule.calendars, rule.pause_while, rule.suspension


def reassess(
    ticket: Ticket,
    states: Sequence[ClockState],
    facts: Callable[[], Sequence[Fact]],
    change: Change,
    at: int,
) -> tuple[ClockState, ...]:
    """The clocks of ``ticket``, which is not closed, under new rules; the same object where nothing changed.

    ``facts`` is asked only where a clock must be derived. An earlier cycle of a clock is never late under
    rules that were not in force then; what runs is judged by the new ones, also where that makes it late.
    """
    known = {state.name: state for state in states}
    now = fact_of(ticket, Act.POLICY_APPLIED, at, {})
    anew: dict[str, ClockState] | None = None
    after: list[ClockState] = []
    for rule, clock in change.after.items():
        names = _names(known, rule)
        if any(change.course(name, known.get(name)) is Course.DERIVE for name in names):
            if anew is None:
                anew = {state.name: state for state in derive(facts(), tuple(change.after.values()))}
            # An area that was asked before the policy had a clock for it has one now.
            names = [*names, *(name for name in anew if rule_of(name) == rule and name not in names)]
        for name in names:
            was = known.pop(name, None)
            way = change.course(name, was)
            if way is Course.DERIVE:
                assert anew is not None
                found = _with_past(anew.get(name), was, at)
                if found is not None:
                    after.append(was if found == was else found)
                elif was is not None:
                    after.append(_withdrawn(was, change.before.get(rule), at))
            elif was is not None:
                after.append(was if way is Course.KEEP else _retargeted(was, now, clock.of(was)))
    after.extend(_withdrawn(state, change.before.get(rule_of(name)), at) for name, state in known.items())
    return tuple(after)


def _retargeted(was: ClockState, now: Fact, clock: CompiledClock) -> ClockState:
    """The same clock with the target and the hours of its new rule; what has been used stays used."""
    state = was
    amount, statutory = clock.amount_for(now), clock.rule.statutory
    missed_at, late_at = _breach(state, now.at)
    remaining = due_at = warn_at = None
    if (
        state.started_at >= now.at and clock.rule.unit is Unit.BUSINESS_HOURS
    ):  # not open since it was received
        state = replace(state, started_at=clock.calendar.next_opening(now.at))
    phase = state.state
    if phase == PAUSED:
        remaining = None if amount is None else amount * SIZE[clock.rule.unit] - state.used
    elif amount is None:
        phase = UNDEFINED
    else:
        phase = RUNNING
        due_at, warn_at = clock.figures(amount, state.since, state.used, late_at)
        if late_at is None and now.at > due_at:  # late at once under the new target
            late_at = due_at
            missed_at = due_at if missed_at is None else missed_at
    figures = (phase, due_at, warn_at, remaining, amount, statutory, missed_at, late_at, state.started_at)
    return _with_figures(was, figures)


_FIELDS = tuple(ClockState.__dataclass_fields__)
_FIGURES = (
    "state",
    "due_at",
    "warn_at",
    "remaining",
    "amount",
    "statutory",
    "missed_at",
    "late_at",
    "started_at",
)
_PLACES = tuple(map(_FIELDS.index, _FIGURES))
_values, _figures = attrgetter(*_FIELDS), attrgetter(*_FIGURES)


def _with_figures(state: ClockState, figures: tuple[object, ...]) -> ClockState:
    """``replace`` for each clock of each ticket, at half of its cost; the same object where nothing changed."""
    if _figures(state) == figures:
        return state
    row = list(_values(state))
    for place, value in zip(_PLACES, figures, strict=True):
        row[place] = value
    return ClockState(*row)


def _breach(state: ClockState, at: int) -> tuple[int | None, int | None]:
    """``missed_at`` and ``late_at``: a breach that is true now is recorded before anything is counted anew."""
    late_at = state.lateness(at)
    return (late_at if state.missed_at is None else state.missed_at), late_at


def _with_past(now: ClockState | None, was: ClockState | None, at: int) -> ClockState | None:
    """A derived clock with the breaches that were recorded under the rules before, and none of its own before."""
    if now is None:
        return None
    late_at = now.lateness(at) if now.state in ALIVE else now.late_at
    missed_at = now.missed_at if was is None and now.state not in ALIVE else late_at
    if was is not None:
        known = _breach(was, at)[0] if was.state in ALIVE else was.missed_at
        missed_at = missed_at if known is None else known
    return replace(now, missed_at=missed_at, late_at=late_at)


def _withdrawn(state: ClockState, clock: CompiledClock | None, at: int) -> ClockState:
    if state.state not in ALIVE:
        return state
    missed_at, late_at = _breach(state, at)
    spent = state.spent or 0
    if state.state != PAUSED and clock is not None:
        spent += max(0, used(clock.rule.unit, state.since, at, clock.of(state).calendar))
    return replace(
        state,
        state=STOPPED,
        spent=spent,
        due_at=None,
        warn_at=None,
        paused_at=None,
        remaining=None,
        missed_at=missed_at,
        late_at=late_at,
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
    change = Change(clocks_of(point.version - 1), clocks_of(point.version))
    after = reassess(ticket, clocks, partial(facts_of, events), change, point.event.happened_at)
    return Reassessed(point, ticket, clocks, after)
