"""A desk to act at: six agents, a clock that is moved by hand, tickets in any status."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.assign import start, take
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.ledger import Event
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.ticket import CloseReason, Status, Ticket
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.store.store import SqliteStore

#: Monday 2 March 2026, 10:00 in São Paulo.
NOW = 1_772_456_400
HOUR, DAY = 3600, 86_400
#: Who works here; ina does not any more.
AGENTS = {
    "ana": Role.ADMINISTRATOR,
    "oto": Role.OMBUDSMAN,
    "bia": Role.SUPERVISOR,
    "caio": Role.AGENT,
    "dora": Role.AGENT,
    "aldo": Role.AUDITOR,
}


@dataclass
class Bench:
    store: SqliteStore
    clock: FixedClock
    _count: int = field(default=0)

    @property
    def desk(self) -> Desk:
        return self.of("ana")

    def of(self, login: str) -> Desk:
        return desk_over(self.store, agent=login, clock=self.clock)

    def new(self, **more: object) -> str:
        """A new ticket's protocol; each from a customer of its own."""
        self._count += 1
        who = Customer(0, f"Cliente {self._count}", email=f"c{self._count}@example.com")
        what = Manifestation(f"Assunto {self._count}", "Relato", customer=who)
        return receive(self.desk, what).protocol

    def at(self, status: Status, login: str = "ana") -> str:
        """A new ticket that stands at ``status``, in the hands of ``login`` where somebody has it."""
        desk, ref = self.of(login), self.new()
        steps: dict[Status, Callable[[], object]] = {
            Status.OPEN: lambda: None,
            Status.ASSIGNED: lambda: take(desk, ref),
            Status.IN_PROGRESS: lambda: start(desk, ref),
            Status.ANSWERED: lambda: reply(desk, ref, "Resposta"),
            Status.CUSTOMER_REPLY: lambda: (
                reply(desk, ref, "Resposta"),
                customer_reply(desk, ref, "Réplica"),
            ),
            Status.CLOSED: lambda: close(desk, ref, CloseReason.WITHDRAWN),
        }
        steps[status]()
        return ref

    def under(self, **rules: object) -> None:
        """The policy in force with other rules of its own, as long as this store is open."""
        in_force = self.store.policy()
        self.store._policy = replace(in_force, policy=replace(in_force.policy, **rules))  # type: ignore[arg-type]

    def ticket(self, ref: str) -> Ticket:
        return self.store.find(ref)

    def status(self, ref: str) -> Status:
        return self.ticket(ref).status

    def events(self, ref: str) -> list[Event]:
        return self.store.events(self.ticket(ref).id)

    def last(self, ref: str) -> Event:
        return self.events(ref)[-1]

    def words(self, ref: str) -> list[str]:
        """The texts of a ticket in the order of recording."""
        return [message.text for message in self.store.messages(self.ticket(ref).id).values()]

    def escalations(self, ref: str) -> list[Escalation]:
        return self.store.escalations(self.ticket(ref).id)


def code_of(act: Callable[[], object]) -> str:
    """The code with which an act is refused."""
    with pytest.raises(OuvidoriaError) as caught:
        act()
    return caught.value.code
