from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ouvidoria_tui.domain.query import MAX_TERMS, Query, Words, parse
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.store.fulltext import Road
from ouvidoria_tui.store.search import Context, where
from tests.store.queue_rows import DAY, ME, NOW, ZONE, add, add_customer, add_message, ask, bare_store, ids

HERE = Context(NOW, ME, ZONE)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = bare_store()
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "word", ["solicitacao", "SOLICITAÇÃO", "Solicitação", "solic*", '"minha solicitacao"']
)
def test_accents_and_case_do_not_matter(db: sqlite3.Connection, word: str) -> None:
    add(db, 1, text="Minha solicitação não foi vista")
    add(db, 2, text="Outra coisa")
    assert ids(db, word) == [1]


def test_words_may_stand_in_different_messages_and_a_phrase_may_not(db: sqlite3.Connection) -> None:
    add(db, 1, text="boleto")
    add_message(db, 1, "pago")
    assert ids(db, "boleto pago") == [1]
    assert ids(db, '"boleto pago"') == []


def test_a_negated_word_is_in_no_message(db: sqlite3.Connection) -> None:
    add(db, 1, text="boleto")
    add(db, 2, text="fatura")
    add(db, 3)
    assert ids(db, "-boleto") == [2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "NOT",
        "AND",
        "OR",
        "NEAR(a)",
        "(a",
        "a^",
        "{a}",
        "a+b",
        "*a",
        "'a'",
        "a;DROP",
        '"a*"',
        "subject-x",
        "*",
    ],
)
def test_full_text_syntax_is_only_text(db: sqlite3.Connection, text: str) -> None:
    add(db, 1, text="nada disso")
    assert ids(db, text) == []


def test_a_star_inside_quotes_is_no_prefix(db: sqlite3.Connection) -> None:
    add(db, 1, text="boletos")
    assert (ids(db, "boleto*"), ids(db, '"boleto*"')) == ([1], [])


def test_punctuation_beside_words_is_passed_over_and_alone_finds_nothing(db: sqlite3.Connection) -> None:
    add(db, 1, text="Cobrança do boleto")
    assert ids(db, "cobrança - boleto !!!") == [1]
    assert ids(db, "!!!") == []
    assert ids(db, '""') == []


def test_words_of_a_confidential_ticket_find_nothing(db: sqlite3.Connection) -> None:
    add(db, 1, text="segredo", confidential=1)
    assert ids(db, "segredo") == []


def test_a_whole_protocol_finds_its_ticket_even_when_closed(db: sqlite3.Connection) -> None:
    add(db, 123, status="closed")
    assert ids(db, "2026-000123-8") == [123]
    assert ids(db, "protocol:20260001238") == [123]
    assert ids(db, "protocol:2026-0001") == [123]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("customer:maria", [1]),
        ("customer:SILVA", [1]),
        ('customer:"María  sil"', [1]),
        ("customer:aria", []),
        ("customer:Maria@X.example", [1]),
        ("customer:c-7", [2]),
        ("customer:none", [3]),
        ("-customer:maria", [2, 3, 4]),
    ],
)
def test_a_customer_is_found_by_name_address_or_external_id(
    db: sqlite3.Connection, text: str, found: list[int]
) -> None:
    add(db, 1, customer_id=add_customer(db, 1, "Maria Silva", email="maria@x.example"))
    add(db, 2, customer_id=add_customer(db, 2, "João", external_id="c-7", source="crm"))
    add(db, 3)
    add(db, 4, customer_id=1, confidential=1)
    assert ids(db, text) == found


def test_who_stands_behind_a_confidential_ticket_is_not_found_by_filtering(db: sqlite3.Connection) -> None:
    add(db, 1, customer_id=add_customer(db, 1, "Maria Silva", email="maria@x.example"), confidential=1)
    assert ids(db, "customer:maria") == ids(db, "customer:maria@x.example") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("owner:me", [1]),
        ("owner:Bia", [2]),
        ("owner:bia,none", [2, 3]),
        ("owner:nobody-knows", []),
        ("-owner:me", [2, 3]),
        ("is:mine", [1]),
        ("is:unassigned", [3]),
        ("has:owner", [1, 2]),
    ],
)
def test_owners(db: sqlite3.Connection, text: str, found: list[int]) -> None:
    add(db, 1, assignee_id=ME)
    add(db, 2, assignee_id=2)
    add(db, 3)
    assert ids(db, text) == found


def test_without_an_agent_nothing_is_mine(db: sqlite3.Connection) -> None:
    add(db, 1)
    assert ask(db, "owner:me", agent_id=None).rows == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("is:overdue", [1]),
        ("-is:overdue", [2, 3, 4]),
        ("due<2d", [1, 2]),
        ("due>2d", [3]),
        ("due<-12h", [1]),
        ("-due<2d", [3, 4]),
        ("due:today", []),
        ("due:ontem", [1]),
        ("due:amanhã", [2]),
        ("has:deadline", [1, 2, 3]),
    ],
)
def test_deadlines(db: sqlite3.Connection, text: str, found: list[int]) -> None:
    add(db, 1, next_due_at=NOW - DAY)
    add(db, 2, next_due_at=NOW + DAY)
    add(db, 3, next_due_at=NOW + 9 * DAY)
    add(db, 4)
    assert ids(db, text) == found


def test_a_closed_ticket_is_never_overdue(db: sqlite3.Connection) -> None:
    add(db, 1, status="closed", next_due_at=NOW - DAY)
    assert ids(db, "status:any is:overdue") == []


# Midnight of 2026-10-21 in São Paulo is 03:00 UTC.
MIDNIGHT = 1_792_551_600


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("opened:2026-10-21", [2, 3]),
        ("opened:hoje", [2, 3]),
        ("opened:2026-10-20", [1]),
        ("opened:2026-10", [1, 2, 3, 4]),
        ("opened:..2026-10-20", [1]),
        ("opened:2026-10-22..", [4]),
        ("opened:2025,2027", []),
        ("-opened:hoje", [1, 4]),
        ("age>1d", [1]),
        ("age<0", [3, 4]),
    ],
)
def test_a_day_begins_at_the_desks_midnight(db: sqlite3.Connection, text: str, found: list[int]) -> None:
    add(db, 1, arrived_at=NOW - DAY - 1)
    add(db, 2, arrived_at=MIDNIGHT)
    add(db, 3, arrived_at=MIDNIGHT + DAY - 1)
    add(db, 4, arrived_at=MIDNIGHT + DAY)
    assert ids(db, text) == found


def test_dates_of_answer_and_closing(db: sqlite3.Connection) -> None:
    add(db, 1, answered_at=NOW)
    add(db, 2, status="closed", closed_at=NOW)
    assert ids(db, "answered:2026-10-21") == [1]
    assert ids(db, "closed:2026-10-21") == [2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("type:praise", [1]),
        ("dept:Financeiro", [1]),
        ("dept:fin*", [1]),
        ("dept:none", [2]),
        ("-dept:financeiro", [2]),
        ("severity>=high", [1]),
        ("severity:none,high", [1, 2]),
        ("turn:none", []),
        ("level>=2", [1]),
        ("level<0", []),
        ("-level<0", [1, 2]),
        ("is:escalated,unread", [1, 2]),
        ("confidential:yes", [2]),
        ("tag:VIP", [1]),
        ("tag:prioridade-alta", []),
        ("tag:none", [2]),
        ("has:attachment", [1]),
        ("has:note", [2]),
        ("is:paused", [2]),
        ("is:duplicate", []),
        ("channel:email,phone merit:not-assessed lane:ordinary admission:pending", [1, 2]),
    ],
)
def test_properties(db: sqlite3.Connection, text: str, found: list[int]) -> None:
    add(
        db,
        1,
        type="praise",
        department="financeiro",
        severity="high",
        level=2,
        flags=("vip", "Prioridade alta!"),
    )
    add(db, 2, unread=1, confidential=1)
    db.execute("INSERT INTO attachment VALUES (1, 1, 'a.pdf', 1, '', 'in', 'portal')")
    add_message(db, 2, "nota", part="note", confidential=1)
    db.execute(
        "INSERT INTO clock (ticket_id, name, state, started_at, statutory) VALUES (2, 'answer', 'paused', 0, 0)"
    )
    assert ids(db, text) == found


@pytest.mark.parametrize("road", Road)
@pytest.mark.parametrize("text", ["boleto", "-boleto", '"boleto pago"', "bol*", "boleto -pago", "nada"])
def test_every_road_leads_to_the_same_tickets(db: sqlite3.Connection, road: Road, text: str) -> None:
    add(db, 1, text="boleto")
    add(db, 2, text="boleto pago")
    add(db, 3, text="fatura paga")
    add_message(db, 3, "bolo")
    query = parse(text)
    roads = {term: road for term in query.terms if isinstance(term, Words)}
    sql, params = where(query, HERE, roads)
    plain, plain_params = where(query, HERE)
    found = db.execute(f"SELECT id FROM ticket WHERE {sql} ORDER BY id", params).fetchall()
    assert found == db.execute(f"SELECT id FROM ticket WHERE {plain} ORDER BY id", plain_params).fetchall()


def test_nothing_of_a_query_becomes_part_of_the_statement() -> None:
    evil = "x';--"
    fields = ("owner", "customer", "dept", "area", "plan", "cause", "tag", "protocol")
    query = parse(" ".join(f'{name}:"{evil}"' for name in fields) + f' "{evil}"')
    sql, _ = where(query, HERE)
    assert evil not in sql


def test_the_largest_query_runs(db: sqlite3.Connection) -> None:
    assert ids(db, " ".join(f"-w{number}" for number in range(MAX_TERMS))) == []
    assert ids(db, "customer:" + ",".join("abcdefgh" for _ in range(MAX_TERMS))) == []
    assert ids(db, "tag:" + ",".join("ab" for _ in range(MAX_TERMS))) == []


def test_no_terms_mean_every_ticket() -> None:
    assert where(Query(), HERE) == ("1", ())


STORE = bare_store()
add(STORE, 1, text="boleto", flags=("vip",))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["", "-", "owner:", "customer:", "dept:", "tag:", "protocol:", "cause:"]),
    st.text(st.characters(codec=None), max_size=30),
    st.booleans(),
)
def test_whatever_is_read_can_be_asked(start: str, text: str, quoted: bool) -> None:
    written = start + ('"' + text.replace('"', '""') + '"' if quoted else text)
    query = None
    try:
        query = parse(written)
    except UsageError:
        return
    ask(STORE, query)
