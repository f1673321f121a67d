"""Measures taken for a case, which the customer is told of in the conclusive answer (S4-23)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ouvidoria_tui.desk.act import NOW, When, act, need_text
from ouvidoria_tui.desk.case import work_of
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.forward import known_area
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.case_work import CaseWork, Measure, Target
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.text import N_


def add_measure(
    desk: Desk,
    ref: str,
    text: str,
    *,
    target: Target | None = None,
    area: str | None = None,
    due: date | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """What is done for this customer, by which area and until when; it is open until recorded as done."""
    words = need_text(text, "--text")
    slug = None if area is None else known_area(desk, area)

    made: list[int] = []

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        made[:] = [1 + max((one.number for one in work_of(desk, ticket).measures), default=0)]
        facts: dict[str, object] = {"number": made[0]}
        facts |= described(target, slug, due)
        return [Draft(Act.MEASURE_ADDED, moment, {}, facts, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    outcome = act(desk, ref, Verb.MEASURE, decide, when=late, revision=revision)
    return replace(outcome, message=N_("measure {number}", number=made[0]))


def measure_done(
    desk: Desk, ref: str, number: int, evidence: str, *, when: When = NOW, revision: int | None = None
) -> Outcome:
    """A measure carried out, with what shows it. Raises ``NotFound`` ``MEASURE_NOT_FOUND``."""
    words = need_text(evidence, "--evidence")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        measure = known_measure(ticket, work_of(desk, ticket), number)
        if measure.done_at is not None:
            return []
        return [Draft(Act.MEASURE_DONE, moment, {}, {"measure": number}, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.MEASURE, decide, when=late, revision=revision)


def no_measures(desk: Desk, ref: str, why: str, *, when: When = NOW, revision: int | None = None) -> Outcome:
    """Why nothing is done. Raises ``Refused`` ``MEASURES_THERE`` where something is."""
    words = need_text(why, "--none")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        if work_of(desk, ticket).measures:
            raise Refused(
                "MEASURES_THERE",
                N_("{protocol} has measures", protocol=ticket.protocol),
                N_("undo what was recorded by mistake, or record it as done with what came of it"),
            )
        return [Draft(Act.MEASURES_NONE, moment, {}, {}, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.MEASURE, decide, when=late, revision=revision)


def known_measure(ticket: Ticket, work: CaseWork, number: int) -> Measure:
    """The measure of that number; ``NotFound`` ``MEASURE_NOT_FOUND``."""
    for measure in work.measures:
        if measure.number == number:
            return measure
    raise NotFound(
        "MEASURE_NOT_FOUND",
        N_("{protocol} has no measure {number}", protocol=ticket.protocol, number=number),
        N_("`ouvidoria show {protocol}` lists them", protocol=ticket.protocol),
    )


def described(target: Target | None, area: str | None, due: date | None) -> dict[str, object]:
    """The facts that measures and improvements share, where they are given."""
    facts: dict[str, object] = {} if target is None else {"target": target.value}
    if area is not None:
        facts["area"] = area
    if due is not None:
        facts["due"] = due.isoformat()
    return facts
