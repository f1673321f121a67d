"""Work for processes of their own, which are killed or run side by side; and how they are started."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.context import ForkServerContext
from pathlib import Path
from unittest.mock import patch

from ouvidoria_tui.desk.act import batch
from ouvidoria_tui.desk.assign import assign, start
from ouvidoria_tui.desk.importing import import_records
from ouvidoria_tui.desk.reply import note, reply
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.record import Author, CustomerRecord, MessageRecord, Record
from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.store.store import SqliteStore
from tests.store.policy_story import apply, in_business_hours
from tests.store.stories import DAY, START, desk_at, manifest

#: So many tickets are one transaction of the work below: a kill falls between many of them.
CHUNK = 10


def context() -> ForkServerContext:
    """Processes that start quickly: forked from one that has loaded everything and holds no store."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(["tests.store.labour"])
    return found


def records(count: int) -> Iterator[Record]:
    """A file's worth of tickets, each with a history."""
    for number in range(count):
        yield Record(
            external_id=f"x{number}",
            source="legado",
            received_at=START - 30 * DAY + number,
            subject=f"Importado {number}",
            description=f"Texto importado {number} " * 20,
            department=f"Setor {number % 7}",
            status=Status.CLOSED if number % 2 else None,
            answered_at=START - 15 * DAY,
            closed_at=START - 10 * DAY if number % 2 else None,
            customer=CustomerRecord(external_id=f"c{number % 50}", name=f"Pessoa {number % 50}"),
            messages=(MessageRecord(START - 20 * DAY, Author.CUSTOMER, f"Continuo esperando {number}"),),
        )


def bring_in(path: Path, count: int) -> None:
    """An import of ``count`` records."""
    store = SqliteStore.open(path)
    for _done in import_records(desk_at(store), records(count), chunk=CHUNK):
        pass
    store.close()


def start_all(path: Path) -> None:
    """A batch: every ticket in progress."""
    store = SqliteStore.open(path)
    desk = desk_at(store)
    refs = [row[0] for row in store.conn.execute("SELECT protocol FROM ticket ORDER BY id")]
    for _outcome in batch(desk, refs, Verb.START, lambda ref: start(desk, ref, note="em lote"), chunk=CHUNK):
        pass
    store.close()


def work_beside_others(path: Path, worker: int, rounds: int, told: Path) -> None:
    """Registers, assigns, answers and notes; leaves the protocols that it was given in a file."""
    store = SqliteStore.open(path)
    desk = desk_at(store)
    mine = []
    for number in range(rounds):
        mine.append(manifest(desk, worker * 1000 + number))
        assign(desk, mine[-1], "ana")
        reply(desk, mine[-1], f"Resposta {number}")
        note(desk, mine[0], f"Nota {number} de {worker}")
        note(desk, "2026-000001-5", f"No mesmo ticket: {worker}/{number}")
    told.write_text("\n".join(mine))
    store.close()


def apply_hours(path: Path) -> None:
    """A policy in force with every open ticket re-assessed, or the rest of them where that was begun."""
    store = SqliteStore.open(path)
    desk = desk_at(store, START + 20 * DAY)
    with patch("ouvidoria_tui.desk.apply_policy.CHUNK", CHUNK):
        apply(desk, in_business_hours(16))
    store.close()
