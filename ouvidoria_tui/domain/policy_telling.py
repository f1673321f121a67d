"""What a policy says about telling the customer: the ``[telling]`` table of a profile, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.policy_reader import Section
from ouvidoria_tui.text import N_


class Step(StrEnum):
    """A step that the desk takes by itself and the customer may hear of."""

    REOPENED = "reopened"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"


@dataclass(frozen=True, slots=True)
class TellingRule:
    """What the customer hears by itself; a policy that says nothing asks for nothing.

    ``closing_letter``: closing tells the customer so, and how to come back (S0-08). ``survey_days``: the letter asks
    how it was, and the answer is taken to the end of the day so many days later (S0-07, S3-04); 0 asks nobody.
    ``silent_days``: after so many days without a word to the customer an open ticket is called silent (S0-08); 0
    calls none so.
    ``language`` is the one that letters are written in, whatever language the agents' screens have; a customer may have
    another one. ``step_letters`` are the steps of the desk that the customer is told of (S0-08).
    """

    closing_letter: bool = False
    survey_days: int = 0
    silent_days: int = 0
    language: Language = Language.PORTUGUESE
    step_letters: frozenset[Step] = frozenset()


def read_telling(section: Section | None) -> TellingRule:
    """The rule that ``[telling]`` gives."""
    if section is None:
        return TellingRule()
    rule = TellingRule(
        closing_letter=section.flag("closing_letter", False),
        survey_days=section.whole("survey_days", 0, 365) or 0,
        silent_days=section.whole("silent_days", 0, 365) or 0,
        language=section.choice("language", Language) or Language.PORTUGUESE,
        step_letters=section.choices("step_letters", Step),
    )
    if rule.survey_days and not rule.closing_letter:
        section.note("survey_days", N_("this needs closing_letter: the survey goes with that letter"))
    section.close()
    return rule
