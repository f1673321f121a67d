"""What agents are able to do, and when they are away: kept with them, recorded without the notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.contact_data import checked_words
from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.permission import MAY, Agent, Verb
from ouvidoria_tui.domain.staff import Absence, Competence
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_


def local_day(desk: Desk, at: int) -> date:
    """The date at the desk at a moment."""
    return datetime.fromtimestamp(at, ZoneInfo(desk.policy.policy.zone)).date()


def give_competence(
    desk: Desk, login: str, name: str, *, until: date | None = None, note: str = ""
) -> tuple[Agent, bool]:
    """The agent able to do something, until that day or without an end; whether anything changed (S4-13).

    Raises ``NotAllowed``; ``NotFound`` ``AGENT_NOT_FOUND``; ``UsageError`` ``BAD_NAME``.
    """
    desk.allow(Verb.STAFF)
    slug = slugify(name)
    if not slug:
        raise UsageError(
            "BAD_NAME",
            N_("{kind} has no letter or digit in its name", kind="competence"),
            N_("give it a name that can be written"),
        )
    new = Competence(slug, until, checked_words(note) or "")
    with desk.store.transaction():
        before = known(desk, login)
        kept = tuple(one for one in before.competences if one.name != slug)
        facts = {"competence": slug, "until": None if until is None else until.isoformat()}
        after = replace(before, competences=tuple(sorted((*kept, new), key=lambda one: one.name)))
        return _put(desk, before, after, "competence-given", facts)


def take_competence(desk: Desk, login: str, name: str) -> tuple[Agent, bool]:
    """The agent without a competence; ``NotFound`` ``COMPETENCE_NOT_FOUND`` where she has it not."""
    desk.allow(Verb.STAFF)
    slug = slugify(name)
    with desk.store.transaction():
        before = known(desk, login)
        kept = tuple(one for one in before.competences if one.name != slug)
        if len(kept) == len(before.competences):
            raise NotFound(
                "COMPETENCE_NOT_FOUND",
                N_("{login} has no competence {name}", login=before.login, name=name[:60]),
                N_("`ouvidoria agent competence list {login}` shows them", login=before.login),
            )
        return _put(desk, before, replace(before, competences=kept), "competence-taken", {"competence": slug})


def set_absence(
    desk: Desk, login: str, first: date, last: date, delegate: str | None = None
) -> tuple[Agent, bool]:
    """The agent away on those days, both among them; an absence that begins on the same day is replaced.

    Everybody says her own; another's needs a head of the desk. Raises ``NotAllowed``, ``NotFound``;
    ``UsageError`` ``BAD_SPAN``; ``Refused`` ``ABSENCE_OVERLAPS``, ``DELEGATE_CANNOT_WORK``.
    """
    _allow_for(desk, login)
    if last < first:
        raise UsageError(
            "BAD_SPAN",
            N_("{last} lies before {first}", last=last.isoformat(), first=first.isoformat()),
            N_("--from is the first day away, --to the last one"),
        )
    with desk.store.transaction():
        before = known(desk, login)
        if delegate is not None:
            _check_delegate(desk, before, delegate)
        kept = tuple(one for one in before.absences if one.first != first)
        for one in kept:
            if one.first <= last and first <= one.last:
                raise Refused(
                    "ABSENCE_OVERLAPS",
                    N_(
                        "{login} is away from {first} to {last} already",
                        login=before.login,
                        first=one.first.isoformat(),
                        last=one.last.isoformat(),
                    ),
                    N_("end that absence first with: ouvidoria agent back {login}", login=before.login),
                )
        new = Absence(first, last, delegate)
        after = replace(before, absences=tuple(sorted((*kept, new), key=lambda one: one.first)))
        facts = {"from": first.isoformat(), "to": last.isoformat(), "delegate": delegate}
        return _put(desk, before, after, "absent", facts)


def end_absence(desk: Desk, login: str, today: date) -> tuple[Agent, bool]:
    """The agent back: what is left of her absences, those to come among them, is no more."""
    _allow_for(desk, login)
    with desk.store.transaction():
        before = known(desk, login)
        after = replace(before, absences=tuple(one for one in before.absences if one.last < today))
        return _put(desk, before, after, "back", {"from": today.isoformat()})


def known(desk: Desk, login: str) -> Agent:
    """The agent of a login; ``NotFound`` ``AGENT_NOT_FOUND``."""
    agent = desk.store.agent(login)
    if agent is None:
        raise NotFound(
            "AGENT_NOT_FOUND",
            N_("there is no agent {login}", login=login[:64]),
            N_("`ouvidoria agent` lists the agents of the desk"),
        )
    return agent


def _allow_for(desk: Desk, login: str) -> None:
    """Nothing, where the desk's agent speaks of herself, or may of others."""
    own = login == desk.agent.login and desk.agent.active and bool(MAY[desk.agent.role])
    if not own:
        desk.allow(Verb.STAFF)


def _check_delegate(desk: Desk, agent: Agent, login: str) -> None:
    delegate = known(desk, login)
    if delegate.id == agent.id or not delegate.active or not MAY[delegate.role]:
        raise Refused(
            "DELEGATE_CANNOT_WORK",
            N_("{login} cannot stand in for {agent}", login=login, agent=agent.login),
            N_("choose another active agent who is not an auditor"),
        )


def _put(
    desk: Desk, before: Agent, after: Agent, change: str, facts: Mapping[str, object]
) -> tuple[Agent, bool]:
    if after == before:
        return before, False
    desk.store.update_agent(after)
    recorded = {"register": "agent", "agent": before.id, "change": change, **facts}
    record_desk_act(
        desk, Act.REGISTER_CHANGED, {key: value for key, value in recorded.items() if value is not None}
    )
    return after, True
