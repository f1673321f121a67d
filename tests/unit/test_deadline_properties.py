from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.deadline import ClockState, Fact, advance, compile_clocks, derive
from ouvidoria_tui.domain.lifecycle import turn_of
from ouvidoria_tui.domain.policy import (
    CalendarRule,
    ClockRule,
    ClockStart,
    ClockStop,
    ClockTarget,
    Policy,
    Unit,
)
from ouvidoria_tui.domain.ticket import Severity, Status, Turn, Type
from tests.cases import cases as tried_on

WEEK = {day: (("08:00", "12:00"), ("13:00", "18:00")) for day in ("mon", "tue", "wed", "thu", "fri")}
TARGETS = (ClockTarget(2, severity=Severity.CRITICAL), ClockTarget(9, severity=Severity.LOW))
RULES = tuple(
    ClockRule(
        f"{start}-{stop}-{unit}",
        start,
        stop,
        unit,
        5,
        pause_while=frozenset({Turn.CUSTOMER}) if stop is ClockStop.CONCLUSION else frozenset(),
        roll=True,
        warn_before=3600,
        targets=TARGETS,
    )
    for start in ClockStart
    for stop in ClockStop
    for unit in Unit
)
CLOCKS = compile_clocks(
    Policy(
        "k", "n", "s", "America/Sao_Paulo", {"desk": CalendarRule("desk", "America/Sao_Paulo", WEEK)}, RULES
    ),
    (),
)
START = 1_541_200_000  # two days before the clocks of São Paulo went forward


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Any events in any order of recording; some at the same moment."""
    facts = [fact(0, 1, "received", Status.OPEN, Severity.MEDIUM, customer=True)]
    for seq in range(2, draw(st.integers(2, 14))):
        kind = draw(
            st.sampled_from(["noted", "classified", "replied", "customer-replied", "closed", "reopened"])
        )
        conclusive = kind == "closed" or (kind == "replied" and draw(st.booleans()))
        # A conclusive answer leaves the turn with the customer; anything else may leave the ticket anywhere.
        done = Status.CLOSED if kind == "closed" else Status.ANSWERED
        facts.append(
            fact(
                draw(st.integers(0, 20)) * draw(st.sampled_from([1, 3600, 86_400])),
                seq,
                kind,
                done if conclusive else draw(st.sampled_from(list(Status))),
                draw(st.sampled_from(list(Severity))),
                customer=kind == "customer-replied",
                answer=kind == "replied",
                conclusive=conclusive,
            )
        )
    return facts


def fact(
    after: int,
    seq: int,
    kind: str,
    status: Status,
    severity: Severity,
    *,
    customer: bool = False,
    answer: bool = False,
    conclusive: bool = False,
) -> Fact:
    at, turn = START + after, turn_of(status)
    return Fact(at, seq, kind, turn, status, customer, answer, conclusive, Type.COMPLAINT, severity)


def steps(facts: list[Fact]) -> list[tuple[ClockState, ...]]:
    states: tuple[ClockState, ...] = ()
    followed = []
    for one in sorted(facts, key=lambda fact: (fact.at, fact.seq)):
        states = advance(states, one, CLOCKS)
        followed.append(states)
    return followed


@tried_on(100)
@given(histories())
def test_clocks_derived_from_history_are_those_followed_event_by_event(facts: list[Fact]) -> None:
    followed = steps(facts)[-1]
    facts.reverse()
    assert derive(facts, CLOCKS) == followed


@tried_on(100)
@given(histories())
def test_a_recorded_breach_is_never_erased(facts: list[Fact]) -> None:
    recorded: dict[str, int] = {}
    for states in steps(facts):
        now = {state.name: state.missed_at for state in states if state.missed_at is not None}
        assert recorded.items() <= now.items()
        recorded = now


@tried_on(100)
@given(histories())
def test_a_clock_shows_either_a_due_time_or_what_remains(facts: list[Fact]) -> None:
    for states in steps(facts):
        for state in states:
            assert (state.due_at is not None) == (state.state == "running") or state.state not in (
                "running",
                "paused",
            )
            assert (state.remaining is not None) == (state.paused_at is not None) == (state.state == "paused")
            assert (state.met_at is not None) == (state.state in ("met", "missed"))
            assert (state.spent or 0) >= 0


@tried_on(50)
@given(histories())
def test_an_event_without_consequence_changes_no_figure(facts: list[Fact]) -> None:
    before = steps(facts)[-1]
    last = max(facts, key=lambda fact: (fact.at, fact.seq))
    note = Fact(last.at, 99, "noted", last.turn, last.status, False, False, False, last.type, last.severity)
    assert advance(before, note, CLOCKS) == before
