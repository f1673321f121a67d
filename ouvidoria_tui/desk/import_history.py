"""The history of an imported record as events, dated as it happened; and of a record seen again, what is new."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from ouvidoria_tui.desk.act import diff
from ouvidoria_tui.desk.receive import Manifestation, received
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import MOVED_BY_CUSTOMER, turn_of
from ouvidoria_tui.domain.projection import typed
from ouvidoria_tui.domain.record import Author, MessageRecord, Record
from ouvidoria_tui.domain.ticket import Channel, Merit, Status, Ticket, Type

Changes = dict[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class History:
    """What the names of a record are at this desk: slugs and ids."""

    department: str | None
    cause: str | None
    customer: int | None
    plan: str | None
    assignee: int | None


def history_of(ticket: Ticket, item: Record, names: History) -> list[Draft]:
    """The events of a new ticket: received, what was said, answered, closed, and where it stands.

    The moves are those of the source: they are recorded, not judged.
    """
    events = [_first(ticket, item, names)]
    ticket = _after(ticket, events[0])
    for draft in _said(ticket, item):
        ticket = _after(ticket, draft)
        events.append(draft)
    final = _settle(ticket, item, names)
    if final is not None:
        events.append(final)
    return events


def update_of(ticket: Ticket, item: Record, names: History, known: Collection[str], now: int) -> list[Draft]:
    """What the source says now and the ticket does not know: messages that are new, then the changed fields."""
    events: list[Draft] = []
    for draft in _said(ticket, item, known=known):
        ticket = _after(ticket, draft)
        events.append(draft)
    values = _values(item, names)
    if ticket.status is not Status.CLOSED and item.closed_at is not None:
        values |= {"status": Status.CLOSED, "turn": turn_of(Status.CLOSED), "closed_at": item.closed_at}
        values["close_reason"] = item.close_reason
    elif item.status is not None:
        values |= {"status": item.status, "turn": turn_of(item.status)}
    changes = diff(ticket, **{name: value for name, value in values.items() if value is not None})
    if changes:
        events.append(Draft(Act.UPDATED, now, changes, {"source": item.source}))
    return events


def _values(item: Record, names: History) -> dict[str, object]:
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
        "prior_ticket": item.prior_ticket[:60] if item.prior_ticket else None,
        "flags": tuple(item.tags) or None,
    }


def _first(ticket: Ticket, item: Record, names: History) -> Draft:
    what = Manifestation(
        subject=item.subject,
        text=item.description,
        type=item.type or Type.COMPLAINT,
        channel=item.channel or Channel.PORTAL,
        prior_ticket=item.prior_ticket,
        plan=names.plan,
    )
    more: dict[str, object] = {"cause": names.cause, "severity": item.severity, "difficulty": item.difficulty}
    if item.merit is not None and item.merit is not Merit.NOT_ASSESSED:
        more["merit"] = item.merit
    if item.tags:
        more["flags"] = list(item.tags)
    if names.assignee is not None and item.status is not Status.OPEN:
        more["assignee"] = names.assignee
    draft = received(
        ticket, what, department=names.department, customer=names.customer, at=item.received_at, **more
    )
    facts: dict[str, object] = {"source": item.source}
    if item.satisfaction is not None:
        facts["satisfaction"] = item.satisfaction
    return replace(draft, facts=facts)


def _said(ticket: Ticket, item: Record, known: Collection[str] | None = None) -> Iterator[Draft]:
    """Messages, the answer and the closing in the order in which they happened."""
    answer = item.answered_at if known is None or ticket.answered_at != item.answered_at else None
    close = item.closed_at if known is None else None
    for message in item.messages:
        if known is not None and message.text in known:
            continue
        if answer is not None and answer < message.at:
            ticket, draft, answer = _step(ticket, _answer(ticket, answer, None))
            yield draft
        if close is not None and close < message.at:
            ticket, draft, close = _step(ticket, _closing(ticket, close, item))
            yield draft
        if message.from_ is Author.DESK and message.at == answer:
            answer = None
            ticket, draft, _none = _step(ticket, _answer(ticket, message.at, message.text))
        else:
            ticket, draft, _none = _step(ticket, _message(ticket, message))
        yield draft
    if answer is not None:
        ticket, draft, _none = _step(ticket, _answer(ticket, answer, None))
        yield draft
    if close is not None:
        yield _closing(ticket, close, item)


def _step(ticket: Ticket, draft: Draft) -> tuple[Ticket, Draft, None]:
    return _after(ticket, draft), draft, None


def _message(ticket: Ticket, message: MessageRecord) -> Draft:
    if message.from_ is Author.NOTE:
        return Draft(Act.NOTED, message.at, message=Message(Part.NOTE, message.text))
    if message.from_ is Author.CUSTOMER:
        changes = diff(ticket, customer_wrote_at=message.at, unread=True)
        if ticket.status in MOVED_BY_CUSTOMER:
            changes |= _to(ticket, Status.CUSTOMER_REPLY)
        if ticket.status is Status.CLOSED:
            changes |= diff(ticket, closed_at=None, close_reason=None, reopened=ticket.reopened + 1)
        return Draft(Act.CUSTOMER_REPLIED, message.at, changes, message=Message(Part.CUSTOMER, message.text))
    words = Message(Part.DESK, message.text)
    return Draft(Act.REPLIED, message.at, _answering(ticket, message.at), message=words)


def _answer(ticket: Ticket, at: int, text: str | None) -> Draft:
    """The answer that the source calls the answer: conclusive, with its words where they are known."""
    changes = _answering(ticket, at) | diff(ticket, concluded_at=at)
    words = None if text is None else Message(Part.DESK, text)
    return Draft(Act.REPLIED, at, changes, {"conclusive": True}, words)


def _answering(ticket: Ticket, at: int) -> Changes:
    changes = diff(ticket, answered_at=at, public_word_at=at, unread=False)
    if ticket.status is not Status.CLOSED:
        changes |= _to(ticket, Status.ANSWERED)
    return changes


def _closing(ticket: Ticket, at: int, item: Record) -> Draft:
    changes = _to(ticket, Status.CLOSED) | diff(
        ticket, closed_at=at, close_reason=item.close_reason, unread=False
    )
    return Draft(Act.CLOSED, at, changes)


def _settle(ticket: Ticket, item: Record, names: History) -> Draft | None:
    """Where the source says the ticket stands, where its history does not lead there by itself."""
    wanted = item.status
    if wanted is None and item.closed_at is not None:
        wanted = Status.CLOSED
    if wanted is None or wanted is ticket.status:
        return None
    at = max(ticket.acted_at, ticket.customer_wrote_at or 0, item.received_at)
    changes = _to(ticket, wanted)
    if wanted is Status.CLOSED:
        closed_at = item.closed_at or at
        changes |= diff(ticket, closed_at=closed_at, close_reason=item.close_reason, unread=False)
        return Draft(Act.CLOSED, max(at, closed_at), changes)
    if wanted is Status.ASSIGNED:
        return Draft(Act.ASSIGNED, at, changes | diff(ticket, assignee=names.assignee))
    if wanted is Status.IN_PROGRESS:
        return Draft(Act.STARTED, at, changes)
    return Draft(Act.UPDATED, at, changes, {"source": item.source})


def _to(ticket: Ticket, status: Status) -> Changes:
    return diff(ticket, status=status, turn=turn_of(status))


def _after(ticket: Ticket, draft: Draft) -> Ticket:
    """The ticket as later events of the same history see it."""
    values = {name: typed(name, pair[1]) for name, pair in draft.changes.items()}
    if draft.type not in (Act.RECEIVED, Act.CUSTOMER_REPLIED, Act.UPDATED):
        values["acted_at"] = max(ticket.acted_at, draft.happened_at)
    return replace(ticket, **values)  # type: ignore[arg-type]
