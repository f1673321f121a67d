"""Consent, complement and the window for coming back: the customer's own time, which lapses."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.consent import answer_consent, ask_consent
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.reply import ask, customer_reply
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.ticket import CloseReason, Status
from ouvidoria_tui.domain.watch_plan import Kind
from tests.desk.bench import DAY, HOUR, Bench, code_of
from tests.desk.clock_bench import POLICY, acts, at, clock, due, found, of, proven, round_

WINDOW = """
[clocks.reopen-window]
start = "closing"
stop = "reopening"
unit = "calendar-days"
amount = 30
"""


@pytest.fixture
def report(tmp_path: Path) -> Bench:
    return found(tmp_path, "03-02 10:00", profile="denuncia")


@pytest.fixture
def windowed(tmp_path: Path) -> Bench:
    return found(tmp_path, "03-02 10:00", text=POLICY + WINDOW)


def test_consent_is_asked_in_public_words_and_the_case_goes_on(report: Bench) -> None:
    ref = report.at(Status.IN_PROGRESS)

    ask_consent(report.desk, ref, "Podemos informar seu nome?")

    message = report.store.messages(report.ticket(ref).id)[report.last(ref).seq]
    assert (message.part, report.status(ref)) == (Part.DESK, Status.IN_PROGRESS)
    assert due(clock(report, ref, "consent")) == "03-24 00:00"


@pytest.mark.parametrize(("given", "flag"), [(True, "consent-given"), (False, "consent-refused")])
def test_the_answer_is_kept_and_the_same_one_again_changes_nothing(
    report: Bench, given: bool, flag: str
) -> None:
    ref = report.new()
    ask_consent(report.desk, ref, "Podemos informar seu nome?")

    answer_consent(report.desk, ref, given=given, text="Prefiro decidir assim.")
    again = answer_consent(report.desk, ref, given=given)

    assert (report.ticket(ref).flags, again.result) == ((flag,), Result.UNCHANGED)
    assert clock(report, ref, "consent").state == "met"
    assert proven(report.store)


def test_who_changes_their_mind_is_heard(report: Bench) -> None:
    ref = report.new()
    answer_consent(report.desk, ref, given=True, text="Podem dizer.")
    answer_consent(report.desk, ref, given=False)
    assert report.ticket(ref).flags == ("consent-refused",)


def test_time_of_the_customer_that_is_over_is_recorded_once_and_escalates_nothing(report: Bench) -> None:
    ref = report.new()
    ask_consent(report.desk, ref, "Podemos informar seu nome?")
    report.clock.at += 22 * DAY + HOUR

    first, second = round_(report), round_(report)

    assert [(item.clock, item.at) for item in of(first, Kind.LAPSE)] == [("consent", at("03-24 00:00"))]
    assert not of(second, Kind.LAPSE)
    assert [item.clock for item in of(first, Kind.ESCALATION)] == []
    assert [event.payload["clocks"] for event in acts(report, ref, Act.BREACHED)] == [["consent"]]
    assert proven(report.store)


def test_a_complement_has_its_own_time_and_does_not_hurry_the_queue(report: Bench) -> None:
    ref = report.new()
    ask(report.desk, ref, "Qual a data do fato?")
    row = report.store.conn.execute("SELECT next_due_clock FROM ticket").fetchone()
    assert (due(clock(report, ref, "complement")), row[0]) == ("03-24 00:00", None)
    customer_reply(report.desk, ref, "Foi no dia 1º.")
    assert clock(report, ref, "complement").state == "met"


def test_within_the_window_the_customer_comes_back_with_something_new(windowed: Bench) -> None:
    ref = windowed.at(Status.CLOSED)
    windowed.clock.at += 29 * DAY
    reopen(windowed.desk, ref, information="Voltou a acontecer.")
    assert (windowed.status(ref), clock(windowed, ref, "reopen-window").state) == (
        Status.CUSTOMER_REPLY,
        "met",
    )
    assert proven(windowed.store)


def test_after_the_window_the_customer_opens_another_and_the_desk_may_still_reopen(windowed: Bench) -> None:
    ref = windowed.at(Status.CLOSED)
    windowed.clock.at += 32 * DAY
    assert code_of(lambda: reopen(windowed.desk, ref, information="Voltou.")) == "REOPEN_WINDOW_PASSED"
    reopen(windowed.desk, ref, reason="Erro nosso.")
    assert windowed.status(ref) is Status.OPEN


def test_undoing_a_closing_takes_its_window_away(windowed: Bench) -> None:
    from ouvidoria_tui.desk.undo import undo

    ref = windowed.at(Status.IN_PROGRESS)
    close(windowed.desk, ref, CloseReason.WITHDRAWN)
    undo(windowed.desk, ref)
    assert "reopen-window" not in [one.name for one in windowed.store.clocks(windowed.ticket(ref).id)]
    assert proven(windowed.store)
