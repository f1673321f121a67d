"""The work on a case as titles and values: both sides, merit, team, measures, and what is missing for an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ouvidoria_tui.domain.answer import Wish
from ouvidoria_tui.domain.case_work import CaseWork, Measure, Reproduced
from ouvidoria_tui.domain.conclusion import before_conclusive, before_solved
from ouvidoria_tui.domain.paths import Decision, Element, Mediation, Told
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.ticket import Merit, Status, Ticket
from ouvidoria_tui.domain.ticket_file import TicketDetail
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.present.dates import day, moment
from ouvidoria_tui.present.record_work import iso_day, texts_of
from ouvidoria_tui.present.words import _, plural, say, term_of


def missing(detail: TicketDetail, policy: Policy) -> tuple[Refused, ...]:
    """What the policy still asks for before a conclusive answer; once that was given, before closing as solved."""
    ticket = detail.ticket
    if ticket.status is Status.CLOSED:
        return ()
    if _concluded(ticket):
        return tuple(before_solved(ticket, detail.work, policy.work))
    return tuple(before_conclusive(ticket, detail.work, policy, detail.prior))


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

    yield _("Steps"), _steps(work, policy.zone)
    yield _("Earlier attendance"), said(work.prior)
    yield _("The customer says"), said(work.customer)
    yield _("The customer wants"), said(work.wish)
    yield _("That wish was"), term_of(Wish, work.granted)
    yield _("The company says"), said(work.company)
    if ticket.merit is not Merit.NOT_ASSESSED:
        outcome = f" ({ticket.outcome})" if ticket.outcome else ""
        yield _("Merit"), f"{term_of(Merit, ticket.merit)}{outcome}"
    yield _("Grounds"), said(work.assessed)
    yield from _mediation(detail, policy, said)
    yield _("Concerned"), ", ".join(detail.agents.get(one, "") for one in work.conflicts)
    yield _("Team"), ", ".join(detail.agents.get(one, "") for one in work.team)
    for measure in work.measures:
        title = _("Measure {number}", number=measure.number)
        yield title, f"{said(measure.seq)} [{_measure(measure, policy.zone)}]"
    yield _("No measure, because"), said(work.no_measures)
    for improvement in work.improvements:
        yield _("Improvement {number}", number=improvement.number), said(improvement.seq)
    yield _("No improvement, because"), said(work.no_improvement)
    yield from _path(detail, said)
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


def _steps(work: CaseWork, zone: str) -> str:
    """The stamps of analysis, areas and answer, in the order in which they must come; empty where only one is there."""
    said = [
        "" if work.analysed_at is None else _("analysis {when}", when=moment(work.analysed_at, zone)),
        "" if work.areas_at is None else _("areas {when}", when=moment(work.areas_at, zone)),
        "" if work.answered_at is None else _("answer {when}", when=moment(work.answered_at, zone)),
    ]
    told = [words for words in said if words]
    return ", ".join(told) if len(told) > 1 or said[0] else ""


def _mediation(
    detail: TicketDetail, policy: Policy, said: Callable[[int | None], str]
) -> Iterator[tuple[str, str]]:
    """Between whom, how it ended, and in which words (S4-07, S4-09)."""
    mediated = detail.work.mediated
    if mediated is None:
        return
    areas = {area.slug: area.name for area in policy.areas}
    company = areas.get(mediated.area, mediated.area) if mediated.area else policy.name
    who = detail.record.customer
    customer = (who.name or who.email) if who is not None else None
    yield (
        _("Mediated between"),
        _(
            "{customer} and {company}",
            customer=customer or _("the customer"),
            company=company,
        ),
    )
    yield _("Mediation"), f"{term_of(Mediation, mediated.outcome)}: {said(mediated.seq)}"


def _path(detail: TicketDetail, said: Callable[[int | None], str]) -> Iterator[tuple[str, str]]:
    """What only some kinds of manifestation have."""
    work = detail.work
    if work.decision is not None:
        yield _("Decision"), f"{term_of(Decision, work.decision)}: {said(work.decided)}"
    if work.praised is not None:
        told = ", ".join(term_of(Told, one) for one in work.told) or _("nobody yet")
        yield _("Praise for"), f"{said(work.praised)} [{_('handed on to: {who}', who=told)}]"
    if work.elements is not None:
        found = ", ".join(term_of(Element, one) for one in Element if one in work.elements.found)
        yield _("Elements"), f"{found or _('none')}: {said(work.elements.seq)}"
    if work.proposed is not None:
        proposed, author = work.proposed, detail.agents.get(work.proposed.author, "")
        yield _("Answer by {who}", who=author), said(proposed.seq)
        if proposed.approved is not None:
            yield _("Second reader"), _("approved")
        elif proposed.returned is not None:
            yield _("Second reader"), _("returned: {why}", why=said(proposed.returned))
        else:
            yield _("Second reader"), _("waits to be read")


def _measure(measure: Measure, zone: str) -> str:
    if measure.done_at is not None:
        return _("done {when}", when=day(measure.done_at, zone))
    if measure.carried is not None:
        return _("goes on as improvement {number}", number=measure.carried)
    parts = [measure.area or "", _("due {when}", when=iso_day(measure.due)) if measure.due else _("open")]
    return ", ".join(part for part in parts if part)
