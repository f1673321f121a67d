"""The forms of acts on one clock by their verb: more time with a notice, a notice alone; the others pause."""

from __future__ import annotations

from typing import ClassVar

from ouvidoria_tui.desk.delay_notice import delay_notice
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.extend import extend
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.extension import allowance
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui import reads_deadline
from ouvidoria_tui.tui.date_result import Dated, extension_dated, notice_dated
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads_ticket import drop_draft
from ouvidoria_tui.tui.screens.deadline_dated import DatedForm
from ouvidoria_tui.tui.screens.deadline_form import ClockForm
from ouvidoria_tui.tui.screens.deadline_pause import InterruptForm, ResumeForm, SuspendForm
from ouvidoria_tui.tui.service import Act


class ExtendForm(DatedForm):
    """``p``: a later due date for the clock, within its rule."""

    verb: ClassVar[Verb] = Verb.EXTEND

    @property
    def needs_consent(self) -> bool:
        """As the rule says."""
        allowed = None if self.clock is None else allowance(self.clock.explained.clock)
        return allowed is not None and allowed.consent

    def dated(self) -> Dated:
        """The due time that follows, by the rule."""
        assert self.clock is not None
        assert self.page is not None
        arrow = "->" if self.console_app.ascii_only else "→"
        page = self.page
        return extension_dated(
            self.clock.explained, page.ticket.type, self.date, page.policy.zone, page.now, arrow
        )

    def missing(self) -> str:
        """Beside what every notice needs: the measures, and the agreement where the rule asks for it."""
        base = super().missing()
        if base or self.clock is None:
            return base
        if not self.measures.strip():
            return _("Missing: what has been done so far")
        if self.needs_consent and self.choice != "yes":
            return _("EXTENSION_NEEDS_CONSENT: missing: the agreement of the customer")
        return ""

    def letter(self) -> reads_deadline.LetterJob:
        """The notice of the extension."""
        to = self.dated().to or 0
        return reads_deadline.extension_letter(
            self.target.protocol,
            self.clock_name,
            to,
            self.reason,
            self.measures,
            consent=self.choice == "yes",
        )

    def act(self) -> Act:
        """The extension, and the draft gone with it."""
        to, reason, measures = self.dated().to or 0, self.reason, self.measures
        clock, kind, ticket_id, consent = self.clock_name, self.kind, self.target.id, self.choice == "yes"

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            outcome = extend(desk, ref, to, reason, measures, clock=clock, consent=consent, revision=seen)
            drop_draft(desk, ticket_id, kind)
            return outcome

        return Act(_("Deadline extended"), Verb.EXTEND, [self.sent_target()], one)


class NoticeForm(DatedForm):
    """``n``: the customer is told that it takes longer, and until when."""

    verb: ClassVar[Verb] = Verb.DELAY_NOTICE

    def _measures_title(self) -> str:
        return _("What has been done so far, in words for the customer (may be left out)")

    def dated(self) -> Dated:
        """What the customer is told."""
        assert self.clock is not None
        assert self.page is not None
        return notice_dated(self.clock.explained, self.date, self.page.policy.zone, self.page.now)

    def letter(self) -> reads_deadline.LetterJob:
        """The notice."""
        to = self.dated().to or 0
        return reads_deadline.delay_letter(self.target.protocol, to, self.reason, self.measures)

    def act(self) -> Act:
        """The notice, and the draft gone with it."""
        to, reason, measures = self.dated().to or 0, self.reason, self.measures
        kind, ticket_id = self.kind, self.target.id

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            outcome = delay_notice(desk, ref, to, reason, measures=measures, revision=seen)
            drop_draft(desk, ticket_id, kind)
            return outcome

        return Act(_("Delay notice sent"), Verb.DELAY_NOTICE, [self.sent_target()], one)


_FORMS: dict[Verb, type[ClockForm]] = {
    form.verb: form for form in (ExtendForm, NoticeForm, SuspendForm, ResumeForm, InterruptForm)
}


def form_of(target: Target, verb: Verb, clock: str) -> ClockForm:
    """The form of ``verb`` on the clock of that name."""
    return _FORMS[verb](target, clock)
