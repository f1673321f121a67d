"""Escalations of a ticket as a fold over its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ouvidoria_tui.domain.ledger import ENDINGS, TAKE_BACK, Act, Event


@dataclass(frozen=True, slots=True)
class Escalation:
    """One rung that a ticket was taken to, and what became of it. ``seq`` is its event's."""

    ticket: int
    seq: int
    level: int
    addressee: str
    raised_at: int
    raised_by: int
    acknowledged_at: int | None = None
    acknowledged_by: int | None = None
    ended_at: int | None = None
    ended_by: int | None = None
    ended_how: str | None = None


#: Events that say something of escalations; the others leave them as they are.
ABOUT = frozenset({Act.ESCALATED, Act.ACKNOWLEDGED, Act.HANDED_BACK, Act.REOPENED}) | ENDINGS | TAKE_BACK


def after(escalations: tuple[Escalation, ...], event: Event) -> tuple[Escalation, ...]:
    """The escalations of a ticket after one more event.

    A higher rung ends the lower one, so does handing back and closing; undoing takes each of these back.
    """
    if event.type is Act.ESCALATED:
        raised = Escalation(
            ticket=event.ticket or 0,
            seq=event.seq,
            level=int(str(event.payload["level"])),
            addressee=str(event.payload["addressee"]),
            raised_at=event.happened_at,
            raised_by=event.actor,
        )
        return (*_ended(escalations, event, "raised"), raised)
    if event.type is Act.ACKNOWLEDGED:
        seq = event.payload.get("escalation")
        return tuple(
            replace(e, acknowledged_at=event.happened_at, acknowledged_by=event.actor) if e.seq == seq else e
            for e in escalations
        )
    if event.type is Act.HANDED_BACK:
        return _ended(escalations, event, "handed-back")
    if event.type in ENDINGS:
        return _ended(escalations, event, "closed")
    return escalations


def fold(events: Iterable[Event]) -> tuple[Escalation, ...]:
    """The escalations of a ticket from all its events; acts that were undone count as not done."""
    events = list(events)
    undone = {int(str(event.payload["undoes"])) for event in events if event.type in TAKE_BACK}
    standing: tuple[Escalation, ...] = ()
    for event in events:
        if event.seq not in undone:
            standing = after(standing, event)
    return standing


def _ended(escalations: tuple[Escalation, ...], event: Event, how: str) -> tuple[Escalation, ...]:
    return tuple(
        replace(e, ended_at=event.happened_at, ended_by=event.actor, ended_how=how)
        if e.ended_at is None
        else e
        for e in escalations
    )
