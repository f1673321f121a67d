"""Starting, the queue, full text, reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import partial

from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.query_terms import Query
from ouvidoria_tui.store import queue
from ouvidoria_tui.store.cursor import Order
from ouvidoria_tui.store.store import SqliteStore
from tests.bench.stores import NOW, connect, store_of
from tests.bench.timing import Figure, calls, ouvidoria, processes, python

ZONE = "America/Sao_Paulo"
_OPEN = "status <> 'closed'"
_BARE = {
    "arrival": f"SELECT * FROM ticket WHERE {_OPEN} ORDER BY lane_rank, arrived_at, protocol LIMIT 64",
    "due": f"SELECT * FROM ticket WHERE {_OPEN} ORDER BY due_key, arrived_at, protocol LIMIT 64",
    "owner:agent3": f"SELECT * FROM ticket WHERE {_OPEN} AND assignee_id ="
    " (SELECT id FROM agent WHERE login = 'agent3') ORDER BY lane_rank, arrived_at, protocol LIMIT 64",
    "severity:high channel:email": f"SELECT * FROM ticket WHERE {_OPEN} AND severity = 'high'"
    " AND channel = 'email' ORDER BY lane_rank, arrived_at, protocol LIMIT 64",
}
_TEXT = (
    "SELECT ticket.* FROM ticket WHERE id IN (SELECT ticket_id FROM message WHERE id IN"
    " (SELECT rowid FROM message_fts WHERE message_fts MATCH ?)) ORDER BY lane_rank, arrived_at, protocol LIMIT 64"
)


def start() -> Iterator[Figure]:
    """The command's start."""
    yield processes(
        "ouvidoria --version",
        "",
        ouvidoria("--version"),
        python("import typer"),
        budget="≤ 1.3 × import typer",
    )


def queue_process(size: int, label: str) -> Iterator[Figure]:
    """20 rows of the queue as a whole process."""
    path = str(store_of(size))
    yield processes(
        "ouvidoria queue, 20 rows",
        label,
        ouvidoria("--db", path, "--as", "bench", "queue", "--limit", "20"),
        python("import typer, sqlite_utils"),
        budget="≤ 2.5 × import typer, sqlite_utils",
    )


def queue_pages(size: int, label: str) -> Iterator[Figure]:
    """A page of 64 rows in the views that agents use."""
    path = store_of(size)
    store, bare = SqliteStore.open(path), connect(path)
    for name, sql in _BARE.items():
        order: Order = "due" if name == "due" else "arrival"
        text = "" if name in ("arrival", "due") else name
        query = parse(text)
        yield calls(
            f"page of the queue, {name}",
            label,
            partial(_page, store, query, order),
            partial(_rows, bare, sql),
            budget="≤ 3 × bare SQL, < 5 ms",
            runs=25,
        )


def full_text(size: int, label: str) -> Iterator[Figure]:
    """The first page of what words find, closed tickets included: rare, common and two common words."""
    path = store_of(size)
    store, bare = SqliteStore.open(path), connect(path)
    for words, match in (
        ("rarissimo", "rarissimo"),
        ("boleto", "boleto"),
        ("boleto estorno", "boleto AND estorno"),
    ):
        query = parse(f"status:any {words}")
        yield calls(
            f"full text, {words}",
            label,
            partial(_page, store, query, "arrival"),
            partial(_rows, bare, _TEXT, match),
            budget="≤ 2 × bare FTS5",
            runs=5,
        )


def reports(size: int, label: str) -> Iterator[Figure]:
    """Figures by department, status and month over everything, as a whole process beside the bare aggregate."""
    path = str(store_of(size))
    bare = _query(path, "SELECT arrived_month, department, status, count(*) FROM ticket GROUP BY 1, 2, 3")
    yield processes(
        "report volume --by month,department,status",
        label,
        ouvidoria(
            "--db",
            path,
            "--as",
            "bench",
            "report",
            "volume",
            "--by",
            "month,department,status",
            "--format",
            "json",
        ),
        bare,
        budget="≤ 2 × bare SQL",
        runs=5,
    )
    clocks = _query(
        path,
        "SELECT t.department, c.name, c.state, count(*), sum(c.spent) FROM clock c"
        " JOIN ticket t ON t.id = c.ticket_id GROUP BY 1, 2, 3",
    )
    yield processes(
        "report sla --by department",
        label,
        ouvidoria("--db", path, "--as", "bench", "report", "sla", "--by", "department", "--format", "json"),
        clocks,
        budget="≤ 2 × bare SQL",
        runs=3,
        note="with percentiles; the floor has none",
    )


def _query(path: str, sql: str) -> list[str]:
    """A process that runs one statement and reads all its rows."""
    return python(f"import sqlite3; sqlite3.connect({path!r}).execute({sql!r}).fetchall()")


def _page(store: SqliteStore, query: Query, order: Order) -> queue.Page:
    return queue.page(store.conn, query, order=order, limit=64, now=NOW, agent_id=1, zone=ZONE)


def _rows(conn: sqlite3.Connection, sql: str, *params: object) -> list[object]:
    return conn.execute(sql, params).fetchall()
