"""What a profile may say about telling the customer, and how mistakes in it are named."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from ouvidoria_tui.domain.policy_telling import Step, TellingRule
from ouvidoria_tui.founding import profile_text
from tests.desk.clock_bench import POLICY


def _telling(lines: str) -> TellingRule:
    return parse(f"{POLICY}\n[telling]\n{lines}\n", name="t").telling


def test_a_profile_that_says_nothing_asks_for_nothing() -> None:
    assert parse(POLICY, name="t").telling == TellingRule(False, 0, 0)


def test_everything_can_be_said() -> None:
    said = _telling('closing_letter = true\nsurvey_days = 30\nsilent_days = 5\nlanguage = "en"')
    assert said == TellingRule(True, 30, 5, Language.ENGLISH)
    assert _telling('step_letters = ["assigned"]').step_letters == {Step.ASSIGNED}


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ("survey_days = 30", "survey_days"),
        ("closing_letter = true\nsurvey_days = 366", "survey_days"),
        ("silent_days = -1", "silent_days"),
        ('closing_letter = "yes"', "closing_letter"),
        ("closing_letters = true", "closing_letters"),
        ('language = "english"', "language"),
        ("language = 1", "language"),
        ('step_letters = ["closed"]', "step_letters[1]"),
    ],
)
def test_a_mistake_is_named_by_its_key(lines: str, key: str) -> None:
    with pytest.raises(PolicyInvalid) as caught:
        _telling(lines)
    assert caught.value.details["key"] == f"telling.{key}"


@pytest.mark.parametrize("name", ["hospedagem", "suporte-tecnico"])
def test_the_profiles_whose_sources_speak_of_satisfaction_ask_for_it(name: str) -> None:
    rule = parse(profile_text(name)[1], name=name).telling
    assert rule.closing_letter
    assert rule.survey_days > 0
    assert rule.silent_days > 0
