"""Two tickets that may be one matter, as values: what is compared, and how alike they were found to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

DAY = 86_400


class Twin(NamedTuple):
    """A ticket as it is compared: its subject and what the customer wrote in it, at most 4,000 characters."""

    id: int
    protocol: str
    status: str
    channel: str
    subject: str
    subject_key: str
    customer: int | None
    cause: str | None
    arrived_at: int
    revision: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ticket that may be the same matter as ``of``: how alike they read (0 to 100) and by which words.

    ``days`` is how far apart they arrived; ``recurrence`` says that it is the same customer's earlier case.
    """

    of: Twin
    twin: Twin
    score: int
    words: tuple[str, ...]
    recurrence: bool = False

    @property
    def same_customer(self) -> bool:
        """Whether both are known to come from one customer."""
        return self.of.customer is not None and self.of.customer == self.twin.customer

    @property
    def days(self) -> int:
        """Whole days between the arrivals; negative where the candidate came later."""
        seconds = self.of.arrived_at - self.twin.arrived_at
        return seconds // DAY if seconds >= 0 else -(-seconds // DAY)
