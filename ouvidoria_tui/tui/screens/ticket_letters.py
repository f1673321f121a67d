"""What ``W`` offers around the letters of one ticket: its access code, what the customer found of it, articles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from textual.message import Message

from ouvidoria_tui.desk.access import issue_code
from ouvidoria_tui.domain.article import Article
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_, Text
from ouvidoria_tui.tui import reads_articles
from ouvidoria_tui.tui.messages import Acted
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.compose_letters import article_words
from ouvidoria_tui.tui.screens.ticket_paths import TicketPaths
from ouvidoria_tui.tui.screens.told_once import ToldOnce

_OFFERED: Final[tuple[tuple[str, Text], ...]] = (
    ("survey", N_("Satisfaction: what the customer answered")),
    ("article", N_("Article of the knowledge base, named in an answer")),
    ("code", N_("New access code: the one before it is void")),
)


@dataclass(eq=False)
class ShelfRead(Message):
    """The articles of which one shall be named."""

    articles: tuple[Article, ...]

    bubble = False


class TicketLetters(TicketPaths):
    """The acts around the letters of the one ticket on the screen."""

    def offered(self) -> list[tuple[str, Text]]:
        """As every ticket has them."""
        return [*super().offered(), *_OFFERED]

    def path_chosen(self, slug: str) -> None:
        """Does what was chosen."""
        if slug == "code":
            self._new_code()
        elif slug == "survey":
            for target in self.targets():
                self.console_app.open_survey(target)
        elif slug == "article":
            self.service.read(self, reads_articles.articles, ShelfRead, group="shelf")
        else:
            super().path_chosen(slug)

    # --- the access code

    def _new_code(self) -> None:
        """Why, then the question, because what the customer holds stops working; then it is told once."""

        def said(reason: str | None) -> None:
            if reason is None:
                return
            self.perform(
                _("New access code issued"),
                Verb.ACCESS_CODE,
                lambda desk, ref, seen: issue_code(desk, ref, reason, revision=seen),
                ask=self._many(_("New access code: the one before it stops working at once")) + "?",
            )

        if self.targets():
            self.app.push_screen(Ask(_("Why is a new access code needed? It is kept with your name")), said)

    def on_acted(self, message: Acted) -> None:
        """A code is told on a screen of its own, and taken out of what goes on to be said and remembered."""
        codes = [
            (one.protocol, str(one.details["access_code"]))
            for one in message.outcomes
            if one.details and "access_code" in one.details
        ]
        if codes:
            message.outcomes = tuple(replace(one, message=None, details={}) for one in message.outcomes)
        super().on_acted(message)
        for protocol, code in codes:
            self.app.push_screen(ToldOnce(_("Access code of {protocol}", protocol=protocol), code))

    # --- articles

    def on_shelf_read(self, message: ShelfRead) -> None:
        """Which one, then the answer that names it."""
        if not message.articles:
            self.toast(_("There is no article yet: `ouvidoria article add` keeps one"), "warning")
            return
        choices = [Choice(one.slug, article_words(one)) for one in message.articles]

        def chosen(slug: str | None) -> None:
            for target in self.targets() if slug is not None else ():
                self.console_app.open_compose(target, "reply", (str(slug),))

        self.app.push_screen(Choose(say(dict(_OFFERED)["article"]), choices), chosen)
