"""Stores of a wanted size, made with plain SQL and kept in .bench/ until the schema or this file changes.

Sizes and texts are like a desk's, the chain of hashes is not: such a store is for reading, not for `verify`.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.domain.fold import normal_subject
from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store import schema
from ouvidoria_tui.store.rows import COLUMNS

FOLDER = Path(".bench")
NOW = 1_795_400_000  # 2026-11-23
DAY = 86_400
WORDS = [
    "cobrança",
    "boleto",
    "fatura",
    "estorno",
    "cartão",
    "contrato",
    "cancelamento",
    "multa",
    "plano",
    "site",
    "domínio",
    "e-mail",
    "servidor",
    "lentidão",
    "instabilidade",
    "acesso",
    "senha",
    "bloqueio",
    "suporte",
    "atendimento",
    "chamado",
    "retorno",
    "prazo",
    "entrega",
    "pedido",
    "produto",
    "loja",
    "vitrine",
    "frete",
    "pagamento",
    "pix",
    "nota",
    "fiscal",
    "migração",
    "backup",
    "hospedagem",
    "certificado",
    "erro",
    "tela",
    "sistema",
    "painel",
    "cliente",
    "resposta",
    "solução",
    "problema",
    "semana",
    "ontem",
    "ninguém",
    "nada",
    "sempre",
    "novamente",
    "urgente",
]

#: Columns that the made tickets leave empty.
_UNSAID = frozenset({"incident", "complained_department", "occurred_at", "escalation_reason"})


def store_of(size: int) -> Path:
    """A store of ``size`` tickets of which a twentieth is open (all of them up to 1,000)."""
    FOLDER.mkdir(exist_ok=True)
    mark = sha256((schema.TABLES + schema.INDEXES + Path(__file__).read_text()).encode()).hexdigest()[:12]
    path = FOLDER / f"desk-{size}-{mark}.db"
    if not path.exists():
        for old in FOLDER.glob(f"desk-{size}-*"):
            old.unlink()
        _make(path, size)
    return path


def _make(path: Path, size: int) -> None:
    half = path.with_suffix(".half")
    for old in FOLDER.glob(half.name + "*"):
        old.unlink()
    store = found_desk(half, profile="organizacional", clock=FixedClock(NOW), admin="bench")
    conn = store.conn
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("PRAGMA journal_mode = MEMORY")
    conn.execute("BEGIN")
    for number in range(9):
        conn.execute(
            "INSERT INTO agent (login, name, role, created_at) VALUES (?, ?, 'agent', 0)",
            (f"agent{number}", f"Agent {number}"),
        )
    customers = max(10, size // 10)
    conn.executemany(
        "INSERT INTO customer (id, name, name_key, email, created_at) VALUES (?, ?, ?, ?, 0)",
        ((n, f"Cliente {n}", f"cliente {n}", f"c{n}@example.com") for n in range(1, customers + 1)),
    )
    names = (
        *(column for column in COLUMNS.values() if column not in _UNSAID),
        "subject_key",
        "arrived_month",
        "next_due_at",
        "next_due_clock",
        "next_warn_at",
    )
    marks = ", ".join("?" * len(names))
    conn.executemany(f"INSERT INTO ticket ({', '.join(names)}) VALUES ({marks})", _tickets(size, customers))
    conn.executemany(
        "INSERT INTO message (ticket_id, seq, part, at, subject, text, salt) VALUES (?, 1, ?, ?, ?, ?, x'00')",
        _messages(size),
    )
    conn.executemany(
        "INSERT INTO event (ticket_id, seq, type, actor, os_user, happened_at, recorded_at, payload, prev, hash,"
        " anchor) VALUES (?, ?, ?, 1, 'bench', ?, ?, ?, zeroblob(32), randomblob(32), randomblob(32))",
        _events(size),
    )
    conn.executemany(
        "INSERT INTO clock (ticket_id, name, state, started_at, due_at, met_at, missed_at, spent, statutory)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        _clocks(size),
    )
    conn.execute("COMMIT")
    conn.execute("ANALYZE")
    conn.execute("PRAGMA journal_mode = WAL")
    store.close()
    half.rename(path)


def _facts(size: int) -> Iterator[tuple[int, random.Random, int, bool]]:
    source = random.Random(7)
    for number in range(1, size + 1):
        arrived = NOW - (size - number) * (3 * 365 * DAY) // size - 60
        yield number, source, arrived, size <= 1000 or number > size - size // 20


def _subject(number: int) -> str:
    source = random.Random(number)
    return " ".join(source.choices(WORDS, k=5)).capitalize()


def _tickets(size: int, customers: int) -> Iterator[tuple[object, ...]]:
    departments = ("suporte", "financeiro", "comercial", "atendimento", "infraestrutura")
    for number, source, arrived, is_open in _facts(size):
        status = source.choice(("open", "assigned", "in-progress", "customer-reply")) if is_open else "closed"
        subject = _subject(number)
        owner = None if status == "open" else source.randint(2, 10)
        due = arrived + 2 * DAY if is_open else None
        year = 1970 + int(arrived // (365.2425 * DAY))
        month = f"{year}-{source.randint(1, 12):02d}"
        yield (
            number, make_protocol(year, number), status, "desk" if is_open else "none",
            source.choice(("complaint", "request", "suggestion")), "email", subject,
            source.choice(departments), None, None, None, source.randint(1, customers), owner,
            source.choice(("low", "medium", "high", "critical")), None, "ordinary", int(source.random() < 0.02),
            "pending" if is_open and source.random() < 0.1 else "admitted", "not-assessed", None,
            None if is_open else "solved", None, None, 0, 0, "[]", arrived, arrived,
            None if is_open else arrived + DAY, None if is_open else arrived + DAY, arrived, None,
            None if is_open else arrived + 2 * DAY, 0, arrived, arrived, 2, b"\0" * 32,
            normal_subject(subject), month, due, "keep-informed" if due else None, None,
        )  # fmt: skip


def _messages(size: int) -> Iterator[tuple[object, ...]]:
    for number, source, arrived, _open in _facts(size):
        text = " ".join(source.choices(WORDS, k=40))
        if number % 5000 == 0:
            text += " rarissimo"
        yield number, "manifestation", arrived, _subject(number), text


def _events(size: int) -> Iterator[tuple[object, ...]]:
    for number, _source, arrived, is_open in _facts(size):
        yield number, 1, "received", arrived, arrived, "{}"
        yield number, 2, "assigned" if is_open else "closed", arrived + 60, arrived + 60, "{}"


def _clocks(size: int) -> Iterator[tuple[object, ...]]:
    for number, source, arrived, is_open in _facts(size):
        spent = source.randint(600, 3 * DAY)
        for name, target in (("first-response", DAY), ("keep-informed", 2 * DAY)):
            due = arrived + target
            if is_open:
                yield number, name, "running", arrived, due, None, None, None
            elif spent <= target:
                yield number, name, "met", arrived, due, arrived + spent, None, spent
            else:
                yield number, name, "missed", arrived, due, arrived + spent, due, spent


def connect(path: Path) -> sqlite3.Connection:
    """A plain connection for the floors, with the page cache that the program uses."""
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA cache_size = -32000")
    return conn
