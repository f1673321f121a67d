"""Clocks that are declared and do not run with a ticket."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.deadline import compile_clocks
from ouvidoria_tui.domain.policy_file import parse
from tests.unit.policy_sample import CLOCK, MINIMAL


def running(text: str) -> list[str]:
    return [clock.rule.name for clock in compile_clocks(parse(MINIMAL + text, name="desk.toml"), ())]


def test_a_clock_that_is_off_does_not_run() -> None:
    assert running(CLOCK) == ["first-response"]
    assert running(CLOCK + "enabled = false\n") == []


def test_a_clock_that_is_off_runs_for_no_kind_of_ticket_either() -> None:
    text = CLOCK + "enabled = false\n[[clocks.first-response.targets]]\namount = 8\n"
    assert running(text) == []


@pytest.mark.parametrize("start", ["agency-complaint", "conclusion", "history-request", "incident"])
def test_a_clock_of_a_request_is_declared_and_does_not_run_with_the_ticket(start: str) -> None:
    assert running(CLOCK.replace('"receipt"', f'"{start}"')) == []


@pytest.mark.parametrize("stop", ["appeal", "forwarding", "survey-answer"])
def test_a_clock_that_no_answer_stops_does_not_run_with_the_ticket(stop: str) -> None:
    assert running(CLOCK.replace('"public-answer"', f'"{stop}"')) == []
