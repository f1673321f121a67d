"""From events to the ticket and its clocks: one by one as they come, or all again, the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.clock_state import ClockState, CompiledClock
from ouvidoria_tui.domain.ledger import Act, Event, canonical
from ouvidoria_tui.domain.projection import apply_event, fact_of, follow, start_of, typed
from ouvidoria_tui.domain.ticket import Severity, Status, Ticket, Turn, Type
from tests.unit.clock_story import CUSTOMER, FIRST, HOUR, HOURS, KEEP, at, compiled

BEGIN = at("03-02T09:00")
CLOCKS = compiled(FIRST, KEEP, HOURS)
ANSWERED: dict[str, Any] = {"status": "answered", "turn": "customer"}
ASKED_BACK: dict[str, Any] = {"status": "customer-reply", "turn": "desk"}


class Story:
    """Events of one ticket with the changes that they make, told in the order of recording."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.tell(
            Act.RECEIVED,
            BEGIN,
            protocol="2026-000001-5",
            status="open",
            turn="desk",
            type="complaint",
            channel="portal",
            arrived_at=BEGIN,
            registered_at=BEGIN,
            customer_wrote_at=BEGIN,
        )

    def tell(
        self,
        act: Act,
        moment: int,
        *,
        recorded: int | None = None,
        facts: dict[str, object] | None = None,
        **now: object,
    ) -> Event:
        ticket = self.ticket() if self.events else start_of(_blank())
        changes = {name: [getattr(ticket, name), value] for name, value in now.items()}
        payload = json.loads(canonical({**(facts or {}), **({"changes": changes} if changes else {})}))
        seq = len(self.events) + 1
        event = Event(seq, 1, seq, act, 1, "u", moment, recorded or moment, payload, b"", bytes([seq]), b"")
        self.events.append(event)
        return event

    def undo(self, moment: int) -> Event:
        last = self.events[-1]
        back: dict[str, Any] = {name: old for name, (old, _new) in last.changes.items()}
        return self.tell(Act.UNDONE, moment, facts={"undoes": last.seq}, **back)

    def ticket(self) -> Ticket:
        ticket = start_of(self.events[0])
        for event in self.events:
            ticket = apply_event(ticket, event, "Assunto")
        return ticket

    def clocks(self, rules: Sequence[CompiledClock] = CLOCKS) -> dict[str, ClockState]:
        return {state.name: state for state in self.followed(rules)[1]}

    def followed(self, rules: Sequence[CompiledClock] = CLOCKS) -> tuple[Ticket, tuple[ClockState, ...]]:
        """As it is written live: each event knows only those before it."""
        *_earlier, last = self.steps(rules)
        return last

    def steps(
        self, rules: Sequence[CompiledClock] = CLOCKS
    ) -> Iterator[tuple[Ticket, tuple[ClockState, ...]]]:
        ticket = start_of(self.events[0])
        clocks: tuple[ClockState, ...] = ()
        for number, event in enumerate(self.events):
            past: Callable[[], list[Event]] = partial(list, self.events[:number])
            ticket, clocks = follow(ticket, clocks, event, past, rules, "Assunto")
            yield ticket, clocks


def _blank() -> Event:
    return Event(1, 1, 1, Act.RECEIVED, 1, "u", BEGIN, BEGIN, {}, b"", b"", b"")


def test_the_first_event_says_what_the_ticket_starts_as() -> None:
    ticket = Story().ticket()
    assert (ticket.protocol, ticket.status, ticket.subject) == ("2026-000001-5", Status.OPEN, "Assunto")
    assert (ticket.arrived_at, ticket.revision, ticket.head) == (BEGIN, 1, b"\x01")


def test_every_event_is_one_revision_and_the_last_one_is_the_head() -> None:
    story = Story()
    story.tell(Act.NOTED, BEGIN + 5)
    story.tell(Act.NOTED, BEGIN + 6)
    assert (story.ticket().revision, story.ticket().head) == (3, b"\x03")


def test_values_that_json_kept_are_the_domains_own_again() -> None:
    story = Story()
    story.tell(Act.CLASSIFIED, BEGIN + 5, type="report", severity="high", flags=["a", "b"])
    ticket = story.ticket()
    assert (ticket.type, ticket.severity, ticket.flags) == (Type.REPORT, Severity.HIGH, ("a", "b"))


@pytest.mark.parametrize("name", [field.name for field in fields(Ticket)])
def test_nothing_is_nothing_in_every_field(name: str) -> None:
    assert typed(name, None) is None


def test_acts_by_persons_move_the_moment_after_which_others_may_be_dated() -> None:
    story = Story()
    story.tell(Act.STARTED, BEGIN + 100, status="in-progress")
    story.tell(Act.CUSTOMER_REPLIED, BEGIN + 900)
    assert story.ticket().acted_at == BEGIN + 100


def test_a_question_to_the_customer_is_an_answer_and_a_note_is_none() -> None:
    story = Story()
    asked = story.tell(Act.ASKED, BEGIN + 5, **ANSWERED)
    noted = story.tell(Act.NOTED, BEGIN + 6)
    answers = [
        fact_of(story.ticket(), e.type, e.happened_at, e.payload).public_answer for e in (asked, noted)
    ]
    assert answers == [True, False]


def test_an_automatic_answer_is_no_answer_by_a_person() -> None:
    story = Story()
    event = story.tell(Act.REPLIED, BEGIN + 5, facts={"automatic": True})
    assert fact_of(story.ticket(), event.type, event.happened_at, event.payload).public_answer is False


def test_a_letter_that_came_late_gives_the_turn_back_from_when_it_was_written() -> None:
    story = Story()
    story.tell(Act.REPLIED, BEGIN + HOUR, **ANSWERED)
    story.tell(Act.NOTED, BEGIN + 5 * HOUR)
    story.tell(Act.CUSTOMER_REPLIED, BEGIN + 2 * HOUR, customer_wrote_at=BEGIN + 2 * HOUR, **ASKED_BACK)
    resolution = story.clocks()["resolution"]
    assert (resolution.state, resolution.spent, resolution.resumed_at) == ("running", HOUR, BEGIN + 2 * HOUR)
    assert story.clocks()["keep-informed"].started_at == BEGIN + 2 * HOUR


def test_a_letter_older_than_the_answer_gives_the_turn_back_when_it_is_read() -> None:
    story = Story()
    story.tell(Act.REPLIED, BEGIN + 5 * HOUR, **ANSWERED)
    story.tell(Act.CUSTOMER_REPLIED, BEGIN + 2 * HOUR, recorded=BEGIN + 6 * HOUR, **ASKED_BACK)
    resolution = story.clocks()["resolution"]
    assert (resolution.state, resolution.spent, resolution.resumed_at) == (
        "running",
        5 * HOUR,
        BEGIN + 6 * HOUR,
    )


def test_what_was_done_after_reading_such_a_letter_is_not_forgotten_by_the_next_one() -> None:
    story = Story()
    story.tell(Act.REPLIED, BEGIN + 5 * HOUR, **ANSWERED)
    story.tell(Act.CUSTOMER_REPLIED, BEGIN + 2 * HOUR, recorded=BEGIN + 6 * HOUR, **ASKED_BACK)
    story.tell(Act.STARTED, BEGIN + 7 * HOUR, status="in-progress")
    story.tell(Act.CUSTOMER_REPLIED, BEGIN + 3 * HOUR, recorded=BEGIN + 8 * HOUR)
    assert story.clocks()["resolution"].resumed_at == BEGIN + 6 * HOUR


def test_an_act_that_was_undone_leaves_the_clocks_as_if_it_had_not_been_done() -> None:
    told, plain = Story(), Story()
    told.tell(Act.CLOSED, BEGIN + HOUR, status="closed", turn="none", closed_at=BEGIN + HOUR)
    told.undo(BEGIN + 2 * HOUR)
    assert told.clocks() == plain.clocks()


def test_a_breach_that_was_recorded_stays_whatever_comes_late() -> None:
    story = Story()
    story.tell(Act.NOTED, BEGIN + 30 * HOUR)
    missed = story.clocks()["first-response"].missed_at
    assert missed is not None
    story.tell(Act.REPLIED, BEGIN + 31 * HOUR, **ANSWERED)
    story.tell(Act.CUSTOMER_REPLIED, BEGIN + HOUR)
    assert story.clocks()["first-response"].missed_at == missed


def test_a_clock_that_the_policy_has_no_more_stays_as_it_was() -> None:
    story = Story()
    before = story.clocks()["keep-informed"]
    _ticket, clocks = story.followed()
    event = story.tell(Act.CUSTOMER_REPLIED, BEGIN - 60)
    _ticket, after = follow(
        story.ticket(), clocks, event, lambda: story.events[:-1], compiled(FIRST, HOURS), "Assunto"
    )
    assert {state.name: state for state in after}["keep-informed"] == before


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["note", "reply", "ask", "customer", "late", "classify", "undo", "close", "reopen"]),
        st.integers(60, 40 * HOUR),
    ),
    max_size=14,
)


def told(steps: list[tuple[str, int]]) -> Story:
    story, now = Story(), BEGIN
    for name, later in steps:
        now += later
        ticket = story.ticket()
        closed = ticket.status is Status.CLOSED
        if name == "note":
            story.tell(Act.NOTED, now)
        elif name in ("reply", "ask") and not closed:
            story.tell(Act.REPLIED if name == "reply" else Act.ASKED, now, **ANSWERED)
        elif name == "customer" and not closed:
            story.tell(Act.CUSTOMER_REPLIED, now, customer_wrote_at=now, **ASKED_BACK)
        elif name == "late" and not closed:
            answered = ticket.status is Status.ANSWERED
            story.tell(
                Act.CUSTOMER_REPLIED, now - later // 2, recorded=now, **(ASKED_BACK if answered else {})
            )
        elif name == "classify" and not closed:
            story.tell(Act.CLASSIFIED, now, severity="critical" if ticket.severity is None else None)
        elif name == "close" and not closed:
            story.tell(Act.CLOSED, now, status="closed", turn="none", closed_at=now)
        elif name == "reopen" and closed:
            story.tell(Act.REOPENED, now, status="open", turn="desk", closed_at=None)
        elif name == "undo" and story.events[-1].type in (Act.CLOSED, Act.CLASSIFIED, Act.REOPENED):
            story.undo(now)
    return story


@given(STEPS)
def test_followed_twice_it_is_the_same(steps: list[tuple[str, int]]) -> None:
    story = told(steps)
    assert story.followed() == story.followed()


@given(STEPS)
def test_whatever_happens_the_clocks_hold_together(steps: list[tuple[str, int]]) -> None:
    ticket, clocks = told(steps).followed()
    for state in clocks:
        assert (state.paused_at is not None) == (state.state == "paused")
        assert state.spent is None or state.spent >= 0
        if state.state == "paused":
            assert ticket.turn is Turn.CUSTOMER
            assert state.name == "resolution"
            assert Turn.CUSTOMER in CUSTOMER
        if ticket.status is Status.CLOSED:
            assert state.state in {"met", "missed", "stopped"}


@given(STEPS)
def test_the_breaches_that_were_recorded_only_grow(steps: list[tuple[str, int]]) -> None:
    known: dict[str, int] = {}
    for _ticket, clocks in told(steps).steps():
        now = {state.name: state.missed_at for state in clocks if state.missed_at is not None}
        assert known.items() <= now.items()
        known = now
