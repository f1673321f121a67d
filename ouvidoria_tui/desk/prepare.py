"""What a conclusive answer may need beforehand: a team, the quality check, the customer's wish in writing."""

from __future__ import annotations

from collections.abc import Sequence

from ouvidoria_tui.desk.act import NOW, When, act, need_text, note_of
from ouvidoria_tui.desk.assess import known_agent
from ouvidoria_tui.desk.attach import no_such_file
from ouvidoria_tui.desk.case import check_impartial, work_of
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.case_work import Reproduced
from ouvidoria_tui.domain.conclusion import TEAM
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.permission import Agent, Role, Verb
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.text import N_


def team(
    desk: Desk,
    ref: str,
    members: Sequence[str],
    *,
    note: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """Who works a complex case out together, two or more (S4-20); it takes the place of the team before.

    Raises ``UsageError`` ``TEAM_TOO_SMALL``; ``NotFound`` ``AGENT_NOT_FOUND``; ``Refused`` ``AGENT_CANNOT_WORK``,
    ``CONFLICT_OF_INTEREST``.
    """
    logins = list(dict.fromkeys(login.strip() for login in members if login.strip()))
    if len(logins) < TEAM:
        raise UsageError(
            "TEAM_TOO_SMALL",
            N_("a team is {least} people or more", least=TEAM),
            N_("name them with --members, with commas between"),
        )

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        work = work_of(desk, ticket)
        chosen = [_able(known_agent(desk, login)) for login in logins]
        for agent in chosen:
            check_impartial(ticket, work, agent, in_team=True)
        ids = [agent.id for agent in chosen]
        if tuple(ids) == work.team:
            return []
        return [Draft(Act.TEAM_SET, moment, {}, {"members": ids}, note_of(note, Part.CASE))]

    return act(desk, ref, Verb.TEAM, decide, when=When(when.at, when.reason or note), revision=revision)


def quality(
    desk: Desk,
    ref: str,
    *,
    effective: bool,
    good: bool,
    balanced: bool,
    revision: int | None = None,
) -> Outcome:
    """The three ticks before a conclusive answer: it helps, it is well made, it weighs both sides (S1-24).

    Raises ``Refused`` ``QUALITY_NOT_MET`` where one is missing: an answer that fails is written anew.
    """
    ticks = {"effective": effective, "good": good, "balanced": balanced}

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        missing = [name for name, ticked in ticks.items() if not ticked]
        if missing:
            raise Refused(
                "QUALITY_NOT_MET",
                N_("not ticked: {names}", names=", ".join(f"--{name}" for name in missing)),
                N_("look at the answer again; tick all three once they are true"),
            )
        if work_of(desk, ticket).quality is not None:
            return []
        return [Draft(Act.QUALITY_CHECKED, moment, {}, dict(ticks))]

    return act(desk, ref, Verb.QUALITY, decide, revision=revision)


def reproduce(
    desk: Desk, ref: str, result: Reproduced, text: str, *, when: When = NOW, revision: int | None = None
) -> Outcome:
    """Whether the customer's steps lead to the fault here too, and what was tried (S3-25); the latest counts."""
    words = need_text(text, "--text")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        return [Draft(Act.REPRODUCED, moment, {}, {"result": result.value}, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.REPRODUCE, decide, when=late, revision=revision)


def prior_records(
    desk: Desk,
    ref: str,
    text: str | None = None,
    *,
    file: int | None = None,
    none: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """The records of the first attendance, by which a dispute is judged (S1-21); the latest count.

    One of three: what they say, verbatim and never public; the number of a ``file`` of the ticket that holds them;
    or why there are ``none``. Raises ``NotFound`` ``NO_SUCH_ATTACHMENT``; ``Refused`` ``ILLEGAL_TRANSITION``.
    """
    words = None if file is not None else need_text(text if none is None else none, "--text")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        facts: dict[str, object] = {} if none is None else {"none": True}
        said = words
        if file is not None:
            facts, said = {"file": file}, _file_name(desk, ticket, file)
        return [Draft(Act.PRIOR_RECORDED, moment, {}, facts, Message(Part.CASE, said or ""))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.PRIOR_RECORDS, decide, when=late, revision=revision)


def _file_name(desk: Desk, ticket: Ticket, number: int) -> str:
    kept = [event.seq for event in desk.store.events(ticket.id) if event.type is Act.ATTACHED]
    if number not in kept:
        raise no_such_file(ticket.protocol, number)
    return desk.store.messages(ticket.id)[number].subject


def confirm_written(
    desk: Desk, ref: str, text: str, *, when: When = NOW, revision: int | None = None
) -> Outcome:
    """The customer's own words, in writing, by which a change of plan or features is asked for (S0-36)."""
    words = need_text(text, "--text")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        return [Draft(Act.WRITTEN_CONFIRMED, moment, {}, {}, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.CONFIRM_WRITTEN, decide, when=late, revision=revision)


def _able(agent: Agent) -> Agent:
    if agent.active and agent.role is not Role.AUDITOR:
        return agent
    raise Refused(
        "AGENT_CANNOT_WORK",
        N_("{login} cannot be in a team", login=agent.login),
        N_("choose an active agent who is not an auditor"),
    )
