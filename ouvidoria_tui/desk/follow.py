"""Where a merged ticket went on: what is said to it is heard there (no dead ends)."""

from __future__ import annotations

from ouvidoria_tui.desk.ports import Store
from ouvidoria_tui.domain.ledger import Event
from ouvidoria_tui.domain.ticket import Status, Ticket
from ouvidoria_tui.domain.ties import merge_of
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_


def merged_by(store: Store, ticket: Ticket) -> Event | None:
    """The event that merged ``ticket`` into another one, where that stands."""
    if ticket.status is not Status.CLOSED or ticket.duplicate_of is None:
        return None
    return merge_of(store.events(ticket.id))


def final(store: Store, ticket: Ticket) -> Ticket:
    """The ticket into which ``ticket`` was merged, at the end of all merges; itself where it was not."""
    seen = {ticket.id}
    while (event := merged_by(store, ticket)) is not None:
        into = int(str(event.payload["into"]))
        if into in seen:  # no act makes a circle; one in a tampered store must not hang the desk
            break
        seen.add(into)
        ticket = store.get(into)
    return ticket


def family(store: Store, ticket: Ticket) -> list[Ticket]:
    """``ticket`` and all that are one matter with it by merges, from the one that goes on."""
    found = [final(store, ticket)]
    for one in found:
        known = {each.id for each in found}
        found += [each for each in store.merged(one.id) if each.id not in known]
    return found


def check_not_merged(store: Store, ticket: Ticket) -> None:
    """Nothing, unless the ticket was merged: then ``Refused`` ``TICKET_MERGED``, naming where it goes on."""
    if merged_by(store, ticket) is not None:
        raise merged(store, ticket)


def merged(store: Store, ticket: Ticket) -> Refused:
    """The refusal for a ticket that was merged: it goes on elsewhere."""
    target = final(store, ticket)
    return Refused(
        "TICKET_MERGED",
        N_("{protocol} was merged into {target}", protocol=ticket.protocol, target=target.protocol),
        N_(
            "go on with {target}, or take the merge back: ouvidoria unmerge {protocol} --reason …",
            protocol=ticket.protocol,
            target=target.protocol,
        ),
        details={"into": target.protocol},
    )
