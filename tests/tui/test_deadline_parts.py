"""Deadlines in the console without a console: typed dates, what they come to, rules, effects, words for due times."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.desk.classify import Classification
from ouvidoria_tui.desk.extend import Share
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.clock_state import PAUSED, RUNNING, ClockState, CompiledClock
from ouvidoria_tui.domain.explain import Explanation
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import CalendarRule, ClockRule, ClockStart, ClockStop, ClockTarget, Unit
from ouvidoria_tui.domain.policy_law import Extension, Origin, Suspension
from ouvidoria_tui.domain.span import due_after
from ouvidoria_tui.domain.ticket import Channel, Severity, Status, Ticket, Turn, Type
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _, set_language
from ouvidoria_tui.text import N_
from ouvidoria_tui.tui.classify_words import effects
from ouvidoria_tui.tui.date_result import extension_dated, notice_dated
from ouvidoria_tui.tui.reads_classify import Basis
from ouvidoria_tui.tui.reads_deadline import Possible
from ouvidoria_tui.tui.rule_words import refusal, rule_sentences
from ouvidoria_tui.tui.screens.deadline_form import act_of, draft_kind
from ouvidoria_tui.tui.theme import UNICODE
from ouvidoria_tui.tui.typed_due import typed_due
from ouvidoria_tui.tui.widgets.clock_bars import bar_line, readings

ZONE = "America/Sao_Paulo"
WEEK = {day: (("09:00", "18:00"),) for day in ("mon", "tue", "wed", "thu", "fri")}
CALENDAR = Calendar(CalendarRule("desk", ZONE, WEEK), {})


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp())


#: Monday, 2 March 2026, 10h00.
T0 = at("2026-03-02T10:00")


def clock(unit: Unit, amount: int = 10, **more: object) -> CompiledClock:
    rule = ClockRule("resolution", ClockStart.RECEIPT, ClockStop.CONCLUSION, unit, amount)
    return CompiledClock(replace(rule, **more), CALENDAR)  # type: ignore[arg-type]


def explained(compiled: CompiledClock, **more: object) -> Explanation:
    amount = compiled.rule.amount or 0
    due_at = due_after(
        compiled.rule.unit, amount * (3600 if "hours" in compiled.rule.unit else 86_400), T0, CALENDAR
    )
    state = ClockState("resolution", RUNNING, T0, due_at=due_at, amount=amount)
    state = replace(state, **more)  # type: ignore[arg-type]
    return Explanation(compiled, state, 1, (), 0, None, None, None, ())


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


# --- dates as they are typed


@pytest.mark.parametrize(
    ("unit", "typed", "meant"),
    [
        (Unit.BUSINESS_DAYS, "+3", "2026-03-19T00:00"),
        (Unit.CALENDAR_DAYS, "+3", "2026-03-15T00:00"),
        (Unit.CALENDAR_DAYS, " + 3d ", "2026-03-15T00:00"),
        (Unit.BUSINESS_HOURS, "+1", "2026-03-04T00:00"),
        (Unit.BUSINESS_HOURS, "+4h", "2026-03-03T15:00"),
        (Unit.HOURS, "+4h", "2026-03-03T00:00"),
        (Unit.BUSINESS_DAYS, "18/03/2026", "2026-03-18T00:00"),
        (Unit.BUSINESS_DAYS, "2026-03-18 17h30", "2026-03-18T17:30"),
    ],
)
def test_more_days_are_counted_after_the_due_time_as_the_clock_counts_them(
    unit: Unit, typed: str, meant: str
) -> None:
    one = explained(clock(unit))
    assert one.state.due_at is not None
    assert typed_due(typed, one.clock, one.state.due_at, ZONE, T0) == at(meant)


@pytest.mark.parametrize("typed", ["+", "+3x", "32/01/2026", "amanhã de manhã", "+99999", "\x1b[2J"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    one = explained(clock(Unit.BUSINESS_DAYS))
    with pytest.raises(UsageError, match="BAD_TIME"):
        typed_due(typed, one.clock, one.state.due_at or 0, ZONE, T0)


def test_a_date_within_the_rule_says_the_due_time_that_follows() -> None:
    dated = extension_dated(explained(clock(Unit.BUSINESS_DAYS)), Type.COMPLAINT, "+3", ZONE, T0, "→")
    assert dated.words == "due 2026-03-16 18:00 → 2026-03-19 18:00, 3 days more"
    assert dated.to == at("2026-03-19T00:00")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("+11", "EXTENSION_TOO_LONG"), ("10/03/2026", "EXTENSION_NOT_LATER"), ("x", "BAD_TIME")],
)
def test_a_date_beyond_the_rule_says_why_with_its_code(typed: str, code: str) -> None:
    dated = extension_dated(explained(clock(Unit.BUSINESS_DAYS)), Type.COMPLAINT, typed, ZONE, T0, "→")
    assert (dated.to, dated.words.startswith(f"{code}: ")) == (None, True)


@pytest.mark.parametrize(("typed", "possible"), [("", False), ("01/03/2026", False), ("02/03/2026", True)])
def test_a_promise_must_lie_ahead_and_today_does(typed: str, possible: bool) -> None:
    dated = notice_dated(explained(clock(Unit.BUSINESS_DAYS)), typed, ZONE, T0)
    assert (dated.to is not None) is possible


# --- rules


def test_the_rule_of_an_extension_says_norm_times_amount_agreement_and_cap() -> None:
    rule = Extension(
        times=1, amount=10, consent=True, monthly_cap=10, origin=Origin("Resolução CMN 4.860/2020", "art. 9º")
    )
    one = explained(clock(Unit.BUSINESS_DAYS, extension=rule, statutory=True))
    last = at("2026-03-30T18:00")
    said = " ".join(
        rule_sentences(Verb.EXTEND, one, Possible(last=last, share=Share(3, 200, 10)), ZONE, promise=True)
    )
    for words in (
        "CMN 4.860/2020 art. 9º: once",
        "10 business days",
        "2026-03-30 18:00",
        "agreement",
        "3 of 200",
        "10%",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"statutory": True}, "No norm or contract lets this clock be suspended."),
        ({}, "may be suspended, with a reason"),
        (
            {"statutory": True, "suspension": Suspension(origin=Origin("Lei 13.460/2017", "art. 18"))},
            "art. 18: once.",
        ),
    ],
)
def test_the_rule_of_a_suspension_is_that_of_norm_or_contract(more: dict[str, Any], words: str) -> None:
    one = explained(clock(Unit.BUSINESS_DAYS, **more))
    assert words in " ".join(rule_sentences(Verb.SUSPEND, one, Possible(), ZONE, promise=True))


def test_a_desk_that_promises_no_date_says_so() -> None:
    one = explained(clock(Unit.BUSINESS_DAYS))
    said = rule_sentences(Verb.DELAY_NOTICE, one, Possible(), ZONE, promise=False)
    assert said == [_("This desk promises no date, so no message may name one.")]


def test_a_refusal_is_code_sentence_and_next_step() -> None:
    assert (
        refusal(Possible(N_("too late"), N_("answer"), "EXTENSION_TOO_LATE"))
        == "EXTENSION_TOO_LATE: too late. answer"
    )
    assert refusal(Possible()) == ""


def test_the_draft_of_an_act_names_its_clock() -> None:
    assert act_of(draft_kind(Verb.DELAY_NOTICE, "first-response")) == (Verb.DELAY_NOTICE, "first-response")
    assert (act_of("reply"), act_of("reply:x")) == (None, None)


# --- classification


def ticket(number: int) -> Ticket:
    return Ticket(
        number, f"2026-{number:06d}-0", Status.OPEN, Turn.DESK, Type.COMPLAINT, Channel.EMAIL, T0, T0
    )


GRAVE = clock(Unit.BUSINESS_DAYS, targets=(ClockTarget(2, severity=Severity.HIGH),))


def told(count: int, wanted: Classification) -> list[str]:
    state = explained(GRAVE).state
    basis = Basis(tuple((ticket(n), (state,)) for n in range(1, count + 1)), (GRAVE,), {}, T0)
    return list(effects(basis, wanted, ZONE, "→"))


def test_a_graver_ticket_shows_its_due_time_before_and_after() -> None:
    assert told(1, Classification(severity=Severity.HIGH)) == [
        "solution: 2026-03-16 18:00 → 2026-03-04 18:00"
    ]


def test_what_moves_no_due_time_says_so() -> None:
    assert told(1, Classification(severity=Severity.LOW)) == [_("no due time changes")]


def test_of_many_the_first_are_shown_and_the_others_counted() -> None:
    said = told(8, Classification(severity=Severity.HIGH))
    assert said[0] == "8 of 8 tickets get another due time"
    assert said[1].startswith("2026-000001-0: solution: ")
    assert said[-1] == "and 3 more"


# --- words for due times


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"extra": 86_400, "extensions": 1}, "extended"),
        ({"notified_at": T0}, "customer told"),
        (
            {"state": PAUSED, "due_at": None, "remaining": 3 * 86_400, "suspended_at": T0},
            "suspended, 3 days left",
        ),
        ({"state": PAUSED, "due_at": None, "remaining": 3 * 86_400}, "paused, 3 days left"),
    ],
)
def test_a_due_time_that_was_acted_on_says_so_in_the_bars(more: dict[str, object], words: str) -> None:
    one = explained(clock(Unit.BUSINESS_DAYS), **more)
    found = readings([one.state], [one.clock], T0, ZONE, UNICODE)
    assert words in "".join(text for text, _tone in bar_line(found, 60, UNICODE))


def test_the_word_outlives_the_bar_where_room_is_short() -> None:
    one = explained(clock(Unit.BUSINESS_DAYS), extra=86_400)
    found = readings([one.state], [one.clock], T0, ZONE, UNICODE)
    assert "".join(text for text, _tone in bar_line(found, 28, UNICODE)) == "solution 10 b.d. (extended)"
