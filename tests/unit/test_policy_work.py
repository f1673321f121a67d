"""What a profile may ask of the work on a case, and how mistakes in it are named."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from ouvidoria_tui.domain.policy_work import WorkRule
from ouvidoria_tui.founding import profile_text
from tests.desk.clock_bench import POLICY
from tests.plain_profile import plain


def _work(lines: str) -> WorkRule:
    return parse(f"{POLICY}\n[work]\n{lines}\n", name="t").work


def test_a_profile_that_says_nothing_asks_for_nothing() -> None:
    assert parse(plain("organizacional"), name="t").work == WorkRule()


def test_everything_can_be_asked_for() -> None:
    rule = _work(
        "steps = true\nteam = true\nmeasures = true\nimprovement = true\nquality = true\nreminders = 2\n"
        'reminder_days = 5\nassess_competence = "procedencia"\nwritten_confirmation = ["alteracao-de-plano"]\n'
        'reproduce = ["suporte"]\n\n[[departments]]\nslug = "suporte"\nname = "Suporte"'
    )

    assert rule == WorkRule(
        steps=True,
        team=True,
        measures=True,
        improvement=True,
        quality=True,
        reproduce=("suporte",),
        assess_competence="procedencia",
        written_confirmation=("alteracao-de-plano",),
        reminders=2,
        reminder_days=5,
    )


@pytest.mark.parametrize(
    "line",
    [
        'team = "yes"',
        "reminders = 11",
        "reminders = -1",
        "reminder_days = 3",
        'assess_competence = "Procedência"',
        'written_confirmation = ["Alteração"]',
        'written_confirmation = "alteracao"',
        'reproduce = ["nenhum"]',
        "teem = true",
    ],
)
def test_a_mistake_is_named_at_its_line(line: str) -> None:
    text = f"{POLICY}\n[work]\n{line}\n"
    with pytest.raises(PolicyInvalid) as caught:
        parse(text, name="t")

    assert caught.value.details["line"] == text.rstrip("\n").count("\n") + 1


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("hospedagem", {"steps", "improvement", "written_confirmation"}),
        ("loja-virtual", {"quality", "improvement"}),
        ("ecommerce-planos", set()),
        ("suporte-tecnico", {"reminders", "reminder_days", "reproduce"}),
        ("organizacional", {"team", "measures"}),
        ("publico-13460", set()),
    ],
)
def test_each_profile_asks_for_what_its_source_says(name: str, asked: set[str]) -> None:
    rule = parse(profile_text(name)[1], name=name).work

    assert {key for key in WorkRule.__slots__ if getattr(rule, key) != getattr(WorkRule(), key)} == asked
