"""Suggestions from the store: only what may be told, only from the past, only what was concluded."""

from __future__ import annotations

from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.neighbours import Field, Suggestions
from ouvidoria_tui.domain.ticket import CloseReason
from ouvidoria_tui.report.batch import case_of
from ouvidoria_tui.report.suggest import for_ticket
from tests.desk.bench import DAY, Bench

TEXT = "o estorno da assinatura não caiu no cartão"


def concluded(bench: Bench, cause: str, text: str = TEXT, *, confidential: bool = False) -> str:
    desk = bench.desk
    ref = receive(desk, Manifestation("Estorno", text, confidential=confidential)).protocol
    classify(desk, ref, Classification(cause=cause))
    reply(desk, ref, "Feito", conclusive=True)
    close(desk, ref, CloseReason.SOLVED)
    bench.clock.at += DAY
    return ref


def asked(bench: Bench, text: str = TEXT, *, confidential: bool = False) -> str:
    return receive(bench.desk, Manifestation("Estorno", text, confidential=confidential)).protocol


def said(bench: Bench, ref: str) -> Suggestions | None:
    conn = bench.store.conn
    return for_ticket(conn, bench.ticket(ref), case_of(conn, ref))


def cause_of(bench: Bench, ref: str) -> tuple[str, int, int] | None:
    found = said(bench, ref)
    one = None if found is None else found.of(Field.CAUSE)
    return None if one is None else (one.value, one.votes, one.people)


def test_what_people_decided_of_similar_tickets_is_suggested_with_its_evidence(bench: Bench) -> None:
    refs = [concluded(bench, "estorno"), concluded(bench, "estorno")]
    ref = asked(bench)
    found = said(bench, ref)
    assert found is not None
    one = found.of(Field.CAUSE)
    assert one is not None
    assert one.clear
    assert (one.value, one.votes, one.people, sorted(one.voters)) == ("estorno", 2, 2, sorted(refs))
    assert "estorno" in found.neighbours[0].shared


def test_confidential_tickets_are_no_evidence(bench: Bench) -> None:
    for _ in range(2):
        concluded(bench, "estorno", confidential=True)
    concluded(bench, "outra")
    assert cause_of(bench, asked(bench)) == ("outra", 1, 1)


def test_a_confidential_ticket_is_compared_with_nothing(bench: Bench) -> None:
    concluded(bench, "estorno")
    assert said(bench, asked(bench, confidential=True)) is None


def test_erased_words_find_nothing(bench: Bench) -> None:
    concluded(bench, "estorno")
    with bench.store.conn as conn:
        conn.execute("UPDATE message SET text = '', subject = '', erased_at = 1 WHERE part = 'manifestation'")
    ref = asked(bench)
    found = said(bench, ref)
    assert found == Suggestions() or (found is not None and not found.neighbours)


def test_what_came_later_is_no_evidence(bench: Bench) -> None:
    concluded(bench, "antes")
    ref = asked(bench)
    bench.clock.at += DAY
    concluded(bench, "depois")
    concluded(bench, "depois")
    assert cause_of(bench, ref) == ("antes", 1, 1)


def test_what_is_not_concluded_is_no_evidence(bench: Bench) -> None:
    concluded(bench, "estorno")
    other = asked(bench)
    classify(bench.desk, other, Classification(cause="aberta"))
    bench.clock.at += DAY
    assert cause_of(bench, asked(bench)) == ("estorno", 1, 1)


def test_words_of_the_search_language_are_only_words(bench: Bench) -> None:
    hostile = "estorno\" OR 1=1 NEAR( * ) : - {col} \x1b[31m [bold] '); DROP TABLE message; --"
    concluded(bench, "estorno", hostile)
    assert cause_of(bench, asked(bench, hostile)) == ("estorno", 1, 1)
