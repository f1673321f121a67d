"""SQL of a person: answers what may be read, and nothing else, however it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.store.asking import asked
from tests.store.stories import eventful


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("asking") / "d.db"
    eventful(path).close()
    return path


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    with asked(path, statement) as answer:
        return list(answer.rows)


def code(path: Path, statement: str) -> str:
    with pytest.raises(OuvidoriaError) as caught:
        rows(path, statement)
    return caught.value.code


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT status, count(*) FROM ticket GROUP BY 1",
        "WITH c AS (SELECT * FROM clock) SELECT state, count(*) FROM c GROUP BY 1",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT sum(i) FROM n",
        "SELECT count(*) FROM main.message",
        "SELECT rowid FROM message_fts WHERE message_fts MATCH 'relato'",
        "SELECT snippet(message_fts, 1, '[', ']', '', 5) FROM message_fts WHERE message_fts MATCH 'relato'",
        "SELECT login FROM agent ORDER BY id",
        "SELECT name, sql FROM sqlite_master",
        "PRAGMA table_info(ticket)",
        "SELECT name FROM pragma_table_info('event')",
        "EXPLAIN QUERY PLAN SELECT * FROM ticket",
        "VALUES (1)",
    ],
)
def test_reading_is_answered(path: Path, statement: str) -> None:
    assert rows(path, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ticket",
        "DELETE FROM main.clock",
        "UPDATE agent SET role = 'administrator'",
        "INSERT INTO meta VALUES ('a', 'b')",
        "REPLACE INTO meta VALUES ('a', 'b')",
        "DROP TABLE ticket",
        "DROP VIEW temp.message",
        "CREATE TABLE t (a)",
        "CREATE TEMP TABLE t AS SELECT * FROM main.message",
        "CREATE TEMP VIEW v AS SELECT text FROM main.message",
        "ALTER TABLE clock RENAME TO c",
        "ATTACH '/tmp/outro.db' AS outro",
        "VACUUM INTO '/tmp/outro.db'",
        "PRAGMA user_version = 3",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA wal_checkpoint",
        "BEGIN",
        "SAVEPOINT a",
        "REINDEX",
        "ANALYZE",
        "SELECT load_extension('x')",
        "SELECT fts3_tokenizer('simple')",
        "INSERT INTO message_fts (message_fts) VALUES ('delete-all')",
    ],
)
def test_whatever_is_more_than_reading_is_refused(path: Path, statement: str) -> None:
    before = path.read_bytes()
    assert code(path, statement) == "SQL_READ_ONLY"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    ["", "  ", "-- nada", "SELEC 1", "SELECT 1; SELECT 2", "SELECT * FROM nada", "SELECT '", "\x00"],
)
def test_what_is_no_statement_is_a_mistake_of_the_call(path: Path, statement: str) -> None:
    assert code(path, statement) == "BAD_SQL"


def test_confidential_words_are_not_shown(path: Path) -> None:
    found = rows(path, "SELECT text, subject FROM message WHERE confidential = 1")
    assert found
    assert set(found) == {(None, None)}


@pytest.mark.parametrize(
    ("table", "column"),
    [("ticket", "subject"), ("ticket", "subject_key"), ("ticket", "customer_id"), ("event", "payload")],
)
def test_what_would_tell_who_or_what_a_confidential_ticket_is_about_is_not_shown(
    path: Path, table: str, column: str
) -> None:
    id_ = "id" if table == "ticket" else "ticket_id"
    hidden = rows(
        path, f"SELECT {column} FROM {table} WHERE {id_} IN (SELECT id FROM ticket WHERE confidential = 1)"
    )
    shown = rows(
        path, f"SELECT {column} FROM {table} WHERE {id_} IN (SELECT id FROM ticket WHERE confidential = 0)"
    )
    assert set(hidden) == {(None,)}
    assert set(shown) != {(None,)}


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT text FROM main.message",
        "SELECT count(text) FROM main.message",
        "SELECT (SELECT text FROM main.message LIMIT 1)",
        "SELECT hex(t.text) FROM (SELECT * FROM main.message) AS t",
        "SELECT text FROM (SELECT text FROM main.message) AS message",
        "WITH message AS (SELECT * FROM main.message) SELECT text FROM message",
        "WITH ticket AS (SELECT * FROM main.message) SELECT text FROM ticket",
        "WITH searchable AS (SELECT * FROM main.message) SELECT text FROM searchable",
        'WITH "SEARCHABLE" AS (SELECT * FROM main.message) SELECT text FROM "Searchable"',
        "SELECT 1 FROM message AS m JOIN main.message AS n ON n.text = m.text",
        "SELECT subject_key FROM main.ticket",
        "SELECT customer_id FROM main.ticket ORDER BY subject",
        "SELECT payload FROM main.event",
        "SELECT extra FROM main.external_ref",
        "SELECT data FROM main.blob",
        "SELECT salt FROM main.message",
        "SELECT value FROM main.signing_key",
        "SELECT code FROM main.outbox",
        "SELECT name FROM sqlite_temp_master",
        "SELECT sql FROM temp.sqlite_schema",
    ],
)
def test_no_way_round_the_views_leads_to_what_they_hide(path: Path, statement: str) -> None:
    assert code(path, statement) == "SQL_READ_ONLY"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT salt FROM message",
        "SELECT data FROM blob",
        "SELECT value FROM signing_key",
        "SELECT code FROM outbox",
    ],
)
def test_salts_files_and_keys_are_in_no_view(path: Path, statement: str) -> None:
    assert code(path, statement) == "BAD_SQL"


def test_confidential_words_are_not_found(path: Path) -> None:
    assert rows(path, "SELECT rowid FROM message_fts WHERE message_fts MATCH 'identidade'") == []


def test_columns_of_one_name_are_told_apart(path: Path) -> None:
    with asked(path, "SELECT 1 AS a, 2 AS a, 3 AS b") as answer:
        assert answer.columns == ("a", "a_2", "b")


def test_the_next_one_may_read_again(path: Path) -> None:
    code(path, "DELETE FROM ticket")
    assert rows(path, "SELECT 1") == [(1,)]
