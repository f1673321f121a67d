"""Import into a store: history as it happened, whole chunks, and a second run that finds nothing to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk import import_chunks
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.importing import Imported, Took, import_records
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.record import Author, CustomerRecord, MessageRecord, Record
from ouvidoria_tui.domain.ticket import (
    Channel,
    CloseReason,
    Difficulty,
    Merit,
    Severity,
    Status,
    Ticket,
    Type,
)
from ouvidoria_tui.errors import NotAllowed
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.reading import connection

NOW = 1_780_000_000
HOUR = 3600
THEN = NOW - 1000 * HOUR


def record(number: int = 1, **more: object) -> Record:
    values: dict[str, object] = {
        "external_id": f"x{number}",
        "source": "old",
        "received_at": THEN + number,
        "subject": f"Assunto {number}",
        "description": "o que aconteceu",
        "line": number,
        **more,
    }
    return Record(**values)  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = FixedClock(NOW)
    store = found_desk(tmp_path / "d.db", profile="organizacional", clock=clock, admin="ana")
    yield desk_over(store, agent="ana", clock=clock)
    store.close()


def took(done: Iterable[Imported]) -> list[Took]:
    return [one.took for one in done]


def only(desk: Desk, item: Record) -> Ticket:
    (done,) = import_records(desk, [item])
    assert done.protocol is not None
    return desk.store.find(done.protocol)


def story(desk: Desk, ticket: Ticket) -> list[tuple[Act, int]]:
    return [(event.type, event.happened_at) for event in desk.store.events(ticket.id)]


def test_a_record_becomes_a_ticket_with_what_it_says(desk: Desk) -> None:
    ticket = only(
        desk,
        record(
            type=Type.REQUEST,
            channel=Channel.PHONE,
            department="Setor de Cobrança",
            cause="Preço / Oferta",
            severity=Severity.HIGH,
            difficulty=Difficulty.COMPLEX,
            merit=Merit.FOUNDED,
            prior_ticket="77",
            tags=("um", "dois"),
            customer=CustomerRecord("c1", "Ana Exemplo", "ANA@example.com", None, "Plano Ouro"),
            satisfaction=4,
        ),
    )
    assert (ticket.type, ticket.channel, ticket.department, ticket.cause) == (
        Type.REQUEST,
        Channel.PHONE,
        "setor-de-cobranca",
        "preco-oferta",
    )
    assert (ticket.severity, ticket.difficulty, ticket.merit) == (
        Severity.HIGH,
        Difficulty.COMPLEX,
        Merit.FOUNDED,
    )
    assert (ticket.prior_ticket, ticket.flags, ticket.plan) == ("77", ("um", "dois"), "plano-ouro")
    assert ticket.customer is not None
    customer = desk.store.customer(ticket.customer)
    assert customer is not None
    assert (customer.name, customer.email, customer.external_id) == ("Ana Exemplo", "ana@example.com", "c1")
    rating = desk.store.events(ticket.id)[-1]
    assert (rating.type, rating.payload["service"]) == (Act.SURVEY_ANSWERED, 4)


def test_import_runs_no_gate(desk: Desk) -> None:
    assert only(desk, record(description="")).admission == "pending"


def test_arrival_is_the_past_and_registration_is_now(desk: Desk) -> None:
    ticket = only(desk, record())
    assert (ticket.arrived_at, ticket.registered_at) == (THEN + 1, NOW)


def test_the_year_of_the_protocol_is_that_of_the_arrival_at_the_desk(desk: Desk) -> None:
    new_year_in_utc = 1_388_534_400 + HOUR  # still 2013 in São Paulo
    assert only(desk, record(received_at=new_year_in_utc)).protocol.startswith("2013-")


def test_the_words_are_kept_verbatim(desk: Desk) -> None:
    text = "  linha\r\n\tcom = fórmula\x1b[31m \u202e fim  "
    ticket = only(desk, record(description=text))
    assert desk.store.messages(ticket.id)[1].text == text


def test_answered_and_closed_are_events_at_their_moments(desk: Desk) -> None:
    ticket = only(
        desk,
        record(answered_at=THEN + HOUR, closed_at=THEN + 2 * HOUR, close_reason=CloseReason.SOLVED),
    )
    assert story(desk, ticket) == [
        (Act.RECEIVED, THEN + 1),
        (Act.REPLIED, THEN + HOUR),
        (Act.CLOSED, THEN + 2 * HOUR),
    ]
    assert (ticket.status, ticket.answered_at, ticket.closed_at, ticket.close_reason) == (
        Status.CLOSED,
        THEN + HOUR,
        THEN + 2 * HOUR,
        CloseReason.SOLVED,
    )


def test_a_clock_that_was_met_in_the_past_is_met_then(desk: Desk) -> None:
    ticket = only(desk, record(answered_at=THEN + HOUR))
    first = next(clock for clock in desk.store.clocks(ticket.id) if clock.name == "first-response")
    assert (first.state, first.met_at) == ("met", THEN + HOUR)


def test_messages_are_told_in_order_and_move_the_ticket(desk: Desk) -> None:
    said = (
        MessageRecord(THEN + 2 * HOUR, Author.DESK, "respondemos"),
        MessageRecord(THEN + 3 * HOUR, Author.CUSTOMER, "não resolveu"),
        MessageRecord(THEN + 4 * HOUR, Author.NOTE, "ligar amanhã"),
    )
    ticket = only(desk, record(messages=said))
    assert [act for act, _at in story(desk, ticket)] == [
        Act.RECEIVED,
        Act.REPLIED,
        Act.CUSTOMER_REPLIED,
        Act.NOTED,
    ]
    assert (ticket.status, ticket.customer_wrote_at, ticket.unread) == (
        Status.CUSTOMER_REPLY,
        THEN + 3 * HOUR,
        True,
    )
    parts = [message.part for message in desk.store.messages(ticket.id).values()]
    assert parts == [Part.MANIFESTATION, Part.DESK, Part.CUSTOMER, Part.NOTE]


def test_the_answer_has_its_words_where_a_message_has_its_moment(desk: Desk) -> None:
    said = (MessageRecord(THEN + HOUR, Author.DESK, "a resposta"),)
    ticket = only(desk, record(messages=said, answered_at=THEN + HOUR))
    assert [act for act, _at in story(desk, ticket)] == [Act.RECEIVED, Act.REPLIED]
    assert ticket.concluded_at == THEN + HOUR


def test_the_customer_who_writes_after_the_end_reopens(desk: Desk) -> None:
    said = (MessageRecord(THEN + 5 * HOUR, Author.CUSTOMER, "voltou a acontecer"),)
    ticket = only(desk, record(messages=said, closed_at=THEN + 2 * HOUR, close_reason=CloseReason.SOLVED))
    # The source says that it is closed all the same: that is where it stands.
    assert (ticket.status, ticket.reopened) == (Status.CLOSED, 1)


@pytest.mark.parametrize("status", [Status.OPEN, Status.ASSIGNED, Status.IN_PROGRESS, Status.CUSTOMER_REPLY])
def test_a_ticket_stands_where_the_source_says(desk: Desk, status: Status) -> None:
    ticket = only(desk, record(status=status, assignee="bia"))
    assert ticket.status is status


def test_an_unknown_person_is_registered_as_inactive(desk: Desk) -> None:
    ticket = only(desk, record(status=Status.ASSIGNED, assignee="Bia de Fora"))
    agent = desk.store.agent("Bia de Fora")
    assert agent is not None
    assert (agent.id, agent.active) == (ticket.assignee, False)


def test_every_event_says_that_it_was_brought_in(desk: Desk) -> None:
    ticket = only(desk, record(answered_at=THEN + HOUR, closed_at=THEN + 2 * HOUR))
    assert {event.payload["source"] for event in desk.store.events(ticket.id)} == {"old"}


def test_a_second_run_is_all_unchanged(desk: Desk) -> None:
    items = [record(number, closed_at=THEN + HOUR) for number in range(1, 6)]
    assert set(took(import_records(desk, items))) == {Took.CREATED}
    before = desk.store.anchor()
    assert set(took(import_records(desk, items))) == {Took.UNCHANGED}
    assert desk.store.anchor() == before


def test_the_same_id_of_another_source_is_another_ticket(desk: Desk) -> None:
    assert took(import_records(desk, [record(), record(source="other")])) == [Took.CREATED, Took.CREATED]


def test_the_same_record_twice_in_one_chunk_is_one_ticket(desk: Desk) -> None:
    assert took(import_records(desk, [record(), record()])) == [Took.CREATED, Took.UNCHANGED]


def test_records_in_one_chunk_or_in_many_give_the_same(desk: Desk, tmp_path: Path) -> None:
    items = [record(number, answered_at=THEN + HOUR) for number in range(1, 8)]
    list(import_records(desk, items, chunk=2))
    other = desk_over(
        found_desk(tmp_path / "o.db", profile="organizacional", clock=desk.clock, admin="ana"),
        agent="ana",
        clock=desk.clock,
    )
    list(import_records(other, items, chunk=100))
    rows = "SELECT protocol, status, arrived_at, answered_at, revision FROM ticket ORDER BY id"
    assert [tuple(row) for row in connection(desk.store).execute(rows)] == [
        tuple(row) for row in connection(other.store).execute(rows)
    ]


def test_long_texts_make_a_chunk_end_early(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_chunks, "CHUNK_CHARACTERS", 100)
    drawn = []

    def items() -> Iterator[Record]:
        for number in range(1, 5):
            drawn.append(number)
            yield record(number, description="x" * 60)

    next(iter(import_records(desk, items())))
    assert drawn == [1, 2]


class _Killed(Exception):
    pass


def _until(items: list[Record], last: int) -> Iterator[Record]:
    yield from items[:last]
    raise _Killed


def test_a_killed_import_leaves_whole_chunks_and_a_second_run_completes_it(desk: Desk) -> None:
    items = [record(number, closed_at=THEN + HOUR) for number in range(1, 11)]
    with pytest.raises(_Killed):
        list(import_records(desk, _until(items, 8), chunk=3))
    count = connection(desk.store).execute("SELECT count(*), count(DISTINCT protocol) FROM ticket").fetchone()
    assert tuple(count) == (6, 6)
    assert Counter(took(import_records(desk, items, chunk=3))) == {Took.UNCHANGED: 6, Took.CREATED: 4}


def test_a_dry_run_says_the_same_and_writes_nothing(desk: Desk) -> None:
    items = [record(number, department="Novo", customer=CustomerRecord(name="A")) for number in range(1, 6)]
    before = desk.store.anchor()
    assert set(took(import_records(desk, items, dry_run=True, chunk=2))) == {Took.CREATED}
    assert desk.store.anchor() == before
    assert "novo" not in desk.store.known_slugs("department")
    assert set(took(import_records(desk, items, chunk=2))) == {Took.CREATED}
    assert only(desk, record(9, department="Novo")).department == "novo"


def test_a_name_that_cannot_be_a_slug_refuses_its_row_and_no_other(desk: Desk) -> None:
    done = list(import_records(desk, [record(1), record(2, department="???"), record(3)]))
    assert took(done) == [Took.CREATED, Took.REJECTED, Took.CREATED]
    assert done[1].error is not None
    assert (done[1].line, done[1].error.code) == (2, "BAD_NAME")


def test_an_auditor_may_not_import_and_nothing_is_read(desk: Desk) -> None:
    auditor = desk.as_agent(replace(desk.agent, role=Role.AUDITOR))
    with pytest.raises(NotAllowed):
        import_records(auditor, _until([], 0))


def test_a_customer_of_the_source_is_known_again_and_what_is_new_is_kept(desk: Desk) -> None:
    first = only(desk, record(1, customer=CustomerRecord("c1", "Ana", "ana@example.com")))
    second = only(desk, record(2, customer=CustomerRecord("c1", "Ana Exemplo", document="123")))
    assert first.customer == second.customer
    assert first.customer is not None
    customer = desk.store.customer(first.customer)
    assert customer is not None
    assert (customer.name, customer.email, customer.document) == ("Ana Exemplo", "ana@example.com", "123")
