"""Beside the words of an answer: a template that fills them (F8), articles of the knowledge base behind them (F9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ouvidoria_tui.desk.letter_draft import LetterDraft
from ouvidoria_tui.domain.answer import CONCLUSIVE, POSITION, Concluding, Wanted, Wish, unfitting
from ouvidoria_tui.domain.article import Article
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.present.safe import one_line
from ouvidoria_tui.present.words import _, say, term
from ouvidoria_tui.tui import reads_articles, reads_letters
from ouvidoria_tui.tui.keys import Key
from ouvidoria_tui.tui.letter_check import places_left
from ouvidoria_tui.tui.letter_words import ABOUT, letter_line, open_words
from ouvidoria_tui.tui.reads_letters import Ready
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.writing import Writing
from ouvidoria_tui.tui.widgets.radio import Radio

#: The choice that goes back to words of one's own.
_OWN: Final = "own"
#: What a draft says of a letter by template before its name.
_LETTER: Final = "letter"


@dataclass(eq=False)
class LetterRead(Message):
    """The letter as the case fills it."""

    wanted: Wanted
    letter: LetterDraft

    bubble = False


@dataclass(eq=False)
class LetterCompleted(Message):
    """The same words, with places that the case fills by now."""

    before: str
    text: str

    bubble = False


@dataclass(eq=False)
class ArticlesRead(Message):
    """The articles that may be named; ``ask`` where one shall be chosen now."""

    articles: tuple[Article, ...]
    ask: bool

    bubble = False


@dataclass(eq=False)
class ReadyRead(Message):
    """The answer as it would leave."""

    ready: Ready

    bubble = False


class ComposesLetters(Writing):
    """An answer that may be a letter by template, or name articles; never both, as with ``ouvidoria reply``."""

    #: The template and what it declares; ``None`` where the words are the agent's own.
    letter: Wanted | None = None
    #: The articles that are named behind the words, by their slugs.
    named: tuple[str, ...] = ()
    #: The answer as it would leave, once that was asked for.
    ready: Ready | None = None
    _shelf: tuple[Article, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether the complaint's words stay masked here."""
        page = self.page
        return page is None or (page.ticket.confidential and not page.may_open)

    @property
    def way(self) -> str:
        """``interim``, ``conclusive``, ``ask`` or ``inform``."""
        if self.letter is None:
            return self.query_one("#kind", Radio).value
        return "inform" if self.letter.template == POSITION else "conclusive"

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that stand behind the answer: none behind a letter by template or a request."""
        return self.named if self.letter is None and self.way != "ask" else ()

    def why_not(self, entry: Key) -> str:
        """As everywhere; a template and articles belong to answers."""
        reason = super().why_not(entry)
        if not reason and entry.id in ("template", "article") and self.kind != "reply":
            return _("Does not apply here")
        return reason

    # --- kept with the draft

    @property
    def answer_choice(self) -> str:
        """Template and wish, or kind and articles, as the draft keeps them."""
        if self.letter is not None:
            wish = self.letter.concluding.wish
            return f"{_LETTER}:{self.letter.template}:{'' if wish is None else wish.value}"
        named = ",".join(self.named)
        return f"{self.way}:{named}" if named else self.way

    def choose_answer(self, choice: str) -> None:
        """The same again."""
        kind, _colon, rest = choice.partition(":")
        if kind == _LETTER:
            name, _colon, wish = rest.partition(":")
            if name in ABOUT:
                self.letter = Wanted(name, concluding=Concluding(Wish(wish) if wish else None))
                self._complete()
                if self.named:
                    self.toast(_("Articles stand behind an answer in your own words"), "warning")
        else:
            self.query_one("#kind", Radio).choose(kind)
            self.named = tuple(dict.fromkeys((*self.named, *filter(None, rest.split(",")))))
        self._read_named()

    def _complete(self) -> None:
        text = self.box.text
        if self.letter is not None and self.target is not None and places_left(text):
            job = reads_letters.complete(self.target.protocol, self.letter, text)
            self.service.read(self, job, lambda now: LetterCompleted(text, now), group="letter.complete")

    def on_letter_completed(self, message: LetterCompleted) -> None:
        """What the case says by now, unless something was typed meanwhile."""
        if message.text != message.before == self.box.text:
            self.box.put(message.text)

    # --- the template

    def action_template(self) -> None:
        """``F8``: choose one; what is written so far are the reasons, as with ``--text``."""
        if self.kind != "reply" or self.page is None:
            self.app.bell()
            return
        if self.hidden:
            self.toast(_("The words of this ticket are masked: its letter would show them"), "warning")
            return
        choices = list(_template_choices(self.page.ticket, chosen=self.letter is not None))
        self.app.push_screen(Choose(_("Letter by template"), choices), self._template_chosen)

    def _template_chosen(self, name: str | None) -> None:
        if name == _OWN:
            self.letter = None
            self._other()
        elif name == "C1":
            # The letter says it in so many words, so that it is asked before there is a letter.
            wishes = [Choice(one.value, term(one)) for one in Wish]
            self.app.push_screen(Choose(_("The customer's wish was"), wishes), self._wish_chosen)
        elif name is not None:
            self._begin(Wanted(name))

    def _wish_chosen(self, wish: str | None) -> None:
        if wish is not None:
            self._begin(Wanted("C1", concluding=Concluding(Wish(wish))))

    def _begin(self, wanted: Wanted) -> None:
        if self.target is None:
            return
        given = replace(wanted, text="" if self.letter is not None else self.box.text)
        job = reads_letters.begin(self.target.protocol, given)
        self.service.read(self, job, lambda letter: LetterRead(wanted, letter), group="letter")

    def on_letter_read(self, message: LetterRead) -> None:
        """The letter in the place of the words; what was there comes back with ctrl+z."""
        self.letter, self.named = message.wanted, ()
        self.box.put(message.letter.text)
        self.box.to_place()
        self.box.focus()
        self._other()

    def _other(self) -> None:
        self.ready = None
        self.told()
        self.later()

    # --- articles

    def action_article(self) -> None:
        """``F9``: name one behind the words, or no longer."""
        if self.kind != "reply":
            self.app.bell()
        elif self.letter is not None or self.way == "ask":
            self.toast(_("Articles stand behind an answer in your own words"), "warning")
        else:
            self._read_articles(ask=True)

    def _read_named(self) -> None:
        if self.named:
            self._read_articles(ask=False)

    def _read_articles(self, *, ask: bool) -> None:
        self.service.read(
            self, reads_articles.articles, lambda found: ArticlesRead(found, ask), group="articles"
        )

    def on_articles_read(self, message: ArticlesRead) -> None:
        """Offers them: those that are named come first, to be taken away."""
        self._shelf = message.articles
        if not message.ask:
            self.told()
            return
        if not message.articles:
            self.toast(_("There is no article yet: `ouvidoria article add` keeps one"), "warning")
            return
        self.app.push_screen(Choose(_("Article of the knowledge base"), self._article_choices()), self._named)

    def _article_choices(self) -> list[Choice]:
        there = [one for one in self._shelf if one.slug in self.named]
        others = [one for one in self._shelf if one.slug not in self.named]
        away = [Choice(one.slug, _("no longer: {title}", title=one_line(one.title, 60))) for one in there]
        return away + [Choice(one.slug, article_words(one)) for one in others]

    def _named(self, slug: str | None) -> None:
        if slug is None:
            return
        kept = tuple(one for one in self.named if one != slug)
        self.named = kept if slug in self.named else (*self.named, slug)
        self._other()

    # --- what is said of them

    def tell_letter(self) -> None:
        """The line between the kind and the text: template and open places, or the articles."""
        line, kind = self.query_one("#letter", Static), self.query_one("#kind", Radio)
        kind.display = self.letter is None
        said: list[Content] = []
        if self.letter is not None:
            said.append(Content(letter_line(self.letter, self.glyphs.dot)))
            missing = open_words(self.letter.template, self.box.text)
            if missing:
                said.append(Content(f"{self.glyphs.late} {missing}").stylize("bold $error"))
        elif self.articles:
            titles = {one.slug: one.line for one in self._shelf}
            for slug in self.articles:
                words = one_line(titles.get(slug, slug), max(20, self.app.size.width - 12))
                said.append(Content(f"{_('Article')}  {words}"))
        line.update(Content("\n").join(said))
        line.display = bool(said)

    # --- a look at it

    def look(self) -> None:
        """Reads the answer as it would leave."""
        if self.target is not None:
            job = reads_letters.ready(self.target.protocol, self.letter, self.box.text, self.articles)
            self.service.read(self, job, ReadyRead, group="letter.ready")

    def letter_facts(self) -> Iterator[tuple[str, str]]:
        """The template, and whether its words still are what leaves."""
        if self.letter is None or self.ready is None:
            return
        kept = _("as it is") if self.ready.kept else _("its words were changed: it leaves as your own answer")
        yield _("Template"), f"{self.letter.template}: {kept}"

    def letter_blocks(self) -> list[str]:
        """Why a letter by template cannot leave as it is."""
        if self.letter is None:
            return []
        missing = open_words(self.letter.template, self.box.text)
        if missing:
            return [missing]
        if self.letter.template == POSITION and self.ready is not None and self.ready.kept is False:
            return [
                _("TEMPLATE_LEFT: this letter answers nothing, so that only its places may be written over.")
            ]
        return []


def article_words(one: Article) -> str:
    """An article in a list: its title, what it is about, and where it stands."""
    about = f" ({one_line(one.topics, 40)})" if one.topics else ""
    return f"{one_line(one.title, 60)}{about}"


def _template_choices(ticket: Ticket, *, chosen: bool) -> Iterator[Choice]:
    """The templates, those that say something else than the case with the reason why they cannot be chosen."""
    if chosen:
        yield Choice(_OWN, _("in your own words, without a template"))
    for name in (POSITION, *CONCLUSIVE):
        problem = unfitting(ticket, name)
        yield Choice(name, say(ABOUT[name]), name, "" if problem is None else say(problem.message))
