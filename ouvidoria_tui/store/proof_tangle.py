"""A chain that shows a fault, taken apart: what was changed, moved, put in, and which places are empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ouvidoria_tui.domain.ledger import event_hash
from ouvidoria_tui.store.problem import Kind, Problem
from ouvidoria_tui.text import N_, Text

#: So far from where it stands an event is looked for whose link leads nowhere.
_NEAR = 9


class Link(NamedTuple):
    """An event as it lies in the store."""

    id: int
    ticket: int
    seq: int
    type: str
    actor: int
    os_user: str
    happened_at: int
    recorded_at: int
    payload: str
    prev: bytes
    hash: bytes

    @property
    def sound(self) -> bool:
        """Whether its hash is that of what it says, at its place."""
        return self.fits(self.ticket, self.seq)

    def fits(self, ticket: int, seq: int) -> bool:
        """Whether it was recorded as event ``seq`` of ``ticket``."""
        return self.hash == event_hash(
            ticket=ticket or None,
            seq=seq,
            type=self.type,
            actor=self.actor,
            os_user=self.os_user,
            happened_at=self.happened_at,
            recorded_at=self.recorded_at,
            payload=self.payload,
            prev=self.prev,
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty places ``first`` to ``last`` of a chain; their events had numbers between ``low`` and ``high``.

    ``link`` is the hash of the event before them.
    """

    ticket: int
    protocol: str | None
    first: int
    last: int
    low: int
    high: int | None
    link: bytes | None


@dataclass(frozen=True, slots=True)
class Stranger:
    """An event that fits no place of its chain, and what is said of it unless it was moved from another one."""

    link: Link
    problem: Problem


@dataclass(slots=True)
class Tangle:
    """What was found in one chain. ``vacated`` are places (ticket, first, last) whose events stand elsewhere."""

    problems: list[Problem] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    strangers: list[Stranger] = field(default_factory=list)
    vacated: list[tuple[int, int, int]] = field(default_factory=list)


def untangle(
    links: Sequence[Link], protocol: str | None, *, revision: int | None = None, head: bytes | None = None
) -> Tangle:
    """The faults of one chain; ``revision`` and ``head`` are what the ticket's row says of its end."""
    tangle = Tangle()
    places, copies = _true_places(links)
    proven = {link.id for link in [*places.values(), *copies]}
    rest = [link for link in links if link.id not in proven]
    top = max(places, default=0) if revision is None else revision
    for link in rest:
        if link.seq not in places and 1 <= link.seq <= (top + 1 if revision is None else top):
            places[link.seq] = link
            top = max(top, link.seq)
    named = {link.id for link in [*rest, *copies]}
    tangle.strangers = [_stranger(link, protocol, places, revision) for link in [*rest, *copies]]
    placed = {place: link for place, link in places.items() if link.id not in named}

    def name(link: Link, kind: Kind, text: Text) -> None:
        if link.id not in named:
            named.add(link.id)
            tangle.problems.append(Problem(link.id, protocol, kind, text))

    for place, link in sorted(placed.items()):
        if revision is not None and place > revision:
            name(link, "added", _put_in(link))
    for link, place in _moved(placed, alone=not tangle.strangers and len(placed) == top):
        name(link, "reordered", N_("event {place} stands at place {seq}", place=place, seq=link.seq))
    for link in _made_anew(places, named, revision, head):
        name(link, "changed", _not_recorded(link))
    tangle.vacated = [(link.ticket, place, place) for place, link in placed.items() if link.seq != place]
    if links:
        tangle.gaps = _gaps(links[0].ticket, protocol, places, top)
    return tangle


def _true_places(links: Sequence[Link]) -> tuple[dict[int, Link], list[Link]]:
    """Place → event, where the hash proves the place; and second copies of such events."""
    places = {link.seq: link for link in links if link.sound}
    by_prev: dict[bytes, list[Link]] = {}
    for link in links:
        if places.get(link.seq) is not link:
            by_prev.setdefault(link.prev, []).append(link)
    copies: list[Link] = []

    def follow(hash_: bytes, place: int) -> None:
        ends = [(hash_, place)]
        while ends:
            hash_, place = ends.pop()
            for link in by_prev.pop(hash_, []):
                if not link.fits(link.ticket, place + 1):
                    continue
                if place + 1 in places:
                    copies.append(link)
                else:
                    places[place + 1] = link
                    ends.append((link.hash, place + 1))

    for hash_, place in [(b"", 0), *((link.hash, place) for place, link in places.items())]:
        follow(hash_, place)
    # Behind an event that is gone the links lead nowhere: the others may have closed up, or made room.
    for link in [link for group in by_prev.values() for link in group]:
        for place in (link.seq + step for away in range(1, _NEAR) for step in (away, -away)):
            if place not in places and link.fits(link.ticket, place):
                places[place] = link
                follow(link.hash, place)
                break
    return places, copies


def _stranger(link: Link, protocol: str | None, places: dict[int, Link], revision: int | None) -> Stranger:
    if (revision is not None and link.seq > revision) or places.get(link.seq) is not link:
        return Stranger(link, Problem(link.id, protocol, "added", _put_in(link)))
    return Stranger(link, Problem(link.id, protocol, "changed", _not_recorded(link)))


def _put_in(link: Link) -> Text:
    return N_("event {seq} was put in beside the program", seq=link.seq)


def _not_recorded(link: Link) -> Text:
    return N_("event {seq} is not what was recorded", seq=link.seq)


def _moved(placed: dict[int, Link], *, alone: bool) -> list[tuple[Link, int]]:
    """Events that changed places; those that only moved up or down with their neighbours are left out."""
    moved = [(link, place) for place, link in sorted(placed.items()) if link.seq != place]
    recorded = [link for _place, link in sorted(placed.items())]
    standing = sorted(recorded, key=lambda link: (link.seq, link.id))
    swapped = {link for link, other in zip(recorded, standing, strict=True) if link is not other}
    named = [(link, place) for link, place in moved if link in swapped]
    return named or (moved if alone else [])


def _made_anew(
    places: dict[int, Link], named: set[int], revision: int | None, head: bytes | None
) -> list[Link]:
    """Events that are sound in themselves and not what their neighbours were recorded with."""
    found: list[Link] = []
    for place, link in sorted(places.items()):
        before = places.get(place - 1)
        broken = link.prev != (b"" if place == 1 else link.prev if before is None else before.hash)
        if not broken or link.id in named or (before is not None and before.id in named):
            continue
        after = places.get(place + 1)
        follows = after.prev == link.hash if after is not None else place != revision or head == link.hash
        found.append(link if before is None or not follows else before)
        named = named | {found[-1].id}
    last = places.get(revision) if revision is not None else None
    if last is not None and last.id not in named and last.hash != head:
        found.append(last)
    return found


def _gaps(ticket: int, protocol: str | None, places: dict[int, Link], top: int) -> list[Gap]:
    found: list[Gap] = []
    last, before = 0, None
    for place in [*sorted(place for place in places if place <= top), top + 1]:
        after = places.get(place)
        if place > last + 1:
            low = 0 if before is None else before.id
            link = b"" if last == 0 else before.hash if before is not None else None
            high = None if after is None else after.id
            found.append(Gap(ticket, protocol, last + 1, place - 1, low, high, link))
        last, before = place, after
    return found
