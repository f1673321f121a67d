from __future__ import annotations

from dataclasses import replace

import pytest

from ouvidoria_tui.domain.policy import ClockRule, ClockStart, ClockStop, ClockTarget, Unit
from ouvidoria_tui.domain.ticket import Difficulty, Severity, Status
from ouvidoria_tui.errors import UsageError
from tests.unit.clock_story import HOUR, HOURS, Story, at, compiled


def test_another_severity_changes_the_target_and_keeps_the_time_used() -> None:
    story = Story(HOURS)
    story.received("11-16T08:00")
    story.asked("11-16T12:00")
    story.customer("11-18T08:00")
    assert story.classified("11-18T10:00", Severity.CRITICAL).due_at == at("11-18T14:00")


def test_a_target_that_is_already_used_up_is_a_breach_at_once() -> None:
    story = Story(HOURS)
    story.received("11-16T08:00")
    clock = story.classified("11-17T12:00", Severity.CRITICAL)
    assert (clock.due_at, clock.missed_at) == (at("11-16T18:00"), at("11-16T18:00"))


def test_a_milder_target_leaves_the_recorded_breach() -> None:
    story = Story(HOURS)
    story.received("11-16T08:00")
    story.classified("11-16T09:00", Severity.CRITICAL)
    story.classified("11-17T09:00", Severity.LOW)
    clock = story.closed("11-17T10:00")
    assert (clock.state, clock.missed_at) == ("met", at("11-16T18:00"))


def test_a_change_while_paused_changes_what_remains() -> None:
    story = Story(HOURS)
    story.received("11-16T08:00")
    story.asked("11-16T12:00")
    clock = story.tell("classified", "11-16T13:00", Status.ANSWERED, severity=Severity.CRITICAL)
    assert (clock.state, clock.remaining) == ("paused", 6 * HOUR)


@pytest.mark.req("S2-48")
def test_a_clock_without_a_figure_does_not_exist() -> None:
    rule = ClockRule("first-response", ClockStart.RECEIPT, ClockStop.PUBLIC_ANSWER, Unit.HOURS, None)
    assert compiled(rule) == ()


def test_a_clock_with_figures_for_some_is_undefined_for_the_others_and_counts_from_receipt() -> None:
    only = (ClockTarget(4, severity=Severity.CRITICAL),)
    story = Story(
        ClockRule("contract", ClockStart.RECEIPT, ClockStop.CONCLUSION, Unit.HOURS, None, targets=only)
    )
    assert (story.received("11-16T08:00").state, story.states[0].due_at) == ("undefined", None)
    assert story.classified("11-16T09:00", Severity.CRITICAL).due_at == at("11-16T12:00")
    assert story.classified("11-16T09:30", Severity.LOW).due_at is None
    assert story.closed("11-16T10:00").state == "stopped"


@pytest.mark.req("S3-38")
def test_a_complex_case_has_another_target_than_a_simple_one() -> None:
    targets = (ClockTarget(4, difficulty=Difficulty.SIMPLE), ClockTarget(30, difficulty=Difficulty.COMPLEX))
    (clock,) = compiled(replace(HOURS, targets=targets))
    story = Story(HOURS)
    story.received("11-16T08:00")
    amounts = {one: clock.amount_for(replace(story.facts[0], difficulty=one)) for one in Difficulty}
    assert amounts == {Difficulty.SIMPLE: 4, Difficulty.MEDIUM: 20, Difficulty.COMPLEX: 30}


def test_a_clock_on_a_calendar_that_the_policy_has_not_is_refused() -> None:
    rule = ClockRule("x", ClockStart.RECEIPT, ClockStop.CONCLUSION, Unit.HOURS, 1, calendar="moon")
    with pytest.raises(UsageError) as refusal:
        compiled(rule)
    assert refusal.value.code == "CALENDAR_UNKNOWN"
