"""The ladder: which rung a breach has reached by now, and who is told there. Only upwards, one rung once."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.policy import Level


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is told: a login, or ``area``, ``ombudsman``, ``board``; ``delegate_of`` is who is absent."""

    name: str
    delegate_of: str | None = None


def reached(
    levels: Iterable[Level], calendars: Mapping[str, Calendar], breach: int, now: int
) -> tuple[Level, int] | None:
    """The highest rung to which a breach has come by ``now``, and when; ``None`` before the first one.

    ``after`` is counted in the open hours of the rung's calendar: a holiday makes an escalation later.
    """
    found: tuple[Level, int] | None = None
    for rung in levels:
        if rung.after is None:
            continue
        at = calendars[rung.calendar].add(breach, rung.after)
        if at <= now:
            found = rung, at
    return found


def raised_since(escalations: Sequence[Escalation], level: int, breach: int) -> bool:
    """Whether somebody took the ticket as high after that breach: handed back, it is not taken up again for it."""
    return any(one.level >= level and one.raised_at >= breach for one in escalations)


def addressee(
    rung: Level, today: str, active: Container[str], away: Mapping[str, str | None] = MappingProxyType({})
) -> Addressee:
    """Who is told at ``rung`` on the ISO date ``today``; ``active`` are the logins that can be told.

    The agent of the rung; absent, or not active, the delegate; without either the rung's own office. ``away`` are
    the agents who said themselves that they are absent today, each with whoever stands in: that counts as the
    policy's own ``absent_until``, and its delegate comes first.
    """
    if rung.agent is None:
        return Addressee(rung.to)
    absent = rung.agent in away or (rung.absent_until is not None and today <= rung.absent_until)
    if not absent and rung.agent in active:
        return Addressee(rung.agent)
    for delegate in (rung.delegate, away.get(rung.agent)):
        if delegate is not None and delegate in active and delegate not in away:
            return Addressee(delegate, rung.agent)
    return Addressee(rung.to, rung.agent)
