"""What the verbs need from outside: a store that keeps, a clock, randomness. The store implements this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ouvidoria_tui.desk.ports_mail import Mails
from ouvidoria_tui.desk.ports_notices import Notices
from ouvidoria_tui.desk.ports_outbox import Outbox
from ouvidoria_tui.desk.ports_people import People
from ouvidoria_tui.desk.ports_telling import Telling
from ouvidoria_tui.domain.article import Article
from ouvidoria_tui.domain.customer import Contact, Customer
from ouvidoria_tui.domain.deadline import ClockState, CompiledClock
from ouvidoria_tui.domain.digest import Analysis, DigestFacts, DigestSent
from ouvidoria_tui.domain.draft import Draft
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.first_line import DayVolume, FirstLineTicket, Prior
from ouvidoria_tui.domain.incident import Incident
from ouvidoria_tui.domain.ledger import Event, Message
from ouvidoria_tui.domain.permission import Agent, Role
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.policy_gates import Evidence
from ouvidoria_tui.domain.register_entry import Entry
from ouvidoria_tui.domain.second_tier import Waiting
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.domain.views import View


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """The newest policy of the store, with its clocks compiled over the store's holidays."""

    version: int
    policy: Policy
    closed: Mapping[date, str]
    clocks: tuple[CompiledClock, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Everything one event brings into the store; ``ticket`` and ``clocks`` are the state after it.

    ``payload`` is the event's as canonical JSON: what was hashed.
    """

    event: Event
    ticket: Ticket
    clocks: tuple[ClockState, ...]
    before: Ticket | None
    clocks_before: tuple[ClockState, ...]
    message: Message | None
    policy: int
    payload: str


class Store(Protocol):
    """What keeps. Reads see what was recorded in the same transaction."""

    @property
    def mails(self) -> Mails:
        """The mail that was taken."""
        ...

    def blob(self, sha256: str) -> bytes:
        """The bytes of a kept file; ``NotFound`` ``FILE_NOT_FOUND``."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """One write transaction (a savepoint inside another one)."""
        ...

    # tickets
    def find(self, protocol: str) -> Ticket:
        """The ticket of a protocol in any spelling; ``NotFound`` ``TICKET_NOT_FOUND``."""
        ...

    def get(self, ticket_id: int) -> Ticket:
        """The ticket of an id; ``NotFound`` ``TICKET_NOT_FOUND``."""
        ...

    def clocks(self, ticket_id: int) -> tuple[ClockState, ...]:
        """Its clocks as they stand."""
        ...

    def events(self, ticket_id: int) -> list[Event]:
        """Its events in the order of recording."""
        ...

    def messages(self, ticket_id: int) -> Mapping[int, Message]:
        """Its texts by the number of their event."""
        ...

    def escalations(self, ticket_id: int) -> list[Escalation]:
        """Its escalations, oldest first."""
        ...

    def same_subject(self, customer: int, subject: str, but: int) -> list[Ticket]:
        """Other not-closed tickets of ``customer`` with the same normalised subject, oldest first."""
        ...

    def merged(self, ticket_id: int) -> list[Ticket]:
        """The tickets that were merged into this one, oldest first."""
        ...

    def month_of_extensions(self, clock: str, month: str, since: int, until: int) -> tuple[int, int]:
        """How many tickets arrived in the local ``month``, and how often ``clock`` was extended in [since, until)."""
        ...

    def queue_head(self, agent: Agent, barred: Sequence[Evidence] = ()) -> Ticket | None:
        """The first ticket of the queue that ``agent`` may take; none of the analyses ``barred`` to it."""
        ...

    def queue_waiting(self, agent: Agent, barred: Sequence[Evidence] = ()) -> Waiting:
        """How many tickets wait for an owner, and how many of them ``agent`` may not take."""
        ...

    def last_improvement(self) -> int:
        """The highest number that an improvement has had, 0 where there was none."""
        ...

    def improvement_ticket(self, number: int) -> int | None:
        """The id of the ticket that improvement ``number`` came of."""
        ...

    # writing
    def new_ticket_id(self) -> int:
        """An id that no ticket has had."""
        ...

    def new_protocol(self, year: int) -> str:
        """The next protocol of ``year``; never one twice."""
        ...

    def record(self, rows: Sequence[Recorded]) -> None:
        """Events with everything that follows from them, inside the transaction that is open."""
        ...

    def anchor(self) -> bytes:
        """The desk-wide anchor after the newest event."""
        ...

    def next_event_id(self) -> int:
        """The id of the next event."""
        ...

    def desk_head(self) -> tuple[int, bytes]:
        """Sequence and hash of the newest event of the desk as a whole."""
        ...

    def record_desk(self, event: Event, message: Message | None = None) -> None:
        """An event of the desk as a whole and the words beside it, inside the transaction that is open."""
        ...

    def put_blob(self, data: bytes) -> str:
        """Keeps ``data`` once by content; its SHA-256 in hex."""
        ...

    def recurrences(self, protocol: str, seconds: int) -> list[str]:
        """The same customer's earlier tickets of the same cause within ``seconds`` before this one arrived."""
        ...

    # incidents
    def incidents(self) -> list[Incident]:
        """All incidents, the newest first."""
        ...

    def of_incident(self, number: int) -> list[str]:
        """The tickets of an incident that were not merged into another, the one that arrived first first."""
        ...

    def incident_telling(self, number: int, words: str) -> int | None:
        """The number under which these words were told of an incident."""
        ...

    def last_incident_telling(self) -> int:
        """The highest number that a telling has had, 0 where there was none."""
        ...

    @property
    def notices(self) -> Notices:
        """Notices to many customers."""
        ...

    def article(self, slug: str) -> Article | None:
        """The article of a slug, active or not."""
        ...

    def put_article(self, article: Article) -> None:
        """An article as it is now, new or known."""
        ...

    # areas
    def digest_facts(self, area: str, start: int, end: int, now: int) -> DigestFacts:
        """What arrived in [start, end) and was asked of ``area``, and the measures there in that time."""
        ...

    def digests(self) -> list[DigestSent]:
        """The digests that were sent, the newest first."""
        ...

    def analyses(self) -> list[Analysis]:
        """The analyses that were recorded, the newest first."""
        ...

    # registers
    def agent(self, login: str) -> Agent | None:
        """The agent of a login."""
        ...

    def add_agent(self, login: str, name: str, role: Role, active: bool, at: int) -> Agent:
        """A new agent."""
        ...

    def agents(self) -> list[Agent]:
        """All agents, in the order in which they were registered."""
        ...

    def update_agent(self, agent: Agent) -> None:
        """New role and state of a known agent."""
        ...

    def ensure_named(self, kind: str, slug: str, name: str) -> bool:
        """An entry of a register (department, area, plan, cause); true where it is new."""
        ...

    def known_slugs(self, kind: str) -> Mapping[str, str]:
        """Slug → name of a register."""
        ...

    def entries(self, kind: str) -> list[Entry]:
        """The entries of a register (department, area, plan), those that are not active any more last."""
        ...

    def put_entry(self, kind: str, entry: Entry) -> None:
        """An entry as it is now, new or known."""
        ...

    def open_tickets(self, kind: str, slug: str) -> int:
        """How many tickets that are not closed stand in a department, or with an area."""
        ...

    @property
    def people(self) -> People:
        """Customers and contacts, beyond what every verb needs of them."""
        ...

    def customer(self, customer_id: int) -> Customer | None:
        """The customer of an id."""
        ...

    def match_customer(self, customer: Customer) -> int | None:
        """The id of a customer known by the same source and external id, else by the same e-mail."""
        ...

    def add_customer(self, customer: Customer, at: int) -> int:
        """A new customer's id."""
        ...

    def update_customer(self, customer: Customer) -> None:
        """New data of a known customer."""
        ...

    def add_contact(self, contact: Contact) -> int:
        """A new contact's id."""
        ...

    def update_contact(self, contact: Contact) -> None:
        """New data of a known contact."""
        ...

    def contacts(self, customer_id: int) -> list[Contact]:
        """Who may write for a customer, oldest first."""
        ...

    # drafts
    def save_draft(
        self, agent_id: int, ticket_id: int, kind: str, text: str, at: int, choice: str = ""
    ) -> None:
        """Keeps the text in place of what was kept; a text without words is kept no longer."""
        ...

    def remove_draft(self, agent_id: int, ticket_id: int, kind: str) -> None:
        """Keeps it no longer."""
        ...

    def draft(self, agent_id: int, ticket_id: int, kind: str) -> Draft | None:
        """The agent's own draft of that kind on a ticket."""
        ...

    def drafts(self, agent_id: int, ticket_id: int | None = None) -> list[Draft]:
        """The agent's own drafts (on one ticket, where it is given), the newest first."""
        ...

    def count_drafts(self, agent_id: int) -> int:
        """How many drafts the agent has."""
        ...

    # views
    def saved_views(self, agent_id: int) -> list[View]:
        """The agent's own views, in the order in which they were first saved."""
        ...

    def save_view(self, agent_id: int, view: View, at: int) -> None:
        """Keeps a view; one of the same name is replaced and stays in its place."""
        ...

    def remove_view(self, agent_id: int, name: str) -> bool:
        """Keeps it no longer; whether there was one."""
        ...

    # import
    def external(self, source: str, ids: Sequence[str]) -> Mapping[str, tuple[int, bytes]]:
        """Of the given external ids those that are known: ticket id and hash of the row."""
        ...

    def put_external(self, rows: Iterable[tuple[str, str, int, bytes, str]]) -> None:
        """Remembers (source, external id, ticket id, hash of the row, what has no place on a ticket as JSON)."""
        ...

    def prior_of(self, ticket: Ticket) -> Prior | None:
        """What the first instance's history knows of the earlier ticket that ``ticket`` names."""
        ...

    def first_line_tickets(self, rows: Sequence[FirstLineTicket]) -> Mapping[tuple[str, str], bytes]:
        """Of tickets of the first instance those that are known: key of the number and source, and the hash."""
        ...

    def put_first_line_tickets(self, rows: Sequence[FirstLineTicket]) -> None:
        """Keeps them in place of what was known of the same numbers."""
        ...

    def first_line_volumes(self, rows: Sequence[DayVolume]) -> Mapping[tuple[date, str], tuple[int, int]]:
        """Of days and channels those that are known: received and solved."""
        ...

    def put_first_line_volumes(self, rows: Sequence[DayVolume]) -> None:
        """Keeps them in place of what was known of the same days and channels."""
        ...

    # mail
    @property
    def outbox(self) -> Outbox:
        """Letters that leave, and how."""
        ...

    @property
    def telling(self) -> Telling:
        """What follows from telling customers."""
        ...

    def mail_key(self) -> bytes:
        """The key of the desk's own Message-IDs (``domain/message_ids.py``)."""
        ...

    # policy
    def policy(self) -> PolicyInForce:
        """The policy in force."""
        ...


#: So many random bytes.
Entropy = Callable[[int], bytes]


class Templates(Protocol):
    """The templates that come with ouvidoria: version 0 of each."""

    def __call__(self, name: str, language: str) -> str:
        """The template of that name and language; ``NotFound`` ``TEMPLATE_NOT_FOUND``."""
        ...

    def names(self) -> Sequence[tuple[str, str]]:
        """The name and language of each, in order."""
        ...
