"""What a customer sees of a ticket: where it stands, whose turn it is, what was promised, what was said (S2-27)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.receipt import Receipt
from ouvidoria_tui.domain.ticket import Turn
from ouvidoria_tui.domain.ticket_file import Entry, TicketDetail
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.record_history import actor_of, history_records, public_entries, words_of
from ouvidoria_tui.present.record_page import Look
from ouvidoria_tui.present.record_receipt import RECEIPT_KEYS, receipt_lines, receipt_record
from ouvidoria_tui.present.record_text import wrapped
from ouvidoria_tui.present.safe import one_line
from ouvidoria_tui.present.style import ellipsis
from ouvidoria_tui.present.words import _, status_label, term_of

#: The keys of ``track`` in the machine formats: a contract.
TRACK_KEYS: Final = (*(key for key in RECEIPT_KEYS if key != "access_code"), "label", "timeline")
_TOLD: Final = ("happened_at", "type", "actor", "text")


def track_record(detail: TicketDetail, receipt: Receipt, policy: Policy) -> dict[str, object]:
    """The ticket under :data:`TRACK_KEYS`; the words of a confidential one too: who has the code is its customer."""
    record = receipt_record(receipt, policy, reveal=True)
    del record["access_code"]
    lines = history_records(detail, policy.zone, customer=True)
    return record | {
        "label": status_label(detail.ticket.status.value, policy.labels),
        "timeline": [{key: line[key] for key in _TOLD} for line in lines],
    }


def track_lines(detail: TicketDetail, receipt: Receipt, policy: Policy, look: Look) -> Iterator[str]:
    """The same for people."""
    yield from receipt_lines(
        receipt, policy, look, title=_("Ticket {protocol}", protocol=detail.ticket.protocol)
    )
    yield ""
    yield look.head(_("What happened so far"))
    for entry in public_entries(detail):
        event = entry.event
        parts = (
            moment(event.happened_at, policy.zone),
            term_of(Turn, actor_of(entry)),
            _what(entry),
        )
        yield ""
        yield "  " + one_line(look.dot.join(parts), look.room - 2, ellipsis(look.ascii))
        words = words_of(entry, public=True)
        if words:
            yield from wrapped(words, look.room, "    ")


def _what(entry: Entry) -> str:
    """What happened; a letter that a rule wrote is no answer."""
    event = entry.event
    if event.type is Act.REPLIED and event.payload.get("automatic"):
        return _("automatic letter")
    return term_of(Act, event.type)
