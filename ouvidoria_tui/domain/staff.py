"""What an agent is able to do, until when, and when she is away: who can be given what, and who stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ouvidoria_tui.domain.permission import Agent


@dataclass(frozen=True, slots=True)
class Competence:
    """Something an agent was found able to do (S4-13); ``until`` is its last day, ``None`` without an end."""

    name: str
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """The days on which an agent is away, both ends among them; ``delegate`` is the login that stands in."""

    first: date
    last: date
    delegate: str | None = None


def competent(agent: Agent, competence: str, at: date) -> bool:
    """Whether ``agent`` has a competence that holds on that day of the desk."""
    return any(one.name == competence and (one.until is None or at <= one.until) for one in agent.competences)


def away(agent: Agent, at: date) -> Absence | None:
    """The absence of ``agent`` on that day of the desk; ``None`` where she is there."""
    return next((one for one in agent.absences if one.first <= at <= one.last), None)


def stands_in(agents: Iterable[Agent], login: str, at: date) -> str | None:
    """Who does the work of an absent agent: her delegate, the delegate's where that one is away, and so on.

    ``None`` where nobody who is active and there has been named.
    """
    by_login = {agent.login: agent for agent in agents}
    seen = {login}
    while True:
        absence = away(by_login[login], at) if login in by_login else None
        if absence is None or absence.delegate is None or absence.delegate in seen:
            return None
        login = absence.delegate
        seen.add(login)
        agent = by_login.get(login)
        if agent is not None and agent.active and away(agent, at) is None:
            return login


def away_on(agents: Iterable[Agent], at: date) -> dict[str, str | None]:
    """The logins of those who are away on that day, each with who stands in."""
    agents = list(agents)
    return {
        agent.login: stands_in(agents, agent.login, at) for agent in agents if away(agent, at) is not None
    }
