"""Where a desk's wishes and the law collide, the check names the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.domain.policy_check import Finding, FindingKind, check
from ouvidoria_tui.domain.policy_file import parse

FOLDER = Path(__file__).resolve().parents[2] / "data" / "profiles"


def errors(name: str, old: str, new: str) -> list[Finding]:
    """The errors of a shipped profile in which ``old`` was made ``new``, once."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    found = check(parse(text.replace(old, new, 1), name=f"{name}.toml"))
    return [one for one in found if one.severity is FindingKind.ERROR]


def the_error(name: str, old: str, new: str) -> tuple[str, str | None]:
    (found,) = errors(name, old, new)
    return found.key, found.requirement


@pytest.mark.parametrize(
    ("name", "written", "article"),
    [
        ("publico-13460", "off", "Lei 13.460/2017 art. 11"),
        ("lai", "off", "Lei 13.460/2017 art. 11"),
        ("saude-ans323", "requested", "Resolução Normativa ANS 323/2013 art. 1º, § 3º"),
        ("sac-11034", "off", "Decreto 11.034/2022 arts. 3º a 5º"),
    ],
)
def test_1_an_earlier_ticket_is_never_required_where_the_law_forbids_it(
    name: str, written: str, article: str
) -> None:
    found = the_error(name, f'prior_ticket = "{written}"', 'prior_ticket = "required"')
    assert found == ("triage.prior_ticket", article)


def test_1_a_bank_may_still_require_one() -> None:
    assert errors("financeiro-cmn4860", 'prior_ticket = "requested"', 'prior_ticket = "required"') == []


def test_2_a_short_description_is_never_held_back_by_a_public_body() -> None:
    found = the_error(
        "publico-13460", "description_blocks = false", "description_minimum = 50\ndescription_blocks = true"
    )
    assert found == ("triage.description_blocks", "Lei 13.460/2017 art. 11")


def test_2_a_public_body_hears_a_report_without_a_name() -> None:
    assert the_error("publico-13460", '"denuncia-only"', '"no"') == ("anonymous", "C-25")


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("publico-13460", "Lei 13.460/2017 art. 16"),
        ("lai", "Lei 12.527/2011 art. 11, § 2º"),
        ("financeiro-cmn4860", "Resolução CMN 4.860/2020 art. 6º"),
    ],
)
def test_3_nothing_is_extended_twice(name: str, article: str) -> None:
    found = errors(name, "times = 1", "times = 2")
    assert found[0].key == "clocks.resolution.extension.times"
    assert {one.requirement for one in found} == {article}


def test_3_nothing_is_extended_without_a_reason() -> None:
    found = the_error("lai", "reason = true", "reason = false")
    assert found == ("clocks.resolution.extension.reason", "Lei 12.527/2011 art. 11, § 2º")


def test_3_a_health_plan_extends_only_with_the_customers_agreement() -> None:
    key, norm = the_error("saude-ans323", "consent = true", "consent = false")
    assert key == "clocks.resolution.extension.consent"
    assert norm is not None
    assert "323/2013" in norm


def test_3_an_extension_does_not_go_beyond_the_most() -> None:
    found = the_error("publico-13460", "amount = 30\nmost", "amount = 31\nmost")
    assert found == ("clocks.resolution.extension.amount", "Lei 13.460/2017 art. 16")


def test_4_the_areas_time_lies_inside_the_desks() -> None:
    found = errors("publico-13460", "amount = 20\nstatutory", "amount = 31\nstatutory")
    assert ("clocks.area.amount", "Lei 13.460/2017 art. 16, parágrafo único") in {
        (one.key, one.requirement) for one in found
    }


@pytest.mark.parametrize(
    ("new", "key"),
    [
        ('enabled = false\nmark = "confirmed"', "clocks.resolution.enabled"),
        ('mark = "confirmed"\npause_while = ["customer"]', "clocks.resolution.pause_while"),
        (
            'mark = "confirmed"\ntargets = [{ amount = 31, severity = "low" }]',
            "clocks.resolution.targets",
        ),
    ],
)
def test_5_nothing_switches_off_or_lengthens_a_time_of_the_law(new: str, key: str) -> None:
    old = 'article = "art. 16"\nchecked_on = 2026-11-23\nmark = "confirmed"'
    found = the_error("publico-13460", old, f'article = "art. 16"\nchecked_on = 2026-11-23\n{new}')
    assert found == (key, "Lei 13.460/2017 art. 16")


def test_5_a_plan_makes_no_difference_to_a_time_of_the_law() -> None:
    new = '[[plans]]\nslug = "basic"\nname = "Basic"\n\n'
    new += '[[clocks.resolution.targets]]\namount = 5\nplan = "basic"\n\n[[levels]]'
    found = the_error("saude-ans323", "[[levels]]", new)
    assert found[0] == "clocks.resolution.targets"


@pytest.mark.parametrize(
    ("name", "duty", "article"),
    [
        ("publico-13460", "tell-the-user", "Lei 13.460/2017 art. 12, parágrafo único, V"),
        ("publico-13460", "hide-identity", "Lei 13.460/2017 art. 10, § 7º"),
        ("publico-13460", "ask-no-motive", "Lei 13.460/2017 art. 10, § 2º"),
        ("denuncia", "pseudonymise", "Decreto 10.153/2019 art. 6º, §§ 1º a 4º"),
        ("consumidor-gov", "explicit-negative", "Lei 8.078/1990 art. 26, § 2º, I"),
        ("lgpd", "keep-restricted-identity", "Lei 12.527/2011 art. 31, § 1º, I"),
    ],
)
def test_6_to_9_a_duty_of_the_law_cannot_be_switched_off(name: str, duty: str, article: str) -> None:
    assert the_error(name, f"{duty} = {{ ", f"{duty} = {{ on = false, ") == (f"duties.{duty}.on", article)


def test_9_a_restricted_identity_is_kept_for_a_hundred_years() -> None:
    found = the_error("denuncia", 'amount = 100, unit = "years"', 'amount = 5, unit = "years"')
    assert found == ("duties.restrict-identity.amount", "Lei 12.527/2011 art. 31, § 1º, I")


def test_a_public_body_owes_its_duties_even_if_the_profile_forgets_them() -> None:
    text = (FOLDER / "publico-13460.toml").read_text(encoding="utf-8")
    kept = "\n".join(line for line in text.split("\n") if not line.startswith("receive-everything"))
    found = check(parse(kept.replace('prior_ticket = "off"', 'prior_ticket = "required"'), name="x"))
    assert (found[0].severity, found[0].requirement) == (FindingKind.ERROR, "Lei 13.460/2017 art. 11")


def test_an_unconfirmed_duty_may_be_off() -> None:
    assert errors("financeiro-cmn4860", "record-calls = { on = false", "record-calls = { on = false") == []
