from __future__ import annotations

from dataclasses import replace

import pytest

from ouvidoria_tui.domain.clock_state import RUNNING, ClockState
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.next_step import next_step
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import ClockStop
from ouvidoria_tui.domain.ticket import Admission, Channel, Status, Ticket, Turn, Type

NOW = 1_000_000
STOPS = {"first-response": ClockStop.PUBLIC_ANSWER, "resolution": ClockStop.CONCLUSION}
TICKET = Ticket(
    1, "2026-000001-0", Status.IN_PROGRESS, Turn.DESK, Type.COMPLAINT, Channel.PORTAL, 0, 0,
    assignee=1, admission=Admission.ADMITTED,
)  # fmt: skip
FIRST = ClockState("first-response", RUNNING, 0, due_at=NOW + 3600)
SOLVE = ClockState("resolution", RUNNING, 0, due_at=NOW + 90_000)


@pytest.mark.parametrize(
    ("changes", "verb", "words"),
    [
        ({"status": Status.CLOSED, "turn": Turn.NONE}, None, "nothing"),
        ({"admission": Admission.PENDING}, Verb.TRIAGE, "triage"),
        ({"assignee": None}, Verb.TAKE, "owner"),
        ({}, Verb.REPLY, "answer the customer"),
        ({"status": Status.CUSTOMER_REPLY, "admission": Admission.PENDING}, Verb.REPLY, "customer wrote"),
        ({"status": Status.ANSWERED, "turn": Turn.CUSTOMER}, None, "wait for the customer"),
        (
            {"status": Status.ANSWERED, "turn": Turn.CUSTOMER, "admission": Admission.AWAITING_INFO},
            None,
            "asked for",
        ),
        ({"status": Status.ANSWERED, "turn": Turn.CUSTOMER, "concluded_at": 9}, Verb.CLOSE, "close it"),
        (
            {"status": Status.ANSWERED, "turn": Turn.CUSTOMER, "concluded_at": 9, "customer_wrote_at": 10},
            None,
            "wait for the customer",
        ),
    ],
)
def test_the_step_follows_from_where_the_ticket_stands(
    changes: dict[str, object], verb: Verb | None, words: str
) -> None:
    step = next_step(replace(TICKET, **changes), (FIRST, SOLVE), NOW, stops=STOPS)  # type: ignore[arg-type]
    assert (step.verb, words in str(step.text)) == (verb, True)


def test_an_answered_ticket_is_told_how_it_stands_or_concluded_whichever_is_due_first() -> None:
    answered = replace(TICKET, answered_at=5)
    assert "how it stands" in str(next_step(answered, (FIRST, SOLVE), NOW, stops=STOPS).text)
    assert "conclusive" in str(next_step(answered, (SOLVE,), NOW, stops=STOPS).text)


def test_the_clock_that_is_due_first_is_named_and_late_is_said() -> None:
    step = next_step(TICKET, (SOLVE, FIRST), NOW + 3601, stops=STOPS)
    assert (step.clock, step.late) == (FIRST, True)


def test_an_escalation_that_nobody_acknowledged_goes_first() -> None:
    raised = Escalation(1, 3, 2, "ombudsman", 5, 1)
    step = next_step(TICKET, (FIRST,), NOW, stops=STOPS, escalation=raised)
    assert (step.verb, "N2" in str(step.text)) == (Verb.ACK, True)
    seen = replace(raised, acknowledged_at=6)
    assert next_step(TICKET, (FIRST,), NOW, stops=STOPS, escalation=seen).verb is Verb.REPLY


def test_what_is_missing_is_said_once() -> None:
    waiting = replace(TICKET, admission=Admission.PENDING, flags=("first-instance-skipped",))
    step = next_step(waiting, (), NOW, stops=STOPS, codes=("PRIOR_TICKET_REQUIRED", "UNKNOWN"))
    assert [str(text) for text in step.missing] == ["the earlier ticket"]


def test_what_the_policy_asks_for_is_missing_for_the_conclusive_answer_only() -> None:
    answered = replace(TICKET, answered_at=5)
    asked = ("STEP_SKIPPED", "TEAM_REQUIRED", "UNKNOWN_ELSEWHERE")

    first = next_step(TICKET, (SOLVE,), NOW, stops=STOPS, asked=asked)
    last = next_step(answered, (SOLVE,), NOW, stops=STOPS, asked=asked)

    assert first.missing == ()
    assert [str(text) for text in last.missing] == ["both sides or an area", "a team"]


def test_what_is_in_the_way_of_closing_is_missing_once_it_is_concluded() -> None:
    concluded = replace(TICKET, status=Status.ANSWERED, turn=Turn.CUSTOMER, answered_at=5, concluded_at=5)

    step = next_step(concluded, (), NOW, stops=STOPS, asked=("OPEN_ACTIONS", "IMPROVEMENT_REQUIRED"))

    assert step.verb is Verb.CLOSE
    assert [str(text) for text in step.missing] == ["the open measures", "the search for an improvement"]
