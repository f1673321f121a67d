"""What the intake of mail calls where others take over: our own Message-IDs, bounces, letters of the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.mail import Address, Mail
from ouvidoria_tui.domain.ticket import Ticket


class Item(Protocol):
    """A message where it lies: whence (``label``), its bytes, and when the mailbox says that it came."""

    @property
    def label(self) -> str:
        """Where it was read, for a person."""
        ...

    @property
    def raw(self) -> bytes:
        """Its bytes, as they came."""
        ...

    @property
    def received_at(self) -> int | None:
        """What the mailbox's server says, UTC epoch seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that the desk writes by itself: a template filled for ``ticket``, in answer to ``mail``."""

    ticket: Ticket
    to: Address
    template: str
    mail: Mail


#: The message in some bytes; raises an ``OuvidoriaError`` where there is none.
Parse = Callable[[bytes], Mail]


def _nobodys(_message_id: str) -> int | None:
    return None


@dataclass(frozen=True, slots=True)
class MailHooks:
    """``own_ticket`` gives the ticket of a Message-ID that this desk made and signed.

    ``bounced`` is told of delivery reports, ``post`` puts a letter into the outbox; both inside the message's
    transaction. A desk without ``post`` writes no letters by itself.
    """

    own_ticket: Callable[[str], int | None] = _nobodys
    bounced: Callable[[Desk, Mail], None] | None = None
    post: Callable[[Desk, Letter], None] | None = None


NO_HOOKS = MailHooks()
