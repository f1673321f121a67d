"""The receipt of a manifestation: what was registered, and what happens next (S0-41, S0-12, S2-46)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.deadline import ClockState
from ouvidoria_tui.domain.policy import Policy, Unit
from ouvidoria_tui.domain.reading import TicketRecord, next_due
from ouvidoria_tui.domain.span import due
from ouvidoria_tui.domain.ticket import Status


@dataclass(frozen=True, slots=True)
class Forecast:
    """The average time to a solution, from the arrival on: a forecast, never a deadline (S0-12).

    ``at`` is the end of its last day, which is the first second of the next one where days are calendar days.
    """

    at: int
    amount: int
    unit: Unit
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says. Moments are epoch seconds.

    ``ahead`` counts the tickets before this one, while it waits in the queue. ``analysis_at`` is when the
    desk opens, where the manifestation came outside its hours. Where the policy promises nothing (S3-37), no
    moment but the arrival is named. ``access_code`` is there only on the receipt that tells it.
    """

    record: TicketRecord
    promise: bool
    ahead: int | None = None
    analysis_at: int | None = None
    due: ClockState | None = None
    forecast: Forecast | None = None
    access_code: str | None = field(default=None, repr=False)


def receipt_of(
    record: TicketRecord, policy: Policy, closed: Collection[date], ahead: int, code: str | None = None
) -> Receipt:
    """The receipt of a ticket under ``policy``, with the desk's ``closed`` dates and its place in the queue."""
    ticket = record.ticket
    waiting = ahead if ticket.status is Status.OPEN else None
    if not policy.promise:
        return Receipt(record, False, waiting, access_code=code)
    clock = next_due(record)
    open_ticket = ticket.status is not Status.CLOSED
    return Receipt(
        record,
        True,
        waiting,
        analysis_at=_analysis(ticket.arrived_at, policy, closed) if ticket.status is Status.OPEN else None,
        due=clock if clock is not None and clock.due_at is not None else None,
        forecast=_forecast(ticket.arrived_at, policy, closed) if open_ticket else None,
        access_code=code,
    )


def _analysis(arrived_at: int, policy: Policy, closed: Collection[date]) -> int | None:
    opening = Calendar(policy.calendars["desk"], closed).next_opening(arrived_at)
    return opening if opening > arrived_at else None


def _forecast(arrived_at: int, policy: Policy, closed: Collection[date]) -> Forecast | None:
    if policy.average_days is None:
        return None
    calendar = Calendar(policy.calendars["desk"], closed)
    at = due(policy.average_unit, policy.average_days, arrived_at, calendar)
    return Forecast(at, policy.average_days, policy.average_unit, policy.average_source)
