"""What people do to a clock on purpose, and the marks that the watch leaves on it.

An extension adds to the target, a suspension keeps what has run, an interruption starts again, a delay notice
changes nothing but what is known: four different acts. The watch's warnings and breaches only say what is true.
"""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.domain.clock_state import PAUSED, RUNNING, ClockState, CompiledClock, Fact
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.policy import ClockRule, ClockStart, ClockStop
from ouvidoria_tui.domain.policy_law import SuspendedBy
from ouvidoria_tui.domain.span import SIZE


def informing(rule: ClockRule) -> bool:
    """Whether any public word satisfies the clock: it asks that the customer be kept informed."""
    return rule.stop is ClockStop.PUBLIC_ANSWER and rule.start is not ClockStart.RECEIPT


def suspendable(rule: ClockRule) -> bool:
    """Whether the clock can be suspended: its rule says so, or a contract's clock waits for the conclusion.

    The first response never pauses: asking the customer is an answer. A norm's clock needs a norm.
    """
    return rule.suspension is not None or interruptible(rule)


def interruptible(rule: ClockRule) -> bool:
    """Whether the clock can be made to start again: only a contract's own, and only up to the conclusion."""
    return rule.stop is ClockStop.CONCLUSION and not rule.statutory


def marked(state: ClockState, fact: Fact) -> ClockState:
    """The clock with what the watch said of it; nothing of how it runs changes."""
    if state.name not in fact.names or fact.until is None:
        return state
    if fact.kind == Act.WARNED.value and fact.until == state.due_at:
        return replace(state, warned=fact.until)
    # A cycle is late once: at the due moment that passed first.
    late = state.due_at if state.late_at is None else state.late_at
    if fact.kind == Act.BREACHED.value and fact.until == late:
        missed_at = late if state.missed_at is None else state.missed_at
        return replace(state, late_at=late, missed_at=missed_at, breached=late)
    return state


def acted(state: ClockState, fact: Fact, clock: CompiledClock) -> ClockState:
    """A living clock after an act on it."""
    if fact.kind == Act.EXTENDED.value and state.name in fact.names:
        return _extended(state, fact, clock)
    if fact.kind == Act.INTERRUPTED.value and state.name in fact.names:
        return _again(state, fact.at, clock)
    if fact.kind == Act.DELAY_NOTICED.value:
        return _noticed(state, fact, clock.rule)
    return state


def suspended(state: ClockState, fact: Fact, rule: ClockRule) -> ClockState:
    """A living clock with the suspension that the fact begins or ends; the step pauses and resumes it."""
    named = state.name in fact.names
    if state.suspended_at is not None:
        ends = named and fact.kind in (Act.RESUMED.value, Act.INTERRUPTED.value)
        if ends or (state.awaits and fact.by_customer):
            return replace(state, suspended_at=None, awaits=None)
        return state
    if named and fact.kind == Act.SUSPENDED.value:
        return _suspend(state, fact.at, awaits=None)
    if _asks(rule, fact) and rule.suspension is not None and (state.suspensions or 0) < rule.suspension.times:
        return _suspend(state, fact.at, awaits=True)
    return state


def _asks(rule: ClockRule, fact: Fact) -> bool:
    """Whether it is the request for a complement by which this clock is suspended."""
    by = None if rule.suspension is None else rule.suspension.by
    return by is SuspendedBy.COMPLEMENT_REQUEST and fact.kind == Act.ASKED.value and fact.public_answer


def _suspend(state: ClockState, at: int, *, awaits: bool | None) -> ClockState:
    return replace(state, suspended_at=at, suspensions=(state.suspensions or 0) + 1, awaits=awaits)


def _extended(state: ClockState, fact: Fact, clock: CompiledClock) -> ClockState:
    """More time, counted from the start of the clock and not from its due date: rolled once."""
    amount = state.amount
    if amount is None:
        return state
    state = replace(state, extra=(state.extra or 0) + fact.extra, extensions=(state.extensions or 0) + 1)
    if state.state == PAUSED:
        return replace(state, remaining=amount * SIZE[clock.rule.unit] - state.used)
    return _dated(state, clock)


def _again(state: ClockState, at: int, clock: CompiledClock) -> ClockState:
    """A new run from ``at`` on. What was missed, extended and suspended before stays counted."""
    begun = replace(
        state,
        state=RUNNING if state.amount is not None else state.state,
        started_at=at,
        resumed_at=None,
        paused_at=None,
        remaining=None,
        spent=0,
        extra=None,
        late_at=None,
        warned=None,
        breached=None,
        notified_at=None,
        promised_at=None,
    )
    return begun if state.amount is None else _dated(begun, clock)


def _noticed(state: ClockState, fact: Fact, rule: ClockRule) -> ClockState:
    """The customer was told in time that the answer takes longer; what was promised last counts (S4-22)."""
    waits = rule.stop is ClockStop.PUBLIC_ANSWER and not informing(rule)
    if not waits or state.due_at is None:
        return state
    if state.notified_at is None and fact.at > state.due_at:
        return replace(state, promised_at=fact.until)
    return replace(
        state, notified_at=fact.at if state.notified_at is None else state.notified_at, promised_at=fact.until
    )


def _dated(state: ClockState, clock: CompiledClock) -> ClockState:
    assert state.amount is not None
    due_at, warn_at = clock.figures(state.amount, state.since, state.used, state.late_at)
    return replace(state, due_at=due_at, warn_at=warn_at)
