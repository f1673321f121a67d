"""The lifecycle as data: the six statuses, whose turn each is, and the moves that are legal between them.

Customer clocks run while it is the desk's or an area's turn, pause (where their policy says so) while it is
the customer's, and stop when nobody is waited for.
"""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.domain.ticket import Status, Turn
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_, Text


@dataclass(frozen=True, slots=True)
class StatusRule:
    """One row of the table: whose turn a status is, the default label, and where one may go from it."""

    turn: Turn
    label: Text
    moves: frozenset[Status]


LIFECYCLE: dict[Status, StatusRule] = {
    Status.OPEN: StatusRule(
        Turn.DESK,
        N_("Open"),
        frozenset({Status.ASSIGNED, Status.IN_PROGRESS, Status.ANSWERED, Status.CLOSED}),
    ),
    Status.ASSIGNED: StatusRule(
        Turn.DESK,
        N_("Assigned"),
        frozenset({Status.OPEN, Status.ASSIGNED, Status.IN_PROGRESS, Status.ANSWERED, Status.CLOSED}),
    ),
    Status.IN_PROGRESS: StatusRule(
        Turn.DESK,
        N_("In progress"),
        frozenset({Status.OPEN, Status.ASSIGNED, Status.ANSWERED, Status.CLOSED}),
    ),
    Status.ANSWERED: StatusRule(
        Turn.CUSTOMER,
        N_("Answered"),
        frozenset({Status.IN_PROGRESS, Status.CUSTOMER_REPLY, Status.CLOSED}),
    ),
    Status.CUSTOMER_REPLY: StatusRule(
        Turn.DESK,
        N_("Customer replied"),
        frozenset({Status.ASSIGNED, Status.IN_PROGRESS, Status.ANSWERED, Status.CLOSED}),
    ),
    Status.CLOSED: StatusRule(Turn.NONE, N_("Closed"), frozenset({Status.CUSTOMER_REPLY, Status.OPEN})),
}

#: A customer's message moves only these (to ``customer-reply``); elsewhere it is recorded and moves nothing.
MOVED_BY_CUSTOMER = frozenset({Status.ANSWERED, Status.CLOSED})


def turn_of(status: Status) -> Turn:
    """Whose turn it is in ``status``."""
    return LIFECYCLE[status].turn


def check_not_closed(status: Status) -> None:
    """Nothing, while a ticket can be worked on; ``Refused`` ``ILLEGAL_TRANSITION`` once it is closed."""
    if status is Status.CLOSED:
        check_move(status, Status.IN_PROGRESS)


def check_move(old: Status, new: Status) -> None:
    """Nothing, where ``old`` → ``new`` is a legal move.

    Raises ``Refused`` with ``ILLEGAL_TRANSITION`` and the legal moves otherwise (S2-29 to S2-35).
    """
    legal = LIFECYCLE[old].moves
    if new in legal:
        return
    names = ", ".join(status.value for status in Status if status in legal)
    raise Refused(
        "ILLEGAL_TRANSITION",
        N_("a ticket cannot go from {old} to {new}", old=old.value, new=new.value),
        N_("from {old} it may go to: {names}", old=old.value, names=names),
        details={"from": old.value, "to": new.value, "legal": [s.value for s in Status if s in legal]},
    )
