"""How a ticket hangs together with others, as a fold over its own events: what joined it, what it is linked to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ouvidoria_tui.domain.ledger import TAKE_BACK, Act, Event


class Tie(StrEnum):
    """How another ticket hangs together with this one."""

    MERGED_INTO = "merged-into"
    JOINED = "joined"
    LINKED = "linked"


@dataclass(frozen=True, slots=True)
class Join:
    """Another ticket (by id) that was merged into this one: from when and, where that was taken back, until when.

    ``seq`` is the number of the event on this ticket; times are epoch seconds.
    """

    ticket: int
    seq: int
    since: int
    until: int | None = None


def joins_of(events: Iterable[Event]) -> tuple[Join, ...]:
    """Every ticket that ever joined this one, oldest first; those that left again have an ``until``."""
    joins: list[Join] = []
    for event in events:
        if event.type is Act.JOINED:
            joins.append(Join(_id(event, "joined"), event.seq, event.happened_at))
        elif event.type is Act.UNJOINED:
            gone = _id(event, "joined")
            joins = [
                replace(join, until=event.happened_at) if join.ticket == gone and join.until is None else join
                for join in joins
            ]
    return tuple(joins)


def links_of(events: Iterable[Event]) -> tuple[int, ...]:
    """The ids of the tickets that this one is linked to, in the order of linking."""
    links: dict[int, None] = {}
    for event in events:
        if event.type is Act.LINKED:
            links[_id(event, "with")] = None
        elif event.type is Act.UNLINKED:
            links.pop(_id(event, "with"), None)
    return tuple(links)


def merge_of(events: Iterable[Event]) -> Event | None:
    """The event by which the ticket was merged into another, where that stands."""
    standing: Event | None = None
    for event in events:
        if event.type is Act.MERGED:
            standing = event
        elif event.type in TAKE_BACK and standing is not None and event.payload["undoes"] == standing.seq:
            standing = None
    return standing


def ties_of(events: Iterable[Event]) -> tuple[tuple[Tie, int], ...]:
    """What stands between the ticket and others, each with the other's id: merged into, joined, linked."""
    events = list(events)
    merged = merge_of(events)
    into = () if merged is None else ((Tie.MERGED_INTO, _id(merged, "into")),)
    joined = ((Tie.JOINED, join.ticket) for join in joins_of(events) if join.until is None)
    return (*into, *joined, *((Tie.LINKED, other) for other in links_of(events)))


#: Where an event names another ticket by its id.
_NAMED = {
    Act.MERGED: "into",
    Act.JOINED: "joined",
    Act.UNMERGED: "from",
    Act.UNJOINED: "joined",
    Act.LINKED: "with",
    Act.UNLINKED: "with",
    Act.CUSTOMER_REPLIED: "sent_to",
    Act.ATTACHED: "sent_to",
}


def other_of(event: Event) -> int | None:
    """The id of the other ticket that the event names."""
    found = event.payload.get(_NAMED.get(event.type, ""))
    return found if isinstance(found, int) else None


def named_in(events: Iterable[Event]) -> set[int]:
    """The ids of all tickets that these events name."""
    return {other for event in events if (other := other_of(event)) is not None}


def _id(event: Event, name: str) -> int:
    return int(str(event.payload[name]))
