"""Taking a ticket up: escalate (N1 area, N2 ombudsman, N3 board), acknowledge, hand back."""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.desk.act import NOW, When, act, diff, move, need_text, note_of
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.reply import reopening
from ouvidoria_tui.desk.staff import local_day
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.ladder import Addressee
from ouvidoria_tui.domain.ladder import addressee as who_is_told
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_move
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import Level
from ouvidoria_tui.domain.staff import away_on
from ouvidoria_tui.domain.ticket import Status, Ticket
from ouvidoria_tui.domain.triage_plan import AT_REQUEST
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.text import N_

#: What stands with an act that the customer asked for.
_REQUESTED: Mapping[str, object] = {"at_request": True}
#: The ladder where the policy names none.
_LADDER = (Level(1, "area", "area"), Level(2, "ombudsman", "ombudsman"), Level(3, "board", "board"))


def addressee(desk: Desk, level: int) -> Addressee:
    """Who is told at level 1, 2 or 3, a delegate where the agent of the rung is absent.

    Raises ``UsageError`` ``BAD_LEVEL`` for another level.
    """
    policy = desk.policy.policy
    ladder = {rung.level: rung for rung in policy.levels or _LADDER}
    if level in ladder:
        day = local_day(desk, desk.clock.now())
        agents = desk.store.agents()
        active = {agent.login for agent in agents if agent.active}
        return who_is_told(ladder[level], day.isoformat(), active, away_on(agents, day))
    raise UsageError(
        "BAD_LEVEL",
        N_("there is no level {level}", level=level),
        N_("the levels are {levels}", levels=", ".join(str(rung) for rung in sorted(ladder))),
    )


def escalate(
    desk: Desk,
    ref: str,
    level: int,
    reason: str | None,
    *,
    at_request: bool = False,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """The ticket before the next instance (S0-30, S2-12). A level goes up only; down is ``hand_back``.

    ``at_request``: the customer asked for it, which is reason enough. Under a policy by which asking is enough it
    is never refused (S0-20): a closed ticket is open again, and one that is higher already stays there.
    Raises ``UsageError`` ``TEXT_REQUIRED``, ``BAD_LEVEL``; ``Refused`` ``ESCALATION_NOT_UP``, ``ILLEGAL_TRANSITION``.
    """
    words = reason if at_request and not (reason or "").strip() else need_text(reason, "--reason")
    to = addressee(desk, level)
    always = at_request and desk.policy.policy.access.at_request

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        again = []
        if ticket.status is Status.CLOSED:
            if not always:
                check_move(ticket.status, Status.IN_PROGRESS)
            changes = {**move(ticket, Status.OPEN), **reopening(ticket)}
            again = [Draft(Act.REOPENED, moment, changes, _REQUESTED)]
        before = 0 if again else ticket.level
        if level == before or (level < before and always):
            return again
        if level < before:
            raise Refused(
                "ESCALATION_NOT_UP",
                N_("{protocol} is at level {level} already", protocol=ticket.protocol, level=ticket.level),
                N_("hand it back with `ouvidoria hand-back`"),
            )
        facts: dict[str, object] = {"level": level, "addressee": to.name}
        if to.delegate_of is not None:
            facts["delegate_of"] = to.delegate_of
        changes = {"level": (before, level)}
        if at_request:
            facts |= _REQUESTED
            changes |= diff(
                ticket, flags=(*(flag for flag in ticket.flags if flag != AT_REQUEST), AT_REQUEST)
            )
        return [*again, Draft(Act.ESCALATED, moment, changes, facts, note_of(words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.ESCALATE, decide, when=late, revision=revision)


def acknowledge(desk: Desk, ref: str, *, when: When = NOW, revision: int | None = None) -> Outcome:
    """The open escalation seen by the one it went to; a second time it is unchanged."""

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        standing = _standing(desk, ticket)
        if standing.acknowledged_at is not None:
            return []
        return [Draft(Act.ACKNOWLEDGED, moment, facts={"escalation": standing.seq})]

    return act(desk, ref, Verb.ACK, decide, when=when, revision=revision)


def hand_back(
    desk: Desk, ref: str, instruction: str, *, when: When = NOW, revision: int | None = None
) -> Outcome:
    """The ticket back at the desk's own level, with an instruction."""
    words = need_text(instruction, "--instruction")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        standing = _standing(desk, ticket)
        facts = {"escalation": standing.seq}
        message = Message(Part.REASON, words)
        return [Draft(Act.HANDED_BACK, moment, diff(ticket, level=0), facts, message)]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.HAND_BACK, decide, when=late, revision=revision)


def _standing(desk: Desk, ticket: Ticket) -> Escalation:
    for escalation in reversed(desk.store.escalations(ticket.id)):
        if escalation.ended_at is None:
            return escalation
    raise Refused(
        "NOT_ESCALATED",
        N_("{protocol} is not escalated", protocol=ticket.protocol),
        N_("escalate it first with `ouvidoria escalate`"),
    )
