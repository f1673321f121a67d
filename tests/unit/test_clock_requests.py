"""Clocks of what is asked for inside a ticket: an area's answer, a complement, consent, the way back."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from ouvidoria_tui.domain.deadline import ClockState, Fact, advance, derive, shown
from ouvidoria_tui.domain.lifecycle import turn_of
from ouvidoria_tui.domain.policy import ClockRule, ClockStart, ClockStop, Unit
from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from ouvidoria_tui.domain.ticket import Status, Type
from tests.unit.clock_story import DAY, FIRST, HOUR, at, compiled
from tests.unit.policy_sample import CLOCK, MINIMAL

AREA = ClockRule(
    "area", ClockStart.AREA_REQUEST, ClockStop.AREA_ANSWER, Unit.CALENDAR_DAYS, 20, statutory=True
)
COMPLEMENT = ClockRule(
    "complement", ClockStart.COMPLEMENT_REQUEST, ClockStop.CUSTOMER_MESSAGE, Unit.CALENDAR_DAYS, 20
)
CONSENT = ClockRule("consent", ClockStart.CONSENT_REQUEST, ClockStop.CONSENT_ANSWER, Unit.CALENDAR_DAYS, 20)
WINDOW = ClockRule("reopen-window", ClockStart.CLOSING, ClockStop.REOPENING, Unit.CALENDAR_DAYS, 30)
KINDS = {"received": Status.OPEN, "asked": Status.ANSWERED, "closed": Status.CLOSED, "reopened": Status.OPEN}


class Told:
    """The clocks of a ticket that hears of one thing after another."""

    def __init__(self, *rules: ClockRule) -> None:
        self.clocks = compiled(*rules)
        self.states: tuple[ClockState, ...] = ()
        self.facts: list[Fact] = []
        self._seq = count(1)

    def tell(self, kind: str, when: str, *, area: str | None = None, uncovered: bool = False) -> None:
        status = KINDS.get(kind, Status.IN_PROGRESS)
        fact = Fact(
            at(when),
            next(self._seq),
            kind,
            turn_of(status),
            status,
            kind in ("received", "customer-replied"),
            kind in ("asked", "replied", "consent-asked"),
            kind == "closed",
            Type.COMPLAINT,
            area=area,
            uncovered=uncovered,
        )
        self.facts.append(fact)
        self.states = advance(self.states, fact, self.clocks)

    def __getitem__(self, name: str) -> ClockState:
        return next(state for state in self.states if state.name == name)

    @property
    def names(self) -> list[str]:
        return [state.name for state in self.states]


def test_each_area_that_is_asked_has_a_clock_of_its_own() -> None:
    told = Told(AREA)
    told.tell("received", "11-02T10:00")
    told.tell("forwarded", "11-03T10:00", area="finance")
    told.tell("forwarded", "11-05T10:00", area="sales")
    told.tell("area-answered", "11-06T10:00", area="sales")

    assert told.names == ["area:finance", "area:sales"]
    assert (told["area:finance"].state, told["area:sales"].state) == ("running", "met")
    assert told["area:finance"].due_at == at("11-24T00:00")


def test_a_reminder_does_not_start_the_clock_of_the_area_again() -> None:
    told = Told(AREA)
    told.tell("received", "11-02T10:00")
    told.tell("forwarded", "11-03T10:00", area="finance")
    before = told["area:finance"]
    told.tell("forwarded", "11-20T10:00", area="finance")
    assert told["area:finance"] == before


def test_a_second_request_to_an_area_that_answered_is_a_new_cycle_and_the_miss_of_the_first_stays() -> None:
    told = Told(AREA)
    told.tell("received", "10-01T10:00")
    told.tell("forwarded", "10-01T10:00", area="finance")
    told.tell("area-answered", "10-25T10:00", area="finance")
    told.tell("forwarded", "11-03T10:00", area="finance")
    clock = told["area:finance"]
    assert (clock.state, clock.started_at, clock.missed_at) == (
        "running",
        at("11-03T10:00"),
        at("10-22T00:00"),
    )


def test_closing_ends_what_was_asked_of_an_area_and_reopening_asks_nothing_anew() -> None:
    told = Told(AREA)
    told.tell("received", "11-02T10:00")
    told.tell("forwarded", "11-03T10:00", area="finance")
    told.tell("closed", "11-04T10:00")
    told.tell("reopened", "11-05T10:00")
    assert told["area:finance"].state == "stopped"


def test_the_customers_message_satisfies_a_complement_and_their_time_lapses_without_anybody_being_late() -> (
    None
):
    told = Told(COMPLEMENT)
    told.tell("received", "11-02T10:00")
    told.tell("asked", "11-03T10:00")
    clock = told["complement"]
    assert (clock.due_at, clock.lapses) == (at("11-24T00:00"), True)
    assert (shown(clock, at("11-23T23:59")), shown(clock, at("11-24T00:01"))) == ("running", "lapsed")
    told.tell("customer-replied", "11-10T10:00")
    assert told["complement"].state == "met"


@pytest.mark.parametrize("kind", ["noted", "replied", "customer-replied", "area-answered", "warned"])
def test_only_an_answer_about_consent_ends_the_wait_for_it(kind: str) -> None:
    told = Told(CONSENT)
    told.tell("received", "11-02T10:00")
    told.tell("consent-asked", "11-03T10:00")
    told.tell(kind, "11-04T10:00")
    assert told["consent"].state == "running"
    told.tell("consent-answered", "11-05T10:00")
    assert told["consent"].state == "met"


def test_the_window_for_coming_back_begins_with_the_closing_and_ends_with_the_return() -> None:
    told = Told(WINDOW)
    told.tell("received", "10-01T10:00")
    assert told.names == []
    told.tell("closed", "10-02T10:00")
    assert (told["reopen-window"].state, told["reopen-window"].due_at) == ("running", at("11-02T00:00"))
    told.tell("reopened", "10-10T10:00")
    assert told["reopen-window"].state == "met"
    told.tell("closed", "10-20T10:00")
    assert told["reopen-window"].due_at == at("11-20T00:00")


def test_told_one_by_one_or_all_at_once_is_the_same() -> None:
    told = Told(AREA, COMPLEMENT, CONSENT, WINDOW)
    for kind, when, area in (
        ("received", "10-01T10:00", None),
        ("forwarded", "10-02T10:00", "finance"),
        ("asked", "10-03T10:00", None),
        ("customer-replied", "10-04T10:00", None),
        ("forwarded", "10-05T10:00", "sales"),
        ("area-answered", "10-06T10:00", "finance"),
        ("closed", "10-07T10:00", None),
        ("reopened", "10-08T10:00", None),
    ):
        told.tell(kind, when, area=area)
    assert derive(told.facts, told.clocks) == told.states


def test_outside_the_cover_a_contracts_clock_waits_and_a_norms_runs() -> None:
    law = replace(FIRST, name="law", statutory=True)
    told = Told(FIRST, law)
    told.tell("received", "11-02T10:00", uncovered=True)
    assert (told["first-response"].state, told["first-response"].due_at) == ("paused", None)
    assert told["law"].due_at == at("11-02T10:00") + DAY


def test_once_covered_the_contracts_clock_begins_to_count() -> None:
    told = Told(FIRST)
    told.tell("received", "11-02T10:00", uncovered=True)
    told.tell("noted", "11-04T10:00")
    assert told["first-response"].due_at == at("11-04T10:00") + 24 * HOUR


@pytest.mark.parametrize(
    ("start", "stop"),
    [("area-request", "public-answer"), ("receipt", "area-answer"), ("closing", "customer-message")],
)
def test_a_clock_that_nothing_could_end_is_refused_at_its_line(start: str, stop: str) -> None:
    text = CLOCK.replace('"receipt"', f'"{start}"').replace('"public-answer"', f'"{stop}"')
    with pytest.raises(PolicyInvalid) as caught:
        parse(MINIMAL + text, name="desk.toml")
    assert caught.value.details["key"] == "clocks.first-response.stop"
