"""A list of customers: which are wanted, and what is said of each."""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.domain.customer import Customer, Requester
from ouvidoria_tui.domain.registration import Gap


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as lists show it: how many contacts, tickets and open ones it has, and what is wanting.

    Confidential tickets are not counted: whose they are is not for everybody.
    """

    customer: Customer
    contacts: int
    tickets: int
    open: int
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which customers: ``words`` of any of their data, a kind, those put aside, or only those with gaps.

    ``months`` is how often the policy wants a registration verified, ``at`` the moment from which that counts.
    """

    words: str = ""
    kind: Requester | None = None
    inactive: bool = False
    stale: bool = False
    months: int = 0
    at: int = 0
