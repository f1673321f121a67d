from __future__ import annotations

import pytest

from ouvidoria_tui.domain.deadline import advance, derive, remaining_seconds, shown
from ouvidoria_tui.domain.ticket import Status
from tests.unit.clock_story import FIRST, HOUR, HOURS, KEEP, NONE, WORD, Story, at, compiled


@pytest.mark.req("S4-21")
def test_first_response_is_due_24_hours_after_receipt() -> None:
    clock = Story(FIRST).received("11-13T16:30")
    assert (clock.state, clock.due_at) == ("running", at("11-14T16:30"))


def test_asking_the_customer_is_an_answer() -> None:
    story = Story(FIRST)
    story.received("11-13T16:30")
    clock = story.asked("11-14T16:30")
    assert (clock.state, clock.met_at, clock.missed_at) == ("met", at("11-14T16:30"), None)


def test_an_answer_after_the_due_time_is_a_miss_with_its_moment() -> None:
    story = Story(FIRST)
    story.received("11-13T16:30")
    clock = story.asked("11-14T16:31")
    assert (clock.state, clock.met_at, clock.missed_at) == ("missed", at("11-14T16:31"), at("11-14T16:30"))
    assert clock.spent == 24 * HOUR + 60


def test_first_response_never_runs_twice() -> None:
    story = Story(FIRST)
    story.received("11-13T16:30")
    met = story.asked("11-13T17:00")
    assert story.customer("11-20T10:00") is met
    assert story.closed("11-20T11:00") is met


def test_a_ticket_closed_without_an_answer_neither_meets_nor_misses_the_first_response() -> None:
    story = Story(FIRST)
    story.received("11-13T16:30")
    clock = story.closed("11-13T20:30")
    assert (clock.state, clock.met_at, clock.missed_at) == ("stopped", None, None)


def test_reopening_resumes_an_unanswered_first_response_with_what_was_left() -> None:
    story = Story(FIRST)
    story.received("11-13T16:30")
    story.closed("11-13T20:30")
    assert story.reopened("11-20T10:00").due_at == at("11-21T06:00")


@pytest.mark.req("S3-53")
def test_repeated_messages_do_not_restart_the_oldest_unanswered_one() -> None:
    story = Story(KEEP)
    story.received("11-13T10:00")
    assert story.customer("11-14T10:00", Status.IN_PROGRESS).due_at == at("11-15T10:00")


def test_each_message_after_an_answer_starts_the_clock_anew() -> None:
    story = Story(KEEP)
    story.received("11-13T10:00")
    story.asked("11-13T12:00")
    clock = story.customer("11-16T10:00")
    assert (clock.state, clock.started_at, clock.due_at) == ("running", at("11-16T10:00"), at("11-18T10:00"))


def test_a_cycle_that_was_missed_stays_on_record_in_the_next_ones() -> None:
    story = Story(KEEP)
    story.received("11-01T10:00")
    story.asked("11-10T10:00")
    story.customer("11-11T10:00")
    clock = story.asked("11-11T11:00")
    assert (clock.state, clock.missed_at) == ("met", at("11-03T10:00"))


def test_from_the_last_public_word_each_word_starts_the_next_cycle() -> None:
    story = Story(WORD)
    assert story.received("11-13T10:00") is NONE
    assert story.asked("11-13T12:00").due_at == at("11-15T12:00")
    assert story.customer("11-14T10:00").due_at == at("11-15T12:00")
    assert story.asked("11-14T12:00").due_at == at("11-16T12:00")
    assert story.concluded("11-15T12:00").state == "met"


def test_what_remains_of_business_hours_is_open_time() -> None:
    story = Story(HOURS)
    clock = story.received("11-13T16:00")
    assert remaining_seconds(clock, story.clocks[0], at("11-14T10:00")) == 18 * HOUR
    assert remaining_seconds(clock, story.clocks[0], at("11-17T17:00")) == -HOUR


def test_a_running_clock_past_its_due_time_is_shown_missed_and_at_its_due_time_is_not() -> None:
    clock = Story(FIRST).received("11-13T16:30")
    assert shown(clock, at("11-14T16:30")) == "running"
    assert shown(clock, at("11-14T16:30") + 1) == "missed"


def test_nothing_remains_of_a_clock_that_has_stopped() -> None:
    story = Story(FIRST)
    story.received("11-13T16:30")
    assert remaining_seconds(story.asked("11-13T17:00"), story.clocks[0], at("11-13T18:00")) is None


def test_a_clock_that_the_policy_has_dropped_stays_as_it_was() -> None:
    story = Story(FIRST)
    clock = story.received("11-13T16:30")
    assert advance((clock,), story.facts[0], compiled(KEEP))[-1] is clock


def test_an_event_added_late_is_put_in_its_place() -> None:
    story = Story(HOURS)
    story.received("11-16T08:00")
    story.asked("11-16T12:00")
    story.customer("11-18T08:00")
    assert derive(reversed(story.facts), story.clocks) == story.states
