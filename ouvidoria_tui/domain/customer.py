"""Who complains, and who may speak for them. Personal data: shown to the desk, never part of an event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.domain.language import Language


class Requester(StrEnum):
    """What somebody who writes is to the company (S0-24, S4-08, S4-10)."""

    CUSTOMER = "customer"
    CUSTOMER_NO_ACCESS = "customer-no-access"
    NON_CUSTOMER = "non-customer"
    THIRD_PARTY = "third-party-affected"
    USER = "user"
    CONSUMER = "consumer"


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer of the company, or whoever was affected by it. ``source`` and ``external_id`` are its origin.

    ``kind`` is ``None`` where nobody said it. ``verified_at`` is when somebody last made sure that the data are
    right, in UTC epoch seconds. What was found to be one with another is ``merged_into`` that one. ``language`` is
    the one in which they are written to, ``None`` the desk's.
    """

    id: int
    name: str | None = None
    email: str | None = None
    document: str | None = None
    plan: str | None = None
    source: str | None = None
    external_id: str | None = None
    kind: Requester | None = None
    active: bool = True
    verified_at: int | None = None
    merged_into: int | None = None
    language: Language | None = None


class AddressState(StrEnum):
    """Whether mail reaches an address: some came back for a while, or it is no address any more."""

    OK = "ok"
    BOUNCING = "bouncing"
    DEAD = "dead"


class ContactRole(StrEnum):
    """Whom the desk turns to first, whom next (S3-55), and everybody else."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who writes for a customer; only an ``authorised`` one speaks for it (S2-21).

    ``bounced_at`` is when mail to the address came back last, ``verified_at`` when the data were last made sure
    of, in UTC epoch seconds.
    """

    id: int
    customer: int
    name: str | None = None
    email: str | None = None
    mobile: str | None = None
    landline: str | None = None
    role: ContactRole = ContactRole.OTHER
    authorised: bool = False
    active: bool = True
    address_state: AddressState = AddressState.OK
    bounced_at: int | None = None
    verified_at: int | None = None
