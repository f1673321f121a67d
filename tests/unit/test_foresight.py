from __future__ import annotations

from dataclasses import replace

import pytest

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.clock_state import CompiledClock
from ouvidoria_tui.domain.deadline import Fact, derive
from ouvidoria_tui.domain.foresight import foresee, foresee_classified, foresee_clocks
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.policy import CalendarRule, ClockRule, ClockStart, ClockStop, ClockTarget, Unit
from ouvidoria_tui.domain.ticket import Channel, Severity, Status, Ticket, Turn, Type
from ouvidoria_tui.errors import Refused

T0 = 1_794_916_800
CALENDAR = Calendar(CalendarRule("desk", "America/Sao_Paulo", {"mon": (("09:00", "18:00"),)}), {})
CLOCKS = tuple(
    CompiledClock(
        ClockRule(name, ClockStart.RECEIPT, stop, Unit.HOURS, 10, pause_while=frozenset({Turn.CUSTOMER})),
        CALENDAR,
    )
    for name, stop in (("first-response", ClockStop.PUBLIC_ANSWER), ("resolution", ClockStop.CONCLUSION))
)
TICKET = Ticket(1, "2026-000001-5", Status.OPEN, Turn.DESK, Type.COMPLAINT, Channel.EMAIL, T0, T0, revision=1)
RECEIVED = Fact(T0, 1, "received", Turn.DESK, Status.OPEN, True, False, False, Type.COMPLAINT)


@pytest.mark.parametrize(
    ("conclusive", "moved"),
    [
        (False, {"first-response": "met", "resolution": "paused"}),
        (True, {"first-response": "met", "resolution": "met"}),
    ],
)
def test_an_answer_is_foreseen_with_the_clocks_it_moves(conclusive: bool, moved: dict[str, str]) -> None:
    states = derive([RECEIVED], CLOCKS)
    ahead = foresee(TICKET, states, CLOCKS, Act.REPLIED, Status.ANSWERED, T0 + 60, conclusive=conclusive)
    assert (ahead.before, ahead.after, ahead.turn) == (Status.OPEN, Status.ANSWERED, Turn.CUSTOMER)
    assert {after.name: after.state for _before, after in ahead.clocks} == moved


def test_what_may_not_be_done_is_refused_before_it_is_tried() -> None:
    closed = Ticket(1, "2026-000001-5", Status.CLOSED, Turn.NONE, Type.COMPLAINT, Channel.EMAIL, T0, T0)
    with pytest.raises(Refused, match="ILLEGAL_TRANSITION"):
        foresee(closed, (), CLOCKS, Act.REPLIED, Status.ANSWERED, T0)


def test_another_severity_shows_the_due_times_it_moves_and_no_others() -> None:
    grave = ClockTarget(amount=4, severity=Severity.HIGH)
    moving = replace(CLOCKS[0], rule=replace(CLOCKS[0].rule, targets=(grave,)))
    clocks = (moving, CLOCKS[1])
    states = derive([RECEIVED], clocks)

    ((before, after),) = foresee_classified(TICKET, states, clocks, T0 + 60, severity=Severity.HIGH)

    assert (before.name, before.due_at, after.due_at) == ("first-response", T0 + 10 * 3600, T0 + 4 * 3600)
    assert foresee_classified(TICKET, states, clocks, T0 + 60, severity=Severity.LOW) == ()


def test_a_suspension_is_foreseen_with_what_it_keeps() -> None:
    states = derive([RECEIVED], CLOCKS)
    ((_before, after),) = foresee_clocks(TICKET, states, CLOCKS, Act.SUSPENDED, T0 + 3600, ["resolution"])
    assert (after.name, after.due_at, after.remaining) == ("resolution", None, 9 * 3600)
