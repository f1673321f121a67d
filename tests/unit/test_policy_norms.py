"""How a profile writes down what a norm asks, and what is refused in it."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from ouvidoria_tui.domain.policy_law import Anonymous, Breach, Duty, DutyUnit, SuspendedBy
from ouvidoria_tui.domain.ticket import Type
from tests.unit.policy_sample import CLOCK, MINIMAL

EXTENSION = "[clocks.first-response.extension]\n"


def keys(text: str) -> list[str]:
    with pytest.raises(PolicyInvalid) as caught:
        parse(MINIMAL + text, name="desk.toml")
    problems = caught.value.details["problems"]
    assert isinstance(problems, list)
    return [one["key"] for one in problems]


def test_a_clock_that_is_off_keeps_its_figure_where_nobody_counts_with_it() -> None:
    (clock,) = parse(MINIMAL + CLOCK + "enabled = false\n", name="desk.toml").clocks
    assert (clock.enabled, clock.amount, clock.figure_off) == (False, None, 16)


def test_an_extension_is_read_with_all_it_says() -> None:
    text = CLOCK + EXTENSION + "times = 1\namount = 8\nmost = 24\nreason = true\nconsent = true\n"
    text += 'types = ["report"]\nmonthly_cap = 10\nmonthly_cap_enabled = false\nsource = "Lei 1"\n'
    rule = parse(MINIMAL + text, name="desk.toml").clocks[0].extension
    assert rule is not None
    assert (rule.times, rule.amount, rule.most, rule.consent) == (1, 8, 24, True)
    assert (rule.types, rule.monthly_cap, rule.monthly_cap_off) == (frozenset({Type.REPORT}), None, 10)
    assert rule.origin.norm == "Lei 1"


def test_an_extension_says_how_long() -> None:
    assert keys(CLOCK + EXTENSION + "times = 1\n") == ["clocks.first-response.extension"]


def test_a_suspension_is_read_with_what_it_is_by() -> None:
    text = CLOCK + '[clocks.first-response.suspension]\nby = "complement-request"\n'
    rule = parse(MINIMAL + text, name="desk.toml").clocks[0].suspension
    assert rule is not None
    assert (rule.by, rule.times) == (SuspendedBy.COMPLEMENT_REQUEST, 1)


def test_the_roll_of_the_policy_holds_for_clocks_that_do_not_say_theirs() -> None:
    text = "[counting]\nroll = true\n" + CLOCK + CLOCK.replace("first-response", "other") + "roll = false\n"
    policy = parse(MINIMAL + text, name="desk.toml")
    assert [clock.roll for clock in policy.clocks] == [True, False]


def test_a_clock_is_found_by_name_alias_and_the_way_people_write_them() -> None:
    policy = parse(MINIMAL + CLOCK + 'aliases = ["answer"]\non_breach = "filed"\n', name="desk.toml")
    assert {policy.clock(name) for name in ("first_response", "First Response", "answer")} == {
        policy.clocks[0]
    }
    assert policy.clock("moon") is None
    assert policy.clocks[0].on_breach is Breach.FILED


def test_two_clocks_may_not_have_one_alias() -> None:
    text = CLOCK + 'aliases = ["x"]\n' + CLOCK.replace("first-response", "other") + 'aliases = ["x"]\n'
    assert keys(text) == ["clocks.other.aliases"]


@pytest.mark.parametrize("within", ["moon", "first-response"])
def test_a_clock_runs_only_inside_another_one_that_exists(within: str) -> None:
    assert keys(CLOCK + f'within = "{within}"\n') == ["clocks.first-response.within"]


def test_a_duty_is_read_with_its_figure_and_origin() -> None:
    text = '[duties]\nkeep-history = { amount = 5, unit = "years", source = "Lei 1", article = "art. 2" }\n'
    rule = parse(MINIMAL + text, name="desk.toml").duties[Duty.KEEP_HISTORY]
    assert (rule.on, rule.amount, rule.unit, rule.origin.norm) == (True, 5, DutyUnit.YEARS, "Lei 1 art. 2")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('keep-histories = { source = "x" }', "duties.keep-histories"),
        ("keep-history = { on = true }", "duties.keep-history.source"),
        ('keep-history = { source = "x", amount = 5 }', "duties.keep-history.unit"),
        ('keep-history = { source = "x", years = 5 }', "duties.keep-history.years"),
    ],
)
def test_a_duty_that_cannot_be_read_is_named(line: str, key: str) -> None:
    assert keys(f"[duties]\n{line}\n") == [key]


def test_who_has_no_name_is_heard_as_the_policy_says() -> None:
    text = MINIMAL.replace("zone =", 'anonymous = "denuncia-only"\nzone =')
    assert parse(text, name="desk.toml").anonymous is Anonymous.DENUNCIA_ONLY
    assert parse(MINIMAL, name="desk.toml").anonymous is None


def test_the_unit_of_a_clock_that_is_off_is_kept() -> None:
    (clock,) = parse(MINIMAL + CLOCK + "enabled = false\n", name="desk.toml").clocks
    assert clock.unit is Unit.BUSINESS_HOURS
