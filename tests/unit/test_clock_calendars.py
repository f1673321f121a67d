"""A clock that counts by another calendar for some channels and departments (C-03)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ouvidoria_tui.domain.clock_state import CompiledClock
from ouvidoria_tui.domain.deadline import ClockState, Fact, advance, compile_clocks, derive, remaining_seconds
from ouvidoria_tui.domain.explain import counted, explain
from ouvidoria_tui.domain.explain_trace import Trace
from ouvidoria_tui.domain.lifecycle import turn_of
from ouvidoria_tui.domain.policy import (
    CalendarChoice,
    CalendarRule,
    ClockRule,
    ClockStart,
    ClockStop,
    Policy,
    Unit,
)
from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from ouvidoria_tui.domain.ticket import Channel, Status, Turn, Type
from tests.unit.clock_story import CALENDARS, HOUR, WEEK, at
from tests.unit.policy_sample import CLOCK, MINIMAL

ALL_DAY = {day: (("00:00", "24:00"),) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
THREE = {
    **CALENDARS,
    "realtime": CalendarRule("realtime", "America/Sao_Paulo", {day: (("09:00", "17:00"),) for day in WEEK}),
    "always": CalendarRule("always", "America/Sao_Paulo", ALL_DAY),
}
CHOICES = (
    CalendarChoice("realtime", channels=frozenset({Channel.CHAT, Channel.PHONE})),
    CalendarChoice("always", department="plantao"),
)


def clock_of(
    unit: Unit = Unit.BUSINESS_HOURS, amount: int = 4, pause: frozenset[Turn] = frozenset()
) -> CompiledClock:
    rule = ClockRule(
        "resolution",
        ClockStart.RECEIPT,
        ClockStop.CONCLUSION,
        unit,
        amount,
        pause_while=pause,
        calendars=CHOICES,
    )
    return compile_clocks(Policy("k", "n", "s", "America/Sao_Paulo", THREE, (rule,)), ())[0]


def fact(
    when: int,
    seq: int,
    *,
    kind: str = "noted",
    status: Status = Status.IN_PROGRESS,
    department: str | None = None,
    channel: Channel = Channel.PORTAL,
    conclusive: bool = False,
) -> Fact:
    return Fact(
        when,
        seq,
        kind,
        turn_of(status),
        status,
        kind == "received",
        False,
        conclusive,
        Type.COMPLAINT,
        department=department,
        channel=channel,
    )


def follow(clock: CompiledClock, *facts: Fact) -> ClockState:
    return derive(facts, [clock])[0]


def test_a_chat_counts_by_the_hours_of_what_is_answered_in_real_time() -> None:
    state = follow(clock_of(), fact(at("11-16T08:00"), 1, kind="received", channel=Channel.CHAT))
    assert (state.calendar, state.started_at) == ("realtime", at("11-16T09:00"))
    assert state.due_at == at("11-16T13:00")


def test_everything_else_counts_by_the_clocks_own_calendar() -> None:
    state = follow(clock_of(), fact(at("11-16T08:00"), 1, kind="received", channel=Channel.EMAIL))
    assert (state.calendar, state.due_at) == (None, at("11-16T12:00"))


def test_what_was_counted_before_the_transfer_stays_counted_by_the_hours_of_its_time() -> None:
    # Friday 17:00 to 18:00 by the desk's hours, one of four; then day and night from Friday 20:00 on.
    state = follow(
        clock_of(),
        fact(at("11-13T17:00"), 1, kind="received"),
        fact(at("11-13T20:00"), 2, department="plantao"),
    )
    assert (state.calendar, state.spent) == ("always", HOUR)
    assert state.due_at == at("11-13T23:00")


def test_the_way_back_counts_by_the_clocks_own_hours_again() -> None:
    state = follow(
        clock_of(),
        fact(at("11-13T17:00"), 1, kind="received"),
        fact(at("11-13T20:00"), 2, department="plantao"),
        fact(at("11-13T21:00"), 3, department="financeiro"),
    )
    assert (state.calendar, state.spent, state.due_at) == (None, 2 * HOUR, at("11-16T10:00"))


def test_received_at_night_and_moved_before_the_opening_nothing_was_counted() -> None:
    state = follow(
        clock_of(),
        fact(at("11-14T10:00"), 1, kind="received"),
        fact(at("11-14T12:00"), 2, department="plantao"),
    )
    assert (state.started_at, state.spent, state.due_at) == (at("11-14T12:00"), 0, at("11-14T16:00"))


def test_a_breach_that_was_true_by_the_old_hours_stays() -> None:
    state = follow(
        clock_of(),
        fact(at("11-16T08:00"), 1, kind="received"),
        fact(at("11-16T15:00"), 2, department="plantao"),
    )
    assert (state.missed_at, state.late_at) == (at("11-16T12:00"), at("11-16T12:00"))


def test_business_days_are_those_of_the_calendar_in_force() -> None:
    # Received on Friday: Saturday and Sunday are days of the new calendar.
    state = follow(
        clock_of(Unit.BUSINESS_DAYS, 3),
        fact(at("11-13T10:00"), 1, kind="received"),
        fact(at("11-13T11:00"), 2, department="plantao"),
    )
    assert state.due_at == at("11-17T00:00")


def test_while_paused_a_move_changes_only_the_hours_to_come() -> None:
    clock = clock_of(pause=frozenset({Turn.CUSTOMER}))
    state = follow(
        clock,
        fact(at("11-16T08:00"), 1, kind="received"),
        fact(at("11-16T09:00"), 2, status=Status.ANSWERED),
        fact(at("11-16T10:00"), 3, status=Status.ANSWERED, department="plantao"),
        fact(at("11-16T20:00"), 4, department="plantao"),
    )
    assert (state.spent, state.due_at) == (HOUR, at("11-16T23:00"))


def test_what_remains_is_read_by_the_calendar_that_counts() -> None:
    clock = clock_of()
    state = follow(clock, fact(at("11-13T17:00"), 1, kind="received", department="plantao"))
    assert remaining_seconds(state, clock, at("11-13T19:00")) == 2 * HOUR


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    start = at("11-13T17:00")
    facts = [fact(start, 1, kind="received", channel=draw(st.sampled_from(list(Channel))))]
    for seq in range(2, draw(st.integers(2, 9))):
        start += draw(st.sampled_from([0, 600, 3600, 5 * 3600, 86_400, 3 * 86_400]))
        facts.append(
            fact(
                start,
                seq,
                status=draw(st.sampled_from([Status.IN_PROGRESS, Status.ANSWERED, Status.CUSTOMER_REPLY])),
                department=draw(st.sampled_from([None, "plantao", "financeiro"])),
                channel=facts[0].channel,
            )
        )
    return facts


@settings(max_examples=200)
@given(histories(), st.sampled_from(list(Unit)), st.booleans(), st.integers(0, 900_000))
def test_the_explanation_adds_up_across_calendars(
    facts: list[Fact], unit: Unit, pauses: bool, after: int
) -> None:
    clock = clock_of(unit, 9, frozenset({Turn.CUSTOMER}) if pauses else frozenset())
    trace, states = Trace(facts[0].at, None), ()
    told: tuple[ClockState, ...] = states
    for one in facts:
        trace.tell(one, clock, 1)
        told = advance(told, one, [clock])
    now = facts[-1].at + after
    found = explain(trace, told[0], now, (1, clock), ())
    assert trace.state == told[0]
    assert sum(one.counted for one in found.stretches) == counted(told[0], clock, now)


def test_a_choice_of_calendars_is_read_from_the_policy() -> None:
    text = MINIMAL + CLOCK + '\n[[clocks.first-response.calendars]]\ncalendar = "desk"\nchannels = ["chat"]\n'
    rule = parse(text, name="desk.toml").clocks[0]
    assert rule.calendars == (CalendarChoice("desk", frozenset({Channel.CHAT})),)


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ('calendar = "night"\nchannels = ["chat"]', "calendar"),
        ('calendar = "desk"', "channels"),
        ('calendar = "desk"\nchannels = ["pigeon"]', "channels"),
        ('calendar = "desk"\ndepartment = "nowhere"', "department"),
        ('calendar = "desk"\nchannels = ["chat"]\ncolour = "red"', "colour"),
    ],
)
def test_a_choice_that_cannot_be_is_named_at_its_line(lines: str, key: str) -> None:
    text = f"{MINIMAL}{CLOCK}\n[[clocks.first-response.calendars]]\n{lines}\n"
    with pytest.raises(PolicyInvalid) as caught:
        parse(text, name="desk.toml")
    assert key in str(caught.value.details["key"])
