"""Files that belong to a ticket: kept once by content, listed by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ouvidoria_tui.desk.act import NOW, Decide, When, act, check_revision
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.follow import final
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Channel, Ticket
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.text import N_

#: The largest file that is kept, in bytes.
LIMIT = 25 * 1024 * 1024
_MIB = 1024 * 1024


def attach(
    desk: Desk,
    ref: str,
    name: str,
    data: bytes,
    *,
    outgoing: bool = False,
    channel: Channel | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """A file on a ticket, from the customer or (``outgoing``) for the customer (S0-37).

    ``channel`` is the way by which it came; where nobody says, that of the ticket (S3-30).
    ``name`` is only ever shown; it never becomes a path. What comes from the customer of a merged ticket goes
    where that went on, with whence it came (``sent_to``). Raises ``Refused`` ``ATTACHMENT_TOO_LARGE``.
    """
    _check_size(len(data))
    desk.allow(Verb.ATTACH)
    with desk.store.transaction():
        named = desk.store.find(ref)
        check_revision(desk, named, revision)
        hears = named if outgoing else final(desk.store, named)
        outcome = act(
            desk,
            hears.protocol,
            Verb.ATTACH,
            _attached(desk, named, name, data, outgoing, channel),
            when=when,
        )
    if hears.id == named.id:
        return outcome
    return replace(outcome, message=N_("it was sent to {protocol}", protocol=named.protocol))


def read_attachment(path: Path) -> bytes:
    """The bytes of a file that shall be attached, its size looked at before it is read.

    Raises ``NotFound`` ``FILE_NOT_FOUND``; ``Refused`` ``ATTACHMENT_TOO_LARGE``.
    """
    try:
        if path.is_dir():
            raise NotFound(
                "FILE_NOT_FOUND",
                N_("{path} is a folder, no file", path=str(path)),
                N_("name a file in it"),
            )
        if path.is_file():
            _check_size(path.stat().st_size)
            return path.read_bytes()
    except (OSError, ValueError) as error:
        raise _no_file(path) from error
    raise _no_file(path)


def _no_file(path: Path) -> NotFound:
    return NotFound(
        "FILE_NOT_FOUND", N_("there is no file {path}", path=str(path)), N_("check the name of the file")
    )


def _check_size(size: int) -> None:
    if size > LIMIT:
        raise Refused(
            "ATTACHMENT_TOO_LARGE",
            N_("the file has {size} MiB, {limit} are allowed", size=-(-size // _MIB), limit=LIMIT // _MIB),
            N_("send it in parts, or put it where the customer can fetch it"),
        )


def no_such_file(protocol: str, number: int | None) -> NotFound:
    """The error for a number that none of a ticket's files has."""
    return NotFound(
        "NO_SUCH_ATTACHMENT",
        N_("{protocol} has no file number {number}", protocol=protocol, number=str(number)),
        N_("`ouvidoria attachments {protocol}` lists them", protocol=protocol),
    )


def _attached(
    desk: Desk, named: Ticket, name: str, data: bytes, outgoing: bool, channel: Channel | None
) -> Decide:
    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        sent_to = named if ticket.id != named.id else None
        way = None if outgoing else channel or named.channel
        return [attached(desk, name, data, moment, way, outgoing=outgoing, sent_to=sent_to)]

    return decide


def attached(
    desk: Desk,
    name: str,
    data: bytes,
    moment: int,
    channel: Channel | None = None,
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
    if channel is not None:
        facts["channel"] = channel.value
    if sent_to is not None:
        facts["sent_to"] = sent_to.id
    part = Part.AREA_FILE if area else Part.ATTACHMENT
    return Draft(Act.ATTACHED, moment, facts=facts, message=Message(part, "", subject=name[-255:]))
