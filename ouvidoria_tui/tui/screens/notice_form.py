"""A notice to many customers: whom, what about, when, the words; a look at both counts, then it is given."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from ouvidoria_tui.desk.notices import Run
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.notice import NoticeKind
from ouvidoria_tui.present.notice_words import tally_lines
from ouvidoria_tui.present.record_work import iso_day
from ouvidoria_tui.present.safe import clean, fit
from ouvidoria_tui.present.words import _, plural, say, term, term_of
from ouvidoria_tui.tui import reads_notices
from ouvidoria_tui.tui.letter_check import blocks_of, held_for, warnings_of
from ouvidoria_tui.tui.messages import Failed
from ouvidoria_tui.tui.reads_notices import Planned, Typed
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.review import Intent
from ouvidoria_tui.tui.screens.writing import Writing
from ouvidoria_tui.tui.service import Lane
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.field_row import TITLE, FieldRow
from ouvidoria_tui.tui.widgets.radio import Option, Radio
from ouvidoria_tui.tui.widgets.text_box import TextBox


@dataclass(eq=False)
class PlannedRead(Message):
    """What the notice would do."""

    planned: Planned

    bubble = False


@dataclass(eq=False)
class SeenTo(Message):
    """So many of the audience have been seen to."""

    count: int

    bubble = False


@dataclass(eq=False)
class Given(Message):
    """The notice has been given."""

    run: Run

    bubble = False


class NoticeForm(Writing):
    """It belongs to no ticket, so that no draft is kept of it: leaving asks first."""

    CSS_PATH = ["compose.tcss", "shelf.tcss"]  # noqa: RUF012
    AUTO_FOCUS = "#audience"

    def __init__(self) -> None:
        super().__init__()
        self.planned: Planned | None = None
        self._refused = ("", Typed())

    def body(self) -> ComposeResult:
        """A line each, then the words."""
        yield FieldRow(
            "audience", _("For whom"), _("all, plan:SLUG, department:SLUG, or words that find customers")
        )
        # As with the command it is neither, unless that is said.
        kinds = [Option(one.value, term(one)) for one in reversed(NoticeKind)]
        yield Radio(fit(_("What about"), TITLE - 2), kinds, bullet=self.glyphs.bullet, id="kind")
        languages = [
            Option("", _("all of them, in the desk's")),
            *(Option(one.value, one.value) for one in Language),
        ]
        yield Radio(fit(_("Language"), TITLE - 2), languages, bullet=self.glyphs.bullet, id="language")
        yield FieldRow("day", _("Date"), _("when it happens: 15/12/2026; may be left out"))
        yield FieldRow("subject", _("Subject"), _("in one line"))
        yield TextBox(id="text")
        yield Static("", id="missing", markup=False)
        yield Static("", id="note", markup=False)

    def typed(self) -> Typed:
        """What is put in."""
        audience, day, subject = (
            self.query_one(f"#{name}", Field).value for name in ("audience", "day", "subject")
        )
        kind, language = (self.query_one(f"#{name}", Radio).value for name in ("kind", "language"))
        return Typed(audience, kind, day, subject, self.box.text, language)

    # --- what is said

    def say_title(self) -> None:
        """Where one is."""
        into = f" {self.glyphs.into} "
        self.title_bar.show(f"{_('Queue')}{into}{_('Notices')}{into}{_('New notice')}")

    def told(self) -> None:
        """What is missing or was refused, as long as the same thing is typed."""
        typed = self.typed()
        words, refused = self._refused
        said = words if words and typed == refused else ""
        self.query_one("#missing", Static).update(
            Content(f"{self.glyphs.late} {clean(said)}" if said else "")
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Something else is typed."""
        self.told()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next field."""
        self.focus_next()

    def refuse(self, words: str) -> None:
        """Says why not; nothing that was typed is lost."""
        self._refused = (words, self.typed())
        self.told()

    def on_failed(self, message: Failed) -> None:
        """A refusal, before or while it was given: said on the form, since a toast would cover it."""
        self.sending = False
        self.query_one("#note", Static).update("")
        error = message.error
        hint = "" if error.hint is None else f". {say(error.hint)}"
        self.refuse(f"{error.code}: {say(error.message)}{hint}")

    # --- a look at it

    def action_send(self) -> None:
        """``F2``: whom it would reach."""
        if not self.sending:
            job = reads_notices.plan(self.typed())
            self.service.read(self, job, PlannedRead, group="notice.plan")

    def on_planned_read(self, message: PlannedRead) -> None:
        """Both counts and the words; F2 there gives it."""
        self.planned = message.planned
        self.reviewed(self.intent(message.planned))

    def intent(self, planned: Planned) -> Intent:
        """What is about to happen."""
        typed, tally, letter = planned.typed, planned.run.tally, planned.run.letter
        facts = [
            (_("For whom"), typed.audience),
            (
                _("Language"),
                f"{planned.run.language} ({_('who is written to in it')})" if typed.language else "",
            ),
            (_("What about"), term_of(NoticeKind, typed.kind)),
            (_("Date"), self.glyphs.nothing if planned.day is None else iso_day(planned.day.isoformat())),
            (_("Subject"), letter.subject),
        ]
        facts = [(title, value) for title, value in facts if value]
        blocks = blocks_of(typed.text, public=True)
        if not tally.found:
            blocks.append(_("No customer is of this audience."))
        elif not tally.entries:
            blocks.append(_("Nobody would get it: who has this notice never gets it again."))
        do = plural("Give it to {count} customer", "Give it to {count} customers", tally.entries)
        effects = [
            *tally_lines(tally, applied=False),
            _("recorded in the history of each, with your name; it cannot be taken back"),
        ]
        held = held_for(f"{typed.subject}\n{typed.text}", self.facts.policy.tone)
        title = _("Review before sending")
        return Intent(title, do, facts, planned.text, blocks, warnings_of(typed.text), effects, held)

    # --- giving it

    def send(self, *, tone_confirmed: bool = False) -> None:
        """Exactly what was looked at; what is typed stays until it has been given."""
        if self.planned is None or self.sending:
            return
        self.sending = True
        self._so_far(0)
        so_far = lambda count: self.post_message(SeenTo(count))  # noqa: E731 - called by the thread of the acts
        job = reads_notices.give(self.planned.typed, so_far, tone_confirmed=tone_confirmed)
        self.service.read(self, job, Given, group="notice.give", lane=Lane.ACTS)

    def on_seen_to(self, message: SeenTo) -> None:
        """How far it is."""
        if self.sending:
            self._so_far(message.count)

    def _so_far(self, count: int) -> None:
        found = 0 if self.planned is None else self.planned.run.tally.found
        words = _("Being given: {count} of {found}", count=count, found=found)
        self.query_one("#note", Static).update(Content(words))

    def on_given(self, message: Given) -> None:
        """Said with both counts, and back to the notices."""
        self.sending, self.sent = False, True
        tally = message.run.tally
        told = ", ".join(tally_lines(tally, applied=True)[1:3])
        self.toast(_("Notice {number}: {told}", number=message.run.number, told=told))
        self.leave()

    # --- leaving

    def action_out(self) -> None:
        """``esc``: asks where something is written, since no draft is kept; not while it is being given."""
        if self.sending:
            self.toast(_("The notice is being given"), "warning")
            return
        typed = self.typed()
        if not any(words.strip() for words in (typed.audience, typed.day, typed.subject, typed.text)):
            self.leave()
            return
        question = Confirm(_("Leave this notice?"), [_("The text will be lost.")])
        self.app.push_screen(question, lambda wanted: self.leave() if wanted else None)
