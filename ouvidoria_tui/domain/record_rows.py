"""Rows of the other kinds of import: a customer of a register, a change of status, an answer to a survey."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from ouvidoria_tui.domain.contact_data import is_mobile
from ouvidoria_tui.domain.customer import ContactRole, Requester
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ticket import Channel, Status


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as a register has them, with one person who may write for them where it names one.

    A ``contact_phone`` is a mobile or a landline number, whichever its digits say.

    ``authorised`` is the contact's: whether they speak for the customer (S2-21); ``None`` = not said.
    """

    source: str
    external_id: str | None = None
    name: str | None = None
    email: str | None = None
    document: str | None = None
    plan: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    contact_mobile: str | None = None
    contact_landline: str | None = None
    contact_role: ContactRole | None = None
    kind: Requester | None = None
    language: Language | None = None
    authorised: bool | None = None
    line: int = field(default=0, compare=False)

    @property
    def mobile(self) -> str | None:
        """The contact's mobile number."""
        return self.contact_mobile or (self.contact_phone if is_mobile(self.contact_phone or "") else None)

    @property
    def landline(self) -> str | None:
        """The contact's landline number."""
        return self.contact_landline or (None if is_mobile(self.contact_phone or "") else self.contact_phone)

    @property
    def names_contact(self) -> bool:
        """Whether the row says by whom or how the customer is reached."""
        return bool(self.contact_name or self.contact_email or self.mobile or self.landline)


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One line of an event log: a ticket (its protocol, or its id at ``source``) came to ``status`` at a moment.

    ``ordinal`` tells rows apart that say the same.
    """

    ticket: str
    source: str
    status: Status
    at: int
    agent: str | None = None
    text: str = ""
    ordinal: int = 1
    line: int = field(default=0, compare=False)

    def digest(self) -> str:
        """What a second run knows the row by. The text is not part of it: a payload binds to no words unsalted."""
        said = (self.ticket, self.source, self.status.value, self.at, self.ordinal)
        return sha256("\x1f".join(map(str, said)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """What a customer answered about a ticket (its protocol, or its id at ``source``): scores from 1 to 5."""

    ticket: str
    source: str
    at: int
    solution: int
    service: int
    comment: str = ""
    channel: Channel | None = None
    line: int = field(default=0, compare=False)
