"""The customer is told, before the limit, that more time is needed: it informs and answers nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.delay_notice import delay_notice
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.report.answer import Question
from ouvidoria_tui.report.ask import ask as ask_report
from tests.desk.bench import DAY, HOUR, Bench, code_of
from tests.desk.clock_bench import POLICY, at, clock, found, proven

WHY = "A área pediu mais um dia."


@pytest.fixture
def desk(tmp_path: Path) -> Bench:
    return found(tmp_path, "03-02 10:00", text=POLICY)


def figures(bench: Bench, *, as_of: int | None = None) -> dict[str, object]:
    now = bench.clock.at
    question = Question("sla", as_of or now, as_of is not None, None, (), "first-response")
    (row,) = ask_report(bench.store.conn, bench.desk.policy, question).rows
    return dict(row)


@pytest.mark.req("S4-22")
def test_told_before_the_limit_the_case_counts_as_notified_in_time(desk: Bench) -> None:
    ref = desk.new()
    delay_notice(desk.desk, ref, at("03-10 00:00"), WHY, measures="Consultamos a área.")
    desk.clock.at += 3 * DAY

    found_ = figures(desk)

    assert (found_["on_time_notified"], found_["missed"], found_["met"]) == (1, 1, 0)
    assert clock(desk, ref, "first-response").state == "running"
    assert proven(desk.store)


def test_told_after_the_limit_it_does_not(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at += 3 * DAY
    delay_notice(desk.desk, ref, at("03-10 00:00"), WHY)
    assert figures(desk)["on_time_notified"] == 0


def test_answered_in_time_all_the_same_it_is_met(desk: Bench) -> None:
    ref = desk.new()
    delay_notice(desk.desk, ref, at("03-10 00:00"), WHY)
    reply(desk.desk, ref, "Já temos a resposta")
    assert (figures(desk)["on_time_notified"], figures(desk)["met"]) == (0, 1)


def test_on_a_day_before_the_notice_nobody_had_been_told(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at += HOUR
    delay_notice(desk.desk, ref, at("03-10 00:00"), WHY)
    desk.clock.at += DAY
    assert figures(desk, as_of=desk.clock.at - DAY - 60)["on_time_notified"] == 0
    assert figures(desk, as_of=desk.clock.at - 60)["on_time_notified"] == 1


def test_the_customer_reads_why_what_was_done_and_until_when(desk: Bench) -> None:
    ref = desk.new()
    delay_notice(desk.desk, ref, at("03-10 00:00"), WHY)
    event = desk.last(ref)
    message = desk.store.messages(desk.ticket(ref).id)[event.seq]
    assert (event.type, message.part) == (Act.DELAY_NOTICED, Part.DESK)
    assert all(words in message.text for words in (WHY, "10/03/2026", "em análise"))


def test_it_keeps_the_customer_informed(desk: Bench) -> None:
    ref = desk.new()
    delay_notice(desk.desk, ref, at("03-10 00:00"), WHY)
    assert clock(desk, ref, "keep-informed").state == "met"


@pytest.mark.parametrize(
    ("date", "why", "code"),
    [
        ("03-01 00:00", WHY, "DATE_NOT_LATER"),
        ("03-10 00:00", "{{ motivo }}", "TEMPLATE_INCOMPLETE"),
        ("03-10 00:00", "", "TEXT_REQUIRED"),
    ],
)
def test_what_cannot_be_said_is_refused(desk: Bench, date: str, why: str, code: str) -> None:
    ref = desk.new()
    assert code_of(lambda: delay_notice(desk.desk, ref, at(date), why)) == code
    assert len(desk.events(ref)) == 1


def test_today_is_late_enough(desk: Bench) -> None:
    ref = desk.new()
    delay_notice(desk.desk, ref, at("03-02 00:00"), WHY)
    assert clock(desk, ref, "first-response").promised_at == at("03-03 00:00")


def test_a_desk_that_promises_no_date_names_none(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-02 10:00", profile="suporte-tecnico")
    ref = bench.new()
    assert code_of(lambda: delay_notice(bench.desk, ref, at("03-10 00:00"), WHY)) == "DATE_NOT_PROMISED"
