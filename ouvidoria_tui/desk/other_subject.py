"""Another subject of the same customer: a ticket of its own, linked to the one that it came up on (S2-04, S2-36)."""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.desk.act import check_revision, need_text
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.link import link
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.receive import Manifestation, check_size, new_ticket, received
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.text import N_


def other_subject(desk: Desk, ref: str, subject: str, text: str, *, revision: int | None = None) -> Outcome:
    """The ticket ``ref`` as it stands, and a new one in the queue for what is another matter.

    The new one has the customer, plan and way in of the first; its department is looked at anew. Raises
    ``UsageError`` ``TEXT_REQUIRED``, ``TEXT_TOO_LONG``.
    """
    title, words = need_text(subject, "--other-subject"), need_text(text, "--information")
    desk.allow(Verb.RECEIVE)
    with desk.store.transaction():
        before = desk.store.find(ref)
        check_revision(desk, before, revision)
        what = Manifestation(
            title, words, channel=before.channel, plan=before.plan, confidential=before.confidential
        )
        check_size(what)
        now = desk.clock.now()
        ticket = new_ticket(desk, now)
        draft = received(ticket, what, department=None, customer=before.customer, at=now)
        ticket, _clocks = record(desk, ticket, [draft], new=True)
        outcome = link(desk, before.protocol, ticket.protocol)
    message = N_("another subject: registered as {protocol}", protocol=ticket.protocol)
    return replace(outcome, verb=Verb.REOPEN.value, message=message, details={"registered": ticket.protocol})
