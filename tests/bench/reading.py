"""Starting, the queue, full text, reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import partial

from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.query_terms import Query
from ouvidoria_tui.report.answer import Question
from ouvidoria_tui.report.ask import ask
from ouvidoria_tui.report.duplicates import candidates
from ouvidoria_tui.store import queue
from ouvidoria_tui.store.cursor import Order
from ouvidoria_tui.store.store import SqliteStore
from tests.bench.stores import NOW, connect, store_of
from tests.bench.timing import Figure, calls, ouvidoria, processes, python

ZONE = "America/Sao_Paulo"
_VOLUME = (
    "SELECT arrived_month, department, status, count(*), count(answered_at), count(closed_at), sum(reopened > 0)"
    " FROM ticket GROUP BY 1, 2, 3"
)
_SLA = (
    "SELECT t.department, c.name, c.state, count(*), sum(c.spent) FROM clock c"
    " JOIN ticket t ON t.id = c.ticket_id GROUP BY 1, 2, 3"
)
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

_PAIR = (
    'SELECT rowid FROM message_fts WHERE message_fts MATCH \'NEAR("boleto" "fatura", 4)\''
    " ORDER BY rowid DESC LIMIT 60"
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


def near_duplicates(size: int, label: str) -> Iterator[Figure]:
    """The candidates for one ticket, newest and oldest, beside looking up one pair of its words."""
    path = store_of(size)
    store, bare = SqliteStore.open(path), connect(path)
    for name, ticket in (("the newest", size), ("the oldest", 1), ("one in the middle", size // 2)):
        yield calls(
            f"duplicates of {name}",
            label,
            partial(candidates, store.conn, ticket, 30),
            partial(_rows, bare, _PAIR),
            budget="≤ 250 ms a ticket at any size",
            runs=5,
        )


def reports(size: int, label: str) -> Iterator[Figure]:
    """Figures over everything, beside bare statements that count the same; then the command as a process."""
    path = store_of(size)
    store, bare = SqliteStore.open(path), connect(path)
    wanted = (
        ("volume", ("month", "department", "status"), _VOLUME, "≤ 2 × bare SQL"),
        ("sla", ("department",), _SLA, "≤ 2 × bare SQL, which has no percentiles"),
    )
    for name, by, sql, budget in wanted:
        question = Question(name, by=by, as_of=NOW)
        yield calls(
            f"report {name} --by {','.join(by)}",
            label,
            partial(ask, store.conn, store.policy(), question),
            partial(_rows, bare, sql),
            budget=budget,
            runs=5,
        )
    yield processes(
        "ouvidoria report volume, whole process",
        label,
        ouvidoria("--db", str(path), "--as", "bench", "report", "volume", "--by", "month,department,status"),
        _query(str(path), _VOLUME),
        budget="",
        runs=3,
        note="start included on both sides",
    )


def _query(path: str, sql: str) -> list[str]:
    """A process that runs one statement and reads all its rows."""
    return python(f"import sqlite3; sqlite3.connect({path!r}).execute({sql!r}).fetchall()")


def _page(store: SqliteStore, query: Query, order: Order) -> queue.Page:
    return queue.page(store.conn, query, order=order, limit=64, now=NOW, agent_id=1, zone=ZONE)


def _rows(conn: sqlite3.Connection, sql: str, *params: object) -> list[object]:
    return conn.execute(sql, params).fetchall()
