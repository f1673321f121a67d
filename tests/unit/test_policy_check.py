from __future__ import annotations

import pytest

from ouvidoria_tui.domain.policy_check import Finding, FindingKind, check
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.domain.policy_law import Ombudsman, Organisation
from tests.unit.policy_sample import CLOCK, MINIMAL

PUBLIC = MINIMAL.replace("zone =", "public_body = true\nzone =")


def findings(text: str) -> list[Finding]:
    return check(parse(text, name="desk.toml"))


def test_a_policy_without_open_ends_has_no_finding() -> None:
    assert findings(MINIMAL + CLOCK) == []


@pytest.mark.req("S4-15")
def test_a_policy_that_names_nobody_who_receives_has_a_gap() -> None:
    (finding,) = findings(MINIMAL.replace('receivers = ["agent"]\n', "") + CLOCK)
    assert (finding.severity, finding.key, finding.requirement) == (
        FindingKind.WARNING,
        "receivers",
        "S4-15",
    )


@pytest.mark.req("S4-06")
@pytest.mark.parametrize("ombudsman", list(Ombudsman))
@pytest.mark.parametrize("organisation", list(Organisation))
def test_the_ombudsman_is_a_person_or_a_programme_in_any_organisation(
    ombudsman: Ombudsman, organisation: Organisation
) -> None:
    said = f'ombudsman = "{ombudsman}"\norganisation = "{organisation}"\n'
    public = "public_body = true\n" if organisation is Organisation.PUBLIC_BODY else ""
    policy = parse(MINIMAL.replace("zone =", f"{said}{public}zone =") + CLOCK, name="desk.toml")
    assert (policy.ombudsman, policy.organisation) == (ombudsman, organisation)
    assert check(policy) == []


def test_a_public_body_has_the_duties_of_its_law() -> None:
    (finding,) = findings(MINIMAL.replace("zone =", 'organisation = "public-body"\nzone =') + CLOCK)
    assert (finding.severity, finding.key) == (FindingKind.ERROR, "organisation")


@pytest.mark.req("S2-48")
def test_a_contractual_clock_without_a_figure_is_a_gap_that_names_the_clause() -> None:
    text = MINIMAL + CLOCK.replace("amount = 16", 'amount = "not defined"\narticle = "clause 2.13"')
    (finding,) = findings(text)
    assert finding.severity is FindingKind.WARNING
    assert finding.key == "clocks.first-response.amount"
    assert finding.requirement == "S2-48"
    assert "not defined" in str(finding.message)
    assert "clause 2.13" in str(finding.message)


def test_a_desk_that_promises_nothing_has_no_gap() -> None:
    text = MINIMAL.replace("zone =", "promise = false\nzone =") + CLOCK.replace("16", '"not defined"')
    assert findings(text) == []


@pytest.mark.req("S3-17")
def test_assumed_hours_are_shown_as_an_assumption() -> None:
    text = MINIMAL + '[calendars.desk]\nassumed = "weekdays are not stated"\n'
    (finding,) = findings(text)
    assert finding.severity is FindingKind.ASSUMPTION
    assert finding.key == "calendars.desk"
    assert "weekdays are not stated" in str(finding.message)


def test_an_assumed_unit_is_shown_as_an_assumption() -> None:
    (finding,) = findings(MINIMAL + CLOCK + 'assumed = "hours taken literally"\n')
    assert (finding.severity, finding.requirement) == (FindingKind.ASSUMPTION, "C-05")


def test_a_public_body_may_not_require_a_prior_ticket() -> None:
    (finding,) = findings(PUBLIC + '[triage]\nprior_ticket = "required"\n')
    assert finding.severity is FindingKind.ERROR
    assert finding.key == "triage.prior_ticket"
    assert finding.requirement == "Lei 13.460/2017 art. 11"


def test_a_public_body_may_not_hold_back_a_short_description() -> None:
    (finding,) = findings(PUBLIC + "[triage]\ndescription_minimum = 50\n")
    assert (finding.severity, finding.key) == (FindingKind.ERROR, "triage.description_blocks")


def test_a_public_body_may_ask_for_a_prior_ticket() -> None:
    assert findings(PUBLIC + '[triage]\nprior_ticket = "requested"\n') == []


def test_an_unconfirmed_figure_in_use_is_an_assumption() -> None:
    (finding,) = findings(MINIMAL + CLOCK + 'mark = "to-confirm"\n')
    assert (finding.severity, finding.key) == (FindingKind.ASSUMPTION, "clocks.first-response.mark")


def test_a_statutory_clock_must_say_where_it_comes_from() -> None:
    found = findings(MINIMAL + CLOCK + "statutory = true\n")
    assert {finding.key.rpartition(".")[2] for finding in found} == {"source", "article", "checked_on"}
    assert {finding.severity for finding in found} == {FindingKind.ERROR}


def test_errors_come_before_warnings_and_warnings_before_assumptions() -> None:
    text = PUBLIC + '[calendars.desk]\nassumed = "x"\n[triage]\nprior_ticket = "required"\n'
    text += CLOCK.replace("16", '"not defined"')
    assert [finding.severity for finding in findings(text)] == list(FindingKind)
