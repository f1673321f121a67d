from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.calendar_layers import Layer, layered
from ouvidoria_tui.domain.clock_state import CompiledClock, Fact
from ouvidoria_tui.domain.clock_step import step
from ouvidoria_tui.domain.explain import counted, explain
from ouvidoria_tui.domain.explain_stretch import pieces
from ouvidoria_tui.domain.explain_trace import Phase, Trace
from ouvidoria_tui.domain.lifecycle import turn_of
from ouvidoria_tui.domain.policy import CalendarRule, ClockRule, ClockStart, ClockStop, ClockTarget, Unit
from ouvidoria_tui.domain.span import used
from ouvidoria_tui.domain.ticket import Severity, Status, Turn, Type
from tests.cases import cases as tried_on

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKS = (
    {day: (("08:00", "12:00"), ("13:00", "18:00")) for day in DAYS[:5]},
    {day: (("22:00", "06:00"),) for day in DAYS},
    {day: (("00:00", "24:00"),) for day in DAYS},
    {"wed": (("10:00", "10:30"), ("23:30", "24:00"))},
)
#: Each with the moment of one of its changes of daylight saving: at midnight, at one, by half an hour, never.
ZONES = {
    "America/Sao_Paulo": 1_541_300_400,
    "Europe/Berlin": 1_774_746_000,
    "Australia/Lord_Howe": 1_775_314_800,
    "Asia/Kathmandu": 1_541_300_400,
}
STARTS = (ClockStart.RECEIPT, ClockStart.CUSTOMER_MESSAGE, ClockStart.PUBLIC_WORD)
STOPS = (ClockStop.PUBLIC_ANSWER, ClockStop.CONCLUSION)
CLOSED = {
    date(2018, 11, 2): "Finados",
    date(2018, 11, 15): "República",
    date(2026, 4, 3): "Sexta-feira Santa",
}


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Calendar, int]:
    """A calendar whose hours may have changed in the middle, and a moment near a change of its zone."""
    zone = draw(st.sampled_from(sorted(ZONES)))
    change = ZONES[zone]
    rule = CalendarRule("desk", zone, draw(st.sampled_from(WEEKS)))
    earlier = [
        Layer(
            change + draw(st.integers(-5, 5)) * 40_000,
            CalendarRule("desk", zone, draw(st.sampled_from(WEEKS))),
            {},
        )
        for _ in range(draw(st.integers(0, 1)))
    ]
    return layered(rule, CLOSED, earlier), change


@st.composite
def clocks(draw: st.DrawFn) -> tuple[CompiledClock, int]:
    calendar, change = draw(calendars())
    rule = ClockRule(
        "clock",
        draw(st.sampled_from(STARTS)),
        draw(st.sampled_from(STOPS)),
        draw(st.sampled_from(list(Unit))),
        draw(st.sampled_from([None, 3, 40])),
        pause_while=frozenset({Turn.CUSTOMER}) if draw(st.booleans()) else frozenset(),
        targets=(ClockTarget(1, severity=Severity.CRITICAL),),
    )
    return CompiledClock(rule, calendar), change


@st.composite
def histories(draw: st.DrawFn, change: int) -> list[Fact]:
    at = change - draw(st.integers(0, 4 * 86_400))
    facts = []
    for seq in range(1, draw(st.integers(2, 10))):
        kinds = ("noted", "replied", "customer-replied", "closed", "reopened", "classified")
        kind = "received" if seq == 1 else draw(st.sampled_from(kinds))
        status = Status.CLOSED if kind == "closed" else draw(st.sampled_from(list(Status)[:5]))
        facts.append(
            Fact(
                at,
                seq,
                kind,
                turn_of(status),
                status,
                kind in ("received", "customer-replied"),
                kind == "replied",
                kind == "closed" or (kind == "replied" and draw(st.booleans())),
                Type.COMPLAINT,
                draw(st.sampled_from(list(Severity))),
            )
        )
        at += draw(st.integers(0, 3)) * draw(st.sampled_from([1, 1800, 3600, 86_400]))
    return facts


@tried_on(200)
@given(st.data())
def test_what_counts_adds_up_to_what_the_clock_used(data: st.DataObject) -> None:
    clock, change = data.draw(clocks())
    facts = data.draw(histories(change))
    now = facts[-1].at + data.draw(st.integers(0, 10 * 86_400))
    trace = Trace(facts[0].at)
    state = None
    for fact in facts:
        trace.tell(fact, clock, 1)
        state = step(state, fact, clock)
    assert trace.state == state
    if state is None:
        return
    found = explain(trace, state, now, (1, clock), ())
    assert found.counted == counted(state, clock, now)
    assert sum(one.counted for one in found.stretches) == found.counted
    assert [one.end for one in found.stretches[:-1]] == [one.start for one in found.stretches[1:]]
    assert not found.stretches or found.stretches[0].start == facts[0].at


@tried_on(200)
@given(st.data())
def test_what_counts_is_the_open_time_but_for_the_pauses(data: st.DataObject) -> None:
    calendar, change = data.draw(calendars())
    clock = CompiledClock(
        ClockRule(
            "clock",
            ClockStart.RECEIPT,
            ClockStop.CONCLUSION,
            Unit.BUSINESS_HOURS,
            8,
            pause_while=frozenset({Turn.CUSTOMER}),
        ),
        calendar,
    )
    facts = [fact for fact in data.draw(histories(change)) if not fact.conclusive]
    now = facts[-1].at + data.draw(st.integers(0, 10 * 86_400))
    trace = Trace(facts[0].at)
    for fact in facts:
        trace.tell(fact, clock, 1)
    ends = [leg.start for leg in trace.legs[1:]] + [now]
    pauses = [
        (leg.start, end) for leg, end in zip(trace.legs, ends, strict=True) if leg.phase is Phase.PAUSED
    ]
    assert trace.state is not None
    found = explain(trace, trace.state, now, (1, clock), ())
    assert found.counted == calendar.elapsed(facts[0].at, now, pauses)


@pytest.mark.parametrize("unit", list(Unit))
@tried_on(60)
@given(st.data())
def test_pieces_of_a_run_add_up_to_it_and_touch(unit: Unit, data: st.DataObject) -> None:
    calendar, change = data.draw(calendars())
    start = change + data.draw(st.integers(-400_000, 400_000))
    end = start + data.draw(st.sampled_from([0, 1, 59, 3600, 86_400, 3 * 86_400, 40 * 86_400]))
    found = list(pieces(unit, start, start, end, calendar))
    assert sum(piece.counted for piece in found) == used(unit, start, end, calendar)
    assert all(one.end == other.start for one, other in pairwise(found))
