from __future__ import annotations

from ouvidoria_tui.domain.deadline import shown
from ouvidoria_tui.domain.ticket import Status
from tests.unit.clock_story import DAYS, HOUR, HOURS, Story, at


def test_while_it_is_the_customers_turn_there_is_no_due_time_but_what_remains() -> None:
    story = Story(HOURS)
    story.received("11-13T16:00")  # Friday
    clock = story.asked("11-16T09:00")
    assert (clock.state, clock.due_at, clock.warn_at) == ("paused", None, None)
    assert (clock.paused_at, clock.remaining) == (at("11-16T09:00"), 17 * HOUR)


def test_the_customers_answer_resumes_with_what_remained() -> None:
    story = Story(HOURS)
    story.received("11-13T16:00")
    story.asked("11-16T09:00")
    clock = story.customer("11-17T17:00")
    assert (clock.state, clock.due_at, clock.remaining) == ("running", at("11-19T14:00"), None)


def test_a_day_clock_is_moved_by_the_whole_dates_of_the_pause_and_rolled_once() -> None:
    story = Story(DAYS)
    story.received("03-02T10:00")
    story.asked("03-10T17:00")
    assert story.customer("03-16T08:00").due_at == at("04-08T00:00")


def test_a_question_answered_on_the_same_date_moves_a_day_clock_by_nothing() -> None:
    story = Story(DAYS)
    before = story.received("03-02T10:00").due_at
    story.asked("03-10T08:00")
    assert story.customer("03-10T17:00").due_at == before


def test_received_outside_hours_counts_from_the_opening() -> None:
    clock = Story(HOURS).received("11-14T23:10")
    assert (clock.started_at, clock.due_at) == (at("11-16T08:00"), at("11-17T18:00"))


def test_closing_concludes_and_reopening_takes_up_what_was_left() -> None:
    story = Story(HOURS)
    story.received("11-16T08:00")
    closed = story.closed("11-16T18:00")
    assert (closed.state, closed.spent) == ("met", 10 * HOUR)
    clock = story.reopened("11-19T08:00")
    assert (clock.state, clock.due_at, clock.met_at) == ("running", at("11-19T18:00"), None)


def test_a_customer_who_is_not_satisfied_sets_the_clock_going_again() -> None:
    story = Story(HOURS)
    story.received("11-16T08:00")
    story.concluded("11-16T18:00")
    assert story.noted("11-17T10:00", Status.ANSWERED).state == "met"
    assert story.customer("11-19T08:00").due_at == at("11-19T18:00")


def test_a_breach_stays_through_closing_and_reopening() -> None:
    story = Story(HOURS)
    story.received("11-16T08:00")
    due = at("11-17T18:00")
    assert story.closed("11-20T10:00").missed_at == due
    clock = story.reopened("11-23T10:00")
    assert (clock.missed_at, clock.due_at, shown(clock, at("11-23T10:01"))) == (due, due, "missed")


def test_a_breach_is_set_down_by_the_first_event_after_it() -> None:
    story = Story(HOURS)
    story.received("11-16T08:00")
    assert story.noted("11-18T09:00").missed_at == at("11-17T18:00")


def test_a_clock_paused_in_time_is_met_when_it_is_closed_while_paused() -> None:
    story = Story(HOURS)
    story.received("11-16T08:00")
    story.asked("11-17T18:00")
    assert story.closed("11-30T10:00").state == "met"


def test_a_clock_paused_late_is_missed_when_it_is_closed_while_paused() -> None:
    story = Story(HOURS)
    story.received("11-16T08:00")
    story.asked("11-18T10:00")
    assert story.closed("11-18T11:00").state == "missed"
