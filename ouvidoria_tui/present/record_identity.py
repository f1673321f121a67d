"""Who is behind a ticket, and who asked for it, in the machine formats and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.reading import Identity
from ouvidoria_tui.domain.ticket_file import TicketDetail
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.dates import moment, rfc3339
from ouvidoria_tui.present.record_customer import contact_record, customer_record
from ouvidoria_tui.present.words import _
from ouvidoria_tui.present.zones import parse_rfc3339
from ouvidoria_tui.text import N_

IDENTITY_KEYS: Final = ("protocol", "confidential", "customer", "contacts")
LOG_KEYS: Final = ("protocol", "seq", "at", "agent", "os_user", "reason")


def identity_record(found: Identity, zone: str) -> Record:
    """The line of ``identity``: the customer (``null`` where nobody is known) and who writes for it."""
    who = found.customer
    return {
        "protocol": found.ticket.protocol,
        "confidential": found.ticket.confidential,
        "customer": None if who is None else customer_record(who, zone),
        "contacts": [contact_record(one, zone) for one in found.contacts],
    }


def identity_pairs(found: Identity) -> Iterator[tuple[str, str]]:
    """The same as titles and values, for people."""
    who = found.customer
    yield _("Ticket"), found.ticket.protocol
    if who is None:
        yield _("Customer"), _("nobody is known")
        return
    known = {
        _("Name"): who.name,
        _("E-mail"): who.email,
        _("Document"): who.document,
        _("External id"): who.external_id,
    }
    yield from ((title, value) for title, value in known.items() if value)
    for one in found.contacts:
        if (one.name, one.email) == (who.name, who.email) and not (one.mobile or one.landline):
            continue  # who writes for oneself
        yield (
            _("Contact"),
            " · ".join(part for part in (one.name, one.email, one.mobile, one.landline) if part),
        )


def log_records(detail: TicketDetail, zone: str) -> Iterator[Record]:
    """The lines of ``identity --log``, oldest first; ``reason`` is ``null`` where it was erased."""
    for entry in detail.entries:
        if entry.event.type is Act.IDENTITY_SHOWN:
            yield {
                "protocol": detail.ticket.protocol,
                "seq": entry.event.seq,
                "at": rfc3339(entry.event.happened_at, zone),
                "agent": entry.actor,
                "os_user": entry.event.os_user,
                "reason": entry.text,
            }


def log_columns(zone: str) -> tuple[Column, ...]:
    """The same for people."""
    return (
        Column("at", N_("When"), render=lambda record: moment(parse_rfc3339(str(record["at"])), zone)),
        Column("agent", N_("Who")),
        Column("os_user", N_("System user"), priority=2),
        Column("reason", N_("Why"), flex=True, render=lambda record: str(record["reason"] or _("(erased)"))),
    )
