"""What shall be better for everybody after a complaint: improvements, numbered over the whole desk (S0-09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ouvidoria_tui.desk.act import NOW, When, act, need_text
from ouvidoria_tui.desk.assess import known_agent
from ouvidoria_tui.desk.case import work_of
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.forward import known_area
from ouvidoria_tui.desk.measures import described, known_measure
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.case_work import Target
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.text import N_


def add_improvement(
    desk: Desk,
    ref: str,
    target: Target,
    text: str,
    *,
    area: str | None = None,
    owner: str | None = None,
    due: date | None = None,
    measure: int | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """An improvement that came of the ticket, also after it was closed; the desk numbers them.

    ``measure`` is one of the ticket's that goes on as this improvement. Raises ``NotFound`` ``AREA_NOT_FOUND``,
    ``AGENT_NOT_FOUND``, ``MEASURE_NOT_FOUND``.
    """
    words = need_text(text, "--text")
    slug = None if area is None else known_area(desk, area)
    who = None if owner is None else known_agent(desk, owner)

    made: list[int] = []

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        made[:] = [desk.store.last_improvement() + 1]
        facts: dict[str, object] = {"number": made[0]}
        facts |= described(target, slug, due)
        if who is not None:
            facts["owner"] = who.id
        if measure is not None:
            facts["measure"] = known_measure(ticket, work_of(desk, ticket), measure).number
        return [Draft(Act.IMPROVEMENT_ADDED, moment, {}, facts, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    outcome = act(desk, ref, Verb.IMPROVEMENT, decide, when=late, revision=revision)
    return replace(outcome, message=N_("improvement {number}", number=made[0]))


def no_improvement(
    desk: Desk, ref: str, why: str, *, when: When = NOW, revision: int | None = None
) -> Outcome:
    """Why nothing has to be better after this ticket. Raises ``Refused`` ``IMPROVEMENTS_THERE``."""
    words = need_text(why, "--why")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        if work_of(desk, ticket).improvements:
            raise Refused(
                "IMPROVEMENTS_THERE",
                N_("improvements came of {protocol}", protocol=ticket.protocol),
                N_("see them with `ouvidoria improvement list`"),
            )
        return [Draft(Act.IMPROVEMENT_NONE, moment, {}, {}, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.IMPROVEMENT, decide, when=late, revision=revision)


def improvement_done(desk: Desk, number: int, evidence: str, *, when: When = NOW) -> Outcome:
    """An improvement carried out, with what shows it; an act on the ticket that it came of.

    Raises ``NotFound`` ``IMPROVEMENT_NOT_FOUND``.
    """
    words = need_text(evidence, "--evidence")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        found = [one for one in work_of(desk, ticket).improvements if one.number == number]
        if not found:
            raise improvement_not_found(number)
        if found[0].done_at is not None:
            return []
        facts = {"improvement": number}
        return [Draft(Act.IMPROVEMENT_DONE, moment, {}, facts, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    desk.allow(Verb.IMPROVEMENT)
    ticket_id = desk.store.improvement_ticket(number)
    if ticket_id is None:
        raise improvement_not_found(number)
    return act(desk, desk.store.get(ticket_id).protocol, Verb.IMPROVEMENT, decide, when=late)


def improvement_not_found(number: int) -> NotFound:
    """The error for a number that no improvement has."""
    return NotFound(
        "IMPROVEMENT_NOT_FOUND",
        N_("there is no improvement {number}", number=number),
        N_("`ouvidoria improvement list` names those that there are"),
    )
