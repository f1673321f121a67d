"""What a source says of a known record that it did not say before, as further events; the past is not touched.

What the source said last stands in the ledger, on the events that name it. A field is changed where the source
itself says something else than last time; what the desk did in between stays. Words are kept verbatim: reworded
ones are added as an internal message, never put in the place of the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ouvidoria_tui.desk.act import diff
from ouvidoria_tui.desk.import_history import Names, Standing, closing_of, facts_of, rated, said, values_of
from ouvidoria_tui.desk.receive import first_line
from ouvidoria_tui.domain import survey
from ouvidoria_tui.domain.ledger import Act, Draft, Event, Message, Part
from ouvidoria_tui.domain.lifecycle import turn_of
from ouvidoria_tui.domain.projection import typed, with_values
from ouvidoria_tui.domain.record import Author, Record
from ouvidoria_tui.domain.ticket import Status, Ticket

_PARTS = {Author.CUSTOMER: Part.CUSTOMER, Author.DESK: Part.DESK, Author.NOTE: Part.NOTE}


@dataclass(slots=True)
class Known:
    """What a source has said of a ticket so far: values of fields, facts, words, and when it says what happened."""

    values: dict[str, object] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    words: tuple[str, str] = ("", "")
    spoken: Counter[tuple[Part, str]] = field(default_factory=Counter)
    answers: set[int] = field(default_factory=set)
    closings: set[int] = field(default_factory=set)
    rating: int | None = None
    closing: int | None = None


def known_of(events: Sequence[Event], messages: Mapping[int, Message]) -> Known:
    """What the ledger has of a ticket, as far as a source is concerned."""
    standing = survey.fold(events)
    known = Known(closing=standing.closing)
    for event in events:
        message = messages.get(event.seq)
        if event.type is Act.REPLIED:
            known.answers.add(event.happened_at)
        if message is not None and (event.type is Act.RECEIVED or "reworded" in event.payload):
            known.words = (message.subject, message.text)
        elif message is not None:
            known.spoken[message.part, message.text] += 1
        if "source" not in event.payload:
            continue
        if event.type is Act.SURVEY_ANSWERED:
            known.rating = survey.answer_of(event).scores.service
            continue
        known.values |= {name: typed(name, pair[1]) for name, pair in event.changes.items()}
        known.facts |= event.payload
        if isinstance(closed_at := known.values.get("closed_at"), int):
            known.closings.add(closed_at)
    return known


def update_of(ticket: Ticket, item: Record, names: Names, known: Known, now: int) -> list[Draft]:
    """The events that bring ``ticket`` up to what ``item`` says; none where nothing new is said.

    Messages are told apart by author and words, as often as they occur. ``None`` says nothing: a value that the
    source leaves out stays.
    """
    standing, before = Standing.of(ticket, item.source), ticket.revision
    events = list(said(standing, _news(ticket, item, known)))
    for event in events:
        ticket = with_values(ticket, {name: pair[1] for name, pair in event.changes.items()})
    changes = diff(ticket, **_changed(ticket, item, names, known))
    facts = {name: value for name, value in facts_of(item).items() if value != known.facts.get(name)}
    subject = item.subject or first_line(item.description)
    words = None
    if (subject, item.description) != known.words:
        words = Message(Part.NOTE, item.description, subject)
        facts["reworded"] = True
    if changes or facts:
        events.append(Draft(Act.UPDATED, now, changes, {**facts, "source": item.source}, words))
    if item.satisfaction is not None and item.satisfaction != known.rating:
        closing = closing_of(events, before, known.closing)
        events.append(rated(standing, item.satisfaction, closing))
    return events


def _news(ticket: Ticket, item: Record, known: Known) -> Record:
    """The record with only the messages, the answer and the closing that the ledger does not have."""
    seen = known.spoken.copy()
    fresh = []
    for message in item.messages:
        key = (_PARTS[message.from_], message.text)
        if seen[key]:
            seen[key] -= 1
        else:
            fresh.append(message)
    closes = item.closed_at not in known.closings and ticket.status is not Status.CLOSED
    return replace(
        item,
        messages=tuple(fresh),
        answered_at=None if item.answered_at in known.answers else item.answered_at,
        closed_at=item.closed_at if closes else None,
    )


def _changed(ticket: Ticket, item: Record, names: Names, known: Known) -> dict[str, object]:
    """The fields where the source says something else than it said last."""
    wanted = values_of(item, names)
    if item.tags:
        theirs = known.values.get("flags") or ()
        assert isinstance(theirs, tuple)
        ours = [flag for flag in ticket.flags if flag not in theirs]
        wanted["flags"] = tuple(dict.fromkeys([*ours, *item.tags])) if item.tags != theirs else None
    values = {
        name: value for name, value in wanted.items() if value is not None and value != known.values.get(name)
    }
    return values | _moved(ticket, item, known)


def _moved(ticket: Ticket, item: Record, known: Known) -> dict[str, object]:
    """Where the source has moved the ticket; one that the desk closed itself is not moved from outside."""
    theirs = ticket.closed_at in known.closings
    if ticket.status is Status.CLOSED:
        if not theirs and ticket.closed_at != item.closed_at:
            return {}
        if item.closed_at is not None:
            given = {"closed_at": item.closed_at, "close_reason": item.close_reason}
            return {name: value for name, value in given.items() if value is not None}
    status = item.status
    if status is None or status.value == known.facts.get("status") or status is ticket.status:
        return {}
    values: dict[str, object] = {"status": status, "turn": turn_of(status)}
    if ticket.status is Status.CLOSED:
        values |= {"closed_at": None, "close_reason": None, "reopened": ticket.reopened + 1}
    return values
