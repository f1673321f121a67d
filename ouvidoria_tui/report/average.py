"""The mean time to a solution beside its target: a forecast of the desk, never a breach of one case (S0-12)."""

from __future__ import annotations

from datetime import date

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.report.answer import Average
from ouvidoria_tui.report.desk_data import Source
from ouvidoria_tui.store.figures import Scope, Statement
from ouvidoria_tui.store.figures_clocks import pairs, solution_days, solution_time

_DAY = 86_400


def average(source: Source, scope: Scope) -> tuple[Average | None, Statement | None]:
    """Mean days from arrival to the conclusive answer of the tickets of ``scope``; none without a target."""
    policy = source.policy
    if policy.average_days is None:
        return None, None
    business = policy.average_unit is Unit.BUSINESS_DAYS
    statement = solution_days(scope) if business else solution_time(scope)
    rows = pairs(source.conn, statement, policy.zone)
    if business:
        tickets, days = _business_days(source, rows)
    else:
        tickets, days = rows[0][0], rows[0][1] / _DAY
    return (
        Average(
            days=round(days / tickets, 1) if tickets else None,
            target_days=policy.average_days,
            unit=policy.average_unit,
            tickets=tickets,
            source=policy.average_source,
            assumed=policy.average_assumed,
        ),
        statement,
    )


def _business_days(source: Source, rows: list[tuple[int, ...]]) -> tuple[int, float]:
    calendar = Calendar(source.policy.calendars["desk"], source.in_force.closed)
    tickets = sum(row[2] for row in rows)
    days = sum(
        calendar.business_days_between(date.fromordinal(first), date.fromordinal(last)) * count
        for first, last, count in rows
    )
    return tickets, float(days)
