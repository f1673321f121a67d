"""The articles of the knowledge base: found by words, read, copied, kept (S0-27, S1-09)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.article import Article
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui import reads_articles
from ouvidoria_tui.tui.keys import BY_ID, Key, Where, bindings
from ouvidoria_tui.tui.screens.article_form import ArticleForm, ArticleKept
from ouvidoria_tui.tui.screens.shelf import Shelf
from ouvidoria_tui.tui.service import Lane
from ouvidoria_tui.tui.widgets.article_lines import article_lines, shelf_lines
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.lines import Line

_ON_ONE = frozenset({"article.edit", "article.aside", "article.copy"})


class ArticlesScreen(Shelf):
    """``:`` and their name lead here; on a ticket ``W`` and in an answer ``F9`` name one."""

    where = Where.ARTICLES
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.ARTICLES)]

    def body(self) -> ComposeResult:
        """The line that finds, then two panes."""
        yield Field(placeholder=_("words of title and topics"), id="shelf-filter")
        yield from super().body()

    @property
    def field(self) -> Field:
        """The line that finds."""
        return self.query_one("#shelf-filter", Field)

    def job(self) -> Callable[[Desk], Sequence[Article]]:
        """What the words find, the best match first; all where there are none."""
        return reads_articles.found(self.field.value)

    def id_of(self, row: Article) -> str:
        """Its slug."""
        return row.slug

    def list_lines(self, rows: Sequence[Article], width: int, empty: str) -> list[Line]:
        """A line each."""
        return shelf_lines(rows, width, empty)

    def one_lines(self, row: Article, width: int) -> list[Line]:
        """Where it stands and what it is about."""
        return article_lines(row, width)

    def nothing(self) -> str:
        """None, or none of those words."""
        if self.field.value.strip():
            return _("No article matches; esc shows all")
        return _("There is no article yet: `ouvidoria article add` keeps one")

    def say_title(self) -> None:
        """Where one is."""
        count = "" if self.rows is None else str(len(self.rows))
        self.title_bar.show(f"{_('Queue')} {self.glyphs.into} {_('Articles')}", count)

    # --- finding

    def action_find(self) -> None:
        """``/``"""
        self.add_class("-filtering")
        self.field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Finds while typing."""
        self.reload()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to what was found."""
        self.listing.focus()

    def action_out(self) -> None:
        """``esc``: out of what was found, then out of here."""
        if self.has_class("-filtering"):
            self.field.value = ""
            self.listing.focus()
            self.remove_class("-filtering")
        else:
            super().action_out()

    # --- keeping

    def _may(self, id_: str) -> bool:
        reason = self.why_not(BY_ID[id_])
        if reason:
            self.toast(reason, "warning")
        return not reason

    def why_not(self, entry: Key) -> str:
        """As everywhere; and there must be one under the cursor."""
        reason = super().why_not(entry)
        if not reason and entry.id in _ON_ONE and self.row() is None:
            return _("Nothing is under the cursor")
        return reason

    def action_new(self) -> None:
        """``n``"""
        if self._may("article.new"):
            self.app.push_screen(ArticleForm())

    def action_edit(self) -> None:
        """``e``: title, address, topics."""
        if self._may("article.edit"):
            self.app.push_screen(ArticleForm(self.row()))

    def action_aside(self) -> None:
        """``x``: no answer names it any more; once more brings it back."""
        row: Article | None = self.row()
        if row is not None and self._may("article.aside"):
            job = reads_articles.put_aside(row.slug, active=not row.active)
            self.service.read(self, job, ArticleKept, group="article", lane=Lane.ACTS)

    def on_article_kept(self, message: ArticleKept) -> None:
        """It was put aside, or brought back."""
        article = message.article
        self.toast(
            _("Brought back: {what}", what=article.title)
            if article.active
            else _("Put aside: {what}", what=article.title)
        )
        self.reload()

    # --- copying

    def action_copy(self) -> None:
        """``y``: title and address, as a letter names them."""
        row: Article | None = self.row()
        if row is None:
            self.app.bell()
            return
        self.app.copy_to_clipboard(clean(row.line))
        self.toast(_("Copied: {what}", what=row.line))
