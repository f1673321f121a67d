"""What the register of customers needs of a store; ``store.people`` has it."""

from __future__ import annotations

from typing import Protocol

from ouvidoria_tui.domain.customer import Contact


class People(Protocol):
    """Customers and contacts, beyond what every verb needs of them."""

    def standing(self, customer_id: int) -> int:
        """The customer that an id stands for now: the one it was merged into."""
        ...

    def named(self, ref: str) -> list[int]:
        """The customers that a number, else an e-mail, a document or an external id, names."""
        ...

    def by_external(self, source: str | None, external_id: str) -> int | None:
        """The id of the customer with that external id at that source, merged or not."""
        ...

    def rejoin(self, old: int, new: int) -> None:
        """Whatever was merged into ``old`` is merged into ``new``."""
        ...

    def contact(self, contact_id: int) -> Contact | None:
        """The contact of a number."""
        ...

    def tickets_of(self, customer_id: int) -> list[str]:
        """The protocols of a customer's tickets, open and closed, oldest first."""
        ...

    def waiting_for(self, email: str) -> list[str]:
        """The protocols of open tickets that this address opened and nobody authorised vouches for (S2-19)."""
        ...
