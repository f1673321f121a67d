"""What is done with the one ticket on the screen, beyond the verbs of every screen."""

from __future__ import annotations

from ouvidoria_tui.desk import triage as triaging
from ouvidoria_tui.desk.classify import transfer
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.foresight import foresee
from ouvidoria_tui.domain.ledger import Act as Event
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Admission, Status
from ouvidoria_tui.domain.ticket_file import as_of
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.present.safe import one_line
from ouvidoria_tui.present.when import past_moment
from ouvidoria_tui.present.words import _, clock_name, clock_state, language, say, status_label, term
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.screens.acting import One
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.incidents import LinksIncidents
from ouvidoria_tui.tui.screens.review import Intent, Review
from ouvidoria_tui.tui.screens.ticket_work import TicketWork
from ouvidoria_tui.tui.service import Act

_ENDS = {Verb.CLOSE: (Event.CLOSED, Status.CLOSED), Verb.REOPEN: (Event.REOPENED, Status.OPEN)}


class TicketActs(LinksIncidents, TicketWork):
    """Review before the end of a ticket, triage of this one, transfer, the past, copying."""

    def perform(self, label: str, verb: Verb, one: One, *, ask: str = "", to: Status | None = None) -> None:
        """As everywhere; closing and reopening show what they change before they do it."""
        if verb not in _ENDS or self.page is None:
            super().perform(label, verb, one, ask=ask, to=to)
            return
        act = Act(label, verb, self.targets(), one)
        review = Review(
            self._ending(self.page, label, verb, to), late=self.glyphs.late, bullet=self.glyphs.bullet
        )
        self.app.push_screen(review, lambda wanted: self.service.act(self, act) if wanted else None)

    def _ending(self, page: TicketPage, label: str, verb: Verb, wanted: Status | None) -> Intent:
        event, usual = _ENDS[verb]
        to = wanted or usual
        arrow = "->" if self.console_app.ascii_only else "→"
        facts = [(_("Ticket"), page.ticket.protocol)]
        if not self.hidden:
            facts.append((_("Subject"), page.ticket.subject))
        blocks: list[str] = []
        try:
            ahead = foresee(page.ticket, page.detail.record.clocks, page.clocks, event, to, page.now)
            labels = page.policy.labels
            status = f"{status_label(ahead.before, labels)} {arrow} {status_label(ahead.after, labels)}"
            moved = [
                f"{clock_name(old.name)}: {clock_state(old.state)} {arrow} {clock_state(new.state)}"
                for old, new in ahead.clocks
            ]
            facts += [(_("Status"), status), (_("Deadlines"), ", ".join(moved) or _("none changes"))]
        except Refused as error:
            blocks.append(say(error.message))
        letter = self.tells(verb, wanted) or _("the customer is not written to by this")
        effects = [_("recorded in the history with your name"), letter]
        warnings = [_("A draft on this ticket has not been sent.")] if page.drafts else []
        return Intent(label, _("Do it"), facts, None, blocks, warnings, effects)

    # --- triage

    def action_triage(self) -> None:
        """``t``: the plan that the tab shows; what writes to the customer is looked at first."""
        page = self.page
        if page is None:
            return
        if page.plan is None:
            decided = term(page.ticket.admission)
            self.toast(_("Triage has been decided: {decision}", decision=decided), "warning")
            return
        plan = page.plan

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            ((_plan, outcome),) = triaging.apply(desk, [plan])
            return outcome

        label = _("Triage: {decision}", decision=term(plan.decision))
        act = Act(label, Verb.TRIAGE, self.targets(), one)
        if plan.decision is Admission.ADMITTED:
            self.service.act(self, act)
            return
        effects = [_("the letter {name} goes to the customer", name=name) for name in plan.messages]
        if plan.decision is Admission.DUPLICATE:
            effects.append(_("the ticket is closed as a duplicate of {protocol}", protocol=plan.duplicate_of))
        reasons = [(reason.requirement or "", say(reason.text)) for reason in plan.reasons]
        intent = Intent(label, _("Carry it out"), reasons, effects=effects)
        review = Review(intent, late=self.glyphs.late, bullet=self.glyphs.bullet)
        self.app.push_screen(review, lambda wanted: self.service.act(self, act) if wanted else None)

    # --- another department

    def action_transfer(self) -> None:
        """``D``: to another department, with why."""
        choices = [Choice(named.slug, named.name, named.slug) for named in self.facts.policy.departments]

        def chosen(slug: str | None) -> None:
            if slug is not None:
                self.app.push_screen(Ask(_("Why does it go there?")), lambda words: said(slug, words))

        def said(slug: str, words: str | None) -> None:
            if words is not None:
                label = _("Moved to {department}", department=slug)
                self.perform(
                    label,
                    Verb.TRANSFER,
                    lambda desk, ref, seen: transfer(desk, ref, slug, words, revision=seen),
                )

        if self.targets():
            self.app.push_screen(Choose(_("Move to department"), choices), chosen)

    # --- as it stood

    def action_past(self) -> None:
        """``H``: asks for a date or a moment that has passed; the screen over this one shows the ticket of then."""
        page = self.page
        if page is None:
            return

        def moment(words: str) -> int:
            return past_moment(words, page.policy.zone, self.service.clock.now())

        def said(words: str | None) -> None:
            if words is not None:
                self.look_back(page.ticket.id, moment(words))

        example = "20/11/2026 10h" if language() == "pt-BR" else "2026-11-20 10:00"
        question = _("As it stood when? A date or a moment, like {example}", example=example)
        ask = Ask(question, check=lambda words: as_of(page.detail, moment(words), page.clocks), settled=True)
        self.app.push_screen(ask, said)

    def look_back(self, ticket_id: int, at: int) -> None:
        """Shows the ticket as it stood at ``at``."""
        self.console_app.open_past(ticket_id, at)

    # --- copying

    def action_copy(self) -> None:
        """``y``: the protocol."""
        if self.page is not None:
            self.app.copy_to_clipboard(self.page.ticket.protocol)
            self.toast(_("Copied: {what}", what=self.page.ticket.protocol))

    def action_copy_summary(self) -> None:
        """``Y``: what it is and how it stands; what is masked stays masked."""
        page = self.page
        if page is None:
            return
        from ouvidoria_tui.tui.title_words import overdue_words, what_words

        subject = _("[confidential]") if self.hidden else one_line(page.ticket.subject, 200)
        parts = [f"{page.ticket.protocol}  {what_words(page, self.glyphs)}", subject, overdue_words(page)]
        self.app.copy_to_clipboard("\n".join(part for part in parts if part))
        self.toast(_("Copied: {what}", what=page.ticket.protocol))
