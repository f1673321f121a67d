"""What lists need of a ticket: its row with the names, clocks and people around it. Values only.

The store fills them; ``present.records`` makes the machine formats of them. The whole file of one ticket is in
``ticket_file``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ouvidoria_tui.domain.clock_state import ClockState
from ouvidoria_tui.domain.customer import Contact, Customer
from ouvidoria_tui.domain.permission import Agent, Role
from ouvidoria_tui.domain.ticket import Status, Ticket
from ouvidoria_tui.errors import NotAllowed
from ouvidoria_tui.text import N_

#: Who reads confidential tickets that are not their own.
READS_CONFIDENTIAL = frozenset({Role.SUPERVISOR, Role.OMBUDSMAN, Role.ADMINISTRATOR, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class TicketRecord:
    """A ticket as lists need it: the row with its login, customer, names and clocks.

    ``names`` holds the words of the registers for ``department``, ``area``, ``plan`` and ``cause``, where
    they are known. ``refs`` are (source, external id). ``customer`` is ``None`` also where who it is is kept
    (Decreto 10.153/2019 art. 6º): a confidential ticket tells it only to who asks with a reason.
    """

    ticket: Ticket
    assignee: str | None = None
    customer: Customer | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    clocks: tuple[ClockState, ...] = ()
    refs: tuple[tuple[str, str], ...] = ()

    @property
    def kept(self) -> bool:
        """Whether somebody is behind the ticket who is not shown."""
        return self.customer is None and self.ticket.customer is not None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is behind a ticket: ``customer`` is ``None`` where nobody is known; ``recorded``: that it was told is."""

    ticket: Ticket
    customer: Customer | None
    contacts: tuple[Contact, ...]
    recorded: bool


class Restricted(Protocol):
    """What says who may read something: a ticket, or a case of one."""

    @property
    def protocol(self) -> str:
        """What it is called."""
        ...

    @property
    def confidential(self) -> bool:
        """Whether it is kept."""
        ...

    @property
    def assignee(self) -> int | None:
        """The id of the agent who has it."""
        ...


def may_open(agent: Agent, ticket: Restricted) -> bool:
    """Whether ``agent`` may read the words of ``ticket``; who is behind it is asked for apart (``desk/identity.py``).

    Anybody of the desk may, unless it is confidential: then its owner and the heads of the desk (supervisor,
    ombudsman, administrator) and the auditor.
    """
    return not ticket.confidential or agent.role in READS_CONFIDENTIAL or agent.id == ticket.assignee


def check_may_open(agent: Agent, ticket: Restricted) -> None:
    """Nothing, where :func:`may_open`; ``NotAllowed`` ``CONFIDENTIAL`` otherwise."""
    if may_open(agent, ticket):
        return
    raise NotAllowed(
        "CONFIDENTIAL",
        N_("{protocol} is confidential and not yours", protocol=ticket.protocol),
        N_("its owner, a supervisor, the ombudsman, an administrator or the auditor can open it"),
    )


def next_due(record: TicketRecord) -> ClockState | None:
    """The clock of an open ticket that falls due first; a paused one where none runs; none else."""
    if record.ticket.status is Status.CLOSED:
        return None
    running = [
        clock
        for clock in record.clocks
        if clock.state == "running" and clock.due_at is not None and not clock.lapses
    ]
    if running:
        return min(running, key=lambda clock: clock.due_at or 0)
    return next((clock for clock in record.clocks if clock.state == "paused"), None)
