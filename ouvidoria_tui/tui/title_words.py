"""What the title bar of a ticket's screens says: type, status, owner, and how late it is."""

from __future__ import annotations

from ouvidoria_tui.domain.next_step import Step
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.reading import next_due
from ouvidoria_tui.present.dates import day, due_words
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, clock_name, language, say, status_label, term
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.theme import Glyphs
from ouvidoria_tui.tui.widgets.clock_bars import mark_of


def short_day(epoch: int, zone: str) -> str:
    """The date without its year: ``05/03``, in English ``03-05``."""
    written = day(epoch, zone)
    return written[:5] if language() == "pt-BR" else written[5:]


def overdue_words(page: TicketPage, *, short: bool = False) -> str:
    """``OVERDUE by 4h (05/03)``, ``due in 3h (05/03), extended``, or nothing; ``short`` leaves the date out."""
    clock = next_due(page.detail.record)
    if clock is None:
        return ""
    if clock.due_at is None:
        return _("deadline suspended") if clock.suspended_at is not None else ""
    mark = mark_of(clock)
    return (
        f"{_due(clock.due_at, page, short=short)}, {mark}" if mark else _due(clock.due_at, page, short=short)
    )


def _due(due_at: int, page: TicketPage, *, short: bool) -> str:
    words = due_words(due_at, page.now)
    date = short_day(due_at - 1, page.policy.zone)
    if short:
        late = page.now > due_at
        return _("OVERDUE by {span}", span=words.lstrip("-")) if late else _("due in {span}", span=words)
    if page.now > due_at:
        return _("OVERDUE by {span} ({date})", span=words.lstrip("-"), date=date)
    return _("due in {span} ({date})", span=words, date=date)


def addressee(policy: Policy, to: str) -> str:
    """Who an escalation goes to: the name of the rung where it is one of the policy's, else as it was written."""
    return clean(next((rung.name for rung in policy.levels if rung.to == to), to))


def what_words(page: TicketPage, glyphs: Glyphs, *, short: bool = False) -> str:
    """``Complaint · Open · owner —``"""
    ticket = page.ticket
    owner = clean(page.detail.record.assignee or "") or glyphs.nothing
    parts = [
        term(ticket.type),
        clean(status_label(ticket.status, page.policy.labels, short=short)),
        _("owner {login}", login=owner),
    ]
    if ticket.level:
        parts.append(f"N{ticket.level}")
    if ticket.confidential:
        parts.append(_("[confidential]"))
    return f" {glyphs.dot} ".join(parts)


def step_words(step: Step, page: TicketPage) -> str:
    """``Next step: answer the customer (1st response overdue); missing: the earlier ticket``"""
    words = _("Next step: {what}", what=say(step.text))
    if step.clock is not None and step.late:
        words += _(" ({clock} overdue)", clock=clean(clock_name(step.clock.name)))
    elif step.clock is not None and step.clock.due_at is not None:
        left = due_words(step.clock.due_at, page.now)
        words += _(" ({clock} in {span})", clock=clean(clock_name(step.clock.name)), span=left)
    if step.missing:
        words += _("; missing: {what}", what=", ".join(say(text) for text in step.missing))
    return words
