"""Who works on a ticket: assign, take, start, return to the queue, and the next one in order."""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.desk.act import NOW, When, act, diff, move, note_of
from ouvidoria_tui.desk.case import barred, check_owner
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.staff import local_day
from ouvidoria_tui.desk.step_letter import step_letter
from ouvidoria_tui.domain.ledger import Act, Draft
from ouvidoria_tui.domain.permission import Agent, Role, Verb
from ouvidoria_tui.domain.policy import Absent
from ouvidoria_tui.domain.policy_telling import Step
from ouvidoria_tui.domain.staff import away, competent, stands_in
from ouvidoria_tui.domain.ticket import Status, Ticket
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.text import N_, NN_, Text

#: In these, ``assign`` changes the owner and leaves the status: the customer was answered, or has written.
_OWNER_ONLY = frozenset({Status.ANSWERED, Status.CUSTOMER_REPLY})


def assign(
    desk: Desk,
    ref: str,
    to: str | None = None,
    *,
    note: str | None = None,
    when: When = NOW,
    revision: int | None = None,
    moving: bool = False,
    verb: Verb = Verb.ASSIGN,
) -> Outcome:
    """The ticket in the hands of the agent ``to`` (default: the desk's own agent), S2-30.

    Where that agent is away the outcome says so, with who stands in; ``Refused`` ``AGENT_ABSENT`` where the policy
    wants it refused. Where the policy says so the customer hears that somebody has it (S0-08).
    ``moving`` is asked by ``status assigned``: the status becomes assigned also after the customer replied.
    """
    worker = desk.agent if to is None else _worker(desk, to)
    warning = None if to is None else _absence(desk, worker)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        changes = _handing_over(ticket, worker, moving=moving)
        if not changes:
            return []
        check_owner(desk, ticket, worker)
        drafts = [Draft(Act.ASSIGNED, moment, changes, message=note_of(note))]
        if ticket.assignee is None:
            drafts += step_letter(desk, ticket, Step.ASSIGNED, moment, when)
        return drafts

    outcome = act(desk, ref, verb, decide, when=when, revision=revision)
    return outcome if warning is None else replace(outcome, message=warning)


def take(
    desk: Desk, ref: str, *, note: str | None = None, when: When = NOW, revision: int | None = None
) -> Outcome:
    """The ticket in the hands of the desk's own agent."""
    return assign(desk, ref, note=note, when=when, revision=revision, verb=Verb.TAKE)


def take_next(desk: Desk) -> Outcome:
    """The first ticket of the queue that nobody has, taken: lane, then arrival, then protocol (S3-39).

    Raises ``NotFound`` ``QUEUE_EMPTY``; where some wait that this agent may not take it says how many, and why.
    """
    desk.allow(Verb.NEXT)
    with desk.store.transaction():
        closed, wanted = barred(desk, desk.agent), desk.policy.policy.work.competence
        able = wanted is None or competent(desk.agent, wanted, local_day(desk, desk.clock.now()))
        ticket = desk.store.queue_head(desk.agent, closed) if able else None
        if ticket is not None:
            return assign(desk, ticket.protocol, verb=Verb.NEXT)
        left = desk.store.queue_waiting(desk.agent, closed)
    if not left.total:
        raise NotFound(
            "QUEUE_EMPTY",
            N_("no ticket waits for an owner"),
            N_("`ouvidoria queue` shows what the others are working on"),
        )
    # Whoever lacks the competence that every ticket asks for may take none, whomever it concerns.
    lacking = [wanted] if not able else sorted({rule.competence for rule in closed if rule.competence})
    concerning, short = (left.concerning, left.barred) if able else (0, left.total)
    raise NotFound(
        "QUEUE_EMPTY",
        NN_(
            "{count} ticket waits for an owner, and {login} may not take it: {reasons}",
            "{count} tickets wait for an owner, and {login} may take none of them: {reasons}",
            left.total,
            login=desk.agent.login,
            reasons=_reasons(concerning, short, ", ".join(name for name in lacking if name)),
        ),
        N_("let somebody take them who may; a competence is given with `ouvidoria agent competence add`"),
        details={"waiting": left.total, "concerning": concerning, "competence": short},
    )


def _reasons(concerning: int, short: int, competences: str) -> Text:
    """Why what waits may not be taken, with how many for each reason."""
    mine = NN_("{count} for a conflict of interest", "{count} for a conflict of interest", concerning)
    lacks = NN_(
        "{count} for want of the competence {competences}",
        "{count} for want of the competence {competences}",
        short,
        competences=competences,
    )
    if concerning and short:
        return N_("{one}; {other}", one=mine, other=lacks)
    return mine if concerning else lacks


def start(
    desk: Desk, ref: str, *, note: str | None = None, when: When = NOW, revision: int | None = None
) -> Outcome:
    """The ticket in progress; where nobody has it, in the hands of the desk's own agent (S2-33)."""

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        owner = ticket.assignee or desk.agent.id
        changes = move(ticket, Status.IN_PROGRESS, assignee=owner, unread=False)
        if "status" not in changes:
            return []
        if "assignee" in changes:
            check_owner(desk, ticket, desk.agent)
        return [Draft(Act.STARTED, moment, changes, message=note_of(note))]

    return act(desk, ref, Verb.START, decide, when=when, revision=revision)


def give_back(
    desk: Desk, ref: str, *, note: str | None = None, when: When = NOW, revision: int | None = None
) -> Outcome:
    """The ticket back in the queue, in its old place, without an owner (S2-29)."""

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        if ticket.status is Status.CLOSED:
            raise Refused(
                "REOPEN_NEEDS_INFORMATION",
                N_(
                    "{protocol} is closed; it is reopened, not returned to the queue",
                    protocol=ticket.protocol,
                ),
                N_("use `ouvidoria reopen` with --information or --reason"),
            )
        changes = move(ticket, Status.OPEN, assignee=None)
        return [Draft(Act.RETURNED, moment, changes, message=note_of(note))] if changes else []

    return act(desk, ref, Verb.RETURN, decide, when=when, revision=revision)


def _handing_over(ticket: Ticket, worker: Agent, *, moving: bool) -> dict[str, tuple[object, object]]:
    if ticket.status in _OWNER_ONLY and not moving:
        return diff(ticket, assignee=worker.id)
    if ticket.status is Status.IN_PROGRESS and ticket.assignee == worker.id and not moving:
        return {}
    return move(ticket, Status.ASSIGNED, assignee=worker.id)


def _worker(desk: Desk, login: str) -> Agent:
    agent = desk.store.agent(login)
    if agent is None:
        raise NotFound(
            "AGENT_NOT_FOUND",
            N_("there is no agent {login}", login=login),
            N_("`ouvidoria agent` lists the agents of the desk"),
        )
    if not agent.active or agent.role is Role.AUDITOR:
        raise Refused(
            "AGENT_CANNOT_WORK",
            N_("{login} cannot be given tickets", login=login),
            N_("choose an active agent who is not an auditor"),
        )
    return agent


def _absence(desk: Desk, worker: Agent) -> Text | None:
    """What is to be said of giving a ticket to ``worker`` today; ``None`` where she is there."""
    day = local_day(desk, desk.clock.now())
    absence = away(worker, day)
    if absence is None:
        return None
    stand_in = stands_in(desk.store.agents(), worker.login, day)
    until = absence.last.isoformat()
    if stand_in is None:
        text = N_("{login} is away until {day}, and nobody stands in", login=worker.login, day=until)
        hint = N_("choose another agent with --to")
    else:
        text = N_(
            "{login} is away until {day}; {delegate} stands in",
            login=worker.login,
            day=until,
            delegate=stand_in,
        )
        hint = N_("give it to the delegate: --to {delegate}", delegate=stand_in)
    if desk.policy.policy.absent is Absent.REFUSE:
        raise Refused("AGENT_ABSENT", text, hint, details={"delegate": stand_in, "until": until})
    return text
