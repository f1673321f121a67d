"""A ticket in the machine formats: exactly the documented keys, in their order. A test pins them.

Moments are RFC 3339 with the desk's offset, slugs are English. Where a ticket is confidential and the reader
may not open it (``reveal`` false), ``subject`` and ``customer`` are ``null``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.deadline import ClockState, CompiledClock, remaining_seconds, shown
from ouvidoria_tui.domain.reading import TicketRecord, next_due
from ouvidoria_tui.present.dates import rfc3339


def ticket_record(
    record: TicketRecord, now: int, zone: str, clocks: Sequence[CompiledClock], *, reveal: bool = True
) -> dict[str, object]:
    """A ticket as ``queue`` and ``export`` give it; ``clocks`` are those of the policy in force."""
    ticket = record.ticket
    hidden = ticket.confidential and not reveal

    return {
        "protocol": ticket.protocol,
        "status": ticket.status.value,
        "turn": ticket.turn.value,
        "type": ticket.type.value,
        "channel": ticket.channel.value,
        "department": ticket.department,
        "subject": None if hidden else ticket.subject,
        "customer": None if hidden else customer_record(record.customer),
        "assignee": record.assignee,
        "area": ticket.area,
        "plan": ticket.plan,
        "severity": ticket.severity,
        "difficulty": ticket.difficulty,
        "cause": ticket.cause,
        "lane": ticket.lane.value,
        "level": ticket.level,
        "admission": ticket.admission.value,
        "merit": ticket.merit.value,
        "outcome": ticket.outcome,
        "close_reason": ticket.close_reason,
        "prior_ticket": ticket.prior_ticket,
        "confidential": ticket.confidential,
        "flags": list(ticket.flags),
        "arrived_at": _at(ticket.arrived_at, zone),
        "registered_at": _at(ticket.registered_at, zone),
        "answered_at": _at(ticket.answered_at, zone),
        "closed_at": _at(ticket.closed_at, zone),
        "next_due": due_record(next_due(record), now, zone),
        "clocks": clock_records(record.clocks, now, zone, clocks),
        "revision": ticket.revision,
        "external_refs": [{"source": source, "external_id": id_} for source, id_ in record.refs],
        "complained_department": ticket.complained_department,
        "occurred_at": _at(ticket.occurred_at, zone),
        "escalation_reason": ticket.escalation_reason,
    }


def customer_record(customer: Customer | None) -> dict[str, object] | None:
    """Who complained; ``None`` where nobody is known. A document number is never in a list."""
    if customer is None:
        return None
    return {
        "id": customer.id,
        "name": customer.name,
        "email": customer.email,
        "plan": customer.plan,
        "external_id": customer.external_id,
    }


def due_record(clock: ClockState | None, now: int, zone: str) -> dict[str, object] | None:
    """The next deadline; ``due_at`` is ``None`` where it is paused."""
    if clock is None:
        return None
    return {"clock": clock.name, "due_at": _at(clock.due_at, zone), "state": shown(clock, now)}


def clock_records(
    states: Sequence[ClockState], now: int, zone: str, clocks: Sequence[CompiledClock]
) -> list[dict[str, object]]:
    """The clocks of a ticket in the policy's order; those that the policy has no more come last."""
    return [clock_record(state, now, zone, compiled) for state, compiled in paired(states, clocks)]


def paired(
    states: Sequence[ClockState], clocks: Sequence[CompiledClock]
) -> list[tuple[ClockState, CompiledClock | None]]:
    """Each clock of a ticket with its rule, in the policy's order."""
    rules = {clock.rule.name: clock for clock in clocks}
    order = {name: number for number, name in enumerate(rules)}
    known = sorted(states, key=lambda state: (order.get(state.rule, len(order)), state.name))
    return [(state, rules.get(state.rule)) for state in known]


def clock_record(state: ClockState, now: int, zone: str, compiled: CompiledClock | None) -> dict[str, object]:
    """One clock as it is at ``now``: a running clock past its due time is missed."""
    word = shown(state, now)
    missed_at = state.missed_at
    if missed_at is None and word == "missed":
        missed_at = state.due_at

    return {
        "name": state.name,
        "state": word,
        "due_at": _at(state.due_at, zone),
        "warn_at": _at(state.warn_at, zone),
        "met_at": _at(state.met_at, zone),
        "missed_at": _at(missed_at, zone),
        "remaining_seconds": left(state, now, compiled),
        "statutory": state.statutory,
        "source": source_of(compiled),
    }


def left(state: ClockState, now: int, compiled: CompiledClock | None) -> int | None:
    """What is left of a clock at ``now``, by the wall where its rule is gone."""
    if compiled is not None:
        return remaining_seconds(state, compiled, now)
    if state.state == "running" and state.due_at is not None:
        return state.due_at - now
    return state.remaining


def source_of(compiled: CompiledClock | None) -> str | None:
    """Where a clock comes from: the requirement or the norm, and its article."""
    if compiled is None:
        return None
    rule = compiled.rule
    return ", ".join(part for part in (rule.source, rule.article) if part) or None


def _at(epoch: int | None, zone: str) -> str | None:
    return None if epoch is None else rfc3339(epoch, zone)
