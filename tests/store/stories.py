"""A store in which everything has happened, for tests of its proof, its rebuilding and its care."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.assign import assign, give_back, start, take, take_next
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.classify import Classification, classify, transfer
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.escalate import acknowledge, escalate, hand_back
from ouvidoria_tui.desk.importing import import_records
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.desk.reply import ask, customer_reply, note, reply
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.record import Author, CustomerRecord, MessageRecord, Record
from ouvidoria_tui.domain.ticket import CloseReason, Severity, Status, Type
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.store import SqliteStore
from tests.plain_profile import plain

#: Monday 2 March 2026, 09:00 in São Paulo.
START = 1_772_452_800
HOUR, DAY = 3600, 86_400

#: The tables that ``db rebuild`` writes, each with the order of its rows.
PROJECTIONS = {
    "ticket": "id",
    "clock": "ticket_id, name",
    "escalation": "ticket_id, seq",
    "attachment": "ticket_id, seq",
}


def new_store(path: Path, profile: str = "organizacional") -> SqliteStore:
    return found_desk(path, profile=profile, text=plain(profile), clock=FixedClock(START), admin="ana")


def desk_at(store: SqliteStore, at: int = START, agent: str = "ana") -> Desk:
    return desk_over(store, agent=agent, clock=FixedClock(at))


def clock_of(desk: Desk) -> FixedClock:
    assert isinstance(desk.clock, FixedClock)
    return desk.clock


def manifest(desk: Desk, number: int, **more: object) -> str:
    """A new ticket's protocol."""
    who = Customer(0, f"Cliente {number}", email=f"cliente{number}@example.com")
    what = Manifestation(f"Assunto {number}", f"Relato número {number}, com acentuação", customer=who)
    return receive(desk, what).protocol


def eventful(path: Path) -> SqliteStore:
    """A store with every act: undone ones, late replies, refusals' traces, imports, confidential words, files."""
    store = new_store(path)
    desk = desk_at(store)
    now = clock_of(desk)
    register_agent(desk, "bia", "Bia", Role.SUPERVISOR)
    register_agent(desk, "caio", "Caio", Role.AGENT)
    bia = desk_at(store, agent="bia")
    bia.clock = now
    p = [manifest(desk, number) for number in range(8)]

    now.at += HOUR
    take_next(desk)
    start(desk, p[0])
    reply(desk, p[0], "Estamos apurando.")
    now.at += DAY
    customer_reply(desk, p[0], "Ainda não resolveu.")
    customer_reply(desk, p[0], "Escrevi antes, por carta.", at=now.at - DAY - HOUR // 2)
    escalate(desk, p[0], 2, "Prazo estourado")
    acknowledge(bia, p[0])
    now.at += 9 * DAY
    hand_back(bia, p[0], "Resolver com o financeiro")
    undo(bia, p[0])
    reply(desk, p[0], "Estornado.", conclusive=True)
    close(desk, p[0], CloseReason.SOLVED)
    reopen(desk, p[0], information="Voltou a ocorrer")

    assign(desk, p[1], "caio", note="É do caio")
    give_back(desk, p[1])
    undo(desk, p[1])
    ask(desk, p[1], "Qual o número da fatura?")
    now.at += 3 * DAY
    customer_reply(desk, p[1], "Fatura 12", at=now.at - 2 * DAY)
    classify(
        desk, p[1], Classification(Type.REPORT, Severity.HIGH, cause="Cobrança indevida", confidential=True)
    )
    note(desk, p[1], "Cuidado com a identidade")
    transfer(desk, p[2], _department(desk), "Departamento errado")
    attach(desk, p[2], "fatura.pdf", b"%PDF-1.4 fatura")
    attach(desk, p[2], "resposta.pdf", b"%PDF-1.4 resposta", outgoing=True)
    close(desk, p[3], CloseReason.WITHDRAWN, note="Desistiu")
    undo(desk, p[3])
    close(desk, p[4], CloseReason.NO_REPLY)
    reopen(desk, p[4], reason="Fechado por engano")
    take(desk, p[5], when=When(now.at - HOUR, "registrado depois"))
    classify(desk, p[6], Classification(severity=Severity.CRITICAL))
    undo(desk, p[6])
    list(import_records(desk, [_record(number) for number in range(6)]))
    now.at += DAY
    changed = _record(2, MessageRecord(START + 5 * DAY, Author.CUSTOMER, "Nova mensagem"))
    list(import_records(desk, [changed, _record(3)]))
    return store


def _department(desk: Desk) -> str:
    known = sorted(desk.store.known_slugs("department"))
    if known:
        return known[0]
    with desk.store.transaction():
        desk.store.ensure_named("department", "financeiro", "Financeiro")
    return "financeiro"


def _record(number: int, *more: MessageRecord) -> Record:
    said = (
        MessageRecord(START - 20 * DAY, Author.CUSTOMER, f"Continuo esperando {number}"),
        MessageRecord(START - 15 * DAY, Author.DESK, f"Resposta {number}"),
    )
    return Record(
        external_id=f"x{number}",
        source="legado",
        received_at=START - 30 * DAY + number,
        subject=f"Importado {number}",
        description=f"Texto importado {number}",
        department="Suporte",
        cause="Lentidão",
        status=Status.CLOSED if number % 2 else None,
        answered_at=START - 15 * DAY,
        closed_at=START - 10 * DAY if number % 2 else None,
        assignee="dora",
        customer=CustomerRecord(external_id=f"c{number}", name=f"Pessoa {number}"),
        messages=(*said, *more),
        tags=("legado",),
    )


def dump(conn: sqlite3.Connection, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the projections (or of ``tables``)."""
    return {
        name: [
            tuple(row) for row in conn.execute(f"SELECT * FROM {name} ORDER BY {PROJECTIONS.get(name, '1')}")
        ]
        for name in tables or PROJECTIONS
    }
