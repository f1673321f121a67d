"""Silence ends a case only after the customer was reminded; who closed it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.remind import remind
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.ticket import CloseReason, Status
from tests.desk.bench import DAY, HOUR, Bench, code_of
from tests.desk.clock_bench import POLICY, at, found, proven


@pytest.fixture
def patient(tmp_path: Path) -> Bench:
    """A desk that reminds once and waits three days."""
    return found(tmp_path, "03-02 10:00", text=POLICY + "\n[work]\nreminders = 1\nreminder_days = 3\n")


def silent(bench: Bench, ref: str) -> Result:
    return close(bench.desk, ref, CloseReason.NO_REPLY).result


@pytest.mark.req("S3-46")
def test_it_is_closed_for_silence_after_a_reminder_and_its_time(patient: Bench) -> None:
    ref = patient.new()
    reply(patient.desk, ref, "Funcionou?")

    assert code_of(lambda: silent(patient, ref)) == "REMINDER_REQUIRED"
    remind(patient.desk, ref)
    patient.clock.at = at("03-05 23:59") + 59
    assert code_of(lambda: silent(patient, ref)) == "REMINDER_REQUIRED", "05/03 was promised, and is not over"
    patient.clock.at = at("03-06 00:00")
    assert silent(patient, ref) is Result.DONE
    assert proven(patient.store)


@pytest.mark.parametrize("rule", ["", "\n[work]\nreminders = 1\n"])
def test_the_day_that_a_letter_named_is_kept_whatever_the_policy_says(tmp_path: Path, rule: str) -> None:
    bench = found(tmp_path, "03-02 10:00", text=POLICY + rule)
    ref = bench.new()
    reply(bench.desk, ref, "Funcionou?")
    remind(bench.desk, ref)
    letter = bench.store.messages(bench.ticket(ref).id)[bench.last(ref).seq]
    assert "05/03/2026" in letter.text
    assert code_of(lambda: silent(bench, ref)) == "REMINDER_REQUIRED"
    bench.clock.at = at("03-06 00:00")
    assert silent(bench, ref) is Result.DONE


def test_the_reminder_is_a_letter_that_moves_nothing(patient: Bench) -> None:
    ref = patient.new()
    reply(patient.desk, ref, "Funcionou?")
    answered = patient.ticket(ref).answered_at
    patient.clock.at += HOUR

    remind(patient.desk, ref)

    event, ticket = patient.last(ref), patient.ticket(ref)
    letter = patient.store.messages(ticket.id)[event.seq]
    assert (event.type, letter.part, ticket.status) == (Act.REMINDED, Part.DESK, Status.ANSWERED)
    assert "{{" not in letter.text
    assert "02/03/2026" in letter.text
    assert "05/03/2026" in letter.text
    assert ticket.answered_at == answered


def test_what_the_customer_writes_makes_the_reminder_void(patient: Bench) -> None:
    ref = patient.new()
    reply(patient.desk, ref, "Funcionou?")
    remind(patient.desk, ref)
    customer_reply(patient.desk, ref, "Ainda não, estou vendo.")
    reply(patient.desk, ref, "E agora?")
    patient.clock.at += 9 * DAY

    assert code_of(lambda: silent(patient, ref)) == "REMINDER_REQUIRED"


def test_nobody_is_reminded_while_the_desk_owes_the_answer(patient: Bench) -> None:
    ref = patient.new()

    assert code_of(lambda: remind(patient.desk, ref)) == "NOT_THE_CUSTOMERS_TURN"


def test_a_desk_without_the_rule_closes_for_silence_as_before(bench: Bench) -> None:
    ref = bench.at(Status.ANSWERED)

    assert silent(bench, ref) is Result.DONE


def test_that_the_customer_closed_it_is_kept(bench: Bench) -> None:
    ours, theirs = bench.at(Status.ANSWERED), bench.at(Status.ANSWERED)
    close(bench.desk, ours, CloseReason.WITHDRAWN)
    close(bench.desk, theirs, CloseReason.WITHDRAWN, by_customer=True)

    assert bench.last(ours).payload.get("by") is None
    assert bench.last(theirs).payload["by"] == "customer"
