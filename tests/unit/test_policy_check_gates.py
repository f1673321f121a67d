"""What `policy check` says of gates: each mistake at its key and line."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.policy_check import Finding, FindingKind, check
from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from ouvidoria_tui.domain.toml_lines import line_of, locate, path_of
from tests.unit.policy_sample import DEPARTMENTS, MINIMAL

GATES = MINIMAL + DEPARTMENTS + '[gates]\nticket_contact = "the portal"\n'
LAW = "Lei 13.460/2017 art. 11"


def redirect(name: str, words: str, more: str = "") -> str:
    contact = "" if "department" in more else 'contact = "them"\n'
    return f'[[gates.redirects]]\nname = "{name}"\ntitle = "{name}"\nwords = [{words}]\n{contact}{more}\n'


def ineligible(name: str, words: str) -> str:
    return f'[[gates.ineligible]]\nname = "{name}"\ncode = "FEATURE_NOT_AVAILABLE"\nwords = [{words}]\n'


def findings(text: str, base: str = GATES) -> list[Finding]:
    return [one for one in check(parse(base + text, name="desk.toml")) if one.key.startswith("gates")]


def keys(text: str) -> list[str]:
    return [one.key for one in findings(text)]


def test_gates_that_are_right_have_no_finding() -> None:
    assert findings(redirect("a", '"panel access"') + ineligible("b", '"new feature"')) == []


def test_one_word_in_two_redirects_is_told_at_the_second() -> None:
    (one,) = findings(redirect("a", '"panel", "access"') + redirect("b", '"invoice", "PANEL"'))
    assert (one.severity, one.key) == (FindingKind.WARNING, "gates.redirects[2].words[2]")
    assert "a" in str(one.message)


def test_a_redirect_and_an_ineligible_matter_may_not_share_a_word() -> None:
    assert keys(redirect("a", '"panel"') + ineligible("b", '"panel", "other"')) == [
        "gates.ineligible[1].words[1]"
    ]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ('"panel"', '"my panel"'),
        ('"panel*"', '"panels", "panel access"'),
        ('"panel*"', '"panels*"'),
    ],
)
def test_a_rule_all_of_whose_words_another_has_can_never_be_reached(earlier: str, later: str) -> None:
    assert keys(redirect("a", earlier) + redirect("b", later)) == ["gates.redirects[2]"]


@pytest.mark.parametrize(
    ("earlier", "later"), [('"my panel"', '"panel"'), ('"panel"', '"panel*"'), ('"panel"', '"panels"')]
)
def test_a_rule_with_a_word_of_its_own_can_be_reached(earlier: str, later: str) -> None:
    assert "gates.redirects[2]" not in keys(redirect("a", earlier) + redirect("b", later))


def test_an_exception_of_the_earlier_rule_leaves_something_to_the_later() -> None:
    text = redirect("a", '"panel"', 'unless = ["twice"]') + redirect("b", '"my panel"')
    assert "gates.redirects[2]" not in keys(text)


def test_a_rule_that_bars_itself_can_never_be_reached() -> None:
    assert keys(redirect("a", '"panel"', 'unless = ["Panel"]')) == ["gates.redirects[1]"]


@pytest.mark.parametrize(("word", "wide"), [("no", True), ("pag*", True), ("não", False), ("paga*", False)])
def test_a_word_so_short_that_almost_everything_has_it_is_told(word: str, wide: bool) -> None:
    assert ("gates.redirects[1].words[1]" in keys(redirect("a", f'"{word}"'))) is wide


def test_a_topic_that_nothing_asks_for_is_told() -> None:
    text = '[[gates.topics]]\nname = "bill"\ntitle = "Bill"\nwords = ["bill"]\n'
    assert keys(text) == ["gates.topics[1]"]
    assert keys(text + '[[gates.channels]]\nchannel = "chat"\ntopics = ["bill"]\n') == []


def test_a_channel_whose_calendar_never_opens_is_no_policy() -> None:
    text = '[[gates.channels]]\nchannel = "chat"\ncalendar = "never"\n[calendars.never.week]\nmon = []\n'
    with pytest.raises(PolicyInvalid) as caught:
        findings(text)
    assert caught.value.details["key"] == "calendars.never"


def test_a_row_behind_a_closed_channel_is_told() -> None:
    text = '[[gates.channels]]\nchannel = "chat"\nallowed = false\n'
    text += '[[gates.channels]]\nchannel = "chat"\ntypes = ["praise"]\n'
    assert keys(text) == ["gates.channels[2]"]


def test_plans_that_the_source_does_not_name_are_a_gap() -> None:
    (one,) = findings('[[gates.channels]]\nchannel = "phone"\nplans = "unspecified"\n')
    assert (one.severity, one.key, one.requirement) == (
        FindingKind.WARNING,
        "gates.channels[1].plans",
        "C-21",
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (redirect("a", '"panel access"'), "gates.redirects[1]"),
        (ineligible("b", '"new feature"'), "gates.ineligible[1]"),
        ('[[gates.channels]]\nchannel = "chat"\nallowed = false\n', "gates.channels[1]"),
        ('[[gates.evidence]]\ndifficulties = ["complex"]\nimage = true\n', "gates.evidence[1]"),
    ],
)
def test_where_the_law_receives_everything_a_gate_is_an_error_with_its_article(text: str, key: str) -> None:
    public = GATES.replace("zone =", "public_body = true\nzone =")
    found = [one for one in findings(text, public) if one.severity is FindingKind.ERROR]
    assert [(one.key, one.requirement) for one in found] == [(key, LAW)]


def test_the_duty_alone_forbids_it_too() -> None:
    duty = (
        '[duties.receive-everything]\non = true\nsource = "Lei X"\narticle = "art. 1"\n'
        'checked_on = "2026-01-01"\nmark = "confirmed"\n'
    )
    found = findings('non_customer = "redirect"\nnon_customer_contact = "them"\n' + duty)
    assert [(one.severity, one.key) for one in found] == [(FindingKind.ERROR, "gates.non_customer")]


def test_a_department_of_the_desk_turns_nobody_away() -> None:
    public = GATES.replace("zone =", "public_body = true\nzone =")
    assert findings(redirect("a", '"panel access"', 'department = "support"'), public) == []


def test_a_finding_stands_on_the_line_of_its_word() -> None:
    text = GATES + redirect("a", '"panel"') + redirect("b", '"invoice",\n"panel"')
    (one,) = [one for one in check(parse(text, name="x")) if one.key.startswith("gates")]
    line = line_of(locate(text), path_of(one.key))
    assert text.splitlines()[line - 1] == '"panel"]'
