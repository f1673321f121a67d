"""The articles of the knowledge base: kept, listed, found by words."""

from __future__ import annotations

import sqlite3

from ouvidoria_tui.domain.article import Article
from ouvidoria_tui.store.people_reads import expression

_COLUMNS = "article.slug, article.title, article.address, article.topics, article.active"


def articles(conn: sqlite3.Connection, words: str = "", *, inactive: bool = False) -> list[Article]:
    """Those that ``words`` find (empty: all), the best match first; those put aside only where asked for."""
    asked = expression(words)
    if words.strip() and asked is None:
        return []
    source, order = "article", "article.active DESC, article.slug"
    if asked is not None:
        source = "article_fts JOIN article ON article.id = article_fts.rowid"
        order = "article.active DESC, rank, article.slug"
    where = " AND ".join(
        [
            *(["article_fts MATCH :asked"] if asked is not None else []),
            *([] if inactive else ["article.active = 1"]),
        ]
    )
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM {source}{f' WHERE {where}' if where else ''} ORDER BY {order}",
        {"asked": asked},
    )
    return [_article(row) for row in rows]


def article(conn: sqlite3.Connection, slug: str) -> Article | None:
    """The article of a slug, active or not."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM article WHERE slug = ?", (slug,)).fetchone()
    return None if row is None else _article(row)


def put_article(conn: sqlite3.Connection, one: Article) -> None:
    """An article as it is now, new or known."""
    conn.execute(
        "INSERT INTO article (slug, title, address, topics, active) VALUES (?, ?, ?, ?, ?) ON CONFLICT (slug) DO UPDATE"
        " SET title = excluded.title, address = excluded.address, topics = excluded.topics, active = excluded.active",
        (one.slug, one.title, one.address, one.topics, int(one.active)),
    )


def _article(row: sqlite3.Row) -> Article:
    return Article(row[0], row[1], row[2], row[3], bool(row[4]))
