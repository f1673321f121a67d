"""Messages and events of many tickets as lines of an export; a test pins their keys.

Where a ticket is confidential and the reader may not open it (``reveal`` false), its words and names of files
are ``null``. Events hold no free text and no personal data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from ouvidoria_tui.domain.ledger import FILE_PARTS, PUBLIC_PARTS, Event, Part
from ouvidoria_tui.domain.ticket_file import Attachment, TicketDetail
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.columns import epoch
from ouvidoria_tui.present.dates import moment, rfc3339
from ouvidoria_tui.present.record_history import undone_seqs
from ouvidoria_tui.text import N_

MESSAGE_KEYS: Final = (
    "protocol",
    "seq",
    "part",
    "internal",
    "undone",
    "author",
    "happened_at",
    "recorded_at",
    "subject",
    "text",
    "attachments",
)
EVENT_KEYS: Final = (
    "protocol",
    "seq",
    "type",
    "actor",
    "os_user",
    "happened_at",
    "recorded_at",
    "payload",
    "hash",
)


def message_records(detail: TicketDetail, zone: str, *, reveal: bool = True) -> Iterator[dict[str, object]]:
    """Everything that was said on a ticket, in the order of recording, each with the files that came with it.

    ``internal`` marks what the customer may never see, ``undone`` what was taken back.
    """
    hidden = detail.ticket.confidential and not reveal
    gone = undone_seqs(detail)
    files = files_by_message(detail)
    for entry in detail.entries:
        if entry.part is None or (entry.part in FILE_PARTS and entry.event.seq not in files):
            continue
        event = entry.event
        yield {
            "protocol": detail.ticket.protocol,
            "seq": event.seq,
            "part": entry.part.value,
            "internal": entry.part not in PUBLIC_PARTS,
            "undone": event.seq in gone,
            "author": entry.actor,
            "happened_at": rfc3339(event.happened_at, zone),
            "recorded_at": rfc3339(event.recorded_at, zone),
            "subject": None if hidden else entry.subject or None,
            "text": None if hidden else entry.text,
            "attachments": [_file_record(item, hidden) for item in files.get(event.seq, [])],
        }


def files_by_message(detail: TicketDetail) -> dict[int, list[Attachment]]:
    """The files of a ticket by the number of the message that they came with.

    That is the last one of the same side that was said before: a file is an act of its own. One that came
    before any word of its side stands by itself, under its own number.
    """
    items = {item.seq: item for item in detail.attachments}
    found: dict[int, list[Attachment]] = defaultdict(list)
    last: dict[bool, int] = {}
    gone = undone_seqs(detail)
    for entry in detail.entries:
        seq = entry.event.seq
        if entry.part in FILE_PARTS and seq in items:
            with_ = seq if items[seq].area else last.get(items[seq].outgoing, seq)
            found[with_].append(items[seq])
        elif entry.part in (Part.MANIFESTATION, Part.CUSTOMER, Part.DESK) and seq not in gone:
            last[entry.part is Part.DESK] = seq
    return found


def _file_record(item: Attachment, hidden: bool) -> dict[str, object]:
    return {
        "seq": item.seq,
        "name": None if hidden else item.name,
        "size": item.size,
        "sha256": item.sha256,
        "direction": item.direction,
    }


def event_record(event: Event, actor: str, protocol: str | None, zone: str) -> dict[str, object]:
    """One event as the ledger has it; ``protocol`` is ``None`` for an act of the desk as a whole."""
    return {
        "protocol": protocol,
        "seq": event.seq,
        "type": event.type.value,
        "actor": actor,
        "os_user": event.os_user,
        "happened_at": rfc3339(event.happened_at, zone),
        "recorded_at": rfc3339(event.recorded_at, zone),
        "payload": dict(event.payload),
        "hash": event.hash.hex(),
    }


def message_columns(zone: str) -> tuple[Column, ...]:
    """Messages as people read them."""
    return (
        Column("protocol", N_("Protocol"), width=13),
        Column("happened_at", N_("When"), render=lambda record: _when(record.get("happened_at"), zone)),
        Column("part", N_("Part")),
        Column("author", N_("Who"), priority=1),
        Column("text", N_("Text"), flex=True),
    )


def event_columns(zone: str) -> tuple[Column, ...]:
    """Events as people read them."""
    return (
        Column("protocol", N_("Protocol"), width=13),
        Column("seq", N_("No."), align="right"),
        Column("happened_at", N_("When"), render=lambda record: _when(record.get("happened_at"), zone)),
        Column("type", N_("What")),
        Column("actor", N_("Who"), priority=1),
        Column("hash", N_("Hash"), flex=True),
    )


def _when(value: object, zone: str) -> str:
    at = epoch(value)
    return "" if at is None else moment(at, zone)
