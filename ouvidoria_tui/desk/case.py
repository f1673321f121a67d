"""What other verbs must know of the work on a case: what is missing, and who may not touch it."""

from __future__ import annotations

from collections.abc import Iterable

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.staff import local_day
from ouvidoria_tui.domain import case_work
from ouvidoria_tui.domain.answer import Concluding, undeclared
from ouvidoria_tui.domain.case_work import CaseWork
from ouvidoria_tui.domain.conclusion import (
    before_assessing,
    before_conclusive,
    before_forwarding,
    before_silence,
    before_solved,
    wants_reader,
)
from ouvidoria_tui.domain.ledger import storable
from ouvidoria_tui.domain.permission import Agent
from ouvidoria_tui.domain.policy_gates import Evidence
from ouvidoria_tui.domain.second_tier import closed_to, is_of
from ouvidoria_tui.domain.staff import competent
from ouvidoria_tui.domain.ticket import CloseReason, Ticket, Type
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

#: On a ticket of which somebody at the desk is the subject: what is not flagged needs no look at its events.
CONFLICT = "conflict-declared"


def work_of(desk: Desk, ticket: Ticket) -> CaseWork:
    """How far ``ticket`` is worked out."""
    return case_work.fold(desk.store.events(ticket.id))


def check_assessing(desk: Desk, ticket: Ticket, work: CaseWork) -> None:
    """Nothing, where the merit may be assessed; ``Refused`` as ``domain/conclusion.py`` names it."""
    rule = desk.policy.policy.work
    _raise_first(before_assessing(ticket, work, rule, desk.store.prior_of(ticket)))


def check_conclusive(desk: Desk, ticket: Ticket, words: str, said: Concluding) -> None:
    """Nothing, where the conclusive answer ``words``, which declares ``said``, may be given by the desk's agent.

    Raises ``Refused``: ``CONFLICT_OF_INTEREST``, and what ``domain/conclusion.py`` and ``domain/answer.py`` name.
    """
    work, rule = work_of(desk, ticket), desk.policy.policy.work
    check_impartial(ticket, work, desk.agent)
    _raise_first(before_conclusive(ticket, work, desk.policy.policy, desk.store.prior_of(ticket)))
    _raise_first(undeclared(ticket, work, rule, said))
    proposed = work.proposed
    if proposed is None or not wants_reader(ticket, work, rule):
        return
    if not same_words(desk, ticket, proposed.seq, words):
        raise Refused(
            "SECOND_READER_REQUIRED",
            N_("the second reader has approved other words for {protocol}", protocol=ticket.protocol),
            N_("send those, or put these before a second reader with `ouvidoria review --propose`"),
        )


def check_forwarding(desk: Desk, ticket: Ticket) -> None:
    """Nothing, where a request may go to an area; see ``domain/conclusion.py`` for the refusals."""
    if desk.policy.policy.work.elements and ticket.type is Type.REPORT:
        _raise_first(before_forwarding(ticket, work_of(desk, ticket), desk.policy.policy.work))


def same_words(desk: Desk, ticket: Ticket, seq: int, words: str) -> bool:
    """Whether ``words`` are those beside event ``seq``, but for white space at the ends of lines."""
    kept = desk.store.messages(ticket.id).get(seq)
    return kept is not None and _lines(kept.text) == _lines(storable(words))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def check_closing(desk: Desk, ticket: Ticket, reason: CloseReason, moment: int) -> None:
    """Nothing, where the work that ``reason`` needs was done; see ``domain/conclusion.py`` for the refusals."""
    rule = desk.policy.policy.work
    if reason is CloseReason.SOLVED:
        _raise_first(before_solved(ticket, work_of(desk, ticket), rule))
    elif reason is CloseReason.NO_REPLY:
        _raise_first(before_silence(ticket, work_of(desk, ticket), rule, moment))


def check_able(desk: Desk, ticket: Ticket, agent: Agent) -> None:
    """Nothing, where ``agent`` may attend to ``ticket`` (S4-13).

    Raises ``Refused`` ``CONFLICT_OF_INTEREST``, ``NOT_COMPETENT``.
    """
    check_competent(desk, agent, desk.policy.policy.work.competence)
    if CONFLICT in ticket.flags:
        check_impartial(ticket, work_of(desk, ticket), agent)


def check_owner(desk: Desk, ticket: Ticket, agent: Agent) -> None:
    """Nothing, where ``agent`` may have ``ticket``: as :func:`check_able`, and for the second tier (S3-27)."""
    check_able(desk, ticket, agent)
    rule = next((one for one in barred(desk, agent) if is_of(one, ticket)), None)
    if rule is not None:
        raise not_competent(agent, rule.competence or "")


def barred(desk: Desk, agent: Agent) -> tuple[Evidence, ...]:
    """The analyses that ``agent`` may not have today (S3-27)."""
    gates = desk.policy.policy.gates
    return closed_to(gates, agent, local_day(desk, desk.clock.now())) if gates.evidence else ()


def not_competent(agent: Agent, competence: str) -> Refused:
    """The refusal for whoever does not hold what the policy asks for."""
    return Refused(
        "NOT_COMPETENT",
        N_("{login} does not hold the competence {competence}", login=agent.login, competence=competence),
        N_("let somebody do it who holds it, or give it with `ouvidoria agent competence add`"),
        details={"competence": competence},
    )


def check_competent(desk: Desk, agent: Agent, wanted: str | None) -> None:
    """Nothing, where ``agent`` holds the competence on this day of the desk; ``Refused`` ``NOT_COMPETENT``."""
    if wanted is not None and not competent(agent, wanted, local_day(desk, desk.clock.now())):
        raise not_competent(agent, wanted)


def check_impartial(ticket: Ticket, work: CaseWork, agent: Agent, *, in_team: bool = False) -> None:
    """Nothing, where ``agent`` is not concerned by the complaint; ``Refused`` ``CONFLICT_OF_INTEREST`` (S0-02).

    ``in_team``: the agent is named among others, and so others can be.
    """
    if agent.id in work.conflicts:
        raise Refused(
            "CONFLICT_OF_INTEREST",
            N_("{login} is concerned by {protocol}", login=agent.login, protocol=ticket.protocol),
            N_("name others with `ouvidoria team --members`")
            if in_team
            else N_("give it to somebody else with `ouvidoria assign --to`"),
            details={"agent": agent.login},
        )


def _raise_first(refusals: Iterable[Refused]) -> None:
    for refusal in refusals:
        raise refusal
