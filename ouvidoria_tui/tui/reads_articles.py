"""What the console reads of the knowledge base, and how it keeps an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ouvidoria_tui.desk.articles import add_article, edit_article, set_article_active
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.article import Article
from ouvidoria_tui.report import articles as shelf
from ouvidoria_tui.report.reading import connection


@dataclass(frozen=True, slots=True)
class Fields:
    """An article as it is typed."""

    slug: str = ""
    title: str = ""
    address: str = ""
    topics: str = ""


def articles(desk: Desk) -> tuple[Article, ...]:
    """The articles that an answer may name."""
    return tuple(shelf.articles(connection(desk.store)))


def found(words: str) -> Callable[[Desk], tuple[Article, ...]]:
    """Those that the words find, the best match first; of no words all, those that were put aside last."""
    return lambda desk: tuple(shelf.articles(connection(desk.store), words, inactive=not words.strip()))


def keep(fields: Fields, *, new: bool) -> Callable[[Desk], Article]:
    """The article added, or changed to what is typed; raises what the desk's verbs do."""

    def job(desk: Desk) -> Article:
        if new:
            return add_article(desk, fields.slug, fields.title, fields.address, fields.topics)
        given = {"title": fields.title, "address": fields.address, "topics": fields.topics}
        return edit_article(desk, fields.slug, given)[0]

    return job


def put_aside(slug: str, *, active: bool) -> Callable[[Desk], Article]:
    """The article to be named again, or no more."""
    return lambda desk: set_article_active(desk, slug, active=active)[0]
