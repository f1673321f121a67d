"""The regulation profiles that are shipped: figures, sources, what is off, and the page that tells of them."""

from __future__ import annotations

from functools import cache

import pytest

from ouvidoria_tui.domain.deadline import compile_clocks
from ouvidoria_tui.domain.policy import ClockRule, Policy, PriorTicket, Unit
from ouvidoria_tui.domain.policy_check import FindingKind, check
from ouvidoria_tui.domain.policy_law import Breach, Duty
from ouvidoria_tui.domain.ticket import Type
from tests import regulation_page

NAMES = regulation_page.NAMES
PUBLIC = {"publico-13460", "denuncia", "lai", "estadual-sp", "estadual-df"}
CD, BD = Unit.CALENDAR_DAYS, Unit.BUSINESS_DAYS


@cache
def profile(name: str) -> Policy:
    return regulation_page.profile(name)


def clock(name: str, which: str) -> ClockRule:
    found = profile(name).clock(which)
    assert found is not None
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_is_valid_lawful_and_named_by_its_file(name: str) -> None:
    assert profile(name).key == name
    assert [one for one in check(profile(name)) if one.severity is not FindingKind.ASSUMPTION] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_clock_is_of_the_law_and_says_where_it_comes_from(name: str) -> None:
    for rule in profile(name).clocks:
        assert rule.statutory, rule.name
        assert all((rule.source, rule.article, rule.checked_on, rule.mark)), rule.name
    for duty in profile(name).duties.values():
        assert all((duty.origin.source, duty.origin.article, duty.origin.checked_on, duty.origin.mark)), duty


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_confirmed_is_off_and_nothing_else_is(name: str) -> None:
    assert [rule.name for rule in profile(name).clocks if rule.enabled is (rule.mark == "to-confirm")] == []
    duties = profile(name).duties.values()
    assert [duty.duty for duty in duties if duty.on is (duty.origin.mark == "to-confirm")] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_to_confirm_is_told_as_an_assumption(name: str) -> None:
    policy = profile(name)
    marks = [rule.mark for rule in policy.clocks] + [duty.origin.mark for duty in policy.duties.values()]
    marks += [policy.counting.origin.mark]
    marks += [rule.extension.origin.mark for rule in policy.clocks if rule.extension]
    found = [one for one in check(policy) if one.key.endswith(".mark")]
    assert {one.severity for one in found} <= {FindingKind.ASSUMPTION}
    assert len(found) == marks.count("to-confirm")


@pytest.mark.parametrize(
    ("name", "which", "amount", "unit", "roll"),
    [
        ("publico-13460", "resolution", 30, CD, True),
        ("publico-13460", "area", 20, CD, True),
        ("publico-13460", "complement", 20, CD, True),
        ("publico-13460", "forwarding", 30, CD, True),
        ("denuncia", "consent", 20, CD, True),
        ("lai", "resolution", 20, CD, True),
        ("lai", "appeal", 10, CD, True),
        ("financeiro-cmn4860", "resolution", 10, BD, False),
        ("valores-cvm43", "resolution", 10, BD, False),
        ("saude-ans323", "resolution", 7, BD, False),
        ("telecom-anatel", "agency-complaint", 10, CD, False),
        ("telecom-anatel", "reopen-window", 20, CD, False),
        ("sac-11034", "resolution", 7, CD, False),
        ("sac-11034", "history", 5, CD, False),
        ("lgpd", "resolution", 15, CD, False),
        ("lgpd", "incident-notice", 3, BD, False),
        ("consumidor-gov", "resolution", 10, CD, False),
        ("consumidor-gov", "survey", 20, CD, False),
        ("estadual-sp", "resolution", 20, CD, False),
        ("estadual-df", "first-position", 10, CD, True),
        ("estadual-df", "resolution", 20, CD, True),
    ],
)
def test_a_figure_is_what_the_norm_says(name: str, which: str, amount: int, unit: Unit, roll: bool) -> None:
    rule = clock(name, which)
    assert (rule.amount, rule.unit, rule.roll) == (amount, unit, roll)


@pytest.mark.parametrize(
    ("name", "figure"),
    [("pagamentos-bcb28", 10), ("telecom-anatel", 10), ("seguros-cnsp445", 15)],
)
def test_a_figure_that_nobody_confirmed_is_present_and_not_counted(name: str, figure: int) -> None:
    rule = clock(name, "resolution")
    assert (rule.amount, rule.figure_off, rule.enabled) == (None, figure, False)
    assert "resolution" not in {one.rule.name for one in compile_clocks(profile(name), ())}


@pytest.mark.parametrize(
    ("name", "amount", "most"),
    [
        ("publico-13460", 30, 60),
        ("lai", 10, 30),
        ("financeiro-cmn4860", 10, 20),
        ("valores-cvm43", 10, 20),
        ("saude-ans323", None, 30),
        ("estadual-sp", 10, 30),
        ("estadual-df", 20, 40),
    ],
)
def test_an_answer_is_extended_once_with_a_reason(name: str, amount: int | None, most: int) -> None:
    rule = clock(name, "resolution").extension
    assert rule is not None
    assert (rule.times, rule.amount, rule.most, rule.reason) == (1, amount, most, True)


def test_the_cap_of_the_month_is_present_and_off() -> None:
    rule = clock("financeiro-cmn4860", "resolution").extension
    assert rule is not None
    assert (rule.monthly_cap, rule.monthly_cap_off) == (None, 10)


def test_only_a_health_plan_needs_consent_and_the_federal_district_extends_reports_only() -> None:
    rules = {name: rule.extension for name in NAMES for rule in profile(name).clocks if rule.extension}
    assert [name for name, rule in rules.items() if rule.consent] == ["saude-ans323"]
    assert [name for name, rule in rules.items() if rule.types == frozenset({Type.REPORT})] == ["estadual-df"]


def test_the_first_complement_request_suspends_once() -> None:
    rule = clock("publico-13460", "resolution")
    assert rule.suspension is not None
    assert rule.suspension.times == 1
    assert not rule.pause_while


def test_silence_ends_a_complement_and_a_consent_differently() -> None:
    assert clock("publico-13460", "complement").on_breach is Breach.FILED
    assert clock("denuncia", "consent").on_breach is Breach.PSEUDONYMISED


@pytest.mark.parametrize("name", NAMES)
def test_a_short_description_blocks_nowhere_and_no_earlier_ticket_is_required(name: str) -> None:
    triage = profile(name).triage
    assert triage.prior_ticket is not PriorTicket.REQUIRED
    assert not triage.description_blocks


@pytest.mark.parametrize("name", NAMES)
def test_public_bodies_are_public_and_receive_everything(name: str) -> None:
    assert profile(name).public_body is (name in PUBLIC)
    assert (Duty.RECEIVE_EVERYTHING in profile(name).duties) is (name in PUBLIC)


def test_a_clock_answers_to_the_word_that_its_norm_uses() -> None:
    assert clock("publico-13460", "final") is clock("publico-13460", "resolution")
    assert clock("lgpd", "full declaration") is clock("lgpd", "resolution")


def test_the_page_is_what_the_profiles_say() -> None:
    assert regulation_page.PAGE.read_text(encoding="utf-8") == regulation_page.page()


def test_the_page_says_that_it_is_no_legal_advice() -> None:
    assert "not legal advice" in regulation_page.page()
