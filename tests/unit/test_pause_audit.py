from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.clock_state import PAUSED, RUNNING, CompiledClock
from ouvidoria_tui.domain.deadline import derive
from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.domain.lifecycle import turn_of
from ouvidoria_tui.domain.pause_audit import IdleSpan, PausedBy, audit
from ouvidoria_tui.domain.policy import ClockRule, ClockStart, ClockStop, Unit
from ouvidoria_tui.domain.projection import Step
from ouvidoria_tui.domain.reassess import facts_of, retrace_all
from ouvidoria_tui.domain.ticket import Status
from tests.cases import cases
from tests.unit.clock_story import CUSTOMER, HOUR, at, compiled


def rule(unit: Unit = Unit.BUSINESS_HOURS) -> ClockRule:
    return ClockRule("resolution", ClockStart.RECEIPT, ClockStop.CONCLUSION, unit, 40, pause_while=CUSTOMER)


class Ledger:
    """The events of one ticket, told in the order of recording; the desk's acts are agent 7's."""

    def __init__(self, start: int) -> None:
        self.events: list[Event] = []
        self.status = Status.OPEN
        changes: dict[str, object] = {"protocol": [None, "2026-000001-5"]}
        self._add(Act.RECEIVED, start, start, {"changes": changes})

    def tell(
        self, act: Act, happened: int, recorded: int | None = None, status: Status | None = None
    ) -> Ledger:
        changes: dict[str, object] = {}
        if act is Act.CUSTOMER_REPLIED and self.status is Status.ANSWERED:
            status = Status.CUSTOMER_REPLY
        if status not in (None, self.status):
            assert status is not None
            turns = [turn_of(self.status).value, turn_of(status).value]
            changes = {"status": [self.status.value, status.value], "turn": turns}
            self.status = status
        if act is Act.CUSTOMER_REPLIED:
            changes["customer_wrote_at"] = [None, happened]
        facts: dict[str, object] = {"clocks": ["resolution"]} if act in (Act.SUSPENDED, Act.RESUMED) else {}
        self._add(act, happened, happened if recorded is None else recorded, {**facts, "changes": changes})
        return self

    def _add(self, act: Act, happened: int, recorded: int, payload: dict[str, object]) -> None:
        seq = len(self.events) + 1
        none = b"\0" * 32
        self.events.append(Event(seq, 1, seq, act, 7, "os", happened, recorded, payload, none, none, none))

    def audit(self, clocks: Sequence[CompiledClock], now: int) -> list[IdleSpan]:
        return audit(self.events, lambda _event: 1, lambda _version: clocks, (), now)


# Monday 2 March 2026; the desk is open 08–18.
START = at("03-02T09:00")


def test_an_answered_letter_in_time_leaves_nothing_to_audit() -> None:
    ledger = Ledger(START).tell(Act.ASKED, at("03-02T10:00"), status=Status.ANSWERED)
    ledger.tell(Act.CUSTOMER_REPLIED, at("03-03T10:00"))
    assert ledger.audit(compiled(rule()), at("03-04T10:00")) == []


def test_a_suspension_that_nobody_ended_counts_from_the_customers_message() -> None:
    ledger = Ledger(START).tell(Act.ASKED, at("03-02T10:00"), status=Status.ANSWERED)
    ledger.tell(Act.SUSPENDED, at("03-02T12:00"))
    ledger.tell(Act.CUSTOMER_REPLIED, at("03-03T16:00"))
    ledger.tell(Act.RESUMED, at("03-04T09:30"))
    (span,) = ledger.audit(compiled(rule()), at("03-09T10:00"))
    assert span == IdleSpan(
        clock="resolution",
        paused_at=at("03-02T12:00"),
        customer_wrote_at=at("03-03T16:00"),
        since=at("03-03T16:00"),
        until=at("03-04T09:30"),
        end=at("03-04T09:30"),
        counted=3 * HOUR + 1800,  # 16:00–18:00 and 08:00–09:30
        why=PausedBy.SUSPENSION,
        actor=7,
        pause_event=3,
        customer_event=4,
    )
    assert span.seconds == 17 * HOUR + 1800


def test_a_suspension_that_lasts_has_no_end_and_counts_up_to_now() -> None:
    ledger = Ledger(START).tell(Act.SUSPENDED, at("03-02T12:00"))
    ledger.tell(Act.CUSTOMER_REPLIED, at("03-02T17:00"))
    (span,) = ledger.audit(compiled(rule()), at("03-03T09:00"))
    assert (span.until, span.end, span.counted) == (None, at("03-03T09:00"), 2 * HOUR)


def test_the_desks_next_question_ends_the_span_of_a_suspension() -> None:
    ledger = Ledger(START).tell(Act.SUSPENDED, at("03-02T12:00"))
    ledger.tell(Act.CUSTOMER_REPLIED, at("03-02T14:00"))
    ledger.tell(Act.ASKED, at("03-02T15:00"), status=Status.ANSWERED)
    (span,) = ledger.audit(compiled(rule()), at("03-03T09:00"))
    assert (span.until, span.counted) == (at("03-02T15:00"), HOUR)


def test_a_notice_of_a_delay_answers_nothing() -> None:
    ledger = Ledger(START).tell(Act.SUSPENDED, at("03-02T12:00"))
    ledger.tell(Act.CUSTOMER_REPLIED, at("03-02T14:00")).tell(Act.DELAY_NOTICED, at("03-02T15:00"))
    (span,) = ledger.audit(compiled(rule()), at("03-02T16:00"))
    assert span.counted == 2 * HOUR


def test_a_ticket_moved_back_to_answered_without_an_answer_is_a_turn_that_is_not_the_customers() -> None:
    ledger = Ledger(START).tell(Act.REPLIED, at("03-02T10:00"), status=Status.ANSWERED)
    ledger.tell(Act.CUSTOMER_REPLIED, at("03-02T14:00"))
    ledger.tell(Act.UPDATED, at("03-02T16:00"), status=Status.ANSWERED)
    ledger.tell(Act.STARTED, at("03-03T11:00"), status=Status.IN_PROGRESS)
    (span,) = ledger.audit(compiled(rule()), at("03-05T09:00"))
    assert (span.why, span.pause_event, span.customer_event) == (PausedBy.TURN, 4, 3)
    assert (span.paused_at, span.customer_wrote_at) == (at("03-02T16:00"), at("03-02T14:00"))
    assert (span.since, span.until) == (at("03-02T16:00"), at("03-03T11:00"))
    assert span.counted == 5 * HOUR  # 16:00–18:00 and 08:00–11:00


def test_a_letter_recorded_late_is_what_the_desk_believed_until_then() -> None:
    ledger = Ledger(START).tell(Act.REPLIED, at("03-02T10:00"), status=Status.ANSWERED)
    ledger.tell(Act.NOTED, at("03-02T11:00"))
    ledger.tell(Act.CUSTOMER_REPLIED, at("03-02T16:00"), at("03-03T10:00"))
    (span,) = ledger.audit(compiled(rule()), at("03-05T09:00"))
    assert (span.why, span.pause_event, span.customer_event) == (PausedBy.RECORDED_LATE, 2, 4)
    assert (span.paused_at, span.since, span.until) == (
        at("03-02T10:00"),
        at("03-02T16:00"),
        at("03-03T10:00"),
    )
    assert span.counted == 4 * HOUR


def test_two_late_letters_about_one_pause_are_counted_once() -> None:
    ledger = Ledger(START).tell(Act.REPLIED, at("03-02T10:00"), status=Status.ANSWERED)
    ledger.tell(Act.CUSTOMER_REPLIED, at("03-02T16:00"), at("03-03T10:00"))
    ledger.tell(Act.CUSTOMER_REPLIED, at("03-02T14:00"), at("03-03T12:00"))
    spans = ledger.audit(compiled(rule()), at("03-05T09:00"))
    assert [(span.since, span.until, span.customer_event) for span in spans] == [
        (at("03-02T14:00"), at("03-02T16:00"), 4),
        (at("03-02T16:00"), at("03-03T10:00"), 3),
    ]


def test_an_import_believed_nothing_before_it_was_recorded() -> None:
    told = at("03-20T09:00")
    ledger = Ledger(START).tell(Act.REPLIED, at("03-02T10:00"), told, Status.ANSWERED)
    ledger.tell(Act.CUSTOMER_REPLIED, at("03-03T10:00"), told)
    assert ledger.audit(compiled(rule()), at("03-21T09:00")) == []


@pytest.mark.parametrize(("unit", "days"), [(Unit.CALENDAR_DAYS, 4), (Unit.BUSINESS_DAYS, 2)])
def test_day_clocks_count_whole_dates_as_their_pauses_do(unit: Unit, days: int) -> None:
    ledger = Ledger(START).tell(Act.SUSPENDED, at("03-04T12:00"))
    ledger.tell(Act.CUSTOMER_REPLIED, at("03-05T17:00"))  # a Thursday
    ledger.tell(Act.RESUMED, at("03-09T09:00"))  # Monday
    (span,) = ledger.audit(compiled(rule(unit)), at("03-10T09:00"))
    assert span.counted == days * 86_400


# -- against minutes walked one by one -----------------------------------------------------------------


@dataclass(frozen=True)
class Walked:
    """Minutes by cause, and how many of them the desk was open in."""

    wall: dict[PausedBy, int]
    counted: dict[PausedBy, int]


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Ledger, int]:
    ledger = Ledger(START)
    recorded = START
    for _number in range(draw(st.integers(1, 7))):
        recorded += 60 * draw(st.sampled_from([0, 1, 30, 90, 600]))
        act = draw(
            st.sampled_from(
                [
                    Act.CUSTOMER_REPLIED,
                    Act.CUSTOMER_REPLIED,
                    Act.REPLIED,
                    Act.SUSPENDED,
                    Act.RESUMED,
                    Act.UPDATED,
                ]
            )
        )
        late = act is Act.CUSTOMER_REPLIED and draw(st.booleans())
        happened = recorded - 60 * draw(st.sampled_from([1, 45, 700])) if late else recorded
        moved = {Act.REPLIED: [Status.ANSWERED], Act.UPDATED: [Status.ANSWERED, Status.IN_PROGRESS]}
        status = draw(st.sampled_from(moved[act])) if act in moved else None
        ledger.tell(act, max(happened, START), recorded, status)
    return ledger, recorded + 60 * draw(st.integers(0, 900))


def walk(ledger: Ledger, clocks: tuple[CompiledClock, ...], now: int) -> Walked:
    """Minute by minute: what is true of it today, and what the rows said when it was the present."""
    events = ledger.events
    facts = sorted(facts_of(events), key=lambda fact: (fact.at, fact.seq))
    letters = [event for event in events if event.type is Act.CUSTOMER_REPLIED]
    steps = list(retrace_all(events, lambda _event: 1, lambda _version: clocks, "", ()))
    wall, counted = dict.fromkeys(PausedBy, 0), dict.fromkeys(PausedBy, 0)
    for minute in range(START, now, 60):
        past = [fact for fact in facts if fact.at <= minute]
        words = [fact for fact in past if fact.public_answer or fact.kind == "customer-replied"]
        if not words or words[-1].public_answer:
            continue
        (state,) = derive(past, clocks)
        rows = [step for step in steps if isinstance(step, Step) and step.event.recorded_at <= minute]
        unread = any(one.happened_at <= minute < one.recorded_at for one in letters)
        why = None
        if state.state == PAUSED:
            why = PausedBy.TURN if state.suspended_at is None else PausedBy.SUSPENSION
        elif state.state == RUNNING and unread and rows[-1].clocks[0].state == PAUSED:
            why = PausedBy.RECORDED_LATE
        if why is not None:
            wall[why] += 60
            counted[why] += 60 * clocks[0].calendar.is_open(minute)
    return Walked(wall, counted)


@cases(200)
@given(ledgers())
def test_spans_are_the_minutes_walked_one_by_one(case: tuple[Ledger, int]) -> None:
    ledger, now = case
    clocks = compiled(rule())
    spans = ledger.audit(clocks, now)
    wall, counted = dict.fromkeys(PausedBy, 0), dict.fromkeys(PausedBy, 0)
    for span in spans:
        wall[span.why] += span.seconds
        counted[span.why] += span.counted
    assert Walked(wall, counted) == walk(ledger, clocks, now)
