"""What a customer says of a closed ticket: two scores, the way it was said, the words. Recorded once a closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.survey import Given, check_answerable, record_survey
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.survey import Scores
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.record_survey import all_answers, survey_words
from ouvidoria_tui.present.safe import cells, clean, fit
from ouvidoria_tui.present.words import _, say, term, term_of
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads_ticket import TicketPage, drop_draft
from ouvidoria_tui.tui.screens.review import Intent
from ouvidoria_tui.tui.screens.writing import Writing
from ouvidoria_tui.tui.screens.writing_messages import PageRead
from ouvidoria_tui.tui.service import Act
from ouvidoria_tui.tui.widgets.radio import Option, Radio
from ouvidoria_tui.tui.widgets.text_box import TextBox

_SCORES = ("solution", "service")


@dataclass(eq=False)
class Answerable(Message):
    """Whether an answer is taken now: the refusal, or nothing."""

    error: OuvidoriaError | None

    bubble = False


class SurveyScreen(Writing):
    """``W`` on a ticket, then satisfaction: what was answered so far, and the form for an answer."""

    CSS_PATH = ["compose.tcss", "survey.tcss"]  # noqa: RUF012
    AUTO_FOCUS = "#solution"
    kind = "survey"

    def __init__(self, target: Target) -> None:
        super().__init__()
        self.target: Target = target
        self._problem: OuvidoriaError | None = None

    def body(self) -> ComposeResult:
        """What was answered, the scores, the way, the words, what is missing."""
        yield Static("", id="answered", markup=False)
        titles = [_("Solution"), _("Service"), _("Answered by")]
        column = max(map(cells, titles))
        solution, service, way = (fit(title, column) for title in titles)
        for name, title in (("solution", solution), ("service", service)):
            options = [Option("", self.glyphs.nothing), *(Option(str(n), str(n)) for n in range(1, 6))]
            yield Radio(title, options, bullet=self.glyphs.bullet, id=name)
        # By telephone, as with the command: who is asked by mail answers by mail.
        ways = [
            Option(one.value, term(one)) for one in sorted(Channel, key=lambda one: one is not Channel.PHONE)
        ]
        yield Radio(way, ways, bullet=self.glyphs.bullet, id="way")
        yield Static(_("The customer's own words (may be left out)"), id="title-words", markup=False)
        yield TextBox(id="text")
        yield Static("", id="missing", markup=False)
        yield Static("", id="note", markup=False)

    # --- what is put in

    @property
    def choice(self) -> str:
        """Both scores and the way."""
        return ",".join(self.query_one(f"#{name}", Radio).value for name in (*_SCORES, "way"))

    def choose(self, choice: str) -> None:
        """The same again."""
        for name, value in zip((*_SCORES, "way"), choice.split(","), strict=False):
            self.query_one(f"#{name}", Radio).choose(value)

    def on_radio_chosen(self) -> None:
        """Another score."""
        self.later()
        self.told()

    def given(self) -> Given:
        """What was put in, as it is recorded."""
        scores = [self.query_one(f"#{name}", Radio).value for name in _SCORES]
        solution, service = (int(one) if one else None for one in scores)
        return Given(Scores(solution, service), self.box.text, self.query_one("#way", Radio).value)

    # --- what is said

    def on_page_read(self, message: PageRead) -> None:
        """Whether an answer is taken now is asked with every look at the ticket."""
        self.service.read(self, _answerable(self.target.protocol), Answerable, group="answerable")

    def on_answerable(self, message: Answerable) -> None:
        """It is, or why not."""
        self._problem = message.error
        self.told()

    def say_title(self) -> None:
        """Where one is."""
        into = f" {self.glyphs.into} "
        self.title_bar.show(f"{_('Queue')}{into}{self.target.protocol}{into}{_('Satisfaction')}")

    def told(self) -> None:
        """What was answered so far, what is missing, when the draft was kept."""
        page = self.page
        if page is not None:
            hidden = page.ticket.confidential and not page.may_open
            zone = page.policy.zone
            said = all_answers(page.detail, zone, hidden=hidden) or [
                survey_words(page.detail, zone, hidden=hidden) or _("nothing was answered yet")
            ]
            words = "\n".join(_("So far: {what}", what=clean(one)) for one in said)
            self.query_one("#answered", Static).update(Content(words).stylize("$secondary"))
        missing = self.missing()
        self.query_one("#missing", Static).update(
            Content(f"{self.glyphs.late} {clean(missing)}" if missing else "")
        )
        self.query_one("#note", Static).update(Content(self.kept_words()))

    def missing(self) -> str:
        """Why it cannot be recorded now; empty where it can."""
        if self._problem is not None:
            hint = "" if self._problem.hint is None else f". {say(self._problem.hint)}"
            return f"{self._problem.code}: {say(self._problem.message)}{hint}"
        scores = self.given().scores
        if scores.solution is None or scores.service is None:
            return _("Missing: both scores, from 1 (bad) to 5 (good)")
        return ""

    # --- recording it

    def action_send(self) -> None:
        """``F2``: a look at it, because an answer is taken once."""
        if self.page is None or self.missing():
            self.app.bell()
            self.told()
            return
        self.reviewed(self.intent(self.page))

    def intent(self, page: TicketPage) -> Intent:
        """What is about to be recorded."""
        given = self.given()
        facts = [
            (_("Ticket"), page.ticket.protocol),
            (_("Solution"), _("{score} of 5", score=given.scores.solution)),
            (_("Service"), _("{score} of 5", score=given.scores.service)),
            (_("Answered by"), term_of(Channel, given.channel)),
            (_("Words"), given.comment.strip() or self.glyphs.nothing),
        ]
        effects = [
            _("recorded in the history with your name"),
            _("one answer is taken for each closing: it cannot be undone"),
        ]
        return Intent(_("Satisfaction"), _("Record it"), facts, effects=effects)

    def act(self) -> Act:
        """The answer, and the draft gone with it."""
        given, ticket_id = self.given(), self.target.id

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            outcome = record_survey(desk, ref, given, revision=seen)
            drop_draft(desk, ticket_id, "survey")
            return outcome

        target = Target(ticket_id, self.target.protocol, self.seen)
        return Act(_("Answer about satisfaction recorded"), Verb.SURVEY, [target], one)


def _answerable(ref: str) -> Callable[[Desk], OuvidoriaError | None]:
    def job(desk: Desk) -> OuvidoriaError | None:
        try:
            check_answerable(desk, ref)
        except OuvidoriaError as error:
            return error
        return None

    return job
