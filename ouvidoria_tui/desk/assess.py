"""Both sides heard, the merit assessed by somebody whom it does not concern, and what the customer says to it."""

from __future__ import annotations

from ouvidoria_tui.desk.act import NOW, When, act, diff, move, need_text, note_of
from ouvidoria_tui.desk.case import (
    CONFLICT,
    check_assessing,
    check_competent,
    check_impartial,
    work_of,
)
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.permission import Agent, Verb
from ouvidoria_tui.domain.ticket import Merit, Status, Ticket
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_

#: In these, a ticket that loses its owner waits for another one.
_GIVEN_BACK = frozenset({Status.ASSIGNED, Status.IN_PROGRESS})
AGREES, DISAGREES = "customer-agrees", "customer-disagrees"


def position(
    desk: Desk,
    ref: str,
    side: Side,
    text: str,
    *,
    wish: bool = False,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """What a side says of the matter, verbatim; of each the latest counts, earlier ones stay in the history (S0-02).

    ``wish`` is what the customer wants to come of it. Raises ``UsageError`` ``WISH_OF_THE_CUSTOMER``,
    ``TEXT_REQUIRED``; ``Refused`` ``ILLEGAL_TRANSITION`` on a closed ticket.
    """
    words = need_text(text, "--text")
    if wish and side is not Side.CUSTOMER:
        raise UsageError(
            "WISH_OF_THE_CUSTOMER",
            N_("a wish is the customer's, not the company's"),
            N_("leave --wish out, or say --side customer"),
        )

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        facts: dict[str, object] = {"side": side.value}
        if wish:
            facts["wish"] = True
        return [Draft(Act.POSITION_STATED, moment, {}, facts, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.POSITION, decide, when=late, revision=revision)


def assess(
    desk: Desk,
    ref: str,
    merit: Merit,
    grounds: str,
    *,
    outcome: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """The merit of the complaint, with its grounds (S4-17); ``outcome`` names what comes of it in one word.

    A new assessment takes the place of the one before, and what the customer said to that is no longer said.
    Raises ``Refused`` ``PRIOR_RECORDS_REQUIRED``, ``BOTH_SIDES_REQUIRED``; ``CONFLICT_OF_INTEREST`` where it
    concerns the assessor or the owner; ``NOT_COMPETENT``; ``UsageError`` ``TEXT_REQUIRED``.
    """
    words = need_text(grounds, "--grounds")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        check_competent(desk, desk.agent, desk.policy.policy.work.assess_competence)
        work = work_of(desk, ticket)
        for agent in _involved(desk, ticket):
            check_impartial(ticket, work, agent)
        check_assessing(desk, ticket, work)
        flags = tuple(flag for flag in ticket.flags if flag not in (AGREES, DISAGREES))
        changes = diff(ticket, merit=merit, outcome=_outcome(outcome) or ticket.outcome, flags=flags)
        return [Draft(Act.ASSESSED, moment, changes, {"merit": merit.value}, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.ASSESS, decide, when=late, revision=revision)


def conflict(
    desk: Desk, ref: str, login: str, reason: str, *, when: When = NOW, revision: int | None = None
) -> Outcome:
    """An agent whom the complaint concerns may not have, assess or conclude it any more (S0-02, C-23).

    Where that agent has the ticket, it goes back to the queue, in its old place. Raises ``NotFound``
    ``AGENT_NOT_FOUND``.
    """
    words = need_text(reason, "--reason")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        agent, work = known_agent(desk, login), work_of(desk, ticket)
        if agent.id in work.conflicts:
            return []
        changes = diff(ticket, flags=_with(ticket.flags, CONFLICT))
        if ticket.assignee == agent.id:
            changes |= diff(ticket, assignee=None)
            if ticket.status in _GIVEN_BACK:
                changes |= move(ticket, Status.OPEN)
        return [Draft(Act.CONFLICT_DECLARED, moment, changes, {"agent": agent.id}, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.CONFLICT, decide, when=late, revision=revision)


def customer_view(
    desk: Desk, ref: str, *, agrees: bool, text: str | None = None, revision: int | None = None
) -> Outcome:
    """Whether the customer is satisfied with the result or disagrees; it moves nothing, also on a closed ticket.

    Raises ``Refused`` ``NOT_ASSESSED`` where there is no assessment to agree with.
    """

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        if ticket.merit is Merit.NOT_ASSESSED:
            raise Refused(
                "NOT_ASSESSED",
                N_("the merit of {protocol} has not been assessed", protocol=ticket.protocol),
                N_("assess it with `ouvidoria assess`, then record the customer's view"),
            )
        flags = tuple(flag for flag in ticket.flags if flag not in (AGREES, DISAGREES))
        changes = diff(ticket, flags=(*flags, AGREES if agrees else DISAGREES))
        if not changes and text is None:
            return []
        facts = {"agrees": agrees}
        return [Draft(Act.CUSTOMER_VIEWED, moment, changes, facts, note_of(text, Part.CASE))]

    return act(desk, ref, Verb.CUSTOMER_VIEW, decide, revision=revision)


def known_agent(desk: Desk, login: str) -> Agent:
    """The agent of a login; ``NotFound`` ``AGENT_NOT_FOUND``."""
    agent = desk.store.agent(login)
    if agent is None:
        raise NotFound(
            "AGENT_NOT_FOUND",
            N_("there is no agent {login}", login=login[:60]),
            N_("`ouvidoria agent` lists the agents of the desk"),
        )
    return agent


def _involved(desk: Desk, ticket: Ticket) -> list[Agent]:
    """Who assesses, and who has the ticket."""
    return [desk.agent, *(one for one in desk.store.agents() if one.id == ticket.assignee)]


def _outcome(written: str | None) -> str | None:
    slug = None if written is None else slugify(written)
    if written is not None and not slug:
        raise UsageError(
            "BAD_CHOICE",
            N_("{option} cannot be {written}", option="--outcome", written=written[:40]),
            N_("name the outcome in a word or two"),
        )
    return slug


def _with(flags: tuple[str, ...], flag: str) -> tuple[str, ...]:
    return flags if flag in flags else (*flags, flag)
