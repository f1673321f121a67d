"""Incidents: one cause, many customers; tickets are linked by a person, and triage says where it would."""

from __future__ import annotations

from ouvidoria_tui.desk.incident import (
    close_incident,
    find_incident,
    link_incident,
    open_incident,
    unlink_incident,
)
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.triage import plan
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.report.batch import case_of, connection
from ouvidoria_tui.report.incidents import tickets_of
from ouvidoria_tui.store.rebuild import compare
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import Bench, code_of
from tests.store.tampering import unguarded


def planned(bench: Bench, ref: str) -> Plan:
    (found,) = plan(bench.desk, [case_of(connection(bench.store), ref)])
    return found


def suggested(bench: Bench, ref: str) -> list[str]:
    return [str(reason.text) for reason in planned(bench, ref).reasons if reason.rule == "incident"]


def test_incidents_are_numbered_and_keep_title_cause_and_who_opened_them(bench: Bench) -> None:
    first = open_incident(bench.of("caio"), "  Loja   fora do ar ", cause="Indisponibilidade")
    second = open_incident(bench.desk, "Boletos em duplicidade")
    assert (first.number, first.title, first.cause) == (1, "Loja fora do ar", "indisponibilidade")
    assert first.opened_by == bench.of("caio").agent.id
    assert [one.number for one in bench.store.incidents()] == [second.number, 1]


def test_the_ledger_binds_the_title_and_nothing_else_keeps_it(bench: Bench) -> None:
    open_incident(bench.desk, "Loja fora do ar")
    assert verify(bench.store.conn).problems == ()
    copy = unguarded(bench.store.conn)
    copy.execute("UPDATE message SET text = 'Nada houve' WHERE ticket_id = 0")
    assert [problem.kind for problem in verify(copy).problems] == ["changed"]


def test_tickets_are_linked_and_counted_by_customer(bench: Bench) -> None:
    number = open_incident(bench.desk, "Loja fora do ar").number
    for ref in (bench.new(), bench.new()):
        link_incident(bench.desk, ref, number)
    assert tickets_of(connection(bench.store), number) == (2, 2, 2)
    assert not compare(bench.store.conn).differences


def test_linking_again_changes_nothing_and_unlinking_takes_it_out(bench: Bench) -> None:
    number, ref = open_incident(bench.desk, "Loja fora do ar").number, bench.new()
    link_incident(bench.desk, ref, number)
    assert link_incident(bench.desk, ref, number).result is Result.UNCHANGED
    unlink_incident(bench.desk, ref)
    assert bench.ticket(ref).incident is None
    assert unlink_incident(bench.desk, ref).result is Result.UNCHANGED


def test_a_link_to_an_incident_can_be_undone(bench: Bench) -> None:
    number, ref = open_incident(bench.desk, "Loja fora do ar").number, bench.new()
    link_incident(bench.desk, ref, number)
    undo(bench.desk, ref)
    assert bench.ticket(ref).incident is None


def test_a_closed_incident_keeps_its_tickets_and_takes_no_more(bench: Bench) -> None:
    number, ref = open_incident(bench.desk, "Loja fora do ar").number, bench.new()
    link_incident(bench.desk, ref, number)
    ended, changed = close_incident(bench.desk, number, "Corrigido")
    assert (ended.open, ended.reason, changed) == (False, "Corrigido", True)
    assert close_incident(bench.desk, number, "De novo") == (ended, False)
    assert bench.ticket(ref).incident == number
    other = bench.new()
    assert code_of(lambda: link_incident(bench.desk, other, number)) == "INCIDENT_CLOSED"


def test_an_incident_that_is_not_there_is_named(bench: Bench) -> None:
    ref = bench.new()
    assert code_of(lambda: link_incident(bench.desk, ref, 7)) == "INCIDENT_NOT_FOUND"
    assert code_of(lambda: find_incident(bench.desk, 7)) == "INCIDENT_NOT_FOUND"


def test_a_title_says_something_and_not_too_much(bench: Bench) -> None:
    assert code_of(lambda: open_incident(bench.desk, " ")) == "TEXT_REQUIRED"
    assert code_of(lambda: open_incident(bench.desk, "a" * 201)) == "TEXT_TOO_LONG"


def test_triage_suggests_the_open_incident_that_a_ticket_sounds_like(bench: Bench) -> None:
    open_incident(bench.desk, "Loja fora do ar")
    ref = receive(bench.desk, Manifestation("Socorro", "Minha LOJA está fora desde cedo")).protocol
    assert len(suggested(bench, ref)) == 1
    assert bench.ticket(ref).incident is None, "a person links it"


def test_triage_suggests_nothing_by_one_word_of_several_or_once_it_is_closed(bench: Bench) -> None:
    number = open_incident(bench.desk, "Loja fora do ar").number
    one_word = receive(bench.desk, Manifestation("Elogio", "Adorei a loja")).protocol
    both = receive(bench.desk, Manifestation("Socorro", "A loja está fora")).protocol
    assert suggested(bench, one_word) == []
    close_incident(bench.desk, number, "Corrigido")
    assert suggested(bench, both) == []
