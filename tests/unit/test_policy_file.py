from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ouvidoria_tui.domain.policy import ClockStart, ClockStop, PriorTicket, Unit
from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from ouvidoria_tui.domain.ticket import Difficulty, Severity, Status, Turn, Type
from tests.unit.policy_sample import CLOCK, DEPARTMENTS, MINIMAL

RULE = '[[triage.keywords]]\nname = "a"\n'
LEVEL = '[[levels]]\nlevel = 2\nname = "x"\nto = "board"\n'


def refused(text: str) -> PolicyInvalid:
    with pytest.raises(PolicyInvalid) as caught:
        parse(text, name="desk.toml")
    return caught.value


def places(text: str) -> list[tuple[int, str]]:
    problems = refused(text).details["problems"]
    assert isinstance(problems, list)
    return [(one["line"], one["key"]) for one in problems]


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)


def test_the_smallest_policy_has_a_desk_calendar_and_no_clock() -> None:
    policy = parse(MINIMAL, name="desk.toml")
    assert policy.calendars["desk"].week == {"mon": (("09:00", "17:00"),)}
    assert policy.calendars["desk"].zone == "America/Sao_Paulo"
    assert policy.clocks == ()


def test_a_clock_is_read_with_all_it_says() -> None:
    text = MINIMAL + DEPARTMENTS + CLOCK
    text += 'pause_while = ["customer"]\nwarn_before = "4h"\nstatutory = true\nroll = true\n'
    text += 'source = "Lei 1/2000"\narticle = "art. 1"\nchecked_on = 2026-01-31\nmark = "confirmed"\n'
    text += '[[clocks.first-response.targets]]\namount = 8\nseverity = "critical"\ndepartment = "support"\n'
    (clock,) = parse(text, name="desk.toml").clocks
    assert (clock.start, clock.stop) == (ClockStart.RECEIPT, ClockStop.PUBLIC_ANSWER)
    assert (clock.unit, clock.amount, clock.warn_before) == (Unit.BUSINESS_HOURS, 16, 4 * 3600)
    assert clock.pause_while == frozenset({Turn.CUSTOMER})
    assert (clock.checked_on, clock.mark, clock.roll) == ("2026-01-31", "confirmed", True)
    assert clock.targets[0].severity is Severity.CRITICAL
    assert clock.targets[0].department == "support"


def test_local_holidays_are_read_by_date() -> None:
    text = MINIMAL + '[holidays]\nstate = "SP"\n[holidays.local]\n"2026-01-25" = "Aniversário da cidade"\n'
    holidays = parse(text, name="desk.toml").holidays
    assert (holidays.country, holidays.state) == ("BR", "SP")
    assert holidays.local == {"2026-01-25": "Aniversário da cidade"}


@pytest.mark.req("S2-48")
@pytest.mark.parametrize("amount", ['amount = "not defined"', ""])
def test_a_clock_without_a_figure_has_no_amount(amount: str) -> None:
    (clock,) = parse(MINIMAL + CLOCK.replace("amount = 16", amount), name="desk.toml").clocks
    assert clock.amount is None


@pytest.mark.req("S3-45")
def test_triage_rules_labels_and_levels_are_read() -> None:
    text = MINIMAL + DEPARTMENTS
    text += '[labels.pt-BR]\nopen = "A"\nassigned = "B"\nin-progress = "C"\nanswered = "D"\n'
    text += 'customer-reply = "E"\nclosed = "F"\n[[levels]]\nlevel = 3\nname = "Board"\nto = "board"\n'
    text += '[triage]\nprior_ticket = "required"\ndefault_department = "support"\n'
    text += '[[triage.keywords]]\nname = "charge"\nwords = ["cobrança"]\ndepartment = "billing"\n'
    text += 'severity = "high"\ndifficulty = "complex"\ntype = "complaint"\nrequirement = "S2-08"\n'
    policy = parse(text, name="desk.toml")
    assert policy.labels["pt-BR"][Status.CUSTOMER_REPLY] == "E"
    assert policy.levels[0].to == "board"
    assert policy.triage.prior_ticket is PriorTicket.REQUIRED
    (rule,) = policy.triage.keywords
    assert (rule.department, rule.severity, rule.difficulty) == ("billing", Severity.HIGH, Difficulty.COMPLEX)
    assert (rule.type, rule.requirement) == (Type.COMPLAINT, "S2-08")


def test_an_unknown_key_is_refused_with_its_line_and_the_nearest_known_key() -> None:
    text = MINIMAL + CLOCK + "stautory = true\n"
    error = refused(text)
    assert error.code == "POLICY_INVALID"
    assert error.exit_code == 2
    assert error.details["line"] == line_of(text, "stautory")
    assert error.details["key"] == "clocks.first-response.stautory"
    assert "did you mean statutory?" in str(error.message)
    assert "desk.toml, line" in str(error.message)


def test_an_unknown_key_that_resembles_nothing_is_refused_too() -> None:
    assert places(MINIMAL + "[zzz]\n") == [(9, "zzz")]


def test_all_problems_are_reported_in_the_order_of_the_lines() -> None:
    text = MINIMAL.replace('"America/Sao_Paulo"', '"Mars/Olympus"') + CLOCK.replace("16", "0").replace(
        '"receipt"', '"reciept"'
    )
    error = refused(text)
    assert places(text) == [
        (4, "zone"),
        (line_of(text, "reciept"), "clocks.first-response.start"),
        (line_of(text, "amount = 0"), "clocks.first-response.amount"),
    ]
    assert len(error.problems) == 3
    assert error.message == error.problems[0]
    assert str(error.hint) == "correct it and the 2 other problems"
    json.dumps(error.details)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('key = "small-desk"', "key = 3", "key"),
        ('key = "small-desk"', 'key = "Small Desk"', "key"),
        ('name = "Small desk"', 'name = "a\\u001bb"', "name"),
        ('name = "Small desk"', 'name = " "', "name"),
        ('name = "Small desk"', 'name = "x"\npromise = "yes"', "promise"),
        ('"America/Sao_Paulo"', '"../../etc/passwd"', "zone"),
        ('"America/Sao_Paulo"', '"America"', "zone"),
        ('[["09:00", "17:00"]]', '"09:00-17:00"', "calendars.desk.week.mon"),
        ('[["09:00", "17:00"]]', '[["9:00", "17:00"]]', "calendars.desk.week.mon[1]"),
        ('[["09:00", "17:00"]]', '[["09:00", "12:00"], ["11:00", "17:00"]]', "calendars.desk.week.mon"),
        ('"17:00"]]', '"03:00"]]\ntue = [["02:00", "09:00"]]', "calendars.desk.week.mon"),
        ('mon = [["09:00", "17:00"]]', "mon = []", "calendars.desk"),
        ("mon = ", "monday = ", "calendars.desk.week.monday"),
        ("[calendars.desk.week]", "[calendars]\ndesk = 3\n[other]", "calendars.desk"),
        ("[cal", 'departments = "x"\n[cal', "departments"),
        ("[cal", "areas = [1]\n[cal", "areas[1]"),
        ("[cal", '[holidays]\noptional = "x"\n[cal', "holidays.optional"),
        ("[cal", "[average]\nunit = 'calendar-days'\n[cal", "average.days"),
        ("[cal", '[labels]\npt-BR = "x"\n[cal', "labels.pt-BR"),
        ("[calendars.desk.week]", "[calendars.other.week]", "calendars"),
        ("[cal", "[calendars.desk.dates]\n2026-13-01 = []\n[cal", "calendars.desk.dates.2026-13-01"),
        ("[cal", "[average]\ndays = 5\n[cal", "average.unit"),
        ("[cal", '[average]\ndays = 5\nunit = "hours"\n[cal', "average.unit"),
        ("[cal", "[triage]\nprior_ticket_pattern = '(['\n[cal", "triage.prior_ticket_pattern"),
        ("[cal", '[labels.pt-BR]\nopen = "A"\n[cal', "labels.pt-BR.assigned"),
    ],
)
def test_a_wrong_value_is_named_by_its_key(old: str, new: str, key: str) -> None:
    assert key in [where for _, where in places(MINIMAL.replace(old, new))]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('unit = "business-hours"\n', "", "unit"),
        ("16", "-1", "amount"),
        ("16", "true", "amount"),
        ("16", '"16"', "amount"),
        ("16", "999999999999", "amount"),
        ("amount = 16", 'amount = 16\ncalendar = "night"', "calendar"),
        ("amount = 16", 'amount = 16\nwarn_before = "soon"', "warn_before"),
        ("amount = 16", 'amount = 16\nchecked_on = "yesterday"', "checked_on"),
        ("amount = 16", 'amount = 16\nmark = "sure"', "mark"),
        ("amount = 16", 'amount = 16\npause_while = ["desk", "nobody"]', "pause_while[2]"),
        ("amount = 16", 'amount = 16\ntargets = [{ severity = "low" }]', "targets[1].amount"),
        ("amount = 16", 'amount = 16\ntargets = [{ amount = 1, plan = "gold" }]', "targets[1].plan"),
    ],
)
def test_a_wrong_clock_is_named_by_its_key(old: str, new: str, key: str) -> None:
    found = places(MINIMAL + CLOCK.replace(old, new))
    assert [where for _, where in found] == [f"clocks.first-response.{key}"]


def test_a_missing_key_is_reported_on_the_line_of_its_table() -> None:
    text = MINIMAL + CLOCK.replace('unit = "business-hours"\n', "")
    assert places(text) == [(line_of(text, "[clocks.first-response]"), "clocks.first-response.unit")]


@pytest.mark.parametrize(
    ("addition", "mark", "key"),
    [
        ('[[departments]]\nslug = "billing"\nname = "Again"\n', "Again", "departments[3].slug"),
        ('[triage]\ndefault_department = "sales"\n', "sales", "triage.default_department"),
        (RULE + 'words = ["x"]\ndepartment = "sales"\n', "sales", "triage.keywords[1].department"),
        (RULE + 'words = ["!"]\nseverity = "low"\n', '"!"', "triage.keywords[1].words"),
        (RULE + 'severity = "low"\n', "keywords", "triage.keywords[1].words"),
        (RULE + 'words = ["x"]\n', "keywords", "triage.keywords[1]"),
        ('[[levels]]\nlevel = 4\nname = "x"\nto = "board"\n', "level = 4", "levels[1].level"),
        (LEVEL + LEVEL.replace("x", "y"), '"y"', "levels[2].level"),
    ],
)
def test_a_wrong_reference_or_register_is_named_by_key_and_line(addition: str, mark: str, key: str) -> None:
    text = MINIMAL + DEPARTMENTS + addition
    ((line, where),) = places(text)
    assert where == key
    assert abs(line - line_of(text, mark)) <= 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('key = "a"\nname = \n', 2),
        ('key = "a"\nkey = "b"\n', 2),
        ('a = 1\nb = """x\n\n', 2),
        ("a = \x00", 1),
        ("a = 1\nb = '\ud800'", 2),
        ("a = " + "[" * 5000, 1),
        ("a = " + "1" * 5000, 1),
    ],
)
def test_broken_toml_is_refused_with_a_line(text: str, line: int) -> None:
    assert refused(text).details["line"] == line


def test_a_byte_order_mark_is_set_aside() -> None:
    assert parse("\ufeff" + MINIMAL, name="desk.toml").key == "small-desk"


def test_an_absurdly_large_file_is_refused_unread() -> None:
    assert "too large" in str(refused("#" * 1_000_001).message)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abc=[]{}\".'#\n, 1\\é", max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    with pytest.raises(PolicyInvalid):
        parse(text, name="desk.toml")
