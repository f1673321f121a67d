"""What a ticket is about and who it belongs to."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.classify import Classification, classify, transfer
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.domain.ticket import Difficulty, Severity, Status, Type
from tests.desk.bench import Bench, code_of


@pytest.mark.req("S4-18", "S4-19")
def test_difficulty_and_severity_are_two_things(bench: Bench) -> None:
    ref = bench.new()
    classify(bench.desk, ref, Classification(severity=Severity.HIGH, difficulty=Difficulty.SIMPLE))
    ticket = bench.ticket(ref)
    assert (ticket.severity, ticket.difficulty) == (Severity.HIGH, Difficulty.SIMPLE)


def test_what_is_not_given_stays(bench: Bench) -> None:
    ref = bench.new()
    classify(bench.desk, ref, Classification(type=Type.REQUEST, severity=Severity.HIGH))
    classify(bench.desk, ref, Classification(severity=Severity.LOW))
    ticket = bench.ticket(ref)
    assert (ticket.type, ticket.severity) == (Type.REQUEST, Severity.LOW)


def test_a_new_cause_enters_the_register_and_the_ledger_of_the_desk(bench: Bench) -> None:
    ref = bench.new()
    classify(bench.desk, ref, Classification(cause="Cobrança Indevida"))
    assert bench.ticket(ref).cause == "cobranca-indevida"
    assert bench.store.known_slugs("cause") == {"cobranca-indevida": "Cobrança Indevida"}


def test_the_same_classification_again_is_unchanged(bench: Bench) -> None:
    ref = bench.new()
    what = Classification(Type.COMPLAINT, Severity.LOW, cause="Atraso")
    classify(bench.desk, ref, what)
    assert classify(bench.desk, ref, what).result is Result.UNCHANGED


def test_nothing_to_classify_by_is_a_mistake_of_the_call(bench: Bench) -> None:
    ref = bench.new()
    assert code_of(lambda: classify(bench.desk, ref, Classification())) == "NOTHING_TO_CLASSIFY"


@pytest.mark.parametrize("name", ["!!!", "   ", "—"])
def test_a_cause_that_cannot_be_written_is_refused(bench: Bench, name: str) -> None:
    ref = bench.new()
    assert code_of(lambda: classify(bench.desk, ref, Classification(cause=name))) == "BAD_NAME"
    assert bench.ticket(ref).revision == 1


@pytest.mark.req("S3-40")
def test_severity_does_not_touch_arrival_and_lane(bench: Bench) -> None:
    ref = bench.new()
    before = bench.ticket(ref)
    classify(bench.desk, ref, Classification(severity=Severity.CRITICAL))
    after = bench.ticket(ref)
    assert (after.arrived_at, after.lane) == (before.arrived_at, before.lane)


def test_a_wrong_department_is_corrected_with_a_reason_and_its_time_is_visible(bench: Bench) -> None:
    ref = bench.new()
    one, other = sorted(bench.store.known_slugs("department"))[:2]
    transfer(bench.desk, ref, one, "Veio ao setor errado")
    bench.clock.at += 7200
    transfer(bench.desk, ref, other, "Ainda não era aqui")
    moved = [(event.changes["department"], event.happened_at) for event in bench.events(ref)[1:]]
    assert moved == [((None, one), bench.clock.at - 7200), ((one, other), bench.clock.at)]
    assert bench.ticket(ref).arrived_at == bench.clock.at - 7200


def test_a_department_is_known_by_its_name_too(bench: Bench) -> None:
    ref = bench.new()
    slug, name = sorted(bench.store.known_slugs("department").items())[0]
    transfer(bench.desk, ref, name.upper(), "Errado")
    assert bench.ticket(ref).department == slug


def test_an_unknown_department_is_refused_with_those_that_exist(bench: Bench) -> None:
    ref = bench.new()
    assert code_of(lambda: transfer(bench.desk, ref, "Marte", "Errado")) == "DEPARTMENT_NOT_FOUND"


def test_a_transfer_needs_a_reason(bench: Bench) -> None:
    ref = bench.new()
    slug = sorted(bench.store.known_slugs("department"))[0]
    assert code_of(lambda: transfer(bench.desk, ref, slug, " ")) == "TEXT_REQUIRED"


def test_a_closed_ticket_is_not_transferred(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    slug = sorted(bench.store.known_slugs("department"))[0]
    assert code_of(lambda: transfer(bench.desk, ref, slug, "Errado")) == "ILLEGAL_TRANSITION"
