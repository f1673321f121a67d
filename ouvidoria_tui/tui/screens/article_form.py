"""An article of the knowledge base: its slug, title, address and topics; F2 keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from ouvidoria_tui.domain.article import Article
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.messages import Failed
from ouvidoria_tui.tui.reads_articles import Fields, keep
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.desk_screen import DeskScreen
from ouvidoria_tui.tui.service import Lane
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.field_row import FieldRow


@dataclass(eq=False)
class ArticleKept(Message):
    """It is kept."""

    article: Article

    bubble = False


class ArticleForm(DeskScreen):
    """A new article, or ``article`` changed; its slug stays, since letters are known by it."""

    where = Where.FORM
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.FORM)]
    CSS_PATH = "shelf.tcss"

    def __init__(self, article: Article | None = None) -> None:
        super().__init__()
        self.article = article
        one = article or Article("", "", "")
        self._before = Fields(one.slug, one.title, one.address, one.topics)

    def body(self) -> ComposeResult:
        """A line each."""
        before = self._before
        if self.article is None:
            yield FieldRow("slug", _("Slug"), _("its short name: segunda-via"))
        yield FieldRow("title-line", _("Title"), _("How it is called"), before.title)
        yield FieldRow("address", _("Address"), _("Where it stands, with https://"), before.address)
        yield FieldRow("topics", _("Topics"), _("words by which it is found; may be left out"), before.topics)
        yield Static("", id="missing", markup=False)

    def fields(self) -> Fields:
        """What is typed."""
        slug = self._value("slug") if self.article is None else self.article.slug
        return Fields(slug, self._value("title-line"), self._value("address"), self._value("topics"))

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", Field).value.strip()

    def say_title(self) -> None:
        """Where one is."""
        into = f" {self.glyphs.into} "
        what = _("New article") if self.article is None else clean(self.article.slug)
        self.title_bar.show(f"{_('Queue')}{into}{_('Articles')}{into}{what}")

    def on_input_changed(self, event: Input.Changed) -> None:
        """A refusal is of what was typed before."""
        self.query_one("#missing", Static).update("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next field."""
        self.focus_next()

    def action_send(self) -> None:
        """``F2``"""
        job = keep(self.fields(), new=self.article is None)
        self.service.read(self, job, ArticleKept, group="article", lane=Lane.ACTS)

    def on_failed(self, message: Failed) -> None:
        """Why not; nothing that was typed is lost."""
        error = message.error
        hint = "" if error.hint is None else f". {say(error.hint)}"
        words = f"{self.glyphs.late} {clean(f'{error.code}: {say(error.message)}{hint}')}"
        self.query_one("#missing", Static).update(Content(words))

    def on_article_kept(self, message: ArticleKept) -> None:
        """Back, where it is read again."""
        self.toast(_("Kept: {what}", what=message.article.line))
        self._leave()

    def action_out(self) -> None:
        """``esc``: asks where something else is typed."""
        if self.fields() == self._before:
            self._leave()
            return
        question = Confirm(_("Leave this article?"), [_("What was typed will be lost.")])
        self.app.push_screen(question, lambda wanted: self._leave() if wanted else None)

    def _leave(self) -> None:
        below = self.app.screen_stack[-2]
        if isinstance(below, DeskScreen):
            below.stale = True
        self.app.pop_screen()
