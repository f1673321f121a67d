from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store import drafts
from ouvidoria_tui.store.asking import asked
from ouvidoria_tui.store.related import blob, related
from ouvidoria_tui.store.store import SqliteStore

T0 = 1_795_000_000


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    made = found_desk(tmp_path / "d.db", profile="hospedagem", clock=FixedClock(T0), admin="ana")
    desk = desk_over(made, agent="ana", clock=FixedClock(T0))
    for subject in ("Cobrança", "Entrega"):
        receive(desk, Manifestation(subject, "texto", customer=Customer(0, "Fulana", email="f@example.com")))
    return made


def test_a_draft_is_kept_once_per_kind_with_the_newest_words(store: SqliteStore) -> None:
    with store.transaction():
        drafts.save(store.conn, 1, 1, "reply", "um", T0)
        drafts.save(store.conn, 1, 1, "reply", "dois", T0 + 1, "conclusive")
        drafts.save(store.conn, 1, 1, "note", "à parte", T0 + 2)
    found = drafts.load(store.conn, 1, 1, "reply")
    assert found is not None
    assert (found.text, found.choice, found.updated_at) == ("dois", "conclusive", T0 + 1)
    assert [row.kind for row in drafts.of_agent(store.conn, 1)] == ["note", "reply"]


def test_an_empty_draft_is_no_draft(store: SqliteStore) -> None:
    with store.transaction():
        drafts.save(store.conn, 1, 1, "reply", "um", T0)
        drafts.save(store.conn, 1, 1, "reply", "  \n", T0)
    assert drafts.count(store.conn, 1) == 0


def test_nobody_sees_the_draft_of_another(store: SqliteStore) -> None:
    with store.transaction():
        store.conn.execute("INSERT INTO agent VALUES (9, 'bia', 'Bia', 'agent', 1, 0)")
        drafts.save(store.conn, 9, 1, "reply", "da bia", T0)
    assert drafts.load(store.conn, 1, 1, "reply") is None
    assert drafts.of_agent(store.conn, 1) == []


def test_no_question_reads_the_words_of_a_draft(store: SqliteStore) -> None:
    with store.transaction():
        drafts.save(store.conn, 1, 1, "reply", "um", T0)
    with asked(store.path, "SELECT kind, text FROM draft") as answer:
        assert list(answer.rows) == [("reply", None)]
    with pytest.raises(Refused), asked(store.path, "SELECT text FROM main.draft"):
        pass


def test_words_that_are_no_text_do_not_lose_the_draft(store: SqliteStore) -> None:
    with store.transaction():
        drafts.save(store.conn, 1, 1, "reply", "a\ud800b\x00c", T0)
    found = drafts.load(store.conn, 1, 1, "reply")
    assert found is not None
    assert found.text == "a\ufffd\ufffd\ufffdb\x00c"


def test_the_customers_other_tickets_are_related(store: SqliteStore) -> None:
    (other,) = related(store.conn, 1, 1, None)
    assert (other.tie, other.id, other.subject) == ("customer", 2, "Entrega")


def test_a_kept_file_is_given_back_and_a_lost_one_says_so(store: SqliteStore) -> None:
    desk = desk_over(store, agent="ana", clock=FixedClock(T0))
    attach(desk, store.get(1).protocol, "../../etc/passwd", b"dados")
    sha = store.conn.execute("SELECT sha256 FROM attachment").fetchone()[0]
    assert blob(store.conn, sha) == b"dados"
    with pytest.raises(NotFound, match="FILE_NOT_FOUND"):
        blob(store.conn, "00")
