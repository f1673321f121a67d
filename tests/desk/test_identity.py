"""Who is behind a confidential ticket: told only with a reason, on record, to who may; nowhere else."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.assign import take
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.consent import answer_consent
from ouvidoria_tui.desk.delay_notice import delay_notice
from ouvidoria_tui.desk.forward import forward
from ouvidoria_tui.desk.identity import identity, show_all
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import note
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.ticket import Status, Type
from ouvidoria_tui.report.reading import detail, page, records, related
from ouvidoria_tui.report.registers import registration
from tests.desk.bench import DAY, HOUR, Bench, code_of
from tests.desk.clock_bench import proven

JOANA = Customer(0, "Joana Prado Lima", "joana@example.com", "123.456.789-09")


@pytest.fixture
def ref(bench: Bench) -> str:
    what = Manifestation("Desvio de verba", "Vi o desvio.", Type.REPORT, customer=JOANA)
    return receive(bench.desk, what).protocol


def found(bench: Bench, query: str) -> list[str]:
    rows = page(bench.store.conn, parse(query), now=bench.clock.at, agent_id=1, zone="UTC").rows
    return [row.protocol for row in rows]


def test_a_report_of_wrongdoing_is_confidential_from_the_first_moment(bench: Bench, ref: str) -> None:
    assert bench.ticket(ref).confidential
    assert not bench.ticket(bench.new()).confidential


def test_what_becomes_a_report_becomes_confidential_with_it(bench: Bench) -> None:
    ref = bench.new()
    classify(bench.desk, ref, Classification(Type.REPORT))
    assert bench.ticket(ref).confidential


def test_without_a_reason_nothing_is_told_and_nothing_is_recorded(bench: Bench, ref: str) -> None:
    before = len(bench.events(ref))
    for reason in (None, "", "  \n"):
        assert code_of(lambda reason=reason: identity(bench.of("bia"), ref, reason)) == (  # type: ignore[misc]
            "IDENTITY_ACCESS_NEEDS_REASON"
        )
    assert len(bench.events(ref)) == before


@pytest.mark.parametrize("login", ["caio", "aldo"])
def test_neither_an_agent_nor_the_auditor_is_told(bench: Bench, ref: str, login: str) -> None:
    take(bench.of("caio"), ref)
    assert code_of(lambda: identity(bench.of(login), ref, "Curiosidade")) == "ROLE_MAY_NOT"


def test_who_asked_when_and_why_is_in_the_ledger(bench: Bench, ref: str) -> None:
    bench.clock.at += HOUR
    told = identity(bench.of("bia"), ref, "Pedir documento")
    event = bench.last(ref)
    message = bench.store.messages(bench.ticket(ref).id)[event.seq]
    assert told.customer is not None
    assert (told.customer.name, told.customer.document) == (JOANA.name, JOANA.document)
    assert (event.type, event.actor, event.happened_at) == (
        Act.IDENTITY_SHOWN,
        bench.of("bia").agent.id,
        bench.clock.at,
    )
    assert (message.part, message.text) == (Part.REASON, "Pedir documento")
    assert "Joana" not in str(event.payload)
    assert proven(bench.store)


def test_a_look_is_no_act_on_the_ticket(bench: Bench, ref: str) -> None:
    take(bench.of("bia"), ref)
    bench.clock.at += HOUR
    identity(bench.of("oto"), ref, "Conferir")
    assert bench.ticket(ref).acted_at == bench.clock.at - HOUR
    undo(bench.of("bia"), ref)
    assert bench.status(ref) is Status.OPEN
    assert [event.type for event in bench.events(ref)][-2:] == [Act.IDENTITY_SHOWN, Act.UNDONE]


def test_that_somebody_looked_cannot_be_undone(bench: Bench, ref: str) -> None:
    identity(bench.of("oto"), ref, "Conferir")
    assert code_of(lambda: undo(bench.of("oto"), ref)) == "NOTHING_TO_UNDO"


def test_of_what_is_not_confidential_anybody_who_may_is_told_without_a_record(bench: Bench) -> None:
    ref = bench.new()
    told = identity(bench.desk, ref, None)
    assert told.customer is not None
    assert not told.recorded
    assert len(bench.events(ref)) == 1


def test_many_are_put_on_record_together_and_only_those_that_are_kept(bench: Bench, ref: str) -> None:
    other = bench.new()
    ids = [bench.ticket(one).id for one in (ref, other)]
    assert show_all(bench.desk, ids, "Auditoria") == 1
    assert bench.last(ref).type is Act.IDENTITY_SHOWN
    assert bench.last(other).type is Act.RECEIVED


def test_the_restriction_is_lifted_only_with_a_reason_and_by_who_may_see(bench: Bench, ref: str) -> None:
    lift = Classification(confidential=False)
    assert code_of(lambda: classify(bench.of("caio"), ref, lift, note="Porque sim")) == "ROLE_MAY_NOT"
    assert code_of(lambda: classify(bench.of("bia"), ref, lift)) == "IDENTITY_ACCESS_NEEDS_REASON"
    classify(bench.of("bia"), ref, lift, note="Pediu por escrito")
    assert not bench.ticket(ref).confidential
    assert bench.words(ref)[-1] == "Pediu por escrito"


# --- nowhere else


def test_lists_and_files_do_not_hold_the_person(bench: Bench, ref: str) -> None:
    id_ = bench.ticket(ref).id
    (record,) = records(bench.store.conn, [id_])
    file = detail(bench.store.conn, id_)
    assert file is not None
    assert record.kept
    assert record.customer is None
    assert file.record.customer is None
    assert "Joana" not in repr(record) + repr(file)


def test_no_search_finds_the_words_or_the_person(bench: Bench, ref: str) -> None:
    for query in ("desvio", "joana", "customer:joana", "customer:joana@example.com"):
        assert found(bench, query) == []
    assert ref in found(bench, "is:confidential")


def test_the_persons_other_tickets_do_not_lead_to_it(bench: Bench, ref: str) -> None:
    other = receive(bench.desk, Manifestation("Desvio de verba", "Outra coisa", customer=JOANA))
    ticket = bench.ticket(other.protocol)
    ties = related(bench.store.conn, ticket.id, ticket.customer, None)
    assert "duplicate_of" not in other.details
    assert [one.protocol for one in ties] == []
    assert ticket.customer is not None
    assert registration(bench.store.conn, ticket.customer) is not None


def test_a_letter_of_the_desk_does_not_name_the_person(bench: Bench, ref: str) -> None:
    delay_notice(bench.desk, ref, bench.clock.at + 5 * DAY, "Leva mais tempo")
    open_ = receive(bench.desk, Manifestation("Cobrança", "Duas vezes", customer=JOANA)).protocol
    delay_notice(bench.desk, open_, bench.clock.at + 5 * DAY, "Leva mais tempo")
    assert "Joana" not in bench.words(ref)[-1]
    assert "Joana" in bench.words(open_)[-1]


# --- what goes to others


@pytest.mark.parametrize("words", ["Joana Prado viu", "falar com joana@example.com", "CPF 12345678909"])
def test_an_area_is_not_told_who_reports(bench: Bench, ref: str, words: str) -> None:
    assert code_of(lambda: forward(bench.desk, ref, "financeiro", words)) == "IDENTITY_IN_TEXT"
    forward(bench.desk, ref, "financeiro", "Relata-se um desvio")
    assert bench.last(ref).type is Act.FORWARDED


def test_an_area_may_be_told_once_the_person_has_agreed(bench: Bench, ref: str) -> None:
    answer_consent(bench.desk, ref, given=True, text="Podem dizer")
    forward(bench.desk, ref, "financeiro", "Joana Prado relata um desvio")
    answer_consent(bench.desk, ref, given=False, text="Mudei de ideia")
    assert code_of(lambda: forward(bench.desk, ref, "financeiro", "Joana Prado")) == "IDENTITY_IN_TEXT"


def test_notes_inside_the_desk_are_free(bench: Bench, ref: str) -> None:
    note(bench.desk, ref, "Joana Prado ligou")
    assert bench.words(ref)[-1] == "Joana Prado ligou"
