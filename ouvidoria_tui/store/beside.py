"""What the store keeps beside tickets: registers of people and names, articles, drafts and views of agents."""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.domain.article import Article
from ouvidoria_tui.domain.customer import Contact, Customer
from ouvidoria_tui.domain.draft import Draft
from ouvidoria_tui.domain.permission import Agent, Role
from ouvidoria_tui.domain.register_entry import Entry
from ouvidoria_tui.domain.views import View
from ouvidoria_tui.store import articles
from ouvidoria_tui.store import drafts as kept
from ouvidoria_tui.store import saved_views as views
from ouvidoria_tui.store.session import Session


class Beside(Session):
    """The part of :class:`~ouvidoria_tui.store.store.SqliteStore` that knows of no event."""

    # --- registers

    def agent(self, login: str) -> Agent | None:
        """The agent of a login."""
        return self.registers.agent(login)

    def add_agent(self, login: str, name: str, role: Role, active: bool, at: int) -> Agent:
        """A new agent."""
        return self.registers.add_agent(login, name, role, active, at)

    def agents(self) -> list[Agent]:
        """All agents, in the order in which they were registered."""
        return self.registers.agents()

    def update_agent(self, agent: Agent) -> None:
        """New role and state of a known agent."""
        self.registers.update_agent(agent)

    def ensure_named(self, kind: str, slug: str, name: str) -> bool:
        """An entry of a register; true where it is new."""
        return self.registers.ensure_named(kind, slug, name)

    def known_slugs(self, kind: str) -> Mapping[str, str]:
        """Slug → name of a register."""
        return self.registers.known_slugs(kind)

    def entries(self, kind: str) -> list[Entry]:
        """The entries of a register (department, area, plan), those that are not active any more last."""
        return self.registers.entries(kind)

    def put_entry(self, kind: str, entry: Entry) -> None:
        """An entry as it is now, new or known."""
        self.registers.put_entry(kind, entry)

    def open_tickets(self, kind: str, slug: str) -> int:
        """How many tickets that are not closed stand in a department, or with an area."""
        self._flush()
        return self.registers.open_tickets(kind, slug)

    def customer(self, customer_id: int) -> Customer | None:
        """The customer of an id."""
        return self.people.customer(customer_id)

    def match_customer(self, customer: Customer) -> int | None:
        """The id of a customer known by the same source and external id, else by the same e-mail."""
        return self.people.match(customer)

    def add_customer(self, customer: Customer, at: int) -> int:
        """A new customer's id."""
        return self.people.add_customer(customer, at)

    def update_customer(self, customer: Customer) -> None:
        """New data of a known customer."""
        self.people.update_customer(customer)

    def add_contact(self, contact: Contact) -> int:
        """A new contact's id."""
        return self.people.add_contact(contact)

    def update_contact(self, contact: Contact) -> None:
        """New data of a known contact."""
        self.people.update_contact(contact)

    def contacts(self, customer_id: int) -> list[Contact]:
        """Who may write for a customer, oldest first."""
        return self.people.contacts(customer_id)

    def article(self, slug: str) -> Article | None:
        """The article of a slug, active or not."""
        return articles.article(self.conn, slug)

    def put_article(self, article: Article) -> None:
        """An article as it is now, new or known."""
        articles.put_article(self.conn, article)

    # --- drafts

    def save_draft(
        self, agent_id: int, ticket_id: int, kind: str, text: str, at: int, choice: str = ""
    ) -> None:
        """Keeps the text in place of what was kept; a text without words is kept no longer."""
        kept.save(self.conn, agent_id, ticket_id, kind, text, at, choice)

    def remove_draft(self, agent_id: int, ticket_id: int, kind: str) -> None:
        """Keeps it no longer."""
        kept.remove(self.conn, agent_id, ticket_id, kind)

    def draft(self, agent_id: int, ticket_id: int, kind: str) -> Draft | None:
        """The agent's own draft of that kind on a ticket."""
        return kept.load(self.conn, agent_id, ticket_id, kind)

    def drafts(self, agent_id: int, ticket_id: int | None = None) -> list[Draft]:
        """The agent's own drafts (on one ticket, where it is given), the newest first."""
        return kept.of_agent(self.conn, agent_id, ticket_id)

    def count_drafts(self, agent_id: int) -> int:
        """How many drafts the agent has."""
        return kept.count(self.conn, agent_id)

    def saved_views(self, agent_id: int) -> list[View]:
        """The agent's own views, in the order in which they were first saved."""
        return views.saved_views(self.conn, agent_id)

    def save_view(self, agent_id: int, view: View, at: int) -> None:
        """Keeps a view; one of the same name is replaced and stays in its place."""
        views.save_view(self.conn, agent_id, view, at)

    def remove_view(self, agent_id: int, name: str) -> bool:
        """Keeps it no longer; whether there was one."""
        return views.remove_view(self.conn, agent_id, name)
