"""A record that comes again and says something else: what is new is added, what the desk did stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.assign import take
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.importing import Took, import_records
from ouvidoria_tui.desk.merge import merge
from ouvidoria_tui.desk.merge_plan import Wanted
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.ledger import Act, Event, Part
from ouvidoria_tui.domain.record import Author, MessageRecord, Record
from ouvidoria_tui.domain.ticket import CloseReason, Severity, Status, Ticket
from ouvidoria_tui.founding import found_desk

NOW = 1_780_000_000
HOUR = 3600
THEN = NOW - 1000 * HOUR
FIRST = Record("x1", "old", THEN, "Assunto", "o que aconteceu")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = FixedClock(NOW)
    store = found_desk(tmp_path / "d.db", profile="organizacional", clock=clock, admin="ana")
    yield desk_over(store, agent="ana", clock=clock)
    store.close()


def bring(desk: Desk, item: Record, expected: Took = Took.UPDATED) -> Ticket:
    (done,) = import_records(desk, [item])
    assert done.took is expected
    return desk.store.get(1)


def events(desk: Desk) -> list[Event]:
    return desk.store.events(1)


def message(hour: int, author: Author, text: str) -> MessageRecord:
    return MessageRecord(THEN + hour * HOUR, author, text)


def test_only_the_changes_are_recorded(desk: Desk) -> None:
    bring(desk, FIRST, Took.CREATED)
    ticket = bring(desk, replace(FIRST, severity=Severity.HIGH, department="Financeiro"))
    last = events(desk)[-1]
    assert (last.type, last.happened_at) == (Act.UPDATED, NOW)
    assert dict(last.changes) == {"severity": (None, "high"), "department": (None, "financeiro")}
    assert (ticket.severity, ticket.department) == (Severity.HIGH, "financeiro")


def test_the_past_is_never_touched(desk: Desk) -> None:
    bring(desk, FIRST, Took.CREATED)
    before = events(desk)
    bring(desk, replace(FIRST, answered_at=THEN + HOUR, subject="Outro"))
    assert events(desk)[: len(before)] == before


def test_an_update_that_came_is_unchanged_the_next_time(desk: Desk) -> None:
    bring(desk, FIRST, Took.CREATED)
    changed = replace(FIRST, severity=Severity.HIGH, messages=(message(1, Author.CUSTOMER, "e então?"),))
    bring(desk, changed)
    bring(desk, changed, Took.UNCHANGED)


def test_only_new_messages_are_added_also_where_the_words_are_the_same(desk: Desk) -> None:
    said = (message(1, Author.CUSTOMER, "ok"), message(2, Author.CUSTOMER, "ok"))
    bring(desk, replace(FIRST, messages=said), Took.CREATED)
    bring(desk, replace(FIRST, messages=(*said, message(3, Author.CUSTOMER, "ok"))))
    replied = [event.happened_at for event in events(desk) if event.type is Act.CUSTOMER_REPLIED]
    assert replied == [THEN + HOUR, THEN + 2 * HOUR, THEN + 3 * HOUR]


def test_an_answer_and_a_closing_that_are_known_are_not_told_again(desk: Desk) -> None:
    done = replace(FIRST, answered_at=THEN + HOUR, closed_at=THEN + 2 * HOUR)
    bring(desk, done, Took.CREATED)
    bring(desk, replace(done, satisfaction=2))
    assert [event.type for event in events(desk)] == [
        Act.RECEIVED,
        Act.REPLIED,
        Act.CLOSED,
        Act.SURVEY_ANSWERED,
    ]
    assert dict(events(desk)[-1].changes) == {}
    assert (events(desk)[-1].payload["service"], events(desk)[-1].payload["closing"]) == (2, 3)


def test_a_rating_that_comes_later_becomes_the_reason_of_the_closing(desk: Desk) -> None:
    done = replace(FIRST, closed_at=THEN + 2 * HOUR)
    bring(desk, done, Took.CREATED)
    ticket = bring(desk, replace(done, close_reason=CloseReason.SOLVED))
    assert (ticket.status, ticket.close_reason) == (Status.CLOSED, CloseReason.SOLVED)


def test_reworded_text_is_added_verbatim_and_internal(desk: Desk) -> None:
    bring(desk, FIRST, Took.CREATED)
    ticket = bring(desk, replace(FIRST, subject="Outro", description="  dito de outro modo "))
    words = desk.store.messages(1)
    assert (words[1].subject, words[1].text) == ("Assunto", "o que aconteceu")
    assert (words[2].part, words[2].subject, words[2].text) == (Part.NOTE, "Outro", "  dito de outro modo ")
    assert ticket.subject == "Assunto"
    assert events(desk)[-1].payload["reworded"] is True


def test_what_the_desk_decided_stays_where_the_source_repeats_itself(desk: Desk) -> None:
    item = replace(FIRST, severity=Severity.LOW, status=Status.OPEN)
    ticket = bring(desk, item, Took.CREATED)
    classify(desk, ticket.protocol, Classification(severity=Severity.CRITICAL))
    take(desk, ticket.protocol)
    ticket = bring(desk, replace(item, prior_ticket="9"))
    assert (ticket.severity, ticket.status, ticket.prior_ticket) == (Severity.CRITICAL, Status.ASSIGNED, "9")


def test_where_the_source_itself_moved_the_ticket_moves(desk: Desk) -> None:
    item = replace(FIRST, status=Status.OPEN)
    bring(desk, item, Took.CREATED)
    assert bring(desk, replace(item, status=Status.IN_PROGRESS)).status is Status.IN_PROGRESS


def test_a_ticket_that_the_desk_closed_is_not_opened_from_outside(desk: Desk) -> None:
    item = replace(FIRST, status=Status.OPEN)
    ticket = bring(desk, item, Took.CREATED)
    close(desk, ticket.protocol, CloseReason.WITHDRAWN)
    assert bring(desk, replace(item, status=Status.IN_PROGRESS)).status is Status.CLOSED


def test_a_ticket_that_was_reopened_here_is_not_closed_by_an_old_closing(desk: Desk) -> None:
    done = replace(FIRST, closed_at=THEN + 2 * HOUR, close_reason=CloseReason.SOLVED)
    ticket = bring(desk, done, Took.CREATED)
    reopen(desk, ticket.protocol, reason="não foi resolvido")
    assert bring(desk, replace(done, satisfaction=1)).status is Status.OPEN


def test_an_old_answer_that_turns_up_late_does_not_undo_the_customers_turn(desk: Desk) -> None:
    said = (message(1, Author.DESK, "primeira"), message(5, Author.CUSTOMER, "não resolveu"))
    bring(desk, replace(FIRST, messages=said), Took.CREATED)
    ticket = bring(desk, replace(FIRST, messages=(said[0], message(3, Author.DESK, "segunda"), said[1])))
    assert (ticket.status, ticket.answered_at) == (Status.CUSTOMER_REPLY, THEN + 3 * HOUR)


def test_an_old_message_that_turns_up_late_does_not_reopen(desk: Desk) -> None:
    done = replace(FIRST, closed_at=THEN + 9 * HOUR, close_reason=CloseReason.SOLVED)
    bring(desk, done, Took.CREATED)
    ticket = bring(desk, replace(done, messages=(message(2, Author.CUSTOMER, "antes do fim"),)))
    assert (ticket.status, ticket.reopened) == (Status.CLOSED, 0)


def test_an_answer_of_the_desk_is_not_moved_back_by_an_older_one(desk: Desk) -> None:
    ticket = bring(desk, FIRST, Took.CREATED)
    reply(desk, ticket.protocol, "respondido aqui")
    assert bring(desk, replace(FIRST, answered_at=THEN + HOUR)).answered_at == NOW


def test_a_clock_met_in_the_past_by_a_late_record_is_met_then(desk: Desk) -> None:
    bring(desk, FIRST, Took.CREATED)
    bring(desk, replace(FIRST, answered_at=THEN + HOUR))
    first = next(clock for clock in desk.store.clocks(1) if clock.name == "first-response")
    assert first.met_at == THEN + HOUR


def test_flags_of_the_desk_stay_beside_those_of_the_source(desk: Desk) -> None:
    bring(desk, replace(FIRST, tags=("a", "b")), Took.CREATED)
    assert bring(desk, replace(FIRST, tags=("b", "c"))).flags == ("b", "c")


def test_what_the_source_leaves_out_stays(desk: Desk) -> None:
    bring(desk, replace(FIRST, severity=Severity.HIGH, prior_ticket="1"), Took.CREATED)
    ticket = bring(desk, replace(FIRST, prior_ticket="2"))
    assert (ticket.severity, ticket.prior_ticket) == (Severity.HIGH, "2")


def test_what_the_customer_newly_wrote_to_a_merged_ticket_goes_where_the_matter_went_on(desk: Desk) -> None:
    bring(desk, FIRST, Took.CREATED)
    other = receive(desk, Manifestation("Outro assunto", "relato")).protocol
    merge(desk, desk.store.get(1).protocol, Wanted(other, "Mesma pessoa", different_customers=True))
    wrote = (message(1, Author.CUSTOMER, "E então?"),)
    assert bring(desk, replace(FIRST, messages=wrote)).status is Status.CLOSED
    bring(desk, replace(FIRST, messages=wrote, severity=Severity.HIGH))
    target = desk.store.find(other)
    heard = [event for event in desk.store.events(target.id) if event.payload.get("sent_to") == 1]
    assert [event.type for event in heard] == [Act.CUSTOMER_REPLIED]
    assert Act.CUSTOMER_REPLIED not in {event.type for event in events(desk)}
