from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.assign import assign
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.classify import transfer
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.escalate import escalate
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import note, reply
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ledger import Part
from ouvidoria_tui.domain.ticket import CloseReason
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.reading import connection, records, snapshot, waiting_before
from ouvidoria_tui.store.reading_file import detail, escalated
from tests.plain_profile import plain

NOW = 1_795_179_600


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = found_desk(
        tmp_path / "d.db",
        profile="organizacional",
        text=plain("organizacional"),
        clock=FixedClock(NOW),
        admin="ana",
    )
    yield desk_over(store, agent="ana", clock=FixedClock(NOW))
    store.close()


def new(desk: Desk, subject: str = "Cobrança", *, at: int = NOW, customer: Customer | None = None) -> int:
    protocol = receive(desk, Manifestation(subject, "texto", customer=customer), at=at).protocol
    return desk.store.find(protocol).id


def protocol(desk: Desk, ticket: int) -> str:
    return desk.store.get(ticket).protocol


def statements(desk: Desk, ids: list[int]) -> list[str]:
    """What SQLite is asked for a page of ``ids``."""
    asked: list[str] = []
    conn = connection(desk.store)
    conn.set_trace_callback(asked.append)
    records(conn, ids)
    conn.set_trace_callback(None)
    return asked


def test_a_page_asks_as_much_as_one_ticket(desk: Desk) -> None:
    ids = [new(desk, customer=Customer(0, f"Pessoa {n}", email=f"p{n}@example.com")) for n in range(20)]
    assert len(statements(desk, ids)) == len(statements(desk, ids[:1])) == 3


def test_tickets_come_in_the_order_asked_for_and_unknown_ids_are_left_out(desk: Desk) -> None:
    one, two, three = (new(desk) for _ in range(3))
    found = records(connection(desk.store), [three, 999, one, two])
    assert [record.ticket.id for record in found] == [three, one, two]


def test_no_ids_are_no_tickets(desk: Desk) -> None:
    assert records(connection(desk.store), []) == []


def test_a_long_list_is_read_in_chunks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ouvidoria_tui.store.reading.CHUNK", 2)
    ids = [new(desk) for _ in range(5)]
    assert [record.ticket.id for record in records(connection(desk.store), ids)] == ids


def test_a_record_is_the_ticket_with_its_names_clocks_and_people(desk: Desk) -> None:
    ticket = new(desk, customer=Customer(0, "Maria", email="M@example.com"))
    transfer(desk, protocol(desk, ticket), "financeiro", "é fatura")
    assign(desk, protocol(desk, ticket), "ana")
    (record,) = records(connection(desk.store), [ticket])
    assert record.ticket == desk.store.get(ticket)
    assert set(record.clocks) == set(desk.store.clocks(ticket))
    assert (record.assignee, record.names["department"]) == ("ana", "Financeiro")
    assert record.customer is not None
    assert (record.customer.name, record.customer.email) == ("Maria", "m@example.com")


def test_a_record_knows_where_it_came_from(desk: Desk) -> None:
    ticket = new(desk)
    with desk.store.transaction():
        desk.store.put_external([("sac", "77", ticket, b"", ""), ("crm", "A-1", ticket, b"", "")])
    assert records(connection(desk.store), [ticket])[0].refs == (("crm", "A-1"), ("sac", "77"))


def test_the_file_of_a_ticket_holds_every_event_with_its_words(desk: Desk) -> None:
    ticket = new(desk)
    note(desk, protocol(desk, ticket), "nota")
    attach(desk, protocol(desk, ticket), "a.pdf", b"%PDF", outgoing=True)
    found = detail(connection(desk.store), ticket)
    assert found is not None
    assert [(entry.part, entry.text, entry.actor) for entry in found.entries] == [
        (Part.MANIFESTATION, "texto", "ana"),
        (Part.NOTE, "nota", "ana"),
        (Part.ATTACHMENT, "", "ana"),
    ]
    assert [(item.name, item.size, item.outgoing) for item in found.attachments] == [("a.pdf", 4, True)]


def test_there_is_no_file_of_no_ticket(desk: Desk) -> None:
    assert detail(connection(desk.store), 7) is None


def test_words_that_were_erased_are_none(desk: Desk) -> None:
    ticket = new(desk)
    connection(desk.store).execute("UPDATE message SET text = '', subject = '', erased_at = ?", (NOW,))
    found = detail(connection(desk.store), ticket)
    assert found is not None
    assert (found.description, found.entries[0].erased) == (None, True)


def test_several_reads_see_one_state_of_the_store(desk: Desk, tmp_path: Path) -> None:
    from ouvidoria_tui.store.store import SqliteStore

    ticket = new(desk)
    reader = SqliteStore.open(tmp_path / "d.db", read_only=True)
    with snapshot(reader.conn):
        before = records(reader.conn, [ticket])[0].ticket.revision
        note(desk, protocol(desk, ticket), "nota")
        assert records(reader.conn, [ticket])[0].ticket.revision == before
    assert records(reader.conn, [ticket])[0].ticket.revision == before + 1
    reader.close()


@pytest.mark.req("S3-39")
def test_only_tickets_that_wait_and_came_earlier_stand_before(desk: Desk) -> None:
    begun, first = new(desk, at=NOW - 300), new(desk, at=NOW - 200)
    mine, _later = new(desk, at=NOW - 100), new(desk, at=NOW)
    assign(desk, protocol(desk, begun), "ana")
    conn = connection(desk.store)
    assert waiting_before(conn, desk.store.get(mine)) == 1
    assert waiting_before(conn, desk.store.get(first)) == 0


def test_escalated_tickets_come_with_the_rung_that_stands(desk: Desk) -> None:
    ticket, closed = new(desk), new(desk)
    for each in (ticket, closed):
        escalate(desk, protocol(desk, each), 1, "área")
        escalate(desk, protocol(desk, each), 3, "diretoria")
    reply(desk, protocol(desk, closed), "feito", conclusive=True)
    close(desk, protocol(desk, closed), CloseReason.SOLVED)
    (raised,) = escalated(connection(desk.store))
    assert raised.record.ticket.id == ticket
    assert raised.escalation is not None
    assert (raised.escalation.level, raised.raised_by, raised.acknowledged_by) == (3, "ana", None)
    assert escalated(connection(desk.store), 2) == []
