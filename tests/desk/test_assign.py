"""Who works on a ticket: assigning, taking, starting, returning, and the next one in order."""

from __future__ import annotations

import random

import pytest

from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.assign import assign, give_back, start, take, take_next
from ouvidoria_tui.desk.classify import Classification, classify, transfer
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import customer_reply
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import Severity, Status
from tests.desk.bench import DAY, HOUR, Bench, code_of


def id_of(bench: Bench, login: str) -> int:
    agent = bench.store.agent(login)
    assert agent is not None
    return agent.id


@pytest.mark.req("S2-30")
def test_an_assigned_ticket_has_an_owner(bench: Bench) -> None:
    ref = bench.new()
    assign(bench.desk, ref, "caio")
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.assignee) == (Status.ASSIGNED, id_of(bench, "caio"))


def test_assigned_to_nobody_in_particular_it_is_ones_own(bench: Bench) -> None:
    ref = bench.new()
    assign(bench.of("bia"), ref)
    assert bench.ticket(ref).assignee == id_of(bench, "bia")


def test_assigned_to_another_person_the_owner_changes(bench: Bench) -> None:
    ref = bench.at(Status.ASSIGNED, "caio")
    assert assign(bench.desk, ref, "dora").result is Result.DONE
    assert bench.ticket(ref).assignee == id_of(bench, "dora")


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.CUSTOMER_REPLY])
def test_after_an_answer_the_owner_changes_and_the_status_stays(bench: Bench, status: Status) -> None:
    ref = bench.at(status, "caio")
    assign(bench.desk, ref, "dora")
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.assignee) == (status, id_of(bench, "dora"))


def test_the_owner_who_works_on_it_is_not_set_back_by_assigning_again(bench: Bench) -> None:
    ref = bench.at(Status.IN_PROGRESS, "caio")
    assert assign(bench.desk, ref, "caio").result is Result.UNCHANGED


def test_work_in_progress_given_to_another_is_assigned(bench: Bench) -> None:
    ref = bench.at(Status.IN_PROGRESS, "caio")
    assign(bench.desk, ref, "dora")
    assert bench.status(ref) is Status.ASSIGNED


@pytest.mark.parametrize(
    ("login", "code"),
    [("ninguem", "AGENT_NOT_FOUND"), ("ina", "AGENT_CANNOT_WORK"), ("aldo", "AGENT_CANNOT_WORK")],
)
def test_a_ticket_is_not_given_to_who_cannot_work(bench: Bench, login: str, code: str) -> None:
    ref = bench.new()
    assert code_of(lambda: assign(bench.desk, ref, login)) == code
    assert bench.status(ref) is Status.OPEN


def test_the_note_of_an_assignment_stays_inside(bench: Bench) -> None:
    ref = bench.new()
    assign(bench.desk, ref, "caio", note="entende de faturas")
    assert bench.last(ref).payload["part"] == "reason"
    assert bench.words(ref)[-1] == "entende de faturas"


def test_taking_is_recorded_as_assigning(bench: Bench) -> None:
    ref = bench.new()
    outcome = take(bench.of("caio"), ref)
    assert (outcome.verb, bench.last(ref).type) == ("take", Act.ASSIGNED)


@pytest.mark.req("S2-33")
def test_starting_takes_what_nobody_has(bench: Bench) -> None:
    ref = bench.new()
    start(bench.of("caio"), ref)
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.assignee) == (Status.IN_PROGRESS, id_of(bench, "caio"))


def test_starting_what_somebody_has_leaves_the_owner(bench: Bench) -> None:
    ref = bench.at(Status.ASSIGNED, "caio")
    start(bench.of("dora"), ref)
    assert bench.ticket(ref).assignee == id_of(bench, "caio")


def test_starting_reads_what_the_customer_wrote(bench: Bench) -> None:
    ref = bench.at(Status.CUSTOMER_REPLY)
    start(bench.desk, ref)
    assert bench.ticket(ref).unread is False


@pytest.mark.req("S2-29")
def test_returned_to_the_queue_it_has_no_owner_and_its_old_place(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += HOUR
    bench.new()
    take(bench.desk, ref)
    give_back(bench.desk, ref)
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.assignee) == (Status.OPEN, None)
    assert take_next(bench.of("caio")).protocol == ref


def test_what_was_answered_is_not_returned_to_the_queue(bench: Bench) -> None:
    ref = bench.at(Status.ANSWERED)
    assert code_of(lambda: give_back(bench.desk, ref)) == "ILLEGAL_TRANSITION"


@pytest.mark.req("S3-39")
def test_the_next_one_is_the_head_of_the_queue_whatever_the_order_of_registration(bench: Bench) -> None:
    moments = [bench.clock.at - minute * 60 for minute in range(8)]
    random.Random(3).shuffle(moments)
    arrived = {
        receive(bench.desk, Manifestation(f"Assunto {at}", "Relato"), at=at).protocol: at for at in moments
    }
    taken = [take_next(bench.of("caio")).protocol for _ in moments]
    assert taken == sorted(arrived, key=lambda ref: arrived[ref])


@pytest.mark.req("S3-39")
def test_of_two_that_arrived_together_the_smaller_protocol_comes_first(bench: Bench) -> None:
    first, second = bench.new(), bench.new()
    assert [take_next(bench.desk).protocol, take_next(bench.desk).protocol] == [first, second]


@pytest.mark.req("S3-40")
def test_severity_and_insistence_do_not_change_who_is_next(bench: Bench) -> None:
    first = bench.new()
    bench.clock.at += HOUR
    loud = bench.new()
    classify(bench.desk, loud, Classification(severity=Severity.CRITICAL))
    for words in ("urgente", "URGENTE!!!", "é para hoje"):
        customer_reply(bench.desk, loud, words)
    assert [take_next(bench.desk).protocol, take_next(bench.desk).protocol] == [first, loud]


def test_a_transferred_ticket_keeps_its_place(bench: Bench) -> None:
    first = bench.new()
    bench.clock.at += HOUR
    second = bench.new()
    department = sorted(bench.store.known_slugs("department"))[0]
    transfer(bench.desk, first, department, "veio ao setor errado")
    assert [take_next(bench.desk).protocol, take_next(bench.desk).protocol] == [first, second]


def test_the_next_one_may_be_a_customers_reply_that_nobody_has(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    customer_reply(bench.desk, ref, "Voltou a acontecer")
    outcome = take_next(bench.of("caio"))
    assert (outcome.protocol, outcome.status) == (ref, Status.CUSTOMER_REPLY)


def test_what_waits_for_the_customer_is_nobodys_next(bench: Bench) -> None:
    bench.at(Status.ANSWERED)
    bench.at(Status.ASSIGNED)
    bench.at(Status.CLOSED)
    assert code_of(lambda: take_next(bench.desk)) == "QUEUE_EMPTY"


def test_two_agents_never_get_the_same_next(bench: Bench) -> None:
    refs = {bench.new(), bench.new()}
    assert {take_next(bench.of("caio")).protocol, take_next(bench.of("dora")).protocol} == refs


def test_taking_in_the_past_needs_a_reason(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += DAY
    assert code_of(lambda: take(bench.desk, ref, when=When(bench.clock.at - HOUR))) == "DATE_NEEDS_REASON"
