"""The end of a ticket and its return."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.escalate import escalate, hand_back
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.reply import customer_reply, note, reply
from ouvidoria_tui.domain.ticket import CloseReason, Status
from tests.desk.bench import HOUR, Bench, code_of

OTHERS = [reason for reason in CloseReason if reason is not CloseReason.SOLVED]


@pytest.mark.req("S2-34")
@pytest.mark.parametrize("reason", OTHERS)
@pytest.mark.parametrize("status", [status for status in Status if status is not Status.CLOSED])
def test_any_reason_but_solved_closes_from_any_status(
    bench: Bench, status: Status, reason: CloseReason
) -> None:
    ref = bench.at(status)
    close(bench.desk, ref, reason)
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.close_reason, ticket.closed_at) == (Status.CLOSED, reason, bench.clock.at)


@pytest.mark.req("S3-06")
def test_solved_needs_a_conclusive_answer(bench: Bench) -> None:
    ref = bench.new()
    reply(bench.desk, ref, "Estamos vendo")
    assert code_of(lambda: close(bench.desk, ref, CloseReason.SOLVED)) == "NO_CONCLUSIVE_ANSWER"
    reply(bench.desk, ref, "Decidido", conclusive=True)
    assert close(bench.desk, ref, CloseReason.SOLVED).result is Result.DONE


@pytest.mark.req("S3-06")
@pytest.mark.parametrize("later", [0, 1, HOUR])
def test_solved_needs_it_after_the_customers_last_words(bench: Bench, later: int) -> None:
    ref = bench.new()
    reply(bench.desk, ref, "Decidido", conclusive=True)
    bench.clock.at += later
    customer_reply(bench.desk, ref, "Não resolveu")
    assert code_of(lambda: close(bench.desk, ref, CloseReason.SOLVED)) == "NO_CONCLUSIVE_ANSWER"


def test_a_letter_written_before_the_answer_does_not_hinder_it(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += HOUR
    reply(bench.desk, ref, "Decidido", conclusive=True)
    customer_reply(bench.desk, ref, "Escrito antes", at=bench.clock.at - 60)
    assert close(bench.desk, ref, CloseReason.SOLVED).result is Result.DONE


def test_closed_already_is_unchanged_and_keeps_its_reason(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    assert close(bench.desk, ref, CloseReason.DUPLICATE).result is Result.UNCHANGED
    assert bench.ticket(ref).close_reason is CloseReason.WITHDRAWN


def test_closed_nobody_is_waited_for_and_no_clock_runs(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    states = {state.state for state in bench.store.clocks(bench.ticket(ref).id)}
    assert not states & {"running", "paused"}


@pytest.mark.req("S2-35")
def test_reopened_with_information_it_waits_as_a_customers_reply(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    reopen(bench.desk, ref, information="Recebi nova cobrança")
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.reopened, ticket.protocol) == (Status.CUSTOMER_REPLY, 1, ref)
    assert bench.words(ref)[-1] == "Recebi nova cobrança"


@pytest.mark.req("S2-35")
def test_reopened_with_a_reason_it_returns_to_the_queue(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    reopen(bench.desk, ref, reason="Fechado por engano")
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.assignee, ticket.reopened) == (Status.OPEN, None, 1)


@pytest.mark.req("S2-35")
@pytest.mark.parametrize("words", [None, "", "  "])
def test_reopening_without_either_is_refused(bench: Bench, words: str | None) -> None:
    ref = bench.at(Status.CLOSED)
    assert code_of(lambda: reopen(bench.desk, ref, information=words)) == "REOPEN_NEEDS_INFORMATION"
    assert bench.status(ref) is Status.CLOSED


def test_reopening_with_both_is_a_mistake_of_the_call(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    assert code_of(lambda: reopen(bench.desk, ref, information="a", reason="b")) == "ONE_OF_TWO"


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.CLOSED])
def test_information_is_never_dropped_on_what_is_not_closed(bench: Bench, status: Status) -> None:
    ref = bench.at(status)
    assert code_of(lambda: reopen(bench.desk, ref, information="Nova")) == "ILLEGAL_TRANSITION"


def test_what_is_open_again_is_reopened_once(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    reopen(bench.desk, ref, reason="Engano")
    assert reopen(bench.desk, ref, reason="Engano").result is Result.UNCHANGED


def test_every_return_is_counted(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    for _ in range(3):
        reopen(bench.desk, ref, information="De novo")
        close(bench.desk, ref, CloseReason.NO_REPLY)
    assert bench.ticket(ref).reopened == 3


def test_a_reopened_ticket_can_be_escalated_again(bench: Bench) -> None:
    ref = bench.new()
    escalate(bench.desk, ref, 2, "Prazo")
    close(bench.desk, ref, CloseReason.WITHDRAWN)
    reopen(bench.desk, ref, information="Voltou")
    assert bench.ticket(ref).level == 0
    escalate(bench.desk, ref, 1, "De novo")
    hand_back(bench.desk, ref, "Resolver")
    assert bench.ticket(ref).level == 0


def test_a_note_is_kept_on_a_closed_ticket(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    note(bench.desk, ref, "Arquivado na pasta 3")
    assert bench.status(ref) is Status.CLOSED
