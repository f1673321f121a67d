"""Requests to the areas of a ticket, as a fold over its events: who was asked, when, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.ledger import ENDINGS, TAKE_BACK, Act, Event

#: What a request of the desk is among an area's work, and what all other work of the area is (S0-05).
PRIORITY: Final = "ombudsman"
ORDINARY: Final = "ordinary"


@dataclass(frozen=True, slots=True)
class AreaRequest:
    """One request to an area (S0-21); ``seq`` is its event's. It is open until answered, or closed with the ticket.

    ``reminded`` counts the times that the area was asked again meanwhile, ``reminded_at`` is the last of them: no
    reminder starts its clock anew. ``waived`` where the desk went on without the area's answer. What ended with the
    closing may be answered all the same, once the ticket is open again.
    """

    seq: int
    area: str
    asked_at: int
    asked_by: int
    reminded: int = 0
    answered_at: int | None = None
    answer: int | None = None
    ended_at: int | None = None
    reminded_at: int | None = None
    waived: bool = False

    @property
    def open(self) -> bool:
        """Whether the area still owes its answer."""
        return self.answered_at is None and self.ended_at is None

    @property
    def left(self) -> bool:
        """Whether it ended with the ticket and nobody has answered it."""
        return self.answered_at is None and self.ended_at is not None and not self.waived


def fold(events: Iterable[Event]) -> tuple[AreaRequest, ...]:
    """The requests of a ticket from all its events, oldest first; acts that were undone count as not done."""
    events = list(events)
    undone = {int(str(event.payload["undoes"])) for event in events if event.type in TAKE_BACK}
    standing: tuple[AreaRequest, ...] = ()
    for event in events:
        if event.seq not in undone:
            standing = _after(standing, event)
    return standing


def left(requests: Iterable[AreaRequest]) -> tuple[AreaRequest, ...]:
    """The requests that ended with a closing, unanswered, and were not made again since: one an area."""
    newest = {one.area: one for one in requests}
    return tuple(one for one in newest.values() if one.left)


def ordinary_due(calendar: Calendar, days: int | None, asked_at: int) -> int | None:
    """The end of the ``days`` that an area has for work that is no request of the desk, counted from the day after."""
    if days is None:
        return None
    return calendar.midnight(calendar.local_date(asked_at) + timedelta(days=days + 1))


def _after(standing: tuple[AreaRequest, ...], event: Event) -> tuple[AreaRequest, ...]:
    area, at = str(event.payload.get("area", "")), event.happened_at
    if event.type is Act.FORWARDED:
        if any(one.open and one.area == area for one in standing):
            return tuple(
                replace(one, reminded=one.reminded + 1, reminded_at=at)
                if one.open and one.area == area
                else one
                for one in standing
            )
        return (*standing, AreaRequest(event.seq, area, at, event.actor))
    if event.type is Act.AREA_ANSWERED:
        answered = _meant(standing, area)
        return tuple(
            replace(one, answered_at=at, answer=event.seq) if one.seq in answered else one for one in standing
        )
    if event.type is Act.AREA_WAIVED:
        waived = _meant(standing, area)
        return tuple(
            replace(one, ended_at=one.ended_at or at, waived=True) if one.seq in waived else one
            for one in standing
        )
    if event.type in ENDINGS:
        return tuple(replace(one, ended_at=at) if one.open else one for one in standing)
    return standing


def _meant(standing: tuple[AreaRequest, ...], area: str) -> list[int]:
    """The requests of an area that an answer, or going on without one, is about: open ones, else what was left over."""
    owed = [one.seq for one in standing if one.open and one.area == area]
    return owed or [one.seq for one in left(standing) if one.area == area]
