"""What a profile may ask of the work on a case, and how mistakes in it are named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ouvidoria_tui.domain.policy_areas import AnalysisRule, AreaRule
from ouvidoria_tui.domain.policy_check import FindingKind, check
from ouvidoria_tui.domain.policy_collisions import withholds_identity
from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from ouvidoria_tui.domain.policy_work import Read, WorkRule
from ouvidoria_tui.founding import profile_text
from tests.desk.clock_bench import POLICY
from tests.plain_profile import plain


def _work(lines: str) -> WorkRule:
    return parse(f"{POLICY}\n[work]\n{lines}\n", name="t").work


def test_a_profile_that_says_nothing_asks_for_nothing() -> None:
    assert parse(plain("organizacional"), name="t").work == WorkRule()


def test_everything_can_be_asked_for() -> None:
    rule = _work(
        "steps = true\nteam = true\nmeasures = true\ncause = true\nimprovement = true\nquality = true\nwish = true\n"
        "prior_records = true\ncomplained_department = true\nreminders = 2\n"
        'reminder_days = 5\nassess_competence = "procedencia"\nwritten_confirmation = ["alteracao-de-plano"]\n'
        "decision = true\npraise = true\nelements = true\n"
        'competence = "atendimento"\nsecond_reader = ["suggestion", "adverse"]\n'
        'reproduce = ["suporte"]\n\n[[departments]]\nslug = "suporte"\nname = "Suporte"'
    )

    assert rule == WorkRule(
        steps=True,
        team=True,
        measures=True,
        cause=True,
        improvement=True,
        quality=True,
        reproduce=("suporte",),
        prior_records=True,
        complained_department=True,
        assess_competence="procedencia",
        competence="atendimento",
        written_confirmation=("alteracao-de-plano",),
        reminders=2,
        reminder_days=5,
        wish=True,
        decision=True,
        praise=True,
        elements=True,
        second_reader=frozenset({Read.SUGGESTION, Read.ADVERSE}),
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
        'second_reader = ["sugestao"]',
        "second_reader = true",
        'competence = "Atendimento"',
        'decision = "yes"',
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
        ("hospedagem", {"steps", "cause", "improvement", "written_confirmation"}),
        ("loja-virtual", {"quality", "cause", "improvement", "prior_records"}),
        ("ecommerce-planos", {"complained_department"}),
        ("suporte-tecnico", {"reminders", "reminder_days", "reproduce"}),
        (
            "organizacional",
            {"team", "measures", "wish", "decision", "praise", "second_reader", "reminders", "reminder_days"},
        ),
        ("publico-13460", {"elements"}),
    ],
)
def test_each_profile_asks_for_what_its_source_says(name: str, asked: set[str]) -> None:
    rule = parse(profile_text(name)[1], name=name).work

    assert {key for key in WorkRule.__slots__ if getattr(rule, key) != getattr(WorkRule(), key)} == asked


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("[area_requests]\nwithhold_identity = true\ndigest_days = 10", (AreaRule(True, 10), AnalysisRule())),
        ("[analysis]\nmonths = 3\ndays = 20", (AreaRule(), AnalysisRule(3, 20))),
        ("", (AreaRule(), AnalysisRule())),
    ],
)
def test_areas_and_analysis_have_their_own_tables(lines: str, wanted: tuple[AreaRule, AnalysisRule]) -> None:
    policy = parse(f"{POLICY}\n{lines}\n", name="t")
    assert (policy.area_requests, policy.analysis) == wanted


@pytest.mark.parametrize(
    "lines",
    [
        '[area_requests]\nwithhold_identity = "sim"',
        "[area_requests]\ndigest_days = -1",
        "[area_requests]\nwithold = true",
        "[analysis]\nmonths = 5",
        "[analysis]\ndays = 5",
    ],
)
def test_a_mistake_in_them_is_named_at_its_line(lines: str) -> None:
    text = f"{POLICY}\n{lines}\n"
    with pytest.raises(PolicyInvalid) as caught:
        parse(text, name="t")
    assert caught.value.details["line"] == text.rstrip("\n").count("\n") + 1


def test_a_public_body_withholds_identity_also_where_its_profile_says_nothing() -> None:
    public = parse(plain("publico-13460"), name="t")
    silent = replace(public, area_requests=AreaRule())
    private = parse(plain("organizacional"), name="t")
    assert [withholds_identity(one) for one in (public, silent, private)] == [True, True, False]


def test_a_public_body_that_shows_areas_who_complained_is_against_the_law() -> None:
    public = replace(parse(plain("publico-13460"), name="t"), area_requests=AreaRule(False))
    found = [one for one in check(public) if one.key == "area_requests.withhold_identity"]
    assert [one.severity for one in found] == [FindingKind.ERROR]
    assert not [one for one in check(parse(plain("publico-13460"), name="t")) if "area_requests" in one.key]
