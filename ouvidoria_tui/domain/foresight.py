"""What an act would change before it is done: the status, whose turn it is, and which clocks move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ouvidoria_tui.domain.deadline import ClockState, CompiledClock, Fact, advance
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.lifecycle import check_move, turn_of
from ouvidoria_tui.domain.projection import PUBLIC_WORDS, UNCOVERED
from ouvidoria_tui.domain.ticket import Status, Ticket, Turn


@dataclass(frozen=True, slots=True)
class Foresight:
    """Status before and after, whose turn it will be, and (before, after) of each clock that changes state."""

    before: Status
    after: Status
    turn: Turn
    clocks: tuple[tuple[ClockState, ClockState], ...]


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
    fact = Fact(
        at=now,
        seq=ticket.revision + 1,
        kind=act.value,
        turn=turn_of(to),
        status=to,
        by_customer=False,
        public_answer=act in PUBLIC_WORDS,
        conclusive=conclusive or act is Act.CLOSED,
        type=ticket.type,
        severity=ticket.severity,
        difficulty=ticket.difficulty,
        department=ticket.department,
        plan=ticket.plan,
        channel=ticket.channel,
        uncovered=UNCOVERED in ticket.flags,
    )
    before = {state.name: state for state in states}
    after = advance(tuple(states), fact, clocks)
    moved = tuple(
        (before[state.name], state)
        for state in after
        if state.name in before and state.state != before[state.name].state
    )
    return Foresight(ticket.status, to, turn_of(to), moved)
