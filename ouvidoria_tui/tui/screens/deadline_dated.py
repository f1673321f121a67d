"""A new date for the customer: what it comes to while it is typed, the words, a look at the letter, then away."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, clock_name
from ouvidoria_tui.tui import reads_deadline
from ouvidoria_tui.tui.date_result import Dated
from ouvidoria_tui.tui.draft_text import FIELD
from ouvidoria_tui.tui.letter_check import held_for, warnings_of
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads_deadline import Letter
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.screens.compose import recipient
from ouvidoria_tui.tui.screens.deadline_form import ClockForm
from ouvidoria_tui.tui.screens.deadline_messages import LetterRead
from ouvidoria_tui.tui.screens.review import Intent
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.radio import Option, Radio
from ouvidoria_tui.tui.widgets.text_box import TextBox


class DatedForm(ClockForm):
    """A new date, the reason and what was done so far, both in words for the customer."""

    AUTO_FOCUS = "#date"

    def body(self) -> ComposeResult:
        """The rule, the date and what it comes to, agreement, reason, measures, what is missing."""
        yield Static("", id="rule", markup=False)
        with Horizontal(id="dated"):
            yield Static(Content(_("New date")).stylize("$secondary"), id="date-title")
            yield Field(id="date")
            yield Static("", id="result", markup=False)
        yield Radio(
            _("Agreement"),
            [Option("no", _("not recorded")), Option("yes", _("the customer has agreed"))],
            bullet=self.glyphs.bullet,
            id="consent",
        )
        reason = _("Reason") if self.of_area else _("Reason, in words for the customer")
        yield Static(reason, classes="title", markup=False)
        yield TextBox(id="text")
        yield Static(self._measures_title(), classes="title", markup=False)
        yield TextBox(id="measures")
        yield Static("", id="missing", markup=False)
        yield Static("", id="note", markup=False)

    def _measures_title(self) -> str:
        if self.of_area:
            return _("What has been done so far")
        return _("What has been done so far, in words for the customer")

    # --- what is put in

    @property
    def date(self) -> str:
        """The date as it is typed."""
        return self.query_one("#date", Field).value

    @property
    def measures(self) -> str:
        """What was done so far."""
        return self.query_one("#measures", TextBox).text

    @property
    def reason(self) -> str:
        """Why."""
        return self.query_one("#text", TextBox).text

    @property
    def box(self) -> TextBox:
        """The text that the cursor is in: what F4 edits."""
        return self.focused if isinstance(self.focused, TextBox) else self.query_one("#text", TextBox)

    @property
    def words(self) -> str:
        """All of it, as it is kept."""
        return FIELD.join((self.date, self.reason, self.measures))

    def put(self, words: str) -> None:
        """What was kept, back in its fields."""
        date, reason, measures = (*words.split(FIELD), "", "", "")[:3]
        self.query_one("#date", Field).value = date
        self.query_one("#text", TextBox).put(reason)
        self.query_one("#measures", TextBox).put(measures)

    @property
    def choice(self) -> str:
        """Whether the customer has agreed, where that is asked."""
        return self.query_one("#consent", Radio).value if self.needs_consent else ""

    def choose(self, choice: str) -> None:
        """What was recorded of the agreement."""
        self.query_one("#consent", Radio).choose(choice)

    @property
    def needs_consent(self) -> bool:
        """Whether the rule asks for the customer's agreement."""
        return False

    def on_input_changed(self, event: Input.Changed) -> None:
        """The result while typing; a draft like the words."""
        self.told()
        self.later()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the words."""
        self.focus_next()

    def on_radio_chosen(self) -> None:
        """The agreement is kept with the draft."""
        self.later()
        self.told()

    # --- what follows

    def dated(self) -> Dated:
        """What the date comes to."""
        raise NotImplementedError

    def follow(self) -> None:
        """The result of the date beside it."""
        self.query_one("#consent", Radio).display = self.needs_consent
        if self.clock is None:
            return
        found = self.dated()
        tone = "$success" if found.to is not None else "$error" if self.date.strip() else "$secondary"
        self.query_one("#result", Static).update(Content(clean(found.words)).stylize(tone))

    def missing(self) -> str:
        """The first thing that is missing."""
        base = super().missing()
        if base or self.clock is None:
            return base
        if self.dated().to is None:
            return self.dated().words if self.date.strip() else _("Missing: the new date")
        if not self.reason.strip():
            return _("Missing: the reason")
        return ""

    # --- a look at it, then away

    def ready(self) -> None:
        """The letter as it would go out, and with it whether it may."""
        self.service.read(self, self.letter(), LetterRead, group="letter")

    def letter(self) -> reads_deadline.LetterJob:
        """What reads the letter."""
        raise NotImplementedError

    def on_letter_read(self, message: LetterRead) -> None:
        """Everything that will happen; F2 there does it."""
        if self.page is None or self.clock is None:
            return
        self.reviewed(self.intent(self.page, message.letter))

    def intent(self, page: TicketPage, letter: Letter) -> Intent:
        """What is about to happen."""
        if self.of_area:
            return self._between()
        hidden = page.ticket.confidential and not page.may_open
        facts = [
            (_("Ticket"), page.ticket.protocol),
            (_("To"), recipient(page, hidden=hidden)),
            (_("Clock"), clock_name(self.clock_name)),
            (_("Date"), self.dated().words),
        ]
        if self.needs_consent:
            facts.append((_("Agreement"), _("the customer has agreed")))
        said = f"{self.reason}\n{self.measures}"
        warnings, held = warnings_of(said), held_for(said, page.policy.tone)
        if page.ticket.customer is None:
            warnings.append(_("No customer is known: the answer is recorded and nobody is written to."))
        if self.seen is not None and page.ticket.revision > self.seen:
            warnings.append(_("The ticket changed since you began; what is new is shown before it is sent."))
        effects = [_("recorded in the history with your name"), _("a letter that is sent cannot be undone")]
        text = _("[confidential]") if hidden else letter.text
        return Intent(_("Review before sending"), _("Send"), facts, text, (), warnings, effects, held)

    def _between(self) -> Intent:
        """The same for the clock of an area, which is no matter of the customer's."""
        facts = [
            (_("Ticket"), self.target.protocol),
            (_("Clock"), clock_name(self.clock_name)),
            (_("Date"), self.dated().words),
            (_("Reason"), self.reason),
            (_("Done so far"), self.measures),
        ]
        effects = [
            _("recorded in the history with your name"),
            _("it is between the desk and the area; the customer is not written to"),
            _("the customer's deadlines stay as they are"),
        ]
        return Intent(_("Review before recording"), _("Record"), facts, effects=effects)

    def sent_target(self) -> Target:
        """The ticket at the revision that was seen."""
        return Target(self.target.id, self.target.protocol, self.seen)
