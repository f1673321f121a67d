"""How strongly the customer behind a ticket is identified: it follows from the way in, and from the match (S0-14)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ouvidoria_tui.domain.mail_welcome import FORGED, OF_SEVERAL, UNAUTHORISED, UNVERIFIED
from ouvidoria_tui.domain.ticket import Channel, Ticket


class IdentityLevel(StrEnum):
    """Authenticated by the customer area; matched with a registered customer by the desk; or neither."""

    AUTHENTICATED = "authenticated"
    MATCHED = "matched"
    UNVERIFIED = "unverified"


#: Where somebody logs in before writing; the desk itself keeps no password (S0-18).
_LOGGED_IN: Final = frozenset({Channel.PORTAL})
_DOUBTS: Final = frozenset({UNAUTHORISED, UNVERIFIED, OF_SEVERAL, FORGED})


def identity_level(ticket: Ticket) -> IdentityLevel:
    """The level of ``ticket``; a doubt of the intake of mail outweighs any match."""
    if ticket.customer is None or _DOUBTS.intersection(ticket.flags):
        return IdentityLevel.UNVERIFIED
    return IdentityLevel.AUTHENTICATED if ticket.channel in _LOGGED_IN else IdentityLevel.MATCHED
