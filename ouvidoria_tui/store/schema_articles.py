"""The register of articles of the knowledge base, and the index by which they are found."""

from __future__ import annotations

from ouvidoria_tui.store.schema_people import followed

TABLES = """
CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  address TEXT NOT NULL,
  topics TEXT NOT NULL DEFAULT '',
  active INTEGER NOT NULL DEFAULT 1
) STRICT;
"""

SEARCH = """
CREATE VIRTUAL TABLE article_fts USING fts5 (
  slug, title, topics, content = 'article', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
"""

TRIGGERS = followed("article", "slug, title, topics")
