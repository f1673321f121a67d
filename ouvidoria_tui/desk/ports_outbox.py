"""What the desk needs to know of letters that leave: the outbox of the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ouvidoria_tui.domain.customer import AddressState
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Message
from ouvidoria_tui.domain.mail_settings import MailSettings
from ouvidoria_tui.domain.outbox import Letter, LetterState
from ouvidoria_tui.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file that goes with a letter; ``name`` as it is shown, never a path."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """What a letter is made of: the message of its event, the files with it, and the Message-IDs it answers.

    ``message`` is ``None`` where the event has none; ``erased`` where its words were taken out. ``thread`` holds
    earlier Message-IDs of both sides, oldest first; ``heard`` the customer's newest, where it is known. Of the copy
    of a notice, which belongs to no ticket, ``customer`` is whom it greets, in ``language``.
    """

    message: Message | None
    erased: bool
    files: tuple[OutFile, ...] = ()
    thread: tuple[str, ...] = ()
    heard: str | None = None
    customer: int | None = None
    language: Language | None = None


class Outbox(Protocol):
    """Letters and settings, read and written inside the transaction that is open."""

    def settings(self) -> MailSettings:
        """How mail leaves; not ``ready`` where nothing was set."""
        ...

    def put_settings(self, settings: MailSettings) -> None:
        """Keeps new settings."""
        ...

    def recipient(self, ticket: Ticket) -> str | None:
        """The address that letters about a ticket go to: the customer's, else that of who may speak for her."""
        ...

    def area_address(self, area: str) -> str | None:
        """The address at which an area is asked."""
        ...

    def queue(self, letter: Letter) -> None:
        """A new letter; its ``id`` is given by the store."""
        ...

    def letter(self, letter_id: int) -> Letter | None:
        """The letter of a number."""
        ...

    def by_message_id(self, message_id: str) -> Letter | None:
        """The letter that left under a Message-ID."""
        ...

    def letters(
        self, states: Sequence[LetterState], limit: int | None, *, ticket: int | None = None
    ) -> Iterator[tuple[Letter, str]]:
        """Letters (of one ticket) that stand in one of ``states``, with its protocol, the newest first."""
        ...

    def due(self, now: int, stale: int) -> Letter | None:
        """The letter that has waited longest: queued and due, or in the hands of a sender since before ``stale``."""
        ...

    def save(self, letter: Letter, *, claimed_by: str | None = None) -> bool:
        """How it stands now; with ``claimed_by`` only while that attempt holds it. Whether it was written."""
        ...

    def leaving_since(self, moment: int) -> int:
        """How many letters left since then or are leaving now."""
        ...

    def automatic_since(self, recipient: str, moment: int) -> list[int]:
        """When letters written by rules left for an address since then, oldest first."""
        ...

    def contents(self, letter: Letter) -> Contents:
        """What the letter is made of."""
        ...

    def mark_address(self, email: str, state: AddressState, at: int) -> None:
        """Every contact with that address as bouncing or dead since ``at``."""
        ...

    def heard_from(self, email: str, at: int) -> None:
        """Every contact with that address as reachable again, where it came back before ``at``."""
        ...

    def is_dead(self, email: str) -> bool:
        """Whether a contact with that address is marked as one that takes no mail."""
        ...
