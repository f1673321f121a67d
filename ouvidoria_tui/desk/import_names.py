"""The names in records at this desk: slugs and ids, registered where they are new."""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.import_history import Names
from ouvidoria_tui.desk.register import record_desk_act, register_customer, register_named
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.record import CustomerRecord, Record

#: So many names are remembered; a register has fewer, a file without sense may have any number.
REMEMBERED = 10_000


class NameBook:
    """Looks names up and remembers them for the length of an import."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._slugs: dict[tuple[str, str], str] = {}
        self._agents: dict[str, int] = {}

    def forget(self) -> None:
        """Drops what is remembered: what was registered has been taken back."""
        self._slugs.clear()
        self._agents.clear()

    def of(self, item: Record) -> Names:
        """The names of one record; ``UsageError`` ``BAD_NAME`` where one cannot be written as a slug."""
        plan = customer = None
        department = self._slug("department", item.department)
        cause = self._slug("cause", item.cause)
        if item.customer is not None:
            plan = self._slug("plan", item.customer.plan)
            customer = self._customer(item.customer, item.source, plan)
        area = self._slug("area", item.area)
        complained = self._slug("department", item.complained_department)
        return Names(department, cause, customer, plan, self.agent(item.assignee), area, complained)

    def _slug(self, kind: str, name: str | None) -> str | None:
        if not name:
            return None
        slug = self._slugs.get((kind, name))
        if slug is None:
            if len(self._slugs) >= REMEMBERED:
                self._slugs.clear()
            slug = self._slugs[kind, name] = register_named(self.desk, kind, name)
        return slug

    def _customer(self, who: CustomerRecord, source: str, plan: str | None) -> int:
        """The customer's id. Under an id of the source, what the source says of a known customer is news."""
        given = Customer(0, who.name, who.email, who.document, plan, source, who.external_id)
        store = self.desk.store
        known = store.match_customer(given)
        if known is None:
            return register_customer(self.desk, given)
        before = store.customer(known) if who.external_id is not None else None
        if before is not None:
            now = replace(
                before,
                name=who.name or before.name,
                email=who.email.lower() if who.email else before.email,
                document=who.document or before.document,
                plan=plan or before.plan,
            )
            if now != before:
                store.update_customer(now)
                facts = {"register": "customer", "customer": known, "change": "updated"}
                record_desk_act(self.desk, Act.REGISTER_CHANGED, facts)
        return known

    def agent(self, login: str | None) -> int | None:
        """The agent of a login; one that the desk does not know is registered as inactive."""
        if not login:
            return None
        known = self._agents.get(login)
        if known is not None:
            return known
        agent = self.desk.store.agent(login)
        if agent is None:
            agent = self.desk.store.add_agent(login, login, Role.AGENT, False, self.desk.clock.now())
            facts = {"agent": agent.id, "role": agent.role.value, "active": False}
            record_desk_act(self.desk, Act.AGENT_REGISTERED, facts)
        if len(self._agents) >= REMEMBERED:
            self._agents.clear()
        self._agents[login] = agent.id
        return agent.id
