"""One clock and one event: the state machine by which a clock starts, pauses, resumes and stops."""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.domain.clock_acts import acted, informing, marked, suspended
from ouvidoria_tui.domain.clock_state import (
    ALIVE,
    MET,
    MISSED,
    PAUSED,
    RUNNING,
    STOPPED,
    UNDEFINED,
    ClockState,
    CompiledClock,
    Fact,
)
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.policy import ClockRule, ClockStart, ClockStop, Party, Unit
from ouvidoria_tui.domain.span import SIZE, used
from ouvidoria_tui.domain.ticket import Status, Turn

#: What starts these is asked for: each request has a cycle of its own, and a return of the ticket no new one.
_ASKED_FOR = frozenset(
    {ClockStart.AREA_REQUEST, ClockStart.COMPLEMENT_REQUEST, ClockStart.CONSENT_REQUEST, ClockStart.CLOSING}
)


def step(
    state: ClockState | None, fact: Fact, clock: CompiledClock, name: str | None = None
) -> ClockState | None:
    """The clock after one more event, the same object where nothing changed; ``None`` until it starts.

    ``name`` is what it is called, where its rule has several on a ticket.
    """
    if fact.courtesy:
        return state
    if fact.by_watch:
        return None if state is None else marked(state, fact)
    clock = clock.fitting(fact)
    rule = clock.rule
    if state is None or _over(rule, state):
        if not _starts(rule, fact) or (name is not None and name != clock.name_for(fact)):
            return state
        if rule.start is ClockStart.PUBLIC_WORD:
            return _await(fact, clock, state)  # the word that starts it is not the one that it waits for
        state = _begin(fact, clock, state)
    elif state.state in ALIVE:
        state = _moved(_notice(state, fact.at), fact.at, clock)
    elif _resumes(rule, state, fact):
        state = _resume(state, fact.at, clock)
    else:
        return state
    if _satisfies(rule, fact) and (name is None or name == clock.name_for(fact)):
        state = _stop(state, fact.at, clock)
        return _await(fact, clock, state) if _starts_again(rule, fact) else state
    if _gone_on_without(rule, fact) and (name is None or name == clock.name_for(fact)):
        return _end(state, fact.at, clock)
    if fact.status is Status.CLOSED and rule.start is not ClockStart.CLOSING:
        return _end(state, fact.at, clock)
    if rule.targets or state.amount != rule.amount:
        state = _retarget(state, fact, clock)
    state = suspended(acted(state, fact, clock), fact, rule)
    if fact.turn in rule.pause_while or state.suspended_at is not None or _outside_cover(rule, fact):
        return state if state.state == PAUSED else _pause(state, fact.at, clock)
    return _resume(state, fact.at, clock) if state.state == PAUSED else state


def _over(rule: ClockRule, state: ClockState) -> bool:
    """Whether the cycle is over and another one may begin."""
    if state.state == STOPPED:
        return rule.start in _ASKED_FOR
    return state.state in (MET, MISSED) and rule.start is not ClockStart.RECEIPT


def _outside_cover(rule: ClockRule, fact: Fact) -> bool:
    """Whether a contract's clock waits, because the contract does not cover who wrote (C-13)."""
    return fact.uncovered and not rule.statutory and rule.party is Party.DESK


def _satisfies(rule: ClockRule, fact: Fact) -> bool:
    """Whether this is what the clock waits for: the table of time.md, and an automatic word is in no row of it.

    A word that only informs is no answer to the manifestation.
    """
    match rule.stop:
        case ClockStop.PUBLIC_ANSWER:
            return fact.public_answer or (fact.informs and informing(rule))
        case ClockStop.AREA_ANSWER:
            return fact.kind == Act.AREA_ANSWERED.value
        case ClockStop.CUSTOMER_MESSAGE:
            return fact.by_customer
        case ClockStop.CONSENT_ANSWER:
            return fact.kind == Act.CONSENT_ANSWERED.value
        case ClockStop.REOPENING:
            return fact.status is not Status.CLOSED
        case _:
            return fact.conclusive


def _gone_on_without(rule: ClockRule, fact: Fact) -> bool:
    """Whether the desk waits no more for the area that this clock is about: what was late stays late."""
    return rule.stop is ClockStop.AREA_ANSWER and fact.kind == Act.AREA_WAIVED.value


def _starts(rule: ClockRule, fact: Fact) -> bool:
    if rule.start is ClockStart.RECEIPT:
        return fact.kind == Act.RECEIVED.value
    if rule.start is ClockStart.CLOSING:
        return fact.kind == Act.CLOSED.value
    if fact.status is Status.CLOSED:
        return False
    match rule.start:
        case ClockStart.CUSTOMER_MESSAGE:
            return fact.by_customer
        case ClockStart.AREA_REQUEST:
            return fact.kind == Act.FORWARDED.value
        case ClockStart.COMPLEMENT_REQUEST:
            return fact.kind == Act.ASKED.value and fact.public_answer
        case ClockStart.CONSENT_REQUEST:
            return fact.kind == Act.CONSENT_ASKED.value
        case _:
            return (fact.public_answer or fact.informs) and not fact.conclusive


def _starts_again(rule: ClockRule, fact: Fact) -> bool:
    """Counted from the last public word: each word but the concluding one starts the next cycle."""
    return rule.start is ClockStart.PUBLIC_WORD and _starts(rule, fact)


def _resumes(rule: ClockRule, state: ClockState, fact: Fact) -> bool:
    """Whether a stopped clock goes on: the ticket is open again and what it asks is not answered."""
    if state.state == STOPPED:
        return fact.status is not Status.CLOSED and rule.start not in _ASKED_FOR
    return rule.stop is ClockStop.CONCLUSION and not fact.conclusive and fact.turn in (Turn.DESK, Turn.AREA)


def _begin(fact: Fact, clock: CompiledClock, before: ClockState | None) -> ClockState:
    """The clock started; a cycle of the same clock that was missed before stays on record."""
    rule, amount, at = clock.rule, clock.amount_for(fact), fact.at
    due_at, warn_at = (None, None) if amount is None else clock.figures(amount, at, 0, None)
    return ClockState(
        name=clock.name_for(fact) or rule.name,
        state=UNDEFINED if amount is None else RUNNING,
        # Received outside hours, business hours count from the opening (C-28).
        started_at=clock.calendar.next_opening(at) if rule.unit is Unit.BUSINESS_HOURS else at,
        due_at=due_at,
        warn_at=warn_at,
        missed_at=None if before is None else before.missed_at,
        extensions=None if before is None else before.extensions,
        suspensions=None if before is None else before.suspensions,
        statutory=rule.statutory,
        amount=amount,
        calendar=clock.kept,
        lapses=True if rule.party is Party.CUSTOMER else None,
    )


def _await(fact: Fact, clock: CompiledClock, before: ClockState | None) -> ClockState:
    """The clock started by a public word, and paused at once where that left the turn with whom it waits for."""
    begun = _begin(fact, clock, before)
    waits = fact.turn in clock.rule.pause_while or _outside_cover(clock.rule, fact)
    return _pause(begun, fact.at, clock) if waits else begun


def _notice(state: ClockState, at: int) -> ClockState:
    """The same clock with a due time that has passed set down: no later edit erases it."""
    if state.due_at is None or at <= state.due_at or state.late_at is not None:
        return state
    missed_at = state.due_at if state.missed_at is None else state.missed_at
    return replace(state, late_at=state.due_at, missed_at=missed_at)


def _moved(state: ClockState, at: int, clock: CompiledClock) -> ClockState:
    """By another calendar from ``at`` on, where its ticket asks for it; what was counted by the old one stays."""
    if state.calendar == clock.kept or not clock.others:
        return state
    if state.state == PAUSED:
        return replace(state, calendar=clock.kept)
    began = state.started_at
    if at < began:  # not open since it was received
        began = clock.calendar.next_opening(at)
    moved = replace(
        state, spent=_spent(state, at, clock.of(state)), started_at=began, resumed_at=at, calendar=clock.kept
    )
    if state.amount is None:
        return moved
    due_at, warn_at = clock.figures(state.amount, at, moved.used, state.late_at)
    return _notice(replace(moved, due_at=due_at, warn_at=warn_at), at)


def _spent(state: ClockState, at: int, clock: CompiledClock) -> int:
    spent = state.spent or 0
    if state.state == PAUSED:
        return spent
    return spent + max(0, used(clock.rule.unit, state.since, at, clock.calendar))


def _pause(state: ClockState, at: int, clock: CompiledClock) -> ClockState:
    spent = _spent(state, at, clock)
    amount = state.amount
    return replace(
        state,
        state=PAUSED,
        due_at=None,
        warn_at=None,
        paused_at=at,
        remaining=None if amount is None else amount * SIZE[clock.rule.unit] + (state.extra or 0) - spent,
        spent=spent,
    )


def _resume(state: ClockState, at: int, clock: CompiledClock) -> ClockState:
    """What was left, from ``at`` on: a pause, or the span in which the ticket was closed, does not count.

    Where its days were used up before (a new target while paused), it is late at once.
    """
    due_at, warn_at = (
        (None, None) if state.amount is None else clock.figures(state.amount, at, state.used, state.late_at)
    )
    resumed = replace(
        state,
        state=UNDEFINED if state.amount is None else RUNNING,
        due_at=due_at,
        warn_at=warn_at,
        met_at=None,
        paused_at=None,
        remaining=None,
        resumed_at=at,
        calendar=clock.kept,
    )
    return _notice(resumed, at)


def _retarget(state: ClockState, fact: Fact, clock: CompiledClock) -> ClockState:
    """The same clock with the target of its new classification; what has been used stays used."""
    amount = clock.amount_for(fact)
    if amount == state.amount:
        return state
    if state.state == PAUSED:
        left = None if amount is None else amount * SIZE[clock.rule.unit] - state.used
        return replace(state, amount=amount, remaining=left)
    if amount is None:
        return replace(state, state=UNDEFINED, amount=None, due_at=None, warn_at=None)
    due_at, warn_at = clock.figures(amount, state.since, state.used, state.late_at)
    return _notice(replace(state, state=RUNNING, amount=amount, due_at=due_at, warn_at=warn_at), fact.at)


def _stop(state: ClockState, at: int, clock: CompiledClock) -> ClockState:
    """Satisfied at ``at``: in time or late. Without a figure it is neither."""
    if state.amount is None:
        verdict = STOPPED
    elif state.state == PAUSED:
        verdict = MISSED if state.late_at is not None and (state.remaining or 0) <= 0 else MET
    else:
        verdict = MET if state.due_at is None or at <= state.due_at else MISSED
    return replace(_end(state, at, clock), state=verdict, met_at=at)


def _end(state: ClockState, at: int, clock: CompiledClock) -> ClockState:
    return replace(
        state,
        state=STOPPED,
        spent=_spent(state, at, clock),
        warn_at=None,
        paused_at=None,
        remaining=None,
        suspended_at=None,
        awaits=None,
    )
