"""The articles of the knowledge base: list, search, add, edit, deactivate, activate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ouvidoria_tui.domain.article import Article

KEYS = ("slug", "title", "address", "topics", "active")


def _help(text: str, example: str) -> str:
    return f"{text}\n\n\b\n{_('Examples')}:\n{example}"


app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
    help=_help(
        _("Articles of the knowledge base, to be named in answers."), "ouvidoria article search fatura"
    ),
)
Slug = Annotated[str, typer.Argument(metavar="SLUG", help=_("Its short name: segunda-via"))]
TitleOption = Annotated[str | None, typer.Option("--title", metavar="TEXT", help=_("How it is called"))]
LinkOption = Annotated[
    str | None, typer.Option("--address", metavar="URL", help=_("Where it stands, with https://"))
]
TopicsOption = Annotated[
    str | None, typer.Option("--topics", metavar="WORDS", help=_("More words by which it is found"))
]


@app.command("list", help=_help(_("The articles."), "ouvidoria article list --all"))
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=_("Those put aside, too"))] = False,
    fmt: FormatOption = None,
) -> int:
    return _found(ctx.obj, fmt, "", inactive=everything)


@app.command(
    help=_help(_("The articles that some words find, the best first."), "ouvidoria article search fatura")
)
def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help=_("Words, or their beginnings"))],
    fmt: FormatOption = None,
) -> int:
    return _found(ctx.obj, fmt, " ".join(words), inactive=False)


@app.command(
    help=_help(
        _("Add an article."),
        "ouvidoria article add segunda-via --title 'Segunda via' --address https://ajuda.example.com/2via"
        " --topics 'boleto fatura'",
    )
)
def add(
    ctx: typer.Context,
    slug: Slug,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help=_("How it is called"))],
    address: Annotated[
        str, typer.Option("--address", metavar="URL", help=_("Where it stands, with https://"))
    ],
    topics: TopicsOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.articles import add_article

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        return _told(given, chosen, add_article(desk, slug, title, address, topics or ""), changed=True)


@app.command(
    help=_help(
        _("Change what is given of an article."), "ouvidoria article edit segunda-via --topics 'boleto 2via'"
    )
)
def edit(
    ctx: typer.Context,
    slug: Slug,
    title: TitleOption = None,
    address: LinkOption = None,
    topics: TopicsOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.articles import edit_article

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    fields = {"title": title, "address": address, "topics": topics}
    with given.desk() as desk:
        after, changed = edit_article(
            desk, slug, {key: value for key, value in fields.items() if value is not None}
        )
        return _told(given, chosen, after, changed=changed)


@app.command(
    help=_help(
        _("Put an article aside: no answer names it any more."), "ouvidoria article deactivate segunda-via"
    )
)
def deactivate(ctx: typer.Context, slug: Slug, fmt: FormatOption = None) -> int:
    return _set(ctx.obj, fmt, slug, active=False)


@app.command(help=_help(_("Bring an article back."), "ouvidoria article activate segunda-via"))
def activate(ctx: typer.Context, slug: Slug, fmt: FormatOption = None) -> int:
    return _set(ctx.obj, fmt, slug, active=True)


def _found(given: Globals, fmt: str | None, words: str, *, inactive: bool) -> int:
    from ouvidoria_tui.report.articles import articles
    from ouvidoria_tui.report.reading import connection

    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        count = emit(
            given,
            chosen,
            _records(articles(connection(desk.store), words, inactive=inactive)),
            _columns(chosen),
        )
    if not count and chosen == "table":
        given.narrate(_("no article matches"))
    return 0


def _set(given: Globals, fmt: str | None, slug: str, *, active: bool) -> int:
    from ouvidoria_tui.desk.articles import set_article_active

    chosen = choose(given, fmt)
    with given.desk() as desk:
        after, changed = set_article_active(desk, slug, active=active)
        return _told(given, chosen, after, changed=changed)


def _told(given: Globals, fmt: str, article: Article, *, changed: bool) -> int:
    emit(given, fmt, _records([article]), _columns(fmt))
    if not changed:
        given.narrate(_("unchanged"))
    return 0


def _records(some: Iterable[Article]) -> list[dict[str, object]]:
    return [{key: getattr(one, key) for key in KEYS} for one in some]


def _columns(fmt: str) -> list[Column]:
    if fmt not in ("table", "md"):
        return [Column(key, Text(key)) for key in KEYS]
    return [
        Column("slug", N_("Slug")),
        Column("title", N_("Title"), flex=True),
        Column("address", N_("Address"), flex=True),
        Column("topics", N_("Topics"), flex=True, priority=2),
        Column("active", N_("Active"), priority=3),
    ]
