"""The five profiles that are shipped, against the table that they reproduce."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ouvidoria_tui.domain.classify import compile_rules
from ouvidoria_tui.domain.policy import ClockRule, ClockStart, Party, Policy, PriorTicket, Unit
from ouvidoria_tui.domain.policy_check import FindingKind, check
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.domain.ticket import Difficulty, Severity, Status

FOLDER = Path(__file__).resolve().parents[2] / "data" / "profiles"
NAMES = ("hospedagem", "loja-virtual", "ecommerce-planos", "suporte-tecnico", "organizacional")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


@cache
def profile(name: str) -> Policy:
    return parse((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name=f"{name}.toml")


def clock(name: str, which: str) -> ClockRule:
    return next(one for one in profile(name).clocks if one.name == which)


def hours(name: str, calendar: str = "desk") -> dict[str, tuple[tuple[str, str], ...]]:
    return dict(profile(name).calendars[calendar].week)


def weekdays(start: str, end: str) -> dict[str, tuple[tuple[str, str], ...]]:
    return dict.fromkeys(WEEKDAYS, ((start, end),))


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_is_valid_and_named_by_its_file(name: str) -> None:
    assert profile(name).key == name


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_holds_no_error(name: str) -> None:
    assert [one for one in check(profile(name)) if one.severity is FindingKind.ERROR] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_names_its_source_in_a_comment(name: str) -> None:
    assert (FOLDER / f"{name}.toml").read_text(encoding="utf-8").startswith("# Fonte S")


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_has_the_three_clocks_and_the_three_levels(name: str) -> None:
    own = [one.name for one in profile(name).clocks if one.party is not Party.AREA]
    assert own == ["first-response", "keep-informed", "resolution"]
    assert [(one.level, one.to) for one in profile(name).levels] == [
        (1, "area"),
        (2, "ombudsman"),
        (3, "board"),
    ]


@pytest.mark.parametrize(
    ("name", "mode", "requirement"),
    [
        pytest.param("hospedagem", PriorTicket.RECOMMENDED, "S0-03", marks=pytest.mark.req("S0-03")),
        pytest.param("loja-virtual", PriorTicket.REQUIRED, "S1-16", marks=pytest.mark.req("S1-16")),
        pytest.param("ecommerce-planos", PriorTicket.REQUIRED, "S2-14", marks=pytest.mark.req("S2-14")),
        ("suporte-tecnico", PriorTicket.OFF, None),
        ("organizacional", PriorTicket.OFF, None),
    ],
)
def test_the_prior_ticket_is_asked_for_as_the_source_says(
    name: str, mode: PriorTicket, requirement: str | None
) -> None:
    triage = profile(name).triage
    assert (triage.prior_ticket, triage.prior_ticket_requirement) == (mode, requirement)


@pytest.mark.req("S0-11")
def test_hospedagem_is_open_on_weekdays_from_8_to_18() -> None:
    assert hours("hospedagem") == weekdays("08:00", "18:00")


@pytest.mark.req("S0-12")
def test_hospedagem_has_an_average_of_5_days_and_no_clock_of_it() -> None:
    policy = profile("hospedagem")
    assert (policy.average_days, policy.average_unit) == (5, Unit.CALENDAR_DAYS)
    assert policy.average_assumed
    assert {one.amount for one in policy.clocks} == {None}


@pytest.mark.req("S0-04")
def test_hospedagem_has_a_clock_for_requests_to_areas_and_invents_no_figure_for_it() -> None:
    (area,) = [one for one in profile("hospedagem").clocks if one.party is Party.AREA]
    assert (area.amount, area.unit, area.start) == (None, Unit.BUSINESS_DAYS, ClockStart.AREA_REQUEST)


@pytest.mark.req("S1-26")
def test_loja_virtual_is_open_on_weekdays_from_9_to_17_except_holidays() -> None:
    assert hours("loja-virtual") == weekdays("09:00", "17:00")
    assert profile("loja-virtual").calendars["desk"].holidays
    assert profile("loja-virtual").calendars["desk"].assumed is None


@pytest.mark.req("S1-04")
def test_loja_virtual_has_a_calendar_of_its_own_for_support() -> None:
    assert hours("loja-virtual", "support") == weekdays("08:00", "18:00")


@pytest.mark.req("S1-28")
def test_loja_virtual_asks_for_a_minimum_description() -> None:
    triage = profile("loja-virtual").triage
    assert triage.description_minimum > 0
    assert triage.description_blocks


@pytest.mark.req("S2-47")
def test_ecommerce_planos_answers_in_real_time_on_weekdays_from_9_to_17() -> None:
    assert hours("ecommerce-planos", "realtime") == weekdays("09:00", "17:00")


@pytest.mark.req("S2-46")
def test_ecommerce_planos_opens_tickets_at_any_hour() -> None:
    opening = profile("ecommerce-planos").calendars["opening"]
    assert set(opening.week.values()) == {(("00:00", "24:00"),)}
    assert len(opening.week) == 7
    assert not opening.holidays


@pytest.mark.req("S2-48")
def test_ecommerce_planos_takes_its_first_response_from_the_contract_and_invents_none() -> None:
    rule = clock("ecommerce-planos", "first-response")
    assert rule.amount is None
    assert rule.article == "contrato, cláusula 2.13"
    assert any("cláusula 2.13" in str(one.message) for one in check(profile("ecommerce-planos")))


@pytest.mark.req("S2-29", "S2-30", "S2-31", "S2-32", "S2-33", "S2-34")
def test_ecommerce_planos_shows_the_six_labels_of_its_source() -> None:
    assert profile("ecommerce-planos").labels["pt-BR"] == {
        Status.OPEN: "EM ABERTO",
        Status.ASSIGNED: "ATRIBUÍDO",
        Status.IN_PROGRESS: "EM ANDAMENTO",
        Status.ANSWERED: "RESPONDIDO",
        Status.CUSTOMER_REPLY: "RESPOSTA DO CLIENTE",
        Status.CLOSED: "FECHADO",
    }


@pytest.mark.req("S2-06", "S2-07", "S2-08")
def test_ecommerce_planos_has_the_seven_departments_with_their_scope() -> None:
    departments = profile("ecommerce-planos").departments
    assert [one.name for one in departments] == [
        "Atendimento",
        "Suporte",
        "Financeiro",
        "Manutenção",
        "Qualidade e Projetos",
        "Sucesso do Cliente",
        "Ouvidoria",
    ]
    assert all(one.scope for one in departments)


def test_ecommerce_planos_ranks_the_plan_that_its_source_names() -> None:
    assert {one.slug: one.rank for one in profile("ecommerce-planos").plans} == {
        "team": 100,
        "pacote-expresso": 0,
    }


@pytest.mark.req("S3-17")
def test_suporte_tecnico_is_open_from_9_to_18_on_assumed_weekdays() -> None:
    assert hours("suporte-tecnico") == weekdays("09:00", "18:00")
    findings = check(profile("suporte-tecnico"))
    assert [(one.severity, one.key) for one in findings] == [
        (FindingKind.WARNING, "receivers"),
        (FindingKind.ASSUMPTION, "calendars.desk"),
    ]


@pytest.mark.req("S3-37")
def test_suporte_tecnico_promises_no_date() -> None:
    assert not profile("suporte-tecnico").promise
    assert [one.amount for one in profile("suporte-tecnico").clocks] == [None, None, None]


@pytest.mark.req("S3-42", "S3-43", "S3-44")
def test_suporte_tecnico_shows_the_three_labels_of_its_source() -> None:
    labels = profile("suporte-tecnico").labels["pt-BR"]
    assert labels[Status.OPEN] == "Em análise"
    assert labels[Status.IN_PROGRESS] == "Em andamento"
    assert labels[Status.ANSWERED] == "Aguardando resposta"


@pytest.mark.req("S4-21")
def test_organizacional_answers_in_24_hours_and_informs_in_48_day_and_night() -> None:
    first, keep = clock("organizacional", "first-response"), clock("organizacional", "keep-informed")
    assert (first.amount, first.unit) == (24, Unit.HOURS)
    assert (keep.amount, keep.unit) == (48, Unit.HOURS)
    assert set(hours("organizacional").values()) == {(("00:00", "24:00"),)}
    assert not profile("organizacional").calendars["desk"].holidays


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_brings_at_least_ten_keyword_rules(name: str) -> None:
    assert len(profile(name).triage.keywords) >= 10


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("text", "severity", "difficulty", "department"),
    [
        ("Recebi uma COBRANCA indevida na fatura", Severity.HIGH, None, "financeiro"),
        ("O serviço está fora do ar desde ontem", Severity.HIGH, None, None),
        ("Houve perda de dados no meu cadastro", Severity.CRITICAL, Difficulty.COMPLEX, None),
        ("Suspeito de vazamento de dados", Severity.CRITICAL, Difficulty.COMPLEX, None),
        ("Meu site foi invadido e tem vírus", Severity.HIGH, Difficulty.COMPLEX, None),
        ("Gostaria de saber onde encontro a 2ª via", Severity.LOW, Difficulty.SIMPLE, "financeiro"),
    ],
)
def test_everyday_words_are_graded(
    name: str, text: str, severity: Severity, difficulty: Difficulty | None, department: str | None
) -> None:
    hits = compile_rules(profile(name).triage.keywords).match("", text)
    assert severity in {hit.rule.severity for hit in hits}
    if difficulty is not None:
        assert difficulty in {hit.rule.difficulty for hit in hits}
    if department is not None:
        assert next(hit.rule.department for hit in hits if hit.rule.department) == department


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.req("S3-40")
def test_claimed_urgency_grades_nothing(name: str) -> None:
    assert compile_rules(profile(name).triage.keywords).match("URGENTE!!!", "é urgente, é para ontem") == ()


@pytest.mark.req("S3-20")
def test_suporte_tecnico_has_the_advanced_team_as_department_and_area() -> None:
    policy = profile("suporte-tecnico")
    teams = {(one.slug, one.name) for one in policy.departments} & {
        (one.slug, one.name) for one in policy.areas
    }
    assert ("suporte-avancado-2", "Suporte avançado II") in teams


@pytest.mark.req("S3-35")
def test_suporte_tecnico_sends_virus_removal_to_the_advanced_team() -> None:
    hits = compile_rules(profile("suporte-tecnico").triage.keywords).match("Remoção de vírus", "")
    assert hits[0].rule.department == "suporte-avancado-2"
    assert hits[0].rule.requirement == "S3-35"
