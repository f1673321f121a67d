"""What an act would change before it is done: the status, whose turn it is, and which clocks move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ouvidoria_tui.domain.deadline import ClockState, CompiledClock, Fact, advance
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.lifecycle import check_move, turn_of
from ouvidoria_tui.domain.projection import fact_of
from ouvidoria_tui.domain.ticket import Difficulty, Severity, Status, Ticket, Turn, Type

#: Clocks before and after, each pair the same clock.
Moved = tuple[tuple[ClockState, ClockState], ...]


@dataclass(frozen=True, slots=True)
class Foresight:
    """Status before and after, whose turn it will be, and (before, after) of each clock that changes state."""

    before: Status
    after: Status
    turn: Turn
    clocks: Moved


def foresee(
    ticket: Ticket,
    states: Sequence[ClockState],
    clocks: Sequence[CompiledClock],
    act: Act,
    to: Status,
    now: int,
    *,
    conclusive: bool = False,
) -> Foresight:
    """What ``act`` leading to the status ``to`` would change at ``now``.

    Raises ``Refused`` ``ILLEGAL_TRANSITION`` where it may not be done at all.
    """
    if to is not ticket.status:
        check_move(ticket.status, to)
    then = replace(ticket, status=to, turn=turn_of(to), revision=ticket.revision + 1)
    fact = fact_of(then, act, now, {"conclusive": conclusive})
    moved = tuple(pair for pair in _pairs(states, clocks, fact) if pair[0].state != pair[1].state)
    return Foresight(ticket.status, to, turn_of(to), moved)


def foresee_clocks(
    ticket: Ticket,
    states: Sequence[ClockState],
    clocks: Sequence[CompiledClock],
    act: Act,
    now: int,
    names: Sequence[str] = (),
) -> Moved:
    """The clocks whose date or state an act on the clocks ``names`` would change at ``now``."""
    then = replace(ticket, revision=ticket.revision + 1)
    fact = fact_of(then, act, now, {"clocks": list(names)})
    return tuple(pair for pair in _pairs(states, clocks, fact) if _standing(pair[0]) != _standing(pair[1]))


def foresee_classified(
    ticket: Ticket,
    states: Sequence[ClockState],
    clocks: Sequence[CompiledClock],
    now: int,
    *,
    type: Type | None = None,  # noqa: A002 - the ticket's own name for it
    severity: Severity | None = None,
    difficulty: Difficulty | None = None,
) -> Moved:
    """The clocks whose date or state another classification would change at ``now``; ``None`` stays as it is."""
    then = replace(
        ticket,
        type=type or ticket.type,
        severity=severity or ticket.severity,
        difficulty=difficulty or ticket.difficulty,
        revision=ticket.revision + 1,
    )
    fact = fact_of(then, Act.CLASSIFIED, now, {})
    return tuple(pair for pair in _pairs(states, clocks, fact) if _standing(pair[0]) != _standing(pair[1]))


def _pairs(states: Sequence[ClockState], clocks: Sequence[CompiledClock], fact: Fact) -> Moved:
    before = {state.name: state for state in states}
    return tuple(
        (before[state.name], state)
        for state in advance(tuple(states), fact, clocks)
        if state.name in before and state is not before[state.name]
    )


def _standing(state: ClockState) -> tuple[object, ...]:
    """What a person would notice of a clock."""
    return state.state, state.due_at, state.remaining, state.suspended_at
