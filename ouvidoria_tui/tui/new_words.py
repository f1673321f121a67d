"""What is about to be registered, in words: the facts, what triage would say, what will happen. Pure."""

from __future__ import annotations

from ouvidoria_tui.domain.customer_list import CustomerRow
from ouvidoria_tui.domain.reading import next_due
from ouvidoria_tui.domain.ticket import Admission, Channel, EscalationReason
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.record_clocks import due_moment
from ouvidoria_tui.present.safe import one_line
from ouvidoria_tui.present.words import _, clock_name, plural, say, term, term_of
from ouvidoria_tui.tui.new_form import ANONYMOUS, AT_REQUEST, NewForm
from ouvidoria_tui.tui.reads_new import Looked
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.screens.review import Intent


def intent(form: NewForm, looked: Looked, known: CustomerRow | None) -> Intent:
    """The look at a registration before it is done."""
    page = looked.page
    assert page is not None
    return Intent(
        _("Review before registering"),
        _("Register it"),
        [pair for pair in (*_facts(form, page, known), *_triage(page)) if pair[1]],
        warnings=_warnings(looked, page),
        effects=_effects(form, looked),
    )


def _facts(form: NewForm, page: TicketPage, known: CustomerRow | None) -> list[tuple[str, str]]:
    ticket, zone = page.ticket, page.policy.zone
    names = {one.slug: one.name for one in page.policy.departments}
    reason = ticket.escalation_reason
    return [
        (_("Type"), term(ticket.type)),
        (_("Channel"), term(ticket.channel)),
        (_("From"), who_words(form, known)),
        (_("Confidential"), _("yes: kept out of search and lists") if ticket.confidential else ""),
        (_("Subject"), ticket.subject),
        (_("Report"), one_line(form["text"], 300)),
        (_("Department"), names.get(ticket.department or "", ticket.department or "")),
        (_("Earlier ticket"), ticket.prior_ticket or ""),
        (_("Brought by"), "" if reason is None else term_of(EscalationReason, reason)),
        (_("Its records"), one_line(form["records"], 200)),
        (_("Wish"), one_line(form["wish"], 200)),
        (_("Happened"), "" if ticket.occurred_at is None else moment(ticket.occurred_at, zone)),
        (
            _("Complained of"),
            names.get(ticket.complained_department or "", ticket.complained_department or ""),
        ),
        (_("Arrived"), moment(ticket.arrived_at, zone) if form["at"] else ""),
        (_("Next deadline"), _due(page)),
    ]


def who_words(form: NewForm, known: CustomerRow | None) -> str:
    """Who it is from."""
    if form.marked(ANONYMOUS):
        return _("nobody is named")
    if known is not None:
        who = known.customer
        named = " · ".join(part for part in (who.name, who.email) if part)
        return _("{who} (number {number} of the register)", who=named or "?", number=who.id)
    typed = " · ".join(part for part in (form["name"], form["email"], form["document"]) if part)
    asked = f" ({_('asked for the desk')})" if form.marked(AT_REQUEST) else ""
    return (typed or _("nobody is named")) + asked


def _due(page: TicketPage) -> str:
    clock = next_due(page.detail.record)
    if clock is None or clock.due_at is None:
        return ""
    return f"{clock_name(clock.name)}: {due_moment(clock.due_at, page.policy.zone)}"


def _triage(page: TicketPage) -> list[tuple[str, str]]:
    return [] if page.plan is None else [(_("Triage would say"), term_of(Admission, page.plan.decision))]


def _warnings(looked: Looked, page: TicketPage) -> list[str]:
    warnings: list[str] = []
    if looked.duplicate_of is not None:
        warnings.append(
            _(
                "note: {protocol} of the same customer and subject is open; it keeps its place (S3-47)",
                protocol=looked.duplicate_of,
            )
        )
    plan = page.plan
    if plan is not None:
        doubtful = plan.decision is not Admission.ADMITTED
        for reason in plan.reasons:
            if reason.warning or doubtful:
                where = f" ({reason.requirement})" if reason.requirement else ""
                warnings.append(say(reason.text) + where)
    return warnings


def _effects(form: NewForm, looked: Looked) -> list[str]:
    effects = [_("it gets its protocol and stands in the queue, whatever triage will say of it")]
    if looked.converted is not None:
        effects.append(
            _(
                "{channel}: complex matters are worked on as a ticket; it goes on by {to}, linked to this contact",
                channel=term_of(Channel, form["channel"]),
                to=term(looked.converted),
            )
        )
    effects.append(
        plural(
            "{count} letter goes to the customer at once",
            "{count} letters go to the customer at once",
            looked.letters,
        )
        if looked.letters
        else _("the customer is not written to by this")
    )
    return [
        *effects,
        _("the receipt is shown, with the access code: the code is told only then"),
        _("recorded in the history with your name; a registration cannot be undone"),
    ]
