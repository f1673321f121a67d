"""What was before a case: when it happened, and what the first instance's history knows of the earlier ticket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ouvidoria_tui.domain.first_line import Ending, Prior
from ouvidoria_tui.present.dates import day, rfc3339
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.domain.ticket import Ticket
    from ouvidoria_tui.domain.ticket_file import TicketDetail

_ENDED: Mapping[Ending, Text] = {
    Ending.SATISFIED: N_("the customer was satisfied"),
    Ending.UNSATISFIED: N_("the customer was not satisfied"),
    Ending.UNKNOWN: N_("how it ended is not known"),
}


def prior_words(detail: TicketDetail, zone: str) -> Iterator[str]:
    """The number, and where the history has it: since when it is closed, and how it ended (S1-02, S1-19)."""
    if detail.ticket.prior_ticket:
        yield detail.ticket.prior_ticket
    prior = detail.prior
    if prior is None:
        return
    if not prior.ended:
        yield _("still open in the first instance")
        return
    if prior.closed_at is not None:
        yield _("closed on {when}", when=day(prior.closed_at, zone))
    yield say(_ENDED[prior.outcome])
    if prior.same_customer is False:
        yield _("of another customer")


def occurred_words(ticket: Ticket, zone: str) -> str:
    """When it happened, and how many days later it was reported (S3-32); empty where it is not said."""
    if ticket.occurred_at is None:
        return ""
    days = (ticket.arrived_at - ticket.occurred_at) // 86_400
    told = (
        plural("reported 1 day later", "reported {count} days later", days) if days else _("reported at once")
    )
    return f"{day(ticket.occurred_at, zone)} ({told})"


def prior_record(prior: Prior, zone: str) -> dict[str, object]:
    """What the history knows, for machines; ``same_customer`` is null where it cannot be told."""
    return {
        "number": prior.number,
        "same_customer": prior.same_customer,
        "opened_at": None if prior.opened_at is None else rfc3339(prior.opened_at, zone),
        "closed_at": None if prior.closed_at is None else rfc3339(prior.closed_at, zone),
        "outcome": prior.outcome.value,
    }
