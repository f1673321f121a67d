"""The work on a case as titles and values: both sides, merit, team, measures, and what is missing for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from ouvidoria_tui.domain.answer import Decision, Wish
from ouvidoria_tui.domain.case_work import CaseWork, Measure, Reproduced
from ouvidoria_tui.domain.conclusion import before_conclusive, before_solved
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
    yield _("Decision"), term_of(Decision, work.decision)
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


def _steps(work: CaseWork, zone: str) -> str:
    """The stamps of analysis, areas and answer, in the order in which they must come; empty where only one is there."""
    said = [
        "" if work.analysed_at is None else _("analysis {when}", when=moment(work.analysed_at, zone)),
        "" if work.areas_at is None else _("areas {when}", when=moment(work.areas_at, zone)),
        "" if work.answered_at is None else _("answer {when}", when=moment(work.answered_at, zone)),
    ]
    told = [words for words in said if words]
    return ", ".join(told) if len(told) > 1 or said[0] else ""


def _measure(measure: Measure, zone: str) -> str:
    if measure.done_at is not None:
        return _("done {when}", when=day(measure.done_at, zone))
    if measure.carried is not None:
        return _("goes on as improvement {number}", number=measure.carried)
    parts = [measure.area or "", _("due {when}", when=iso_day(measure.due)) if measure.due else _("open")]
    return ", ".join(part for part in parts if part)
