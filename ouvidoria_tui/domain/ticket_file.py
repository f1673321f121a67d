"""The whole file of one ticket: its events with their words, files and escalations; now, and as it once stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ouvidoria_tui.domain import area_request, case_work, escalation, survey
from ouvidoria_tui.domain.area_request import AreaRequest
from ouvidoria_tui.domain.case_work import CaseWork
from ouvidoria_tui.domain.deadline import CompiledClock, derive
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.first_line import Prior
from ouvidoria_tui.domain.incident import Incident
from ouvidoria_tui.domain.ledger import Act, Event, Part
from ouvidoria_tui.domain.outbox import Letter, LetterKind
from ouvidoria_tui.domain.projection import blank, replay
from ouvidoria_tui.domain.reading import TicketRecord
from ouvidoria_tui.domain.survey import Surveys
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.domain.ties import Join, Tie, other_of, ties_of
from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.text import N_


@dataclass(frozen=True, slots=True)
class Entry:
    """One event with its actor's login and the words beside it. ``text`` is ``None`` where there are none.

    ``origin`` is the protocol of the merged ticket that it belongs to; empty for the ticket's own.
    """

    event: Event
    actor: str
    part: Part | None = None
    subject: str = ""
    text: str | None = None
    erased: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a ticket; ``outgoing`` where it is for the customer, ``channel`` the way by which it came (S3-30).

    ``area`` where an area sent it to the desk.
    """

    seq: int
    name: str
    size: int
    sha256: str
    outgoing: bool
    channel: str | None = None
    area: bool = False

    @property
    def direction(self) -> str:
        """Where it came from, as the machine formats say it: ``in``, ``out`` or ``area``."""
        return "out" if self.outgoing else "area" if self.area else "in"


@dataclass(frozen=True, slots=True)
class Joined:
    """A ticket that was merged into this one, and its words; they stay its own. ``join`` says since when.

    Only a ``same_customer`` may read them here: two customers may have been merged.
    """

    protocol: str
    join: Join
    same_customer: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """The whole file of a ticket. ``agents`` maps the ids of everybody in it to their logins.

    ``joined`` holds every ticket that was ever merged into it, ``protocols`` the names of the tickets (by id)
    that its events name. ``prior`` is what the first instance's history knows of the earlier ticket (S1-02).
    """

    record: TicketRecord
    entries: tuple[Entry, ...]
    attachments: tuple[Attachment, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    agents: Mapping[int, str] = field(default_factory=dict)
    letters: tuple[Letter, ...] = ()
    joined: tuple[Joined, ...] = ()
    protocols: Mapping[int, str] = field(default_factory=dict)
    incident: Incident | None = None
    prior: Prior | None = None

    @property
    def lost_letters(self) -> tuple[Letter, ...]:
        """Letters that the customer has not got."""
        return tuple(letter for letter in self.letters if letter.lost and letter.kind is not LetterKind.AREA)

    @property
    def lost_requests(self) -> tuple[Letter, ...]:
        """Letters that an area has not got."""
        return tuple(letter for letter in self.letters if letter.lost and letter.kind is LetterKind.AREA)

    @property
    def unheard_conclusion(self) -> bool:
        """Whether the newest conclusive answer is among them: what was decided has not reached the customer."""
        decided = [entry.event.seq for entry in self.entries if entry.event.payload.get("conclusive")]
        return bool(decided) and any(letter.seq == decided[-1] for letter in self.lost_letters)

    @property
    def ties(self) -> tuple[tuple[Tie, str], ...]:
        """How it hangs together with other tickets, by their protocols."""
        tied = ties_of(entry.event for entry in self.entries)
        return tuple((tie, self.protocols.get(other, f"#{other}")) for tie, other in tied)

    def other(self, entry: Entry) -> str | None:
        """The protocol of the other ticket that an event of this one names."""
        other = None if entry.origin else other_of(entry.event)
        return None if other is None else self.protocols.get(other)

    @property
    def heard(self) -> tuple[Entry, ...]:
        """The words of the tickets that are merged into it, in the order in which they were said."""
        entries = (entry for one in self.joined if one.join.until is None for entry in one.entries)
        return tuple(sorted(entries, key=lambda entry: (entry.event.happened_at, entry.event.id)))

    @property
    def ticket(self) -> Ticket:
        """The row itself."""
        return self.record.ticket

    @property
    def requests(self) -> tuple[AreaRequest, ...]:
        """What areas were asked, oldest first, and what became of it."""
        return area_request.fold(entry.event for entry in self.entries)

    @property
    def work(self) -> CaseWork:
        """How far the case is worked out."""
        return case_work.fold(entry.event for entry in self.entries)

    @property
    def surveys(self) -> Surveys:
        """What the customer was asked at closing, and answered."""
        return survey.fold(entry.event for entry in self.entries)

    @property
    def description(self) -> str | None:
        """The manifestation in the customer's own words; ``None`` where it was erased."""
        return next((entry.text for entry in self.entries if entry.part is Part.MANIFESTATION), None)


@dataclass(frozen=True, slots=True)
class Raised:
    """An escalated ticket that is open, with the escalation that stands (none where an import set the level)."""

    record: TicketRecord
    escalation: Escalation | None
    raised_by: str | None = None
    acknowledged_by: str | None = None


def as_of(detail: TicketDetail, at: int, clocks: Sequence[CompiledClock]) -> TicketDetail:
    """The file as it stood at ``at``: folded from the events that had happened by then.

    The clocks are worked out by ``clocks``, those of the policy in force now; names and the customer's data
    are today's. Raises ``NotFound`` ``NOT_YET_RECEIVED`` for a moment before the arrival.
    """
    entries = tuple(entry for entry in detail.entries if entry.event.happened_at <= at)
    if not any(entry.event.type is Act.RECEIVED for entry in entries):
        raise NotFound(
            "NOT_YET_RECEIVED",
            N_("{protocol} had not arrived by then", protocol=detail.ticket.protocol),
            N_(
                "give a moment after its arrival; `ouvidoria history {protocol}` shows it",
                protocol=detail.ticket.protocol,
            ),
        )
    events = [entry.event for entry in entries]
    start = blank(detail.ticket.id, detail.ticket.protocol, detail.ticket.arrived_at, events[0].recorded_at)
    ticket, facts = replay(start, events, detail.ticket.subject)
    seqs = {event.seq for event in events}
    record = replace(
        detail.record,
        ticket=ticket,
        assignee=None if ticket.assignee is None else detail.agents.get(ticket.assignee),
        customer=detail.record.customer if ticket.customer is not None else None,
        clocks=derive(facts, clocks),
    )
    return replace(
        detail,
        record=record,
        entries=entries,
        attachments=tuple(item for item in detail.attachments if item.seq in seqs),
        letters=tuple(letter for letter in detail.letters if letter.seq in seqs),
        escalations=escalation.fold(events),
        incident=detail.incident if ticket.incident == detail.ticket.incident else None,
        joined=tuple(_joined_at(one, at) for one in detail.joined if _stood(one.join, at)),
    )


def _stood(join: Join, at: int) -> bool:
    return join.since <= at and (join.until is None or join.until > at)


def _joined_at(joined: Joined, at: int) -> Joined:
    entries = tuple(entry for entry in joined.entries if entry.event.happened_at <= at)
    return replace(joined, join=replace(joined.join, until=None), entries=entries)
