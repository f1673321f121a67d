"""The files of a ticket as lines; a test pins their keys. Names of a confidential ticket are ``null``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ouvidoria_tui.domain.file_kind import kind_of
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.domain.ticket_file import Attachment, TicketDetail
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.dates import decimal, rfc3339
from ouvidoria_tui.present.words import _, term_of
from ouvidoria_tui.text import N_

FILE_KEYS: Final = ("seq", "name", "size", "sha256", "direction", "type", "at", "channel")


def file_records(
    detail: TicketDetail, zone: str, head: Callable[[Attachment], bytes], *, reveal: bool = True
) -> Iterator[dict[str, object]]:
    """The files in the order in which they came; ``head`` gives the first bytes of one, which tell its type."""
    hidden = detail.ticket.confidential and not reveal
    moments = {entry.event.seq: entry.event.happened_at for entry in detail.entries}
    for item in detail.attachments:
        yield {
            "seq": item.seq,
            "name": None if hidden else item.name,
            "size": item.size,
            "sha256": item.sha256,
            "direction": item.direction,
            "type": kind_of(head(item)),
            "at": rfc3339(moments[item.seq], zone),
            "channel": item.channel,
        }


def file_columns() -> tuple[Column, ...]:
    """The files as people read them."""
    return (
        Column("seq", N_("No."), align="right"),
        Column("name", N_("Name"), flex=True, render=lambda row: str(row["name"] or _("[confidential]"))),
        Column("size", N_("Size"), align="right", render=lambda row: size_words(int(str(row["size"])))),
        Column("type", N_("Type"), priority=1),
        Column(
            "direction",
            N_("From"),
            render=_from,
        ),
        Column("sha256", N_("SHA-256"), priority=2, render=lambda row: str(row["sha256"])[:16] + "…"),
    )


def _from(row: Mapping[str, object]) -> str:
    if row["direction"] == "out":
        return _("from the desk")
    if row["direction"] == "area":
        return _("from the area")
    said = _("from the customer")
    return said if row["channel"] is None else f"{said} ({term_of(Channel, row['channel'])})"


def size_words(size: int) -> str:
    """``812 B``, ``3,4 kB``, ``1,2 MB``."""
    if size < 1000:
        return f"{size} B"
    return f"{decimal(size / 1000)} kB" if size < 1_000_000 else f"{decimal(size / 1_000_000)} MB"
