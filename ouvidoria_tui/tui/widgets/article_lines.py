"""Articles as lines: those that were found, and one of them in full."""

from __future__ import annotations

from collections.abc import Sequence

from ouvidoria_tui.domain.article import Article
from ouvidoria_tui.present.safe import cells, clean, fit, one_line
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.widgets.lines import Line, head, pair, plain

_SLUG = 20


def shelf_lines(rows: Sequence[Article], width: int, empty: str) -> list[Line]:
    """One line an article: its slug, its title, and that it was put aside; topics where there is room."""
    return [_row(row, width) for row in rows] if rows else [plain(empty, "quiet")]


def _row(row: Article, width: int) -> Line:
    aside = "" if row.active else f"[{_('put aside')}] "
    room = max(8, width - _SLUG - 2)
    words = f"{aside}{row.title}" + (f" ({row.topics})" if row.topics else "")
    return Line(
        (
            (fit(one_line(row.slug, _SLUG), _SLUG) + "  ", "quiet"),
            (one_line(words, room), "" if row.active else "quiet"),
        ),
        row.slug,
    )


def article_lines(row: Article, width: int) -> list[Line]:
    """Where it stands, what it is about, how it is named."""
    facts = [
        (_("Address"), row.address),
        (_("Topics"), row.topics),
        (_("Slug"), row.slug),
        (_("Active"), _("yes") if row.active else _("no: it was put aside, and no answer names it any more")),
    ]
    column = max(cells(clean(title)) for title, _value in facts)
    lines = [head(row.title, width)]
    for title, value in facts:
        if value:
            lines += pair(title, value, width, column)
    return lines
