"""The history of an imported record as events, dated as it happened. The source's moves are recorded, not judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ouvidoria_tui.desk.receive import Manifestation, received
from ouvidoria_tui.desk.reply import COURTESY, is_thanks
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import MOVED_BY_CUSTOMER, turn_of
from ouvidoria_tui.domain.record import Author, MessageRecord, Record
from ouvidoria_tui.domain.survey import IMPORTED
from ouvidoria_tui.domain.ticket import (
    Admission,
    Channel,
    CloseReason,
    Lane,
    Merit,
    Status,
    Ticket,
    Turn,
    Type,
)

Changes = dict[str, tuple[object, object]]

_OUTSIDE = frozenset({Act.CUSTOMER_REPLIED, Act.UPDATED, Act.SURVEY_ANSWERED})
#: How long a number of a previous ticket may be; the rest of a longer one is not kept.
PRIOR_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of a record are at this desk: slugs and ids."""

    department: str | None
    cause: str | None
    customer: int | None
    plan: str | None
    assignee: int | None
    area: str | None = None
    complained: str | None = None


@dataclass(slots=True)
class Standing:
    """Where a ticket stands while its history is told: the few fields that the next event looks at."""

    # Changed in place and not copied like a ticket: an import tells millions of events.
    source: str
    status: Status
    turn: Turn
    assignee: int | None
    unread: bool
    customer_wrote_at: int | None
    answered_at: int | None
    public_word_at: int | None
    concluded_at: int | None
    closed_at: int | None
    close_reason: CloseReason | None
    reopened: int
    acted_at: int

    @classmethod
    def of(cls, ticket: Ticket, source: str) -> Standing:
        """Where ``ticket`` stands now; ``source`` tells what comes next."""
        return cls(
            source,
            ticket.status,
            ticket.turn,
            ticket.assignee,
            ticket.unread,
            ticket.customer_wrote_at,
            ticket.answered_at,
            ticket.public_word_at,
            ticket.concluded_at,
            ticket.closed_at,
            ticket.close_reason,
            ticket.reopened,
            ticket.acted_at,
        )

    def to(self, **wanted: object) -> Changes:
        """The changes that make it what is wanted; from now on it stands there."""
        changes: Changes = {}
        for name, value in wanted.items():
            old = getattr(self, name)
            if old != value:
                changes[name] = (old, value)
                setattr(self, name, value)
        return changes

    def moved(self, status: Status, **wanted: object) -> Changes:
        """The changes of a move to ``status``."""
        return self.to(status=status, turn=turn_of(status), **wanted)

    def draft(
        self, type_: Act, at: int, changes: Changes, message: Message | None = None, **facts: object
    ) -> Draft:
        """The event, which says that it was brought in; the customer's words are nobody's act."""
        if type_ not in _OUTSIDE and at > self.acted_at:
            self.acted_at = at
        facts["source"] = self.source
        return Draft(type_, at, changes, facts, message)


def history_of(ticket: Ticket, item: Record, names: Names) -> list[Draft]:
    """The events of a new ticket: received, what was said, answered, closed, and where it stands."""
    first = _first(ticket, item, names)
    standing = Standing.of(ticket, item.source)
    standing.customer_wrote_at = item.received_at
    if "assignee" in first.changes:
        standing.assignee = names.assignee
    events = [first, *said(standing, item)]
    final = _settled(standing, item, names)
    if final is not None:
        events.append(final)
    if item.satisfaction is not None:
        events.append(rated(standing, item.satisfaction, closing_of(events, 0, None)))
    return events


def closing_of(events: Sequence[Draft], before: int, otherwise: int | None) -> int | None:
    """The number of the closing among new events, after ``before`` older ones."""
    closed = [before + place for place, one in enumerate(events, 1) if one.type is Act.CLOSED]
    return closed[-1] if closed else otherwise


def rated(standing: Standing, score: int, closing: int | None) -> Draft:
    """The customer's rating as a source gives it: of the service, about the closing with that number.

    consumidor.gov.br and Fala.BR ask how the customer was served; when she answered, they do not say.
    """
    at = max(standing.acted_at, standing.customer_wrote_at or 0, standing.closed_at or 0)
    facts = {"service": score, "channel": IMPORTED, "closing": closing}
    return standing.draft(Act.SURVEY_ANSWERED, at, {}, None, **facts)


def values_of(item: Record, names: Names) -> dict[str, object]:
    """The fields of a ticket that a record gives, ``None`` where it says nothing."""
    return {
        "type": item.type,
        "channel": item.channel,
        "department": names.department,
        "cause": names.cause,
        "customer": names.customer,
        "plan": names.plan,
        "assignee": names.assignee,
        "severity": item.severity,
        "difficulty": item.difficulty,
        "merit": item.merit,
        "prior_ticket": item.prior_ticket[:PRIOR_LIMIT] if item.prior_ticket else None,
        "complained_department": names.complained,
        "occurred_at": item.occurred_at,
        "flags": item.tags or None,
        "confidential": item.confidential or None,
    }


def facts_of(item: Record) -> dict[str, object]:
    """What stands with the event of a record beside the changes: where it comes from, what else it says."""
    facts: dict[str, object] = {"source": item.source}
    if item.status is not None:
        facts["status"] = item.status.value
    return facts


def _first(ticket: Ticket, item: Record, names: Names) -> Draft:
    what = Manifestation(
        subject=item.subject,
        text=item.description,
        type=item.type or Type.COMPLAINT,
        channel=item.channel or Channel.PORTAL,
        prior_ticket=item.prior_ticket,
        plan=names.plan,
        confidential=bool(item.confidential),
    )
    draft = received(
        ticket,
        what,
        department=names.department,
        customer=names.customer,
        at=item.received_at,
        cause=names.cause,
        severity=item.severity,
        difficulty=item.difficulty,
        merit=None if item.merit is Merit.NOT_ASSESSED else item.merit,
        flags=item.tags or None,
        assignee=None if item.status is Status.OPEN else names.assignee,
        complained_department=names.complained,
        occurred_at=item.occurred_at,
        **_decided(item, names),
    )
    return Draft(draft.type, draft.happened_at, draft.changes, facts_of(item), draft.message)


def _decided(item: Record, names: Names) -> dict[str, object]:
    """What the desk that the record comes from had decided, where it is not what a ticket begins with."""
    return {
        "area": names.area,
        "admission": None if item.admission is Admission.PENDING else item.admission,
        "outcome": item.outcome,
        "lane": None if item.lane is Lane.ORDINARY else item.lane,
        "level": item.level or None,
    }


def said(standing: Standing, item: Record) -> Iterator[Draft]:
    """Messages, the answer and the closing in the order in which they happened."""
    answer, close = item.answered_at, item.closed_at
    for message in item.messages:
        if answer is not None and answer < message.at:
            yield _answer(standing, answer, None)
            answer = None
        if close is not None and close < message.at:
            yield _closing(standing, close, item)
            close = None
        if message.from_ is Author.DESK and message.at == answer:
            yield _answer(standing, answer, message.text)
            answer = None
        else:
            yield _message(standing, message)
    if answer is not None:
        yield _answer(standing, answer, None)
    if close is not None:
        yield _closing(standing, close, item)


def _message(standing: Standing, message: MessageRecord) -> Draft:
    at, text = message.at, message.text
    if message.from_ is Author.NOTE:
        return standing.draft(Act.NOTED, at, {}, Message(Part.NOTE, text))
    if message.from_ is Author.DESK:
        return standing.draft(Act.REPLIED, at, _answering(standing, at), Message(Part.DESK, text))
    words = Message(Part.CUSTOMER, text)
    if is_thanks(text):
        return standing.draft(Act.CUSTOMER_REPLIED, at, _thanked(standing, at), words, **COURTESY)
    return standing.draft(Act.CUSTOMER_REPLIED, at, _heard(standing, at), words)


def _thanked(standing: Standing, at: int) -> Changes:
    """The customer only thanked: news to be read, unless it is older than the answer or the closing."""
    return standing.to(unread=True) if at >= _last_word(standing) else {}


def _last_word(standing: Standing) -> int:
    """When the desk closed it or, while it is open, last spoke; 0 for never."""
    return (standing.closed_at if standing.status is Status.CLOSED else standing.public_word_at) or 0


def _heard(standing: Standing, at: int) -> Changes:
    """The customer wrote. What was written before the ticket was answered or closed moves it no more."""
    closed = standing.status is Status.CLOSED
    changes = standing.to(customer_wrote_at=max(at, standing.customer_wrote_at or at))
    if at < _last_word(standing):
        return changes
    changes |= standing.to(unread=True)
    if standing.status in MOVED_BY_CUSTOMER:
        changes |= standing.moved(Status.CUSTOMER_REPLY)
    if closed:
        changes |= standing.to(closed_at=None, close_reason=None, reopened=standing.reopened + 1)
    return changes


def _answer(standing: Standing, at: int, text: str | None) -> Draft:
    """The answer that the source calls the answer: conclusive, with its words where they are known."""
    changes = _answering(standing, at) | standing.to(concluded_at=max(at, standing.concluded_at or at))
    words = None if text is None else Message(Part.DESK, text)
    return standing.draft(Act.REPLIED, at, changes, words, conclusive=True)


def _answering(standing: Standing, at: int) -> Changes:
    """The desk answered. An answer that was given before the customer's last message moves nothing."""
    latest = max(at, standing.public_word_at or at)
    changes = standing.to(answered_at=latest, public_word_at=latest)
    if at >= (standing.customer_wrote_at or 0):
        changes |= standing.to(unread=False)
        if standing.status is not Status.CLOSED:
            changes |= standing.moved(Status.ANSWERED)
    return changes


def _closing(standing: Standing, at: int, item: Record) -> Draft:
    changes = standing.moved(Status.CLOSED, closed_at=at, close_reason=item.close_reason, unread=False)
    return standing.draft(Act.CLOSED, at, changes)


def _settled(standing: Standing, item: Record, names: Names) -> Draft | None:
    """Where the source says the ticket stands, where its history does not lead there by itself."""
    wanted = item.status
    if wanted is None and item.closed_at is not None:
        wanted = Status.CLOSED
    if wanted is None or wanted is standing.status:
        return None
    at = max(standing.acted_at, standing.customer_wrote_at or 0, item.received_at)
    if wanted is Status.CLOSED:
        closed_at = max(at, item.closed_at or at)
        return _closing(standing, closed_at, item)
    changes = standing.moved(wanted)
    if wanted is Status.ASSIGNED:
        return standing.draft(Act.ASSIGNED, at, changes | standing.to(assignee=names.assignee))
    if wanted is Status.IN_PROGRESS:
        return standing.draft(Act.STARTED, at, changes)
    return standing.draft(Act.UPDATED, at, changes)
