"""What a clock did and when: the phases of its life, told by the very steps that wrote its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ouvidoria_tui.domain.clock_state import (
    ALIVE,
    MET,
    MISSED,
    PAUSED,
    STOPPED,
    ClockState,
    CompiledClock,
    Fact,
    rule_of,
)
from ouvidoria_tui.domain.clock_step import step
from ouvidoria_tui.domain.deadline import instances
from ouvidoria_tui.domain.ledger import TAKE_BACK, Event
from ouvidoria_tui.domain.projection import Step, fact_of, start_of
from ouvidoria_tui.domain.reassess import Change, Course, Reassessed, Reassessment, facts_of, retrace_all


class Phase(StrEnum):
    """What a clock is doing over a stretch of its life."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Leg:
    """One phase: from ``start`` until the next one begins, because of ``fact`` (``None``: the receipt, or a policy).

    A running one counts from ``since`` by ``clock``, the rule in force when it ended.
    """

    phase: Phase
    start: int
    since: int
    fact: Fact | None
    clock: CompiledClock | None


class Trace:
    """The life of one clock of a ticket that arrived at ``begin``; ``cycle`` is where its present cycle begins."""

    def __init__(self, begin: int, name: str | None = None) -> None:
        self.name = name
        self.state: ClockState | None = None
        self.legs: list[Leg] = [Leg(Phase.WAITING, begin, begin, None, None)]
        self.cycle = 0
        self.clock: CompiledClock | None = None
        self.version = 1

    def tell(self, fact: Fact, clock: CompiledClock, version: int) -> None:
        """One more fact under the rules of a policy version."""
        name = self.name if clock.rule.each_area else None
        before, after = self.state, step(self.state, fact, clock, name)
        if after is not before or (after is not None and after.state in ALIVE):
            self.clock, self.version = clock, version
        if after is before or after is None:
            return
        self.state = after
        fresh = _fresh(before, after)
        phase = _phase(after)
        if fresh:
            self.cycle = len(self.legs)
        moved = before is not None and phase is Phase.RUNNING and before.calendar != after.calendar
        if fresh or moved or phase is not self.legs[-1].phase:
            self._leave(clock if before is None else clock.of(before))
            self.legs.append(Leg(phase, fact.at, max(fact.at, after.since), fact, clock.of(after)))

    def retarget(self, state: ClockState, clock: CompiledClock, version: int) -> None:
        """Under another target or other hours: what has been counted stays counted."""
        self.state, self.clock, self.version = state, clock, version
        if self.legs[-1].phase is Phase.RUNNING:
            self.legs[-1] = replace(self.legs[-1], since=max(self.legs[-1].start, state.since))

    def withdraw(self, state: ClockState, at: int, version: int, clock: CompiledClock | None) -> None:
        """Ended by a policy that does not know the clock; ``clock`` is the rule before it."""
        self.state, self.version = state, version
        if clock is not None:
            self._leave(clock.of(state))
        self.legs.append(Leg(Phase.STOPPED, at, at, None, self.clock))

    def _leave(self, clock: CompiledClock) -> None:
        if self.legs[-1].phase is Phase.RUNNING:
            self.legs[-1] = replace(self.legs[-1], clock=clock)


def traces(
    events: Sequence[Event],
    version_at: Callable[[int], int],
    clocks_of: Callable[[int], Sequence[CompiledClock]],
    points: Sequence[Reassessment] = (),
) -> dict[str, Trace]:
    """The life of every clock that a ticket has had, followed through its ledger as ``db rebuild`` does."""
    found: dict[str, Trace] = {}
    ticket, begin = start_of(events[0]), events[0].happened_at
    done = 0
    for item in retrace_all(events, version_at, clocks_of, "", points):
        if isinstance(item, Reassessed):
            change = Change(clocks_of(item.by.version - 1), clocks_of(item.by.version))
            _reassessed(found, item, facts_of(events[:done]), change, begin)
            continue
        done += 1
        version = version_at(item.event.id)
        compiled = clocks_of(version)
        fact = _fact(item)
        # Where ``follow`` derives anew instead of going on, so does the trace.
        late = fact.at < max(ticket.acted_at, ticket.customer_wrote_at or 0)
        anew = not fact.by_watch and (late or item.event.type in TAKE_BACK)
        for clock in compiled:
            if anew:
                found = _without(found, clock) | _derived(facts_of(events[:done]), clock, version, begin)
                continue
            for name in instances(found, fact, clock):
                found.setdefault(name, Trace(begin, name)).tell(fact, clock, version)
        ticket = item.ticket
    return {name: trace for name, trace in found.items() if trace.state is not None}


def _fact(item: Step) -> Fact:
    return fact_of(item.ticket, item.event.type, item.event.happened_at, item.event.payload)


def _without(found: dict[str, Trace], clock: CompiledClock) -> dict[str, Trace]:
    return {name: trace for name, trace in found.items() if rule_of(name) != clock.rule.name}


def _derived(facts: Iterable[Fact], clock: CompiledClock, version: int, begin: int) -> dict[str, Trace]:
    """The clocks of one rule, followed from the beginning."""
    found: dict[str, Trace] = {}
    for fact in sorted(facts, key=lambda fact: (fact.at, fact.seq)):
        for name in instances(found, fact, clock):
            found.setdefault(name, Trace(begin, name)).tell(fact, clock, version)
    return found


def _reassessed(
    found: dict[str, Trace],
    item: Reassessed,
    facts: Sequence[Fact],
    change: Change,
    begin: int,
) -> None:
    before = {state.name: state for state in item.clocks_before}
    version = item.by.version
    for state in item.clocks:
        name, was = state.name, before.get(state.name)
        way = change.course(name, was)
        if way is Course.DERIVE and not (was is not None and state.state == STOPPED and state.due_at is None):
            found[name] = _derived(facts, change.after[state.rule], version, begin)[name]
        elif way is Course.RETARGET:
            found[name].retarget(state, change.after[state.rule].of(state), version)
        elif was is not None and was != state:
            found[name].withdraw(state, item.by.event.happened_at, version, change.before.get(state.rule))


def _phase(state: ClockState) -> Phase:
    if state.state == PAUSED:
        return Phase.PAUSED
    return Phase.RUNNING if state.state in ALIVE else Phase.STOPPED


def _fresh(before: ClockState | None, after: ClockState) -> bool:
    """Whether another cycle began; where two begin at one moment nothing lies between them."""
    if before is None or after.started_at != before.started_at:
        return True
    return before.state in (MET, MISSED) and after.state in ALIVE and after.resumed_at is None
