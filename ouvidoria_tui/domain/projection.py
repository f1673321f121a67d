"""From events to the ticket as it stands: the fold that live acts, imports and ``db rebuild`` share.

The ticket's row is a generic fold: every event says which fields it changes, from what to what. What the
clocks need to know of an event is a :class:`~ouvidoria_tui.domain.deadline.Fact`.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter

from ouvidoria_tui.domain.deadline import ClockState, CompiledClock, Fact, advance, derive
from ouvidoria_tui.domain.ledger import TAKE_BACK, Act, Event, Part
from ouvidoria_tui.domain.ticket import (
    Admission,
    Channel,
    CloseReason,
    Difficulty,
    EscalationReason,
    Lane,
    Merit,
    Severity,
    Status,
    Ticket,
    Turn,
    Type,
)

#: Facts from outside: they may lie before the ticket's last act by a person, and they are nobody's act. Nor is it
#: an act on the ticket that somebody looked who is behind it.
OUTSIDE = frozenset(
    {
        Act.RECEIVED,
        Act.CUSTOMER_REPLIED,
        Act.CONSENT_ANSWERED,
        Act.UPDATED,
        Act.WARNED,
        Act.BREACHED,
        Act.BOUNCED,
        Act.CUSTOMER_VIEWED,
        Act.SURVEY_ANSWERED,
        Act.IDENTITY_SHOWN,
        Act.CALLED,
        Act.MET,
    }
)
#: A public word to the customer by a person. Asking the customer is an answer too (time.md: first response).
PUBLIC_WORDS = frozenset({Act.REPLIED, Act.ASKED, Act.CONSENT_ASKED})
#: Set on a ticket whose sender the contract does not cover: its contractual clocks wait (C-12, C-13).
UNCOVERED = "unauthorised"
#: A public word that informs and answers nothing yet (S4-22).
INFORMING_WORDS = frozenset(
    {Act.EXTENDED, Act.DELAY_NOTICED, Act.REMINDED, Act.INFORMED, Act.INCIDENT_NOTICED}
)
#: What the watch records by itself: of a clock it only says what is true of it already.
WATCH_ACTS = frozenset({Act.WARNED, Act.BREACHED, Act.ESCALATED})


#: The fields of a ticket that are members of a closed vocabulary.
_KINDS: Mapping[str, type[StrEnum]] = {
    "status": Status,
    "turn": Turn,
    "type": Type,
    "channel": Channel,
    "severity": Severity,
    "difficulty": Difficulty,
    "lane": Lane,
    "admission": Admission,
    "merit": Merit,
    "close_reason": CloseReason,
    "escalation_reason": EscalationReason,
}
_FIELDS = tuple(Ticket.__dataclass_fields__)
_PLACE = {name: place for place, name in enumerate(_FIELDS)}
_values = attrgetter(*_FIELDS)


def blank(ticket_id: int, protocol: str, arrived_at: int, recorded_at: int) -> Ticket:
    """A ticket before its first event."""
    return Ticket(
        id=ticket_id,
        protocol=protocol,
        status=Status.OPEN,
        turn=Turn.DESK,
        type=Type.COMPLAINT,
        channel=Channel.PORTAL,
        arrived_at=arrived_at,
        registered_at=recorded_at,
    )


def typed(name: str, value: object) -> object:
    """The value of a field as the domain's own type, from what JSON keeps of it."""
    if value is None:
        return None
    if name == "flags":
        return tuple(map(str, value)) if isinstance(value, list | tuple) else ()
    kind = _KINDS.get(name)
    return value if kind is None or type(value) is kind else kind(str(value))


def with_values(ticket: Ticket, values: Mapping[str, object]) -> Ticket:
    """``ticket`` with other values of some fields: what ``dataclasses.replace`` gives.

    At half of its cost, because every event of an import comes through here.
    """
    row = list(_values(ticket))
    for name, value in values.items():
        row[_PLACE[name]] = value
    return Ticket(*row)


def apply(
    ticket: Ticket,
    *,
    type: Act,  # noqa: A002 - the event's own name for it
    happened_at: int,
    recorded_at: int,
    changes: Mapping[str, tuple[object, object]],
    hash_: bytes,
    subject: str | None = None,
    automatic: bool = False,
) -> Ticket:
    """The ticket after one more event; an ``automatic`` one is no act by a person."""
    values: dict[str, object] = {name: typed(name, pair[1]) for name, pair in changes.items()}
    if subject is not None:
        values["subject"] = subject
    if not automatic and type not in OUTSIDE and happened_at > ticket.acted_at:
        values["acted_at"] = happened_at
    values["updated_at"] = recorded_at
    values["revision"] = ticket.revision + 1
    values["head"] = hash_
    return with_values(ticket, values)


def fact_of(ticket: Ticket, type: Act, happened_at: int, payload: Mapping[str, object]) -> Fact:  # noqa: A002
    """What the clocks need to know of the event that led to ``ticket``."""
    automatic = bool(payload.get("automatic"))
    courtesy = type is Act.CUSTOMER_REPLIED and bool(payload.get("courtesy"))
    return Fact(
        at=happened_at,
        seq=ticket.revision,
        kind=type.value,
        turn=ticket.turn,
        status=ticket.status,
        by_customer=type is Act.RECEIVED or (type is Act.CUSTOMER_REPLIED and not courtesy),
        public_answer=type in PUBLIC_WORDS and not automatic,
        conclusive=type is Act.CLOSED or bool(payload.get("conclusive")),
        type=ticket.type,
        severity=ticket.severity,
        difficulty=ticket.difficulty,
        department=ticket.department,
        plan=ticket.plan,
        informs=type in INFORMING_WORDS and not automatic and payload.get("part") == Part.DESK.value,
        by_watch=automatic and type in WATCH_ACTS,
        courtesy=courtesy,
        names=_names(payload.get("clocks")),
        until=_moment(payload.get("until")),
        extra=_moment(payload.get("extra")) or 0,
        channel=ticket.channel,
        area=_area(payload.get("area")),
        uncovered=UNCOVERED in ticket.flags,
    )


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def _area(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _moment(value: object) -> int | None:
    return value if isinstance(value, int) else None


def replay(start: Ticket, events: Iterable[Event], subject: str) -> tuple[Ticket, list[Fact]]:
    """The ticket after ``events``, and the facts that its clocks follow, in the order in which they happened.

    Acts that were undone are left out. A fact that was recorded late takes effect from when it happened, and
    what was recorded before it and happened later keeps its own say. Where the ticket then stands elsewhere
    than time alone would have it (a letter older than the answer, read after it), it stands there from the
    moment of recording.
    """
    events = list(events)
    undone = {int(str(event.payload["undoes"])) for event in events if event.type in TAKE_BACK}
    ticket = start
    told: list[_Told] = []
    for event in events:
        ticket = apply_event(ticket, event, subject)
        if event.type in TAKE_BACK or event.seq in undone:
            continue
        one = _Told(event.happened_at, event.seq, event, _effect(event, ticket))
        insort(told, one, key=_when)
        if told[-1] is not one and _stand(start, told) != _standing(ticket):
            at = max(event.recorded_at, told[-1].at)
            told.append(_Told(at, event.seq, None, dict(zip(_STANDING, _standing(ticket), strict=True))))
    return ticket, list(_facts(start, told))


#: What clocks look at: where a ticket stands, and what it is.
_STANDING = ("status", "turn", "type", "channel", "severity", "difficulty", "department", "plan", "flags")
_standing = attrgetter(*_STANDING)


@dataclass(frozen=True, slots=True)
class _Told:
    """A moment of a ticket and what it sets; ``event`` is ``None`` where the ticket is only put where it stands."""

    at: int
    seq: int
    event: Event | None
    sets: Mapping[str, object]


def _when(told: _Told) -> tuple[int, int]:
    return told.at, told.seq


def _effect(event: Event, after: Ticket) -> dict[str, object]:
    names = {name for name in event.changes if name in _STANDING}
    if names & {"status", "turn"}:
        names |= {"status", "turn"}
    return {name: getattr(after, name) for name in names}


def _stand(start: Ticket, told: Iterable[_Told]) -> tuple[object, ...]:
    ticket = start
    for one in told:
        ticket = with_values(ticket, one.sets)
    return tuple(_standing(ticket))


def _facts(start: Ticket, told: Iterable[_Told]) -> Iterator[Fact]:
    ticket = start
    for one in told:
        ticket = with_values(ticket, {**one.sets, "revision": one.seq})
        event = one.event
        yield fact_of(
            ticket,
            Act.UPDATED if event is None else event.type,
            one.at,
            {} if event is None else event.payload,
        )


def apply_event(ticket: Ticket, event: Event, subject: str) -> Ticket:
    """The ticket after a recorded event; ``subject`` are the words that hang beside the first one."""
    return apply(
        ticket,
        type=event.type,
        happened_at=event.happened_at,
        recorded_at=event.recorded_at,
        changes=event.changes,
        hash_=event.hash,
        subject=subject if event.type is Act.RECEIVED else None,
        automatic=bool(event.payload.get("automatic")),
    )


def start_of(first: Event) -> Ticket:
    """The ticket before its first event, which says its protocol."""
    protocol = str(first.changes.get("protocol", (None, ""))[1])
    return blank(first.ticket or 0, protocol, first.happened_at, first.recorded_at)


def follow(
    ticket: Ticket,
    clocks: tuple[ClockState, ...],
    event: Event,
    past: Callable[[], Sequence[Event]],
    compiled: Sequence[CompiledClock],
    subject: str,
) -> tuple[Ticket, tuple[ClockState, ...]]:
    """Ticket and clocks after one more event. Live acts, imports and rebuilding all go through here.

    ``past`` gives the ticket's earlier events; it is asked only where the clocks must be derived anew: when
    the event lies before something that they have seen, or takes an act back. A breach that was recorded
    stays, whatever the new figures say.
    """
    after = apply_event(ticket, event, subject)
    fact = fact_of(after, event.type, event.happened_at, event.payload)
    if fact.by_watch or fact.courtesy or not told_anew(ticket, clocks, event):
        return after, advance(clocks, fact, compiled)
    events = [*past(), event]
    _ticket, facts = replay(start_of(events[0]), events, subject)
    known = {clock.name: clock for clock in clocks}
    anew = [_with_breach(clock, known.pop(clock.name, None)) for clock in derive(facts, compiled)]
    ruled = {clock.rule.name for clock in compiled}
    # A clock that the policy no longer has stays as it was, as it does live.
    return after, (*anew, *(clock for clock in known.values() if clock.rule not in ruled))


def told_anew(ticket: Ticket, clocks: Iterable[ClockState], event: Event) -> bool:
    """Whether the clocks must be derived anew for ``event``: it takes one back, or lies before what they have seen."""
    if event.type in TAKE_BACK:
        return True
    at = event.happened_at
    if at < ticket.acted_at or at < (ticket.customer_wrote_at or 0):
        return True
    # What an import told of the ticket is no act by a person, and moves its clocks all the same.
    return any(
        at < (clock.paused_at or 0) or at < (clock.resumed_at or 0) or at < (clock.met_at or 0)
        for clock in clocks
    )


def _with_breach(clock: ClockState, before: ClockState | None) -> ClockState:
    if before is None or before.missed_at is None or clock.missed_at is not None:
        return clock
    return replace(clock, missed_at=before.missed_at)


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a ticket, with ticket and clocks before and after it; ``before`` is ``None`` at the first."""

    event: Event
    before: Ticket | None
    clocks_before: tuple[ClockState, ...]
    ticket: Ticket
    clocks: tuple[ClockState, ...]
