"""What one pass of the watch has to do on a ticket: pure, from its clocks as they stand at a moment.

Six things: warnings whose moment has come, breaches that are not in the ledger yet, time of the customer that is
over, the rung of the ladder that a breach has reached, whether the customer must be told something before the
desk opens again, whether the customer has heard nothing for as long as the policy calls silence (S0-08), and which
areas owe an answer that is overdue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from ouvidoria_tui.domain.area_list import AreaState, Asked
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.clock_acts import informing
from ouvidoria_tui.domain.clock_state import ALIVE, RUNNING, ClockState
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.ladder import raised_since, reached
from ouvidoria_tui.domain.policy import ClockRule, ClockStop, Level, Party
from ouvidoria_tui.domain.ticket import Status, Ticket, Turn


class Kind(StrEnum):
    """What the watch says of a ticket."""

    WARNING = "warning"
    BREACH = "breach"
    LAPSE = "lapse"
    ESCALATION = "escalation"
    TELL_TODAY = "tell-today"
    AREA_OVERDUE = "area-overdue"
    SILENT = "silent"


class Verdict(StrEnum):
    """What became of an item: to be done, waiting for the desk to open, done, or done before."""

    PLANNED = "planned"
    WAITING = "waiting"
    DONE = "done"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the round. ``at`` is when it fell due to be done: the warning's moment, the breach, the moment
    that the rung was reached, the due time by which the customer must hear, the end of the time that a customer may
    hear nothing (of no ``clock``). ``due_at`` is the due time behind it. ``area`` owes the answer that is overdue; its
    ``clock`` is ``area:NAME`` also where the days of the register stand for one.
    """

    protocol: str
    kind: Kind
    clock: str
    at: int
    due_at: int
    level: int | None = None
    addressee: str | None = None
    delegate_of: str | None = None
    result: Verdict = Verdict.PLANNED
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """What holds for every ticket of a pass. Outside the desk's hours nobody is alerted (``open`` false).

    After ``silence`` seconds without a word to the customer a ticket is silent; 0: none ever is.
    """

    now: int
    open: bool
    tell_until: int
    rules: Mapping[str, ClockRule]
    levels: tuple[Level, ...]
    calendars: Mapping[str, Calendar]
    silence: int = 0


def tell_until(desk: Calendar, now: int) -> int:
    """What falls due until then must be said today: nobody is at the desk before its next opening after today."""
    return desk.next_opening(desk.midnight(desk.local_date(now) + timedelta(days=1)))


def plan(
    ticket: Ticket,
    clocks: Sequence[ClockState],
    this: Round,
    escalations: Callable[[], Sequence[Escalation]],
    asked: Sequence[Asked] = (),
) -> list[Item]:
    """The items of one ticket; of a closed one only breaches, which stay true. ``asked`` is what areas owe it."""
    ruled = [state for state in clocks if state.rule in this.rules]
    items = list(_breaches(ticket, ruled, this))
    if ticket.status is Status.CLOSED:
        return items
    items += _warnings(ticket, ruled, this)
    items += _escalation(ticket, ruled, this, escalations)
    items += _tell_today(ticket, ruled, this)
    items += _areas(ticket, asked, this)
    items += _silence(ticket, this)
    return items


def _breaches(ticket: Ticket, clocks: Sequence[ClockState], this: Round) -> Iterator[Item]:
    for state in clocks:
        late = state.lateness(this.now)
        # What had passed before the ticket came here is history, unless it is late still.
        ours = state.state in ALIVE or (late or 0) >= ticket.registered_at
        if late is None or late == state.breached or not ours:
            continue
        rule = this.rules[state.rule]
        if rule.stop is not ClockStop.REOPENING:  # a window that closes is no event
            yield Item(ticket.protocol, passed(rule), state.name, late, late)


def passed(rule: ClockRule) -> Kind:
    """What it is when the due moment of a clock passes: somebody is late, or the customer's time is over."""
    return Kind.LAPSE if rule.party is Party.CUSTOMER else Kind.BREACH


def _warnings(ticket: Ticket, clocks: Sequence[ClockState], this: Round) -> Iterator[Item]:
    for state in clocks:
        due_at, warn_at = state.due_at, state.warn_at
        if state.state != RUNNING or due_at is None or warn_at is None or state.warned == due_at:
            continue
        if warn_at <= this.now <= due_at and state.late_at is None:
            yield _alert(Item(ticket.protocol, Kind.WARNING, state.name, warn_at, due_at), this)


def _escalation(
    ticket: Ticket, clocks: Sequence[ClockState], this: Round, escalations: Callable[[], Sequence[Escalation]]
) -> Iterator[Item]:
    """The highest rung that any late clock has reached, if the ticket has not been there for that breach."""
    best: Item | None = None
    for state in clocks:
        late = state.lateness(this.now)
        if late is None or state.state != RUNNING or state.lapses:
            continue
        # A customer who was told in time waits until the date that was promised.
        since = max(late, state.promised_at or late) if state.notified_at is not None else late
        found = reached(this.levels, this.calendars, since, this.now)
        if found is None or found[0].level <= ticket.level:
            continue
        rung, at = found
        if best is not None and (rung.level, -at) <= (best.level or 0, -best.at):
            continue
        if not raised_since(escalations(), rung.level, late):
            best = Item(ticket.protocol, Kind.ESCALATION, state.name, at, late, rung.level)
    if best is not None:
        yield _alert(best, this)


def _tell_today(ticket: Ticket, clocks: Sequence[ClockState], this: Round) -> Iterator[Item]:
    """The earliest due time by which the customer must hear something, if that is before the desk opens again."""
    first: Item | None = None
    for state in clocks:
        rule = this.rules[state.rule]
        if state.state != RUNNING or state.due_at is None or rule.stop is not ClockStop.PUBLIC_ANSWER:
            continue
        by = state.due_at
        if not informing(rule) and state.promised_at is not None:
            by = max(by, state.promised_at)
        if by <= this.tell_until and (first is None or by < first.at):
            first = Item(ticket.protocol, Kind.TELL_TODAY, state.name, by, state.due_at)
    if first is not None:
        yield _alert(first, this)


def _areas(ticket: Ticket, asked: Sequence[Asked], this: Round) -> Iterator[Item]:
    """The areas whose time is over and who have not answered (S1-22), whatever said when their answer was due."""
    for one in asked:
        if one.due_at is not None and one.state(this.now) is AreaState.OVERDUE:
            name = one.clock or f"area:{one.request.area}"
            area = one.request.area
            yield _alert(
                Item(ticket.protocol, Kind.AREA_OVERDUE, name, one.due_at, one.due_at, area=area), this
            )


def _silence(ticket: Ticket, this: Round) -> Iterator[Item]:
    """The customer waits and has heard nothing for too long; nobody but a person can change that."""
    at = max(ticket.public_word_at or 0, ticket.arrived_at) + this.silence
    if this.silence and ticket.turn is not Turn.CUSTOMER and at <= this.now:
        yield _alert(Item(ticket.protocol, Kind.SILENT, "", at, at), this)


def _alert(item: Item, this: Round) -> Item:
    return item if this.open else replace(item, result=Verdict.WAITING)
