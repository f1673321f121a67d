"""How far a clock may be extended, and what a new date adds to it.

A norm says how often and how far; a contract's clock without such a rule is extended once, with a reason, by at
most its own figure again. An extension counts from the clock's start and is rolled once, so that thirty days
and thirty more are sixty days and not two rolls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ouvidoria_tui.domain.clock_acts import informing
from ouvidoria_tui.domain.clock_state import RUNNING, ClockState, CompiledClock
from ouvidoria_tui.domain.policy import ClockStop, Party
from ouvidoria_tui.domain.policy_law import Extension
from ouvidoria_tui.domain.span import DAY, SIZE, due_date, used
from ouvidoria_tui.domain.ticket import Type
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_


@dataclass(frozen=True, slots=True)
class Grant:
    """An extension that the rule allows: seconds of own time added, and the due moment that follows."""

    extra: int
    due_at: int


def allowance(clock: CompiledClock) -> Extension | None:
    """The rule by which a clock may be extended; ``None`` where a norm's clock has none."""
    rule = clock.rule
    if rule.extension is not None or rule.statutory:
        return rule.extension
    return Extension()


def choose(states: Sequence[ClockState], clocks: Sequence[CompiledClock]) -> CompiledClock | None:
    """The clock that people mean who name none: one with a rule, one up to the conclusion, the first response."""
    running = {state.name for state in states if state.state == RUNNING and state.due_at is not None}
    meant = [
        clock
        for clock in clocks
        if clock.rule.name in running and not informing(clock.rule) and clock.rule.party is Party.DESK
    ]
    meant.sort(key=lambda clock: (clock.rule.extension is None, clock.rule.stop is not ClockStop.CONCLUSION))
    return meant[0] if meant else None


def grant(
    state: ClockState, clock: CompiledClock, to: int, now: int, kind: Type, *, consent: bool = False
) -> Grant:
    """What extending a running clock until ``to`` means; a midnight stands for all of the day it begins.

    Raises ``Refused``: ``CLOCK_NOT_RUNNING``, ``EXTENSION_EXHAUSTED``, ``EXTENSION_TOO_LATE``,
    ``EXTENSION_NEEDS_CONSENT``, ``EXTENSION_NOT_LATER``, ``EXTENSION_TOO_LONG`` (naming the last possible date).
    """
    return _measured(state, clock, to, permitted(state, clock, now, kind, consent=consent))


def permitted(
    state: ClockState, clock: CompiledClock, now: int, kind: Type, *, consent: bool = False
) -> Extension:
    """The rule by which a clock may be extended at ``now``, whatever the date; raises as :func:`grant` does."""
    if state.state != RUNNING or state.due_at is None or state.amount is None:
        raise Refused(
            "CLOCK_NOT_RUNNING",
            N_("{clock} is {state}: there is no date to extend", clock=state.name, state=state.state),
            N_("a clock that is paused or suspended keeps what is left; extend it when it runs again"),
        )
    allowed = _allowed(state, clock, kind)
    late = state.lateness(now)
    if late is not None:
        raise Refused(
            "EXTENSION_TOO_LATE",
            N_(
                "{clock} was due on {date}: what is late cannot be extended",
                clock=state.name,
                date=written(clock, late),
            ),
            N_("answer, or tell the customer with `ouvidoria delay-notice`"),
        )
    if allowed.consent and not consent:
        raise Refused(
            "EXTENSION_NEEDS_CONSENT",
            N_("{clock} is extended only by agreement with the customer", clock=state.name),
            N_("record the agreement, then repeat with --consent"),
        )
    return allowed


def furthest(state: ClockState, clock: CompiledClock, allowed: Extension) -> int:
    """The last due moment that the rule lets a running clock reach."""
    assert state.amount is not None
    most = _most(state, SIZE[clock.rule.unit], allowed)
    return clock.figures(state.amount, state.since, state.used - most, None)[0]


def written(clock: CompiledClock, due_at: int) -> str:
    """A due moment as a date, with the hour where the clock counts hours: ``2026-11-20 17:30``."""
    if SIZE[clock.rule.unit] == DAY:
        return due_date(clock.rule.unit, due_at, clock.calendar).isoformat()
    return f"{datetime.fromtimestamp(due_at, ZoneInfo(clock.calendar.rule.zone)):%Y-%m-%d %H:%M}"


def _allowed(state: ClockState, clock: CompiledClock, kind: Type) -> Extension:
    allowed = allowance(clock)
    if allowed is None or (allowed.types and kind not in allowed.types):
        raise Refused(
            "EXTENSION_EXHAUSTED",
            N_("{clock} cannot be extended: its norm allows none here", clock=state.name),
            N_("answer by the due date, or tell the customer with `ouvidoria delay-notice`"),
        )
    if (state.extensions or 0) >= allowed.times:
        raise Refused(
            "EXTENSION_EXHAUSTED",
            N_(
                "{clock} was extended {count} times, and no more than that is possible",
                clock=state.name,
                count=state.extensions,
            )
            if allowed.times > 1
            else N_("{clock} was extended once, and once is all that is possible", clock=state.name),
            N_("answer by the due date, or tell the customer with `ouvidoria delay-notice`"),
        )
    return allowed


def _measured(state: ClockState, clock: CompiledClock, to: int, allowed: Extension) -> Grant:
    assert state.amount is not None
    assert state.due_at is not None
    size, calendar = SIZE[clock.rule.unit], clock.calendar
    day, end, whole = _until(clock, to)
    extra = used(clock.rule.unit, state.since, end, calendar) + state.used - state.amount * size
    most = _most(state, size, allowed)
    last = furthest(state, clock, allowed)
    # A date alone reaches as far into its day as the rule allows.
    beyond = due_date(clock.rule.unit, last, calendar) < day if whole else end > last and extra > most
    if beyond:
        raise Refused(
            "EXTENSION_TOO_LONG",
            N_("{clock} can be extended until {date} at most", clock=state.name, date=written(clock, last)),
            N_("give that date or an earlier one with --to"),
            details={"last": written(clock, last)},
        )
    extra = min(extra, most)
    due_at = clock.figures(state.amount, state.since, state.used - extra, None)[0]
    if extra <= 0 or due_at <= state.due_at:
        raise Refused(
            "EXTENSION_NOT_LATER",
            N_("{clock} is due on {date} already", clock=state.name, date=written(clock, state.due_at)),
            N_("give a later date with --to"),
        )
    return Grant(extra, due_at)


def _until(clock: CompiledClock, to: int) -> tuple[date, int, bool]:
    """The date that is meant, the moment up to which time is given, and whether the date alone is meant."""
    calendar = clock.calendar
    day = calendar.local_date(to)
    if SIZE[clock.rule.unit] == DAY:
        return day, calendar.midnight(day), True
    whole = to == calendar.midnight(day)
    return day, calendar.midnight(day + timedelta(days=1)) if whole else to, whole


def _most(state: ClockState, size: int, allowed: Extension) -> int:
    """Seconds of own time that may still be added."""
    assert state.amount is not None
    bounds: list[int] = []
    if allowed.amount is not None:
        bounds.append(allowed.amount * size)
    if allowed.most is not None:
        bounds.append((allowed.most - state.amount) * size - (state.extra or 0))
    return min(bounds) if bounds else state.amount * size
