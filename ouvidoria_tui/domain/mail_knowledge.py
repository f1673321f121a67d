"""What the store knows that bears on one message: gathered before the decision, so that the decision is pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ouvidoria_tui.domain.mail_identity import Speaker
from ouvidoria_tui.domain.ticket import Ticket

#: A merge may follow a merge; a longer chain is a mistake that must not hold up the mail.
_LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class Named:
    """Tickets that a message names through its headers, the nearest answer first: by what it answers, by its thread."""

    answered: tuple[int, ...] = ()
    thread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Ids of tickets by what speaks for them; ``tickets`` holds each of them, and those they were merged into.

    ``seen``: this Message-ID with this body was taken before. ``same_id``: the id was, with another body.
    ``own`` are named by Message-IDs that the desk made and signed, ``stored`` by those of messages taken before.
    ``answers`` hold messages that answer this one and came first; ``siblings`` messages that answer the same
    missing one. ``token`` are named in the subject, ``subject`` have the same one and customer. ``belongs`` are
    those of all of them to which the sender belongs.

    ``areas`` are the areas that are asked at the sender's address, ``asked`` the tickets about which they were,
    each with the areas that owe an answer, or else had been asked. ``between`` are the tickets that the message
    names through what desk and areas wrote to one another; 0 among the own ones stands for a digest.
    """

    speaker: Speaker
    seen: bool = False
    same_id: bool = False
    own: Named = Named()
    stored: Named = Named()
    answers: tuple[int, ...] = ()
    siblings: tuple[int, ...] = ()
    token: tuple[int, ...] = ()
    subject: tuple[int, ...] = ()
    belongs: frozenset[int] = frozenset()
    areas: tuple[str, ...] = ()
    asked: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    between: frozenset[int] = frozenset()
    tickets: Mapping[int, Ticket] = field(default_factory=dict)

    def standing(self, ids: Iterable[int]) -> tuple[Ticket, ...]:
        """The different tickets of ``ids`` as they stand: one that was merged into another gives the other."""
        found = (followed(self.tickets, one) for one in ids if one in self.tickets)
        return tuple({ticket.id: ticket for ticket in found}.values())


def followed(tickets: Mapping[int, Ticket], ticket_id: int) -> Ticket:
    """The ticket of an id, or the one that it was merged into, as far as ``tickets`` knows."""
    ticket = tickets[ticket_id]
    for _step in range(_LONGEST_CHAIN):
        target = tickets.get(ticket.duplicate_of or 0)
        if target is None or target.id == ticket_id:
            break
        ticket = target
    return ticket
