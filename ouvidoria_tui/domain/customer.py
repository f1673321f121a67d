"""Who complains, and who may speak for them. Personal data: shown to the desk, never part of an event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer of the company, or whoever was affected by it. ``source`` and ``external_id`` are its origin."""

    id: int
    name: str | None = None
    email: str | None = None
    document: str | None = None
    plan: str | None = None
    source: str | None = None
    external_id: str | None = None


class AddressState(StrEnum):
    """Whether mail reaches an address: some came back for a while, or it is no address any more."""

    OK = "ok"
    BOUNCING = "bouncing"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who writes for a customer; only an ``authorised`` one speaks for it (S2-21).

    ``bounced_at`` is when mail to the address came back last, in UTC epoch seconds.
    """

    id: int
    customer: int
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    authorised: bool = False
    active: bool = True
    address_state: AddressState = AddressState.OK
    bounced_at: int | None = None
