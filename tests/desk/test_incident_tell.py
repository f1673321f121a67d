"""One message to whoever reported an incident: an event and a letter on each linked ticket, once."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.incident import close_incident, link_incident, open_incident
from ouvidoria_tui.desk.incident_tell import tell_incident
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.merge import merge
from ouvidoria_tui.desk.merge_plan import Wanted
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.store.check import check_store
from ouvidoria_tui.store.rebuild import compare
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import Bench, code_of

WORDS = "A equipe trabalha na correção."


@pytest.fixture
def told(bench: Bench) -> Bench:
    """A desk with mail and incident 1, to which two tickets are linked."""
    change_mail(bench.desk, {"from_address": "o@desk.example", "road": "smtp", "host": "localhost"})
    open_incident(bench.desk, "Loja fora do ar")
    for _ in range(2):
        link_incident(bench.desk, bench.new(), 1)
    return bench


def results(bench: Bench, text: str = WORDS, **more: bool) -> list[Result]:
    return [outcome.result for outcome in tell_incident(bench.desk, 1, text, **more)]


def letters(bench: Bench) -> int:
    return int(bench.store.conn.execute("SELECT count(*) FROM outbox").fetchone()[0])


@pytest.mark.req("S0-29")
def test_one_message_goes_to_all_linked_tickets_each_once(told: Bench) -> None:
    assert results(told) == [Result.DONE, Result.DONE]
    refs = told.store.of_incident(1)
    assert [told.last(ref).type for ref in refs] == [Act.INCIDENT_NOTICED] * 2
    assert letters(told) == 2
    assert WORDS in told.words(refs[0])[-1]
    assert "Loja fora do ar" in told.words(refs[0])[-1]
    assert results(told) == [Result.UNCHANGED, Result.UNCHANGED]
    assert letters(told) == 2
    assert verify(told.store.conn).ok
    assert all(finding.ok for finding in check_store(told.store.conn))
    assert not compare(told.store.conn).differences


def test_who_was_linked_later_hears_the_same_words_and_other_words_reach_all(told: Bench) -> None:
    results(told)
    link_incident(told.desk, told.new(), 1)
    assert results(told) == [Result.UNCHANGED, Result.UNCHANGED, Result.DONE]
    assert results(told, "Voltou.") == [Result.DONE] * 3


def test_telling_answers_nothing_and_keeps_the_customer_informed(told: Bench) -> None:
    (ref, _other) = told.store.of_incident(1)
    results(told)
    ticket = told.ticket(ref)
    assert (ticket.status, ticket.answered_at, ticket.public_word_at) == (Status.OPEN, None, told.clock.at)


def test_at_the_end_it_is_told_that_it_is_over(told: Bench) -> None:
    assert results(told, "Corrigido às 14h.", over=True) == [Result.DONE, Result.DONE]
    close_incident(told.desk, 1, "Corrigido às 14h.")
    (ref, _other) = told.store.of_incident(1)
    assert told.last(ref).payload["template"] == "R6"
    assert "Se para você o problema continua" in told.words(ref)[-1]


def test_a_ticket_that_was_merged_is_told_by_the_one_it_went_into(told: Bench) -> None:
    (ref, other) = told.store.of_incident(1)
    merge(told.desk, ref, Wanted(other, reason="o mesmo", different_customers=True))
    assert told.store.of_incident(1) == [other]


def test_what_cannot_be_said_is_refused_before_anything_is_written(told: Bench) -> None:
    assert code_of(lambda: results(told, " ")) == "TEXT_REQUIRED"
    assert code_of(lambda: results(told, "Em {{ data }}")) == "TEMPLATE_INCOMPLETE"
    assert code_of(lambda: results(told, "A culpa é do suporte, são incompetentes")) == "TONE_WARNING"
    assert code_of(lambda: list(tell_incident(told.desk, 9, WORDS))) == "INCIDENT_NOT_FOUND"
    assert (letters(told), told.store.last_incident_telling()) == (0, 0)


@pytest.mark.req("S4-03")
def test_a_confirmed_tone_is_on_record_with_the_telling_and_each_letter(told: Bench) -> None:
    list(tell_incident(told.desk.confirming_tone(), 1, "São incompetentes."))
    (ref, _other) = told.store.of_incident(1)
    assert told.last(ref).payload["tone"] == "confirmed"
