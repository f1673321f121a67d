"""Merging and taking it back: two tickets become one matter, and two again, with nothing moved and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.assign import start, take
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.escalate import escalate
from ouvidoria_tui.desk.forward import forward, owed
from ouvidoria_tui.desk.merge import merge, unmerge
from ouvidoria_tui.desk.merge_plan import Wanted, preview
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import ask, customer_reply, note, reply
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.query_terms import Words
from ouvidoria_tui.domain.ticket import Admission, CloseReason, Status
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.report.reading import connection, page
from ouvidoria_tui.store.fulltext import Road
from ouvidoria_tui.store.rebuild import compare
from ouvidoria_tui.store.search import Context, where
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import DAY, HOUR, NOW, Bench, code_of

WHO = Customer(0, "Lia", email="lia@example.com")
#: What an act may move on: when something happened last, how many events there are.
_MOVES_ON = ("acted_at", "updated_at", "revision", "head")


def of_lia(bench: Bench, subject: str = "Cobrança", text: str = "Cobrado duas vezes") -> str:
    return receive(bench.desk, Manifestation(subject, text, customer=WHO)).protocol


def two(bench: Bench) -> tuple[str, str]:
    """A later ticket of a customer, and the older one."""
    older = of_lia(bench)
    bench.clock.at += HOUR
    return of_lia(bench, "Cobrança de novo", "Ninguém respondeu, fatura 4471"), older


def values(bench: Bench, ref: str) -> dict[str, object]:
    return {name: value for name, value in asdict(bench.ticket(ref)).items() if name not in _MOVES_ON}


def types(bench: Bench, ref: str) -> list[Act]:
    return [event.type for event in bench.events(ref)]


def test_the_merged_ticket_is_closed_as_a_duplicate_and_the_customer_was_told_before(bench: Bench) -> None:
    later, older = two(bench)
    outcome = merge(bench.desk, later, Wanted(older))
    ticket = bench.ticket(later)
    assert outcome.result is Result.DONE
    assert (ticket.status, ticket.close_reason) == (Status.CLOSED, CloseReason.DUPLICATE)
    assert (ticket.admission, ticket.duplicate_of) == (Admission.DUPLICATE, bench.ticket(older).id)
    assert types(bench, later) == [Act.RECEIVED, Act.REPLIED, Act.MERGED]
    assert older in bench.words(later)[1]


def test_each_of_the_two_has_one_event_of_the_merge_and_no_text_is_moved(bench: Bench) -> None:
    later, older = two(bench)
    words = bench.words(older)
    merge(bench.desk, later, Wanted(older))
    assert types(bench, older) == [Act.RECEIVED, Act.JOINED]
    assert bench.words(older) == words
    assert bench.last(older).payload["joined"] == bench.ticket(later).id


def test_the_other_ticket_keeps_its_arrival_its_place_and_its_clocks(bench: Bench) -> None:
    later, older = two(bench)
    take(bench.desk, older)
    before, clocks = bench.ticket(older), bench.store.clocks(bench.ticket(older).id)
    merge(bench.desk, later, Wanted(older))
    after = bench.ticket(older)
    assert (after.arrived_at, after.lane, after.status, after.assignee) == (
        before.arrived_at,
        before.lane,
        before.status,
        before.assignee,
    )
    assert bench.store.clocks(after.id) == clocks


def test_a_breach_of_the_merged_ticket_stays_on_record_and_no_clock_counts_as_met(bench: Bench) -> None:
    later, older = two(bench)
    bench.clock.at += 60 * DAY
    merge(bench.desk, later, Wanted(older))
    clocks = bench.store.clocks(bench.ticket(later).id)
    assert any(clock.missed_at is not None for clock in clocks)
    assert all(clock.met_at is None for clock in clocks)
    assert {clock.state for clock in clocks} <= {"stopped", "missed", "undefined"}
    assert bench.ticket(later).answered_at is None


def test_merging_again_changes_nothing(bench: Bench) -> None:
    later, older = two(bench)
    merge(bench.desk, later, Wanted(older))
    anchor = bench.store.anchor()
    assert merge(bench.desk, later, Wanted(older), revision=1).result is Result.UNCHANGED
    assert bench.store.anchor() == anchor


def test_the_customer_is_not_told_twice(bench: Bench) -> None:
    later, older = two(bench)
    merge(bench.desk, later, Wanted(older))
    unmerge(bench.desk, later, "Outro assunto")
    merge(bench.desk, later, Wanted(older))
    assert types(bench, later).count(Act.REPLIED) == 1


def test_a_merge_into_a_merged_ticket_follows_it_to_its_end(bench: Bench) -> None:
    later, older = two(bench)
    third = of_lia(bench, "Cobrança outra vez")
    merge(bench.desk, later, Wanted(older))
    outcome = merge(bench.desk, third, Wanted(later))
    assert outcome.details["into"] == older


def test_no_circle_can_be_merged(bench: Bench) -> None:
    later, older = two(bench)
    merge(bench.desk, later, Wanted(older))
    assert code_of(lambda: merge(bench.desk, older, Wanted(later))) == "MERGE_INTO_ITSELF"


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda b, later, older: close(b.desk, older, CloseReason.WITHDRAWN), "MERGE_TARGET_CLOSED"),
        (lambda b, later, older: close(b.desk, later, CloseReason.WITHDRAWN), "TICKET_CLOSED"),
        (
            lambda b, later, older: classify(b.desk, later, Classification(confidential=True)),
            "CONFIDENTIAL_MERGE",
        ),
        (lambda b, later, older: merge(b.desk, later, Wanted(of_lia(b, "Outra"))), "TICKET_MERGED"),
    ],
)
def test_what_cannot_be_merged_is_refused_and_leaves_nothing(
    bench: Bench, prepare: Callable[[Bench, str, str], object], code: str
) -> None:
    later, older = two(bench)
    prepare(bench, later, older)
    anchor = bench.store.anchor()
    assert code_of(lambda: merge(bench.desk, later, Wanted(older))) == code
    assert code_of(lambda: preview(bench.desk, later, Wanted(older))) == code
    assert bench.store.anchor() == anchor


def test_a_ticket_is_not_merged_into_itself(bench: Bench) -> None:
    ref = bench.new()
    assert code_of(lambda: merge(bench.desk, ref, Wanted(ref))) == "MERGE_INTO_ITSELF"


def test_different_customers_need_to_be_named_as_such_with_a_reason(bench: Bench) -> None:
    one, other = bench.new(), bench.new()
    assert code_of(lambda: merge(bench.desk, one, Wanted(other))) == "OTHER_CUSTOMER"
    assert code_of(lambda: merge(bench.desk, one, Wanted(other, None, True))) == "TEXT_REQUIRED"
    merge(bench.desk, one, Wanted(other, "Mesma pessoa, dois cadastros", True))
    assert types(bench, one) == [Act.RECEIVED, Act.MERGED], (
        "the protocol of another is nobody else's business"
    )


def test_a_merge_on_what_was_seen_earlier_is_a_conflict(bench: Bench) -> None:
    later, older = two(bench)
    note(bench.desk, later, "Liguei")
    assert code_of(lambda: merge(bench.desk, later, Wanted(older), revision=1)) == "TICKET_CHANGED"


def test_what_the_customer_wrote_after_the_answer_here_is_heard_here(bench: Bench) -> None:
    later, older = two(bench)
    reply(bench.desk, older, "Vamos ver")
    bench.clock.at += HOUR
    newest = of_lia(bench, "E aí?")
    merge(bench.desk, later, Wanted(older))
    assert bench.status(older) is Status.ANSWERED
    merge(bench.desk, newest, Wanted(older))
    assert bench.status(older) is Status.CUSTOMER_REPLY
    undo(bench.desk, newest)
    assert bench.status(older) is Status.ANSWERED


def test_later_messages_go_where_the_matter_went_on(bench: Bench) -> None:
    later, older = two(bench)
    reply(bench.desk, older, "Vamos ver")
    merge(bench.desk, later, Wanted(older))
    outcome = customer_reply(bench.desk, later, "E então?")
    assert outcome.protocol == older
    assert bench.status(older) is Status.CUSTOMER_REPLY
    assert bench.last(older).payload["sent_to"] == bench.ticket(later).id
    assert bench.status(later) is Status.CLOSED


def test_a_later_file_of_the_customer_goes_there_too_and_one_of_the_desk_does_not(bench: Bench) -> None:
    later, older = two(bench)
    merge(bench.desk, later, Wanted(older))
    assert attach(bench.desk, later, "fatura.txt", b"fatura").protocol == older
    assert bench.last(older).payload["sent_to"] == bench.ticket(later).id
    assert attach(bench.desk, later, "carta.txt", b"carta", outgoing=True).protocol == later


def test_a_merged_ticket_is_not_reopened_behind_the_back_of_the_other(bench: Bench) -> None:
    later, older = two(bench)
    merge(bench.desk, later, Wanted(older))
    assert code_of(lambda: reopen(bench.desk, later, reason="Engano")) == "TICKET_MERGED"
    assert code_of(lambda: reopen(bench.desk, later, information="Nova fatura")) == "TICKET_MERGED"


def test_unmerging_names_what_stays_with_the_other(bench: Bench) -> None:
    later, older = two(bench)
    merge(bench.desk, later, Wanted(older))
    customer_reply(bench.desk, later, "E então?")
    attach(bench.desk, older, "fatura.txt", b"fatura")
    outcome = unmerge(bench.desk, later, "Outro assunto")
    assert outcome.details["stay"] == [3, 4]
    assert bench.words(older)[-2:] == ["E então?", bench.words(older)[-1]]


def test_what_is_not_merged_cannot_be_unmerged(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    assert code_of(lambda: unmerge(bench.desk, ref, "Engano")) == "NOT_MERGED"


def test_requests_to_areas_end_with_the_merge_and_come_back(bench: Bench) -> None:
    later, older = two(bench)
    forward(bench.desk, later, "financeiro", "Conferir")
    merge(bench.desk, later, Wanted(older))
    assert not owed(bench.desk, bench.ticket(later))
    unmerge(bench.desk, later, "Engano")
    assert [one.area for one in owed(bench.desk, bench.ticket(later))] == ["financeiro"]


def test_an_undo_right_after_is_an_unmerge(bench: Bench) -> None:
    later, older = two(bench)
    before, clocks = values(bench, later), bench.store.clocks(bench.ticket(later).id)
    merge(bench.desk, later, Wanted(older))
    undo(bench.desk, later)
    assert values(bench, later) == before
    assert bench.store.clocks(bench.ticket(later).id) == clocks
    assert types(bench, older)[-1] is Act.UNJOINED


def test_an_undo_on_the_other_ticket_takes_the_same_merge_back(bench: Bench) -> None:
    later, older = two(bench)
    before = values(bench, later)
    merge(bench.desk, later, Wanted(older))
    assert undo(bench.desk, older).protocol == older
    assert values(bench, later) == before


def test_a_merge_is_undone_only_by_whom_it_was_done(bench: Bench) -> None:
    later, older = two(bench)
    merge(bench.of("caio"), later, Wanted(older))
    assert code_of(lambda: undo(bench.desk, later)) == "NOTHING_TO_UNDO"


def test_the_preview_tells_what_the_merge_does_and_writes_nothing(bench: Bench) -> None:
    later, older = two(bench)
    attach(bench.desk, later, "fatura.txt", b"fatura")
    anchor = bench.store.anchor()
    plan = preview(bench.desk, later, Wanted(older))
    assert bench.store.anchor() == anchor
    merge(bench.desk, later, Wanted(older))
    assert plan.letter is not None
    assert plan.letter.text in bench.words(later)
    assert (plan.messages, plan.files) == (2, 1)
    assert set(plan.running) == {
        clock.name for clock in bench.store.clocks(bench.ticket(later).id) if clock.state == "stopped"
    }


def test_the_words_of_a_merged_ticket_lead_to_where_it_went_on(bench: Bench) -> None:
    later, older = two(bench)
    merge(bench.desk, later, Wanted(older))
    conn = connection(bench.store)
    found = page(conn, parse("4471"), now=bench.clock.now(), agent_id=None, zone="America/Sao_Paulo")
    assert [row.protocol for row in found.rows] == [older]


@pytest.mark.parametrize("road", Road)
def test_every_road_of_the_search_leads_through_all_merges(bench: Bench, road: Road) -> None:
    later, older = two(bench)
    oldest = bench.new()
    merge(bench.desk, later, Wanted(older))
    merge(bench.desk, older, Wanted(oldest, "Mesma loja", True))
    query = parse("4471")
    term = query.terms[0]
    assert isinstance(term, Words)
    sql, params = where(query, Context(NOW, None, "America/Sao_Paulo"), {term: road})
    rows = bench.store.conn.execute(f"SELECT protocol FROM ticket WHERE {sql} ORDER BY id", params)
    assert [row[0] for row in rows] == [older, later, oldest]


#: What may happen to the other ticket meanwhile, and to the merged one before.
_BEFORE: dict[str, Callable[[Bench, str], object]] = {
    "take": lambda b, r: take(b.desk, r),
    "start": lambda b, r: start(b.desk, r),
    "ask": lambda b, r: ask(b.desk, r, "Qual fatura?"),
    "reply": lambda b, r: reply(b.desk, r, "Vamos ver"),
    "note": lambda b, r: note(b.desk, r, "Liguei"),
    "customer": lambda b, r: customer_reply(b.desk, r, "E então?"),
    "escalate": lambda b, r: escalate(b.desk, r, 3, "Prazo estourado há dias"),
    "classify": lambda b, r: classify(b.desk, r, Classification(cause="Fatura")),
    "area": lambda b, r: forward(b.desk, r, "financeiro", "Conferir"),
    "wait": lambda b, r: setattr(b.clock, "at", b.clock.at + 3 * DAY),
}
_MEANWHILE = {
    **_BEFORE,
    "close": lambda b, r: close(b.desk, r, CloseReason.WITHDRAWN),
    "to the merged": lambda b, r: None,
}


def _try(bench: Bench, act: Callable[[Bench, str], object], ref: str) -> None:
    # Not every act fits every status; what matters is what stands after those that did.
    with suppress(OuvidoriaError):
        act(bench, ref)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(st.sampled_from(sorted(_BEFORE)), max_size=4),
    meanwhile=st.lists(st.sampled_from(sorted(_MEANWHILE)), max_size=5),
)
def test_merge_and_unmerge_give_the_same_ticket_whatever_lies_between(
    founded: Path, before: list[str], meanwhile: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "d.db"
        path.write_bytes(founded.read_bytes())
        store = SqliteStore.open(path)
        bench = Bench(store, FixedClock(NOW))
        later, older = two(bench)
        for name in before:
            _try(bench, _BEFORE[name], later)
        was = values(bench, later)
        merge(bench.desk, later, Wanted(older))
        for name in meanwhile:
            if name == "to the merged":
                customer_reply(bench.desk, later, "E então?")
            else:
                _try(bench, _MEANWHILE[name], older)
        unmerge(bench.desk, later, "Outro assunto")
        assert values(bench, later) == was
        assert not compare(store.conn).differences
        assert verify(store.conn).problems == ()
        store.close()
