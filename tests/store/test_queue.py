from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.store import walk
from ouvidoria_tui.store.cursor import Cursor, Order, read_cursor
from ouvidoria_tui.store.queue import count, neighbours, positions, rows_by_id, window
from tests.store.queue_rows import DAY, ME, NOW, ZONE, add, add_customer, ask, bare_store, ids

ORDERS: tuple[Order, ...] = ("arrival", "due", "severity")


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = bare_store()
    yield connection
    connection.close()


def mixed(db: sqlite3.Connection, number: int) -> None:
    """Tickets in every lane and severity, some at the same second, some without a deadline."""
    for each in range(1, number + 1):
        add(
            db,
            each,
            lane=("ordinary", "emergency", "legal-priority")[each % 3],
            severity=(None, "low", "medium", "high", "critical")[each % 5],
            arrived_at=NOW - each // 4,
            next_due_at=None if each % 4 == 0 else NOW + each % 7,
            text="boleto" if each % 2 else "fatura",
        )


def test_the_queue_is_lane_then_arrival_then_protocol(db: sqlite3.Connection) -> None:
    add(db, 1, arrived_at=NOW)
    add(db, 2, arrived_at=NOW - 5)
    add(db, 3, arrived_at=NOW - 5)
    add(db, 4, arrived_at=NOW, lane="emergency")
    add(db, 5, arrived_at=NOW + 5, lane="legal-priority")
    assert ids(db, "") == [5, 4, 2, 3, 1]


def test_no_deadline_comes_after_every_deadline(db: sqlite3.Connection) -> None:
    add(db, 1)
    add(db, 2, next_due_at=NOW + 9 * DAY)
    add(db, 3, next_due_at=NOW - DAY)
    assert ids(db, "", "due") == [3, 2, 1]


def test_the_gravest_comes_first_by_severity_and_the_unclassified_last(db: sqlite3.Connection) -> None:
    for number, severity in enumerate((None, "low", "critical", "medium", "high"), start=1):
        add(db, number, severity=severity)
    assert ids(db, "", "severity") == [3, 5, 4, 2, 1]


@pytest.mark.req("S3-40")
def test_severity_does_not_move_the_place_in_the_queue(db: sqlite3.Connection) -> None:
    for number in range(1, 6):
        add(db, number)
    before = positions(db, parse(""), [4], now=NOW, agent_id=ME, zone=ZONE)
    db.execute("UPDATE ticket SET severity = 'critical' WHERE id = 4")
    assert positions(db, parse(""), [4], now=NOW, agent_id=ME, zone=ZONE) == before == {4: 3}


def test_closed_tickets_are_left_out_unless_asked_for(db: sqlite3.Connection) -> None:
    add(db, 1)
    add(db, 2, status="closed")
    assert ids(db, "") == [1]
    assert ids(db, "-status:answered") == [1]
    assert ids(db, "status:closed") == [2]
    assert ids(db, "status:any") == [1, 2]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("text", ["", "boleto", "status:any", "severity>=medium"])
def test_pages_put_together_are_the_whole_list(db: sqlite3.Connection, order: Order, text: str) -> None:
    mixed(db, 50)
    whole = ids(db, text, order)
    seen: list[int] = []
    after: Cursor | None = None
    while True:
        part = ask(db, text, order=order, limit=7, after=after)
        seen += [row.id for row in part.rows]
        if part.next is None:
            break
        after = read_cursor(str(part.next))
    assert seen == whole
    assert len(set(seen)) == len(seen) > 20


def test_a_last_page_that_is_full_has_no_cursor(db: sqlite3.Connection) -> None:
    mixed(db, 4)
    assert ask(db, "", limit=4).next is None


def test_a_ticket_that_arrives_behind_the_cursor_shows_none_twice(db: sqlite3.Connection) -> None:
    for number in (2, 3, 4):
        add(db, number)
    first = ask(db, "", limit=2)
    add(db, 1)
    assert [row.id for row in ask(db, "", after=first.next).rows] == [4]


def test_a_cursor_of_another_order_is_refused(db: sqlite3.Connection) -> None:
    mixed(db, 3)
    after = ask(db, "", limit=1).next
    with pytest.raises(UsageError) as caught:
        ask(db, "", order="due", after=after)
    assert caught.value.code == "BAD_CURSOR"


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("text", ["", "boleto"])
def test_windows_positions_and_neighbours_agree_with_the_list(
    db: sqlite3.Connection, order: Order, text: str
) -> None:
    mixed(db, 30)
    query, whole = parse(text), ids(db, text, order)
    shown = window(db, query, order=order, offset=3, limit=5, now=NOW, agent_id=ME, zone=ZONE)
    assert [row.id for row in shown] == whole[3:8]
    places = positions(db, query, whole, order=order, now=NOW, agent_id=ME, zone=ZONE)
    assert places == {ticket: place for place, ticket in enumerate(whole)}
    for before, ticket, behind in zip([None, *whole], whole, [*whole[1:], None], strict=False):
        assert neighbours(db, query, ticket, order=order, now=NOW, agent_id=ME, zone=ZONE) == (before, behind)


def test_a_ticket_that_left_the_filter_keeps_its_neighbours(db: sqlite3.Connection) -> None:
    for number in (1, 2, 3):
        add(db, number)
    db.execute("UPDATE ticket SET status = 'closed' WHERE id = 2")
    assert neighbours(db, parse(""), 2, now=NOW, agent_id=ME, zone=ZONE) == (1, 3)
    assert positions(db, parse(""), [2, 3], now=NOW, agent_id=ME, zone=ZONE) == {3: 1}


def test_no_ticket_has_no_neighbours(db: sqlite3.Connection) -> None:
    assert neighbours(db, parse(""), 9, now=NOW, agent_id=ME, zone=ZONE) == (None, None)


def test_counting_stops_one_after_the_cap(db: sqlite3.Connection) -> None:
    mixed(db, 12)
    assert count(db, parse(""), now=NOW, agent_id=ME, zone=ZONE) == 12
    assert count(db, parse(""), 5, now=NOW, agent_id=ME, zone=ZONE) == 6
    assert count(db, parse("boleto"), now=NOW, agent_id=ME, zone=ZONE) == 6


@pytest.mark.parametrize(
    "text", ["boleto", "-boleto", "boleto raro", "boleto -fatura", "bol*", "boleto owner:none"]
)
@pytest.mark.parametrize("order", ORDERS)
def test_a_common_word_finds_the_same_as_a_rare_one(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, order: Order, text: str
) -> None:
    mixed(db, 40)
    add(db, 90, text="boleto raro")
    whole = ids(db, text, order)
    # So few that every word is common, and the first candidates are not enough.
    monkeypatch.setattr(walk, "COMMON", 1)
    monkeypatch.setattr(walk, "PROBED", 10)
    assert ids(db, text, order) == whole
    assert [row.id for row in ask(db, text, order=order, limit=4).rows] == whole[:4]
    query = parse(text)
    places = positions(db, query, whole, order=order, now=NOW, agent_id=ME, zone=ZONE)
    assert list(places.values()) == list(range(len(whole)))
    assert count(db, query, now=NOW, agent_id=ME, zone=ZONE) == len(whole)
    before = whole[-2] if len(whole) > 1 else None
    assert neighbours(db, query, whole[-1], order=order, now=NOW, agent_id=ME, zone=ZONE) == (before, None)


def test_a_row_names_its_owner_and_hides_a_confidential_customer(db: sqlite3.Connection) -> None:
    add_customer(db, 1, "Maria Silva")
    add(db, 1, assignee_id=ME, customer_id=1, flags=("vip",))
    add(db, 2, customer_id=1, confidential=1)
    open_row, secret = ask(db, "").rows
    assert (open_row.owner, open_row.customer, open_row.tags) == ("ana", "Maria Silva", ("vip",))
    assert (secret.owner, secret.customer, secret.tags) == (None, None, ())


def test_rows_are_read_again_by_id_whatever_their_status(db: sqlite3.Connection) -> None:
    add(db, 1)
    add(db, 2, status="closed")
    assert {key: row.status for key, row in rows_by_id(db, [2, 1, 9]).items()} == {1: "open", 2: "closed"}


@pytest.mark.parametrize("order", ORDERS)
def test_a_cursor_reads_as_it_was_written(db: sqlite3.Connection, order: Order) -> None:
    mixed(db, 3)
    cursor = ask(db, "", order=order, limit=1).next
    assert cursor is not None
    assert read_cursor(str(cursor)) == cursor
    assert str(cursor).replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "é",
        "AAAA",
        "====",
        "W10",
        "WyJhcnJpdmFsIl0",
        "a" * 9999,
        "WyJmb28iLDEsMiwiYSJd",
        "bnVsbA",
        "\ud800",
    ],
)
def test_anything_else_is_no_cursor(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_cursor(text)
    assert caught.value.code == "BAD_CURSOR"


@pytest.mark.parametrize(
    "key", [(1, 2), (1, 2, 3), ("1", 2, "a"), (True, 2, "a"), (2**70, 2, "a"), (1.5, 2, "a"), (1, 2, "é")]
)
def test_a_cursor_with_a_wrong_key_is_refused(key: tuple[int | str, ...]) -> None:
    with pytest.raises(UsageError):
        read_cursor(str(Cursor("arrival", key)))
