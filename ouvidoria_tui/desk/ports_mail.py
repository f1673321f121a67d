"""What the intake of mail needs from the store: what was taken, what refers to what, who stands behind an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from ouvidoria_tui.domain.mail_identity import Registered
from ouvidoria_tui.domain.mail_letters import Written
from ouvidoria_tui.domain.mail_record import KeptMail
from ouvidoria_tui.domain.ticket import Ticket


class Mails(Protocol):
    """What the store keeps of mail, and what it finds by it."""

    def knows_bytes(self, raw_sha256: str) -> bool:
        """Whether exactly these bytes were taken before."""
        ...

    def bodies(self, message_id: str) -> frozenset[str]:
        """The hashes of the bodies that came under a Message-ID."""
        ...

    def add(self, mail: KeptMail, references: Iterable[str]) -> int:
        """Keeps a message and what it refers to; its id."""
        ...

    def get(self, mail_id: int) -> KeptMail:
        """The message of an id; ``NotFound`` ``MAIL_NOT_FOUND``."""
        ...

    def settle(self, mail: KeptMail) -> None:
        """New place and state of a message that was in quarantine."""
        ...

    def named(self, ids: Sequence[str]) -> tuple[int, ...]:
        """The tickets of the messages that have these Message-IDs."""
        ...

    def of_areas(self, ids: Sequence[str]) -> tuple[int, ...]:
        """The tickets of those messages with these Message-IDs that an area wrote."""
        ...

    def areas_at(self, email: str) -> tuple[str, ...]:
        """The slugs of the areas that are asked at an address."""
        ...

    def senders(self, ticket_id: int) -> tuple[tuple[str, str], ...]:
        """Address and name of everybody who wrote on a ticket by mail, areas left out."""
        ...

    def referring(self, ids: Sequence[str]) -> tuple[int, ...]:
        """The tickets of the messages that refer to these Message-IDs."""
        ...

    def siblings(self, ids: Sequence[str], customers: Sequence[int], sender: str) -> tuple[int, ...]:
        """As :meth:`referring`, of this sender or these customers only."""
        ...

    def missing(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Those of ``ids`` under which no message was taken."""
        ...

    def same_subject(self, customers: Sequence[int], sender: str, subject: str) -> tuple[int, ...]:
        """Tickets with the same normalised subject: of these customers, or unlinked and of this sender."""
        ...

    def by_protocol(self, protocols: Sequence[str]) -> tuple[int, ...]:
        """The tickets of these protocols."""
        ...

    def belongs(self, customers: Sequence[int], sender: str, tickets: Sequence[int]) -> frozenset[int]:
        """Those of ``tickets`` that are of these customers, or on which this sender has written by mail."""
        ...

    def tickets(self, ids: Iterable[int]) -> Mapping[int, Ticket]:
        """These tickets and those that they were merged into."""
        ...

    def registered(self, email: str) -> list[Registered]:
        """The entries of the registers that have an address."""
        ...

    def position(self, place: str) -> tuple[int, int]:
        """How far a folder was read: its UIDVALIDITY and the last UID; zeros where it never was."""
        ...

    def put_position(self, place: str, uid_validity: int, last_uid: int) -> None:
        """Remembers how far a folder was read."""
        ...

    def written(self, sender: str, since: int, since_all: int) -> Written:
        """How many letters went to ``sender`` since a moment, and to everybody since another."""
        ...

    def add_letter(self, sender: str, template: str, mail_id: int, at: int) -> None:
        """Remembers a letter."""
        ...
