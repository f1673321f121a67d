"""What the screen of the quarantine reads and does: the messages that wait, one of them as it can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ouvidoria_tui.bootstrap import mail_reader
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.quarantine import discard, readable, release_new, release_to
from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.domain.mail_record import KeptMail
from ouvidoria_tui.report.mail import connection, count_waiting, waiting

#: So much of a message is shown.
SHOWN = 20_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """The messages in quarantine, the oldest first, and how many there are."""

    rows: tuple[KeptMail, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Preview:
    """One message as far as it can be read."""

    kept: KeptMail
    mail: Mail


def in_quarantine(desk: Desk) -> Waiting:
    """What waits for a person."""
    conn = connection(desk.store)
    return Waiting(tuple(waiting(conn)), count_waiting(conn))


def preview(kept: KeptMail) -> Callable[[Desk], Preview]:
    """The message of a row."""
    return lambda desk: Preview(kept, readable(desk.store.blob(kept.raw_sha256), mail_reader(desk), kept))


def to_ticket(mail_id: int, ticket: int | str) -> Callable[[Desk], str]:
    """Puts a message on a ticket (id or protocol); the protocol of where it went."""

    def job(desk: Desk) -> str:
        ref = ticket if isinstance(ticket, str) else desk.store.get(ticket).protocol
        return release_to(desk, mail_id, ref, mail_reader(desk)).protocol

    return job


def to_new_ticket(mail_id: int) -> Callable[[Desk], str]:
    """Opens a ticket with a message; its protocol."""
    return lambda desk: release_new(desk, mail_id, mail_reader(desk)).protocol


def out_of_sight(mail_id: int, reason: str) -> Callable[[Desk], str]:
    """Discards a message; nothing."""

    def job(desk: Desk) -> str:
        discard(desk, mail_id, reason)
        return ""

    return job
