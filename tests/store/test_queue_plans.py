"""How SQLite goes about the views of the queue: along the index of the order, without sorting or a full scan."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.store.cursor import Order
from ouvidoria_tui.store.queue import count, neighbours, positions, window
from tests.store.queue_rows import ME, NOW, ZONE, add, ask, bare_store


@pytest.fixture(params=[False, True], ids=["fresh", "analysed"])
def db(request: pytest.FixtureRequest) -> Iterator[sqlite3.Connection]:
    connection = bare_store()
    with connection:
        connection.execute("BEGIN")
        for number in range(1, 2001):
            add(
                connection,
                number,
                status="open" if number % 20 == 0 else "closed",
                assignee_id=None if number % 3 else 1 + number % 2,
                department=f"d{number % 7}",
                next_due_at=NOW + number,
                level=int(number % 50 == 0),
            )
    if request.param:
        connection.execute("ANALYZE")
    yield connection
    connection.close()


def plan(db: sqlite3.Connection, act: Callable[[], object]) -> list[str]:
    """The plan of the last statement over ``ticket`` that ``act`` runs."""
    statements: list[str] = []
    db.set_trace_callback(statements.append)
    act()
    db.set_trace_callback(None)
    last = [each for each in statements if " FROM ticket WHERE " in each][-1]
    return [str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {last}")]


def assert_walks(steps: list[str], index: str) -> None:
    assert any(f"USING INDEX {index}" in step or f"USING COVERING INDEX {index}" in step for step in steps), (
        steps
    )
    assert not [step for step in steps if "TEMP B-TREE" in step or step == "SCAN ticket"], steps


@pytest.mark.parametrize(
    ("text", "order", "index"),
    [
        ("", "arrival", "ticket_open_arrival"),
        ("", "due", "ticket_open_due"),
        ("", "severity", "ticket_open_severity"),
        ("owner:me", "arrival", "ticket_open_owner"),
        ("is:mine", "arrival", "ticket_open_owner"),
        ("owner:none", "arrival", "ticket_open_owner"),
        ("owner:bia", "arrival", "ticket_open_owner"),
        ("dept:d3", "arrival", "ticket_open_department"),
        ("is:overdue", "due", "ticket_open_due"),
        ("due<2d", "due", "ticket_open_due"),
        ("status:open", "arrival", "ticket_status_arrival"),
        ("status:closed", "arrival", "ticket_status_arrival"),
    ],
)
def test_a_view_walks_the_index_of_its_order(
    db: sqlite3.Connection, text: str, order: Order, index: str
) -> None:
    assert_walks(plan(db, lambda: ask(db, text, order=order, limit=5)), index)


@pytest.mark.parametrize(
    ("order", "index"),
    [("arrival", "ticket_open_arrival"), ("due", "ticket_open_due"), ("severity", "ticket_open_severity")],
)
def test_the_next_page_is_found_by_its_key(db: sqlite3.Connection, order: Order, index: str) -> None:
    after = ask(db, "", order=order, limit=5).next
    steps = plan(db, lambda: ask(db, "", order=order, limit=5, after=after))
    assert_walks(steps, index)
    assert any(step.startswith("SEARCH ticket") for step in steps)


@pytest.mark.parametrize(("order", "index"), [("arrival", "ticket_open_arrival"), ("due", "ticket_open_due")])
def test_neighbours_windows_and_places_walk_it_too(db: sqlite3.Connection, order: Order, index: str) -> None:
    query = parse("")
    for act in (
        lambda: neighbours(db, query, 400, order=order, now=NOW, agent_id=ME, zone=ZONE),
        lambda: window(db, query, order=order, offset=20, limit=5, now=NOW, agent_id=ME, zone=ZONE),
        lambda: positions(db, query, [400], order=order, now=NOW, agent_id=ME, zone=ZONE),
    ):
        assert_walks(plan(db, act), index)


@pytest.mark.parametrize("text", ["", "owner:me", "owner:none", "is:overdue", "is:escalated", "dept:d3"])
def test_counting_a_view_looks_at_no_closed_ticket(db: sqlite3.Connection, text: str) -> None:
    steps = plan(db, lambda: count(db, parse(text), now=NOW, agent_id=ME, zone=ZONE))
    assert any(" INDEX ticket_open_" in step or " INDEX ticket_escalated" in step for step in steps), steps
    assert "SCAN ticket" not in steps
