"""Files that belong to a ticket: kept once by content, listed by name."""

from __future__ import annotations

from ouvidoria_tui.desk.act import NOW, When, act
from ouvidoria_tui.desk.desk import Desk
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

    ``name`` is only ever shown; it never becomes a path. Raises ``Refused`` ``ATTACHMENT_TOO_LARGE``.
    """
    if len(data) > LIMIT:
        raise Refused(
            "ATTACHMENT_TOO_LARGE",
            N_("the file has {size} bytes, {limit} are allowed", size=len(data), limit=LIMIT),
            N_("send it in parts, or put it where the customer can fetch it"),
        )

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        return [attached(desk, name, data, moment, outgoing=outgoing)]

    return act(desk, ref, Verb.ATTACH, decide, when=when, revision=revision)


def attached(desk: Desk, name: str, data: bytes, moment: int, *, outgoing: bool = False) -> Draft:
    """The event of a file that is kept; to be called inside a transaction."""
    facts = {
        "sha256": desk.store.put_blob(data),
        "size": len(data),
        "direction": "out" if outgoing else "in",
    }
    return Draft(Act.ATTACHED, moment, facts=facts, message=Message(Part.ATTACHMENT, "", subject=name[-255:]))
