"""What the ticket's screens read: the whole page of one ticket in one look at the store, drafts, the board."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from ouvidoria_tui.desk import drafts
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.drafts import DraftKept
from ouvidoria_tui.desk.triage import plan as plan_of
from ouvidoria_tui.domain.deadline import CompiledClock
from ouvidoria_tui.domain.draft import Draft
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.mail_record import KeptMail
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.reading import may_open
from ouvidoria_tui.domain.registration import Gap, gaps
from ouvidoria_tui.domain.ticket import Admission, Status, Ticket
from ouvidoria_tui.domain.ticket_file import Raised, TicketDetail, as_of, told_apart
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.report import reading
from ouvidoria_tui.report.batch import Originals, Priors, case_of
from ouvidoria_tui.report.mail import of_ticket
from ouvidoria_tui.report.reading import (
    QueueRow,
    Related,
    blob,
    connection,
    detail,
    escalated,
    related,
    snapshot,
)
from ouvidoria_tui.report.registers import registration
from ouvidoria_tui.text import N_
from ouvidoria_tui.tui.among import Among

#: So many neighbours are shown before and after a ticket.
AROUND = 30


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ticket stands in a list: its number from 1 (``None``: it has left), how many there are."""

    title: str
    number: int | None
    total: int
    before: int | None = None
    after: int | None = None
    rows: tuple[QueueRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Stood:
    """Which moment a page of the past shows, in epoch seconds.

    ``recorded``: by when acts were recorded, not by when things happened; ``apart`` acts are only in one of the two.
    """

    at: int
    recorded: bool
    apart: int


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Everything that the screen of a ticket shows, from one state of the store at ``now``; ``stood`` in the past."""

    detail: TicketDetail
    policy: Policy
    clocks: tuple[CompiledClock, ...]
    now: int
    may_open: bool
    plan: Plan | None = None
    related: tuple[Related, ...] = ()
    drafts: tuple[Draft, ...] = ()
    place: Place | None = None
    mail: Mapping[int, KeptMail] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    stood: Stood | None = None

    @property
    def ticket(self) -> Ticket:
        """The row itself."""
        return self.detail.ticket

    @property
    def standing(self) -> Escalation | None:
        """The escalation that stands."""
        return next((one for one in reversed(self.detail.escalations) if one.ended_at is None), None)


def page(ticket_id: int, among: Among | None = None) -> Callable[[Desk], TicketPage]:
    """The page of a ticket; ``NotFound`` ``TICKET_NOT_FOUND``."""

    def job(desk: Desk) -> TicketPage:
        conn, force = connection(desk.store), desk.policy
        with snapshot(conn):
            found = detail(conn, ticket_id)
            if found is None:
                raise NotFound(
                    "TICKET_NOT_FOUND",
                    N_("this ticket is no longer there"),
                    N_("go back to the list and read it again; `ouvidoria verify` proves the store"),
                )
            ticket = found.ticket
            return TicketPage(
                detail=found,
                policy=force.policy,
                clocks=force.clocks,
                now=desk.clock.now(),
                may_open=may_open(desk.agent, ticket),
                plan=_plan(desk, ticket),
                related=_related(desk, ticket),
                drafts=drafts.own(desk, ticket_id),
                place=None if among is None else _place(desk, among, ticket_id),
                mail=of_ticket(conn, ticket_id),
                gaps=_gaps(desk, ticket),
            )

    return job


def page_at(ticket_id: int, at: int, *, recorded: bool = False) -> Callable[[Desk], TicketPage]:
    """The page as it stood at ``at``, without what only today has; ``NotFound`` ``NOT_YET_RECEIVED`` before it came."""

    def job(desk: Desk) -> TicketPage:
        today = page(ticket_id)(desk)
        then = as_of(today.detail, at, today.clocks, recorded=recorded)
        stood = Stood(at, recorded, told_apart(today.detail, at))
        return replace(
            today, detail=then, now=at, plan=None, related=(), drafts=(), place=None, gaps=(), stood=stood
        )

    return job


def _gaps(desk: Desk, ticket: Ticket) -> tuple[Gap, ...]:
    """What is wanting in the registration of the ticket's customer."""
    months = desk.policy.policy.gates.stale_months
    if not months or ticket.customer is None or ticket.confidential:
        return ()
    found = registration(connection(desk.store), ticket.customer)
    return () if found is None else gaps(found, months, desk.clock.now())


def _plan(desk: Desk, ticket: Ticket) -> Plan | None:
    """What triage would do; nothing where it has been decided."""
    if ticket.admission is not Admission.PENDING or ticket.status is Status.CLOSED:
        return None
    conn = connection(desk.store)
    (plan,) = plan_of(desk, [case_of(conn, ticket.protocol)], original=Originals(conn), prior=Priors.of(conn))
    return plan


def _related(desk: Desk, ticket: Ticket) -> tuple[Related, ...]:
    """Without the confidential ones that the agent may not open, and never by whose they are."""
    customer = None if ticket.confidential else ticket.customer
    found = related(connection(desk.store), ticket.id, customer, ticket.duplicate_of, ticket.incident)
    return tuple(row for row in found if not row.confidential or may_open(desk.agent, desk.store.get(row.id)))


def _place(desk: Desk, among: Among, ticket_id: int) -> Place:
    if among.asked is None:
        return _place_in(desk, among, ticket_id)
    conn, now = connection(desk.store), desk.clock.now()
    agent, zone, order = desk.agent.id, desk.policy.policy.zone, among.asked.order
    query = among.asked.at(now)
    found = reading.positions(conn, query, [ticket_id], order=order, now=now, agent_id=agent, zone=zone)
    at = found.get(ticket_id)
    before, after = reading.neighbours(
        conn, query, ticket_id, order=order, now=now, agent_id=agent, zone=zone
    )
    rows = reading.window(
        conn,
        query,
        order=order,
        offset=max(0, (at or 0) - AROUND),
        limit=2 * AROUND,
        now=now,
        agent_id=agent,
        zone=zone,
    )
    total = reading.count(conn, query, now=now, agent_id=agent, zone=zone)
    return Place(among.title, None if at is None else at + 1, total, before, after, rows)


def _place_in(desk: Desk, among: Among, ticket_id: int) -> Place:
    ids = among.ids
    if ticket_id not in ids:
        return Place(among.title, None, len(ids))
    at = ids.index(ticket_id)
    first = max(0, at - AROUND)
    rows = reading.rows_by_id(connection(desk.store), ids[first : at + AROUND])
    return Place(
        among.title,
        at + 1,
        len(ids),
        ids[at - 1] if at else None,
        ids[at + 1] if at + 1 < len(ids) else None,
        tuple(rows.values()),
    )


def file_bytes(sha256: str) -> Callable[[Desk], bytes]:
    """The bytes of an attachment; ``NotFound`` ``FILE_NOT_FOUND``."""
    return lambda desk: blob(connection(desk.store), sha256)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A line of the board: the escalated ticket, and whether its words may be shown to this agent."""

    raised: Raised

    @property
    def key(self) -> str:
        """What names the line: the ticket."""
        return str(self.ticket.id)

    @property
    def ticket(self) -> Ticket:
        """The row itself."""
        return self.raised.record.ticket


@dataclass(frozen=True, slots=True)
class Board:
    """Every escalated ticket that is open, by time to breach, at ``now``."""

    rows: tuple[BoardRow, ...]
    now: int

    def level(self, level: int) -> tuple[BoardRow, ...]:
        """Those of one level."""
        return tuple(row for row in self.rows if row.ticket.level == level)


def board(desk: Desk) -> Board:
    """The board."""
    conn = connection(desk.store)
    with snapshot(conn):
        return Board(tuple(BoardRow(raised) for raised in escalated(conn)), desk.clock.now())


# --- drafts


def keep_draft(ticket_id: int, kind: str, text: str, choice: str = "") -> Callable[[Desk], DraftKept]:
    """Keeps what has been written; empty words are kept no longer."""
    return lambda desk: drafts.keep(desk, ticket_id, kind, text, choice)


def draft(ticket_id: int, kind: str) -> Callable[[Desk], Draft | None]:
    """The agent's own draft."""
    return lambda desk: drafts.find(desk, ticket_id, kind)


def own_drafts(desk: Desk) -> tuple[Draft, ...]:
    """All drafts of the agent, the newest first."""
    return drafts.own(desk)


def drop_draft(desk: Desk, ticket_id: int, kind: str) -> None:
    """Keeps it no longer, with the act that sent it; inside that act's transaction."""
    drafts.drop(desk, ticket_id, kind)
