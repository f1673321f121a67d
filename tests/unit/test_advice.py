"""What triage points out beside its decision."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.advice import RECURRENCE, advised
from ouvidoria_tui.domain.incident import Incident, sounds_like, telling_words
from ouvidoria_tui.domain.ticket import Admission, Channel, Difficulty, Severity, Type
from ouvidoria_tui.domain.triage_plan import Case, Plan

PLAN = Plan(
    protocol="2026-000001-5",
    decision=Admission.ADMITTED,
    codes=(),
    reasons=(),
    department=None,
    severity=Severity.LOW,
    difficulty=Difficulty.SIMPLE,
    team=False,
)
CASE = Case(PLAN.protocol, "Loja", "A loja está fora do ar", Type.COMPLAINT, Channel.EMAIL, customer=1)
DOWN = Incident(1, "Loja fora do ar", 0, 1)


def test_nothing_to_point_out_leaves_the_plan_as_it_is() -> None:
    assert advised(PLAN, CASE, [], []) is PLAN


def test_a_recurrence_is_a_warning_and_a_flag_and_decides_nothing() -> None:
    plan = advised(PLAN, CASE, ["2026-000002-8"], [])
    (reason,) = plan.reasons
    assert (plan.flags, plan.decision, plan.codes) == ((RECURRENCE,), Admission.ADMITTED, ())
    assert reason.warning
    assert "2026-000002-8" in str(reason.text)


def test_of_many_earlier_cases_the_newest_are_named_and_all_are_counted() -> None:
    plan = advised(PLAN, CASE, [f"P{number}" for number in range(9)], [])
    assert "9 earlier tickets" in str(plan.reasons[0].text)
    assert "P3" not in str(plan.reasons[0].text)


def test_an_incident_is_suggested_and_no_letter_is_sent() -> None:
    plan = advised(PLAN, CASE, [], [DOWN])
    assert plan.messages == ()
    assert [reason.rule for reason in plan.reasons] == ["incident"]


@pytest.mark.parametrize(
    ("title", "text", "alike"),
    [
        ("Loja fora do ar", "a LOJA esta FORA", True),
        ("Loja fora do ar", "adorei a loja", False),
        ("Instabilidade", "há instabilidade de novo", True),
        ("Boleto emitido com valor errado em março", "boleto com valor", False),
        ("Boleto emitido com valor errado em março", "boleto de março com valor errado", True),
        ("!!!", "!!!", False),
    ],
)
def test_a_ticket_sounds_like_an_incident_by_two_words_and_half_of_them(
    title: str, text: str, alike: bool
) -> None:
    assert bool(sounds_like(Incident(1, title, 0, 1), telling_words(text))) is alike
