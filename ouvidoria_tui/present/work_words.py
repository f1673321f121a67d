"""The work on a case as titles and values: both sides, merit, team, measures, and what is missing for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from ouvidoria_tui.domain.case_work import Measure, Reproduced
from ouvidoria_tui.domain.conclusion import before_conclusive, before_solved
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.ticket import Merit, Status, Ticket
from ouvidoria_tui.domain.ticket_file import TicketDetail
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.present.dates import day
from ouvidoria_tui.present.record_work import iso_day, texts_of
from ouvidoria_tui.present.words import _, plural, say, term_of


def missing(detail: TicketDetail, policy: Policy) -> tuple[Refused, ...]:
    """What the policy still asks for before a conclusive answer; once that was given, before closing as solved."""
    ticket = detail.ticket
    if ticket.status is Status.CLOSED:
        return ()
    before = before_solved if _concluded(ticket) else before_conclusive
    return tuple(before(ticket, detail.work, policy.work))


def missing_title(detail: TicketDetail) -> str:
    """What it is missing for."""
    if _concluded(detail.ticket):
        return _("In the way of closing as solved")
    return _("Missing for a conclusive answer")


def _concluded(ticket: Ticket) -> bool:
    return ticket.concluded_at is not None and ticket.concluded_at >= (ticket.customer_wrote_at or 0)


def work_pairs(
    detail: TicketDetail, policy: Policy, *, hidden: bool, asked: bool = True
) -> list[tuple[str, str]]:
    """Titles and values in the order of the work, then (``asked``) what is missing; none where there is nothing."""
    pairs = [(title, value) for title, value in _pairs(detail, policy, hidden) if value]
    open_ = missing(detail, policy) if asked else ()
    if open_:
        pairs.append((missing_title(detail), "; ".join(say(one.message) for one in open_)))
    return pairs


def _pairs(detail: TicketDetail, policy: Policy, hidden: bool) -> Iterator[tuple[str, str]]:
    work, ticket = detail.work, detail.ticket
    texts = texts_of(detail)

    def said(seq: int | None) -> str:
        if seq is None:
            return ""
        if hidden:
            return _("[confidential]")
        text = texts.get(seq)
        return _("(erased)") if text is None else text

    yield _("The customer says"), said(work.customer)
    yield _("The customer wants"), said(work.wish)
    yield _("The company says"), said(work.company)
    if ticket.merit is not Merit.NOT_ASSESSED:
        outcome = f" ({ticket.outcome})" if ticket.outcome else ""
        yield _("Merit"), f"{term_of(Merit, ticket.merit)}{outcome}"
    yield _("Grounds"), said(work.assessed)
    yield _("Concerned"), ", ".join(detail.agents.get(one, "") for one in work.conflicts)
    yield _("Team"), ", ".join(detail.agents.get(one, "") for one in work.team)
    for measure in work.measures:
        title = _("Measure {number}", number=measure.number)
        yield title, f"{said(measure.seq)} [{_measure(measure, policy.zone)}]"
    yield _("No measure, because"), said(work.no_measures)
    for improvement in work.improvements:
        yield _("Improvement {number}", number=improvement.number), said(improvement.seq)
    yield _("No improvement, because"), said(work.no_improvement)
    yield _("Quality"), _("checked") if work.quality is not None else ""
    if work.reproduced is not None:
        result, seq = work.reproduced
        yield _("Reproduced"), f"{term_of(Reproduced, result)}: {said(seq)}"
    yield _("In writing"), said(work.written)
    if work.reminders:
        last = day(work.reminders[-1], policy.zone)
        yield (
            _("Reminded"),
            plural("once, on {last}", "{count} times, last on {last}", len(work.reminders), last=last),
        )


def _measure(measure: Measure, zone: str) -> str:
    if measure.done_at is not None:
        return _("done {when}", when=day(measure.done_at, zone))
    if measure.carried is not None:
        return _("goes on as improvement {number}", number=measure.carried)
    parts = [measure.area or "", _("due {when}", when=iso_day(measure.due)) if measure.due else _("open")]
    return ", ".join(part for part in parts if part)
