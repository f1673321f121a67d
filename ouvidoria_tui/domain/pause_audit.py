"""The audit of pauses: time in which a clock stood still although the customer had already written.

A span begins with the customer's first message after the desk's last public word (an answer or a question by a
person; a notice of a delay answers nothing), or with the pause if that came later. It ends where the clock runs
again or the desk speaks. Two things are looked at: how the ledger tells it today, and what the desk believed while
a message that had already been written was not recorded yet; that belief is corrected later, and stays in the audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product, zip_longest
from math import inf

from ouvidoria_tui.domain.clock_state import PAUSED, CompiledClock, Fact
from ouvidoria_tui.domain.explain_trace import Leg, Phase, Trace, traces
from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.domain.pauses import Pause, unite
from ouvidoria_tui.domain.projection import Step
from ouvidoria_tui.domain.reassess import Reassessed, Reassessment, facts_of, retrace_all
from ouvidoria_tui.domain.span import used


class PausedBy(StrEnum):
    """Why a clock stood still: whose turn it was, an act, or a message that was not recorded yet."""

    TURN = "turn"
    SUSPENSION = "suspension"
    RECORDED_LATE = "recorded-late"


@dataclass(frozen=True, slots=True)
class IdleSpan:
    """[``since``, ``until``) of a pause of ``clock`` that began at ``paused_at``; moments are epoch seconds.

    ``until`` is ``None`` where it lasts still (``end`` is then the moment of the audit). ``counted`` are the seconds
    of the clock's own time that would have run, 86,400 to a day in day units, as ``explain`` counts them.
    ``pause_event`` and ``customer_event`` are numbers of the ticket's events, ``actor`` is who did the former.
    """

    clock: str
    paused_at: int
    customer_wrote_at: int
    since: int
    until: int | None
    end: int
    counted: int
    why: PausedBy
    actor: int
    pause_event: int
    customer_event: int

    @property
    def seconds(self) -> int:
        """How long it was by the wall."""
        return self.end - self.since


def audit(
    events: Sequence[Event],
    version_at: Callable[[int], int],
    clocks_of: Callable[[int], Sequence[CompiledClock]],
    points: Sequence[Reassessment],
    now: int,
) -> list[IdleSpan]:
    """The spans of one ticket, by clock and time; the other arguments are those of ``reassess.retrace_all``."""
    facts = sorted(facts_of(events), key=lambda fact: (fact.at, fact.seq))
    waits = list(_waits(facts, now))
    if not waits:
        return []
    known = {fact.seq for fact in facts}
    late = [event for event in events if _is_late(event) and event.seq in known]
    steps = list(retrace_all(events, version_at, clocks_of, "", points)) if late else []
    actors = {event.seq: event.actor for event in events}
    found: list[IdleSpan] = []
    for name, trace in traces(events, version_at, clocks_of, points).items():
        legs = list(_legs(trace, now))
        found += _as_told(name, legs, facts, waits, actors)
        found += _as_believed(name, legs, late, list(_beliefs(name, steps, now)), waits, actors)
    return sorted(found, key=lambda span: (span.clock, span.since, span.end))


@dataclass(frozen=True, slots=True)
class _Wait:
    """From the customer's message ``seq`` until the desk's next public word; ``answered`` says that one came."""

    start: int
    end: int
    seq: int
    answered: bool


@dataclass(frozen=True, slots=True)
class _Leg:
    """A phase of a clock with its end and the rule by which its time counts; ``last`` goes on."""

    leg: Leg
    end: int
    clock: CompiledClock | None
    after: tuple[float, float]
    last: bool


@dataclass(frozen=True, slots=True)
class _Stop:
    """[``start``, ``end``) paused, by the event ``seq`` at ``began``."""

    start: int
    end: int
    began: int
    seq: int
    why: PausedBy


def _is_late(event: Event) -> bool:
    return event.type is Act.CUSTOMER_REPLIED and event.recorded_at > event.happened_at


def _waits(facts: Iterable[Fact], now: int) -> Iterator[_Wait]:
    first: Fact | None = None
    for fact in facts:
        if fact.public_answer and first is not None:
            yield _Wait(first.at, fact.at, first.seq, answered=True)
            first = None
        elif fact.kind == Act.CUSTOMER_REPLIED.value and first is None:
            first = fact
    if first is not None:
        yield _Wait(first.at, now, first.seq, answered=False)


def _legs(trace: Trace, now: int) -> Iterator[_Leg]:
    for leg, after in zip_longest(trace.legs, trace.legs[1:]):
        if after is None:
            yield _Leg(leg, now, trace.clock, (inf, inf), last=True)
        else:
            # A pause counts by the rule under which it ended, as its end set the due time.
            rule = leg.clock if leg.phase is Phase.RUNNING else after.clock
            seq = inf if after.fact is None else after.fact.seq
            yield _Leg(leg, after.start, rule or leg.clock, (after.start, seq), last=False)


def _as_told(
    name: str,
    legs: Iterable[_Leg],
    facts: Sequence[Fact],
    waits: Sequence[_Wait],
    actors: Mapping[int, int],
) -> Iterator[IdleSpan]:
    """The pauses of the ledger while the customer waited."""
    for one in legs:
        if one.leg.phase is not Phase.PAUSED or one.clock is None:
            continue
        for stop in _stops(name, one, facts):
            for wait in waits:
                since, end = max(stop.start, wait.start), min(stop.end, wait.end)
                if since < end:
                    lasts = one.last and stop.end == one.end and not wait.answered
                    yield _span(name, one.clock, stop, wait.start, wait.seq, since, end, lasts, actors)


def _stops(name: str, one: _Leg, facts: Iterable[Fact]) -> Iterator[_Stop]:
    """A pause cut where an act of the desk suspends the clock and where one resumes it."""
    leg = one.leg
    seq = 0 if leg.fact is None else leg.fact.seq
    turn = _Stop(leg.start, one.end, leg.start, seq, PausedBy.TURN)
    stop = turn
    for fact in facts:
        if name not in fact.names or not (leg.start, seq) <= (fact.at, fact.seq) < one.after:
            continue
        if fact.kind == Act.SUSPENDED.value:
            yield replace(stop, end=fact.at)
            stop = _Stop(fact.at, one.end, fact.at, fact.seq, PausedBy.SUSPENSION)
        elif fact.kind in (Act.RESUMED.value, Act.INTERRUPTED.value):
            yield replace(stop, end=fact.at)
            stop = replace(turn, start=fact.at)
    yield stop


def _beliefs(name: str, steps: Iterable[Step | Reassessed], now: int) -> Iterator[_Stop]:
    """When the clock's row said paused, by the order of recording."""
    stop: _Stop | None = None
    for item in steps:
        event = item.event if isinstance(item, Step) else item.by.event
        at = min(event.recorded_at, now)
        state = next((one for one in item.clocks if one.name == name), None)
        began = state.paused_at if state is not None and state.state == PAUSED else None
        if stop is not None and stop.began != began:
            yield replace(stop, end=at)
            stop = None
        if began is not None and stop is None:
            seq = event.seq if isinstance(item, Step) else 0
            stop = _Stop(at, now, began, seq, PausedBy.RECORDED_LATE)
    if stop is not None:
        yield stop


def _as_believed(
    name: str,
    legs: Sequence[_Leg],
    late: Iterable[Event],
    beliefs: Sequence[_Stop],
    waits: Sequence[_Wait],
    actors: Mapping[int, int],
) -> Iterator[IdleSpan]:
    """What ran, as is known today, while the row said paused because a message was not recorded yet."""
    taken: list[Pause] = []
    for event, stop, wait, one in product(late, beliefs, waits, legs):
        since = max(event.happened_at, stop.start, wait.start, one.leg.start)
        end = min(event.recorded_at, stop.end, wait.end, one.end)
        if one.leg.phase is not Phase.RUNNING or one.clock is None or since >= end:
            continue
        wrote, seq = event.happened_at, event.seq
        for start, until in _without(since, end, taken):
            yield _span(name, one.clock, stop, wrote, seq, start, until, False, actors)
        taken.append((since, end))


def _without(start: int, end: int, taken: Sequence[Pause]) -> Iterator[Pause]:
    for low, high in unite(taken, start, end):
        if start < low:
            yield start, low
        start = high
    if start < end:
        yield start, end


def _span(
    name: str,
    clock: CompiledClock,
    stop: _Stop,
    wrote: int,
    message: int,
    since: int,
    end: int,
    lasts: bool,
    actors: Mapping[int, int],
) -> IdleSpan:
    return IdleSpan(
        clock=name,
        paused_at=stop.began,
        customer_wrote_at=wrote,
        since=since,
        until=None if lasts else end,
        end=end,
        counted=max(0, used(clock.rule.unit, since, end, clock.calendar)),
        why=stop.why,
        actor=actors.get(stop.seq, 0),
        pause_event=stop.seq,
        customer_event=message,
    )
