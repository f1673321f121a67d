"""Who is speaking: what the registers say of the address that a message claims to come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.domain.mail import Address, Mail


class Standing(StrEnum):
    """What a sender is to the desk."""

    AUTHORISED = "authorised"
    CONTACT = "contact"
    SEVERAL = "several"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Registered:
    """An entry under which an address is registered: a customer, and a contact who may speak for it."""

    customer: int
    contact: int | None = None
    authorised: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """A sender as the registers know it; ``customers`` are those that the address is registered for.

    ``proven`` is false where the desk's own server says that the sender is not who it claims to be: then it
    speaks for nobody, and no ticket of the claimed customer is opened to it by a subject or a protocol.
    """

    address: Address | None
    standing: Standing
    customers: tuple[int, ...] = ()
    contact: int | None = None
    proven: bool = True

    @property
    def customer(self) -> int | None:
        """The one customer for whom the sender writes; ``None`` where there is none, or there are several."""
        return self.customers[0] if len(self.customers) == 1 else None

    @property
    def authorised(self) -> bool:
        """Whether what is said counts as the customer's word (S2-17, S2-21)."""
        return self.proven and self.standing is Standing.AUTHORISED


def speaker_of(mail: Mail, registered: Sequence[Registered]) -> Speaker:
    """The sender of ``mail``, given every entry of the registers that has its address."""
    proven = not mail.authentication_failed
    customers = tuple(dict.fromkeys(entry.customer for entry in registered))
    if mail.sender is None or not customers:
        return Speaker(mail.sender, Standing.UNKNOWN, proven=proven)
    if len(customers) > 1:
        return Speaker(mail.sender, Standing.SEVERAL, customers, proven=proven)
    best = max(registered, key=lambda entry: (entry.authorised, entry.contact is not None))
    standing = Standing.AUTHORISED if best.authorised else Standing.CONTACT
    return Speaker(mail.sender, standing, customers, best.contact, proven)
