"""Files that belong to a ticket: kept once by content, listed by name."""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.desk.act import NOW, Decide, When, act, check_revision
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.follow import final
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

#: The largest file that is kept, in bytes.
LIMIT = 25 * 1024 * 1024


def attach(
    desk: Desk,
    ref: str,
    name: str,
    data: bytes,
    *,
    outgoing: bool = False,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """A file on a ticket, from the customer or (``outgoing``) for the customer (S0-37).

    ``name`` is only ever shown; it never becomes a path. What comes from the customer of a merged ticket goes
    where that went on, with whence it came (``sent_to``). Raises ``Refused`` ``ATTACHMENT_TOO_LARGE``.
    """
    if len(data) > LIMIT:
        raise Refused(
            "ATTACHMENT_TOO_LARGE",
            N_("the file has {size} bytes, {limit} are allowed", size=len(data), limit=LIMIT),
            N_("send it in parts, or put it where the customer can fetch it"),
        )

    desk.allow(Verb.ATTACH)
    with desk.store.transaction():
        named = desk.store.find(ref)
        check_revision(desk, named, revision)
        hears = named if outgoing else final(desk.store, named)
        outcome = act(
            desk, hears.protocol, Verb.ATTACH, _attached(desk, named, name, data, outgoing), when=when
        )
    if hears.id == named.id:
        return outcome
    return replace(outcome, message=N_("it was sent to {protocol}", protocol=named.protocol))


def _attached(desk: Desk, named: Ticket, name: str, data: bytes, outgoing: bool) -> Decide:
    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        return [
            attached(
                desk, name, data, moment, outgoing=outgoing, sent_to=named if ticket.id != named.id else None
            )
        ]

    return decide


def attached(
    desk: Desk,
    name: str,
    data: bytes,
    moment: int,
    *,
    outgoing: bool = False,
    sent_to: Ticket | None = None,
    area: bool = False,
) -> Draft:
    """The event of a file that is kept; ``sent_to`` is the merged ticket it was for. Inside a transaction.

    What an ``area`` sent is for the desk alone.
    """
    facts: dict[str, object] = {
        "sha256": desk.store.put_blob(data),
        "size": len(data),
        "direction": "area" if area else "out" if outgoing else "in",
    }
    if sent_to is not None:
        facts["sent_to"] = sent_to.id
    part = Part.AREA_FILE if area else Part.ATTACHMENT
    return Draft(Act.ATTACHED, moment, facts=facts, message=Message(part, "", subject=name[-255:]))
