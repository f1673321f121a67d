"""The register of articles, and their place in an answer: title and address behind the words, by name in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ouvidoria_tui.desk.act import need_text
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.article import Article, checked_link
from ouvidoria_tui.domain.contact_data import checked_words
from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_

_TITLE, _TOPICS = 200, 500


def add_article(desk: Desk, slug: str, title: str, address: str, topics: str = "") -> Article:
    """A new article.

    Raises ``UsageError`` ``BAD_SLUG``, ``BAD_LINK``, ``TEXT_REQUIRED``; ``Refused`` ``ARTICLE_EXISTS``.
    """
    desk.allow(Verb.ARTICLE)
    wanted = slugify(slug)
    if not wanted or wanted != slug.strip():
        raise UsageError(
            "BAD_SLUG",
            N_("{slug} cannot name an entry of a register", slug=slug[:60]),
            N_("use lower-case letters, digits and hyphens, like {slug}", slug=wanted or "segunda-via"),
        )
    article = _with(Article(wanted, "", ""), {"title": title, "address": address, "topics": topics})
    with desk.store.transaction():
        if desk.store.article(wanted) is not None:
            raise Refused(
                "ARTICLE_EXISTS",
                N_("there is an article {slug} already", slug=wanted),
                N_("change it with: ouvidoria article edit {slug}", slug=wanted),
            )
        _put(desk, article, "added")
    return article


def edit_article(desk: Desk, slug: str, given: Mapping[str, str]) -> tuple[Article, bool]:
    """The article with the fields that are given, and whether it changed; ``NotFound`` ``ARTICLE_NOT_FOUND``."""
    desk.allow(Verb.ARTICLE)
    with desk.store.transaction():
        before = find_article(desk, slug)
        return _changed(desk, before, _with(before, given), "edited")


def set_article_active(desk: Desk, slug: str, *, active: bool) -> tuple[Article, bool]:
    """The article to be linked again or no more, and whether that changed; letters that named it stay."""
    desk.allow(Verb.ARTICLE)
    with desk.store.transaction():
        before = find_article(desk, slug)
        return _changed(
            desk, before, replace(before, active=active), "activated" if active else "deactivated"
        )


def find_article(desk: Desk, slug: str) -> Article:
    """The article of a slug; ``NotFound`` ``ARTICLE_NOT_FOUND``."""
    article = desk.store.article(slug.strip().lower())
    if article is None:
        raise NotFound(
            "ARTICLE_NOT_FOUND",
            N_("there is no article {slug}", slug=slug[:60]),
            N_("look for one with `ouvidoria article search` and a word of its title"),
        )
    return article


def with_articles(desk: Desk, text: str, slugs: Sequence[str]) -> tuple[str, dict[str, object]]:
    """``text`` with the articles behind it, and the fact that names them; each once.

    Raises ``NotFound`` ``ARTICLE_NOT_FOUND``; ``Refused`` ``ARTICLE_INACTIVE``.
    """
    found = [find_article(desk, slug) for slug in dict.fromkeys(slugs)]
    for article in found:
        if not article.active:
            raise Refused(
                "ARTICLE_INACTIVE",
                N_("the article {slug} was put aside", slug=article.slug),
                N_("name another one, or bring it back with `ouvidoria article activate`"),
            )
    if not found or not text.strip():
        return text, {}
    lines = "\n".join(article.line for article in found)
    return f"{text.rstrip()}\n\n{lines}", {"articles": [article.slug for article in found]}


def _with(article: Article, given: Mapping[str, str]) -> Article:
    values: dict[str, str] = {}
    for name, text in given.items():
        match name:
            case "address":
                values[name] = checked_link(text)
            case "title":
                values[name] = checked_words(need_text(text, "--title"), _TITLE) or ""
            case _:
                values[name] = checked_words(text, _TOPICS) or ""
    return replace(article, **values)  # type: ignore[arg-type]


def _changed(desk: Desk, before: Article, after: Article, change: str) -> tuple[Article, bool]:
    if after == before:
        return before, False
    _put(desk, after, change)
    return after, True


def _put(desk: Desk, article: Article, change: str) -> None:
    desk.store.put_article(article)
    facts = {"register": "article", "slug": article.slug, "change": change}
    record_desk_act(desk, Act.REGISTER_CHANGED, facts)
