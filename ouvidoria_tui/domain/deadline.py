"""The clocks of a ticket as a fold over its events, one event at a time or from the beginning: the same.

``advance`` follows live acts and imports; ``derive`` answers when an event is added late, when an act was
undone (leave out both events) and when a store is rebuilt. Nothing here reads the time: what a running clock
is *now* is asked with :func:`shown` and :func:`remaining_seconds`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.clock_state import (
    LAPSED,
    MISSED,
    PAUSED,
    RUNNING,
    ClockState,
    CompiledClock,
    Fact,
    rule_of,
)
from ouvidoria_tui.domain.clock_step import step
from ouvidoria_tui.domain.policy import ClockRule, Policy, Unit
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

__all__ = [
    "ClockState",
    "CompiledClock",
    "Fact",
    "advance",
    "calendars_of",
    "compile_clocks",
    "derive",
    "instances",
    "on_calendars",
    "remaining_seconds",
    "shown",
]


def compile_clocks(
    policy: Policy, closed: Mapping[date, str] | Collection[date]
) -> tuple[CompiledClock, ...]:
    """The policy's clocks with their calendars over the desk's closed dates.

    A clock without any figure does not exist (S2-48) and is left out, as is one that is off and one of another
    thing than the ticket (an area's request, a survey: see ``policy.TICKET_STARTS``). Raises ``UsageError`` with
    ``CALENDAR_UNKNOWN`` for a clock on a calendar that the policy has not, or what ``Calendar`` raises.
    """
    calendars: dict[str, Calendar] = {}
    clocks: list[CompiledClock] = []
    for rule in policy.clocks:
        if not rule.on_ticket or (rule.amount is None and not rule.targets):
            continue
        names = calendars_of(rule)
        for name in names:
            if name not in policy.calendars:
                raise UsageError(
                    "CALENDAR_UNKNOWN",
                    N_("the clock {clock} counts by {calendar}", clock=rule.name, calendar=repr(name)),
                    N_("the policy has these calendars: {names}", names=", ".join(policy.calendars) or "-"),
                )
            if name not in calendars:
                calendars[name] = Calendar(policy.calendars[name], closed)
        clocks.append(on_calendars(rule, calendars))
    return tuple(clocks)


def calendars_of(rule: ClockRule) -> tuple[str, ...]:
    """The names of the calendars that a clock may count by, its own first."""
    return tuple(dict.fromkeys((rule.calendar, *(choice.calendar for choice in rule.calendars))))


def on_calendars(rule: ClockRule, calendars: Mapping[str, Calendar]) -> CompiledClock:
    """The clock over ``calendars``, which has all that it names."""
    names = calendars_of(rule)
    if len(names) == 1:
        return CompiledClock(rule, calendars[rule.calendar])
    others = {name: calendars[name] for name in names}
    return CompiledClock(rule, calendars[rule.calendar], others, rule.calendar)


def advance(
    states: tuple[ClockState, ...], fact: Fact, clocks: Sequence[CompiledClock]
) -> tuple[ClockState, ...]:
    """The clocks after one more event, not older than those before; in the order of ``clocks``.

    A clock that the policy no longer has stays as it was, at the end. A clock that nothing happened to is
    the same object as before.
    """
    known = {state.name: state for state in states}
    after: list[ClockState] = []
    for clock in clocks:
        if clock.rule.each_area:
            for name in instances(known, fact, clock):
                state = step(known.pop(name, None), fact, clock, name)
                if state is not None:
                    after.append(state)
            continue
        state = step(known.pop(clock.rule.name, None), fact, clock)
        if state is not None:
            after.append(state)
    if known:
        after.extend(known.values())
    return tuple(after)


def instances(known: Iterable[str], fact: Fact, clock: CompiledClock) -> list[str]:
    """The clocks of one rule on a ticket: those it has, of ``known``, and the one that the fact may begin."""
    rule = clock.rule.name
    names = [name for name in known if rule_of(name) == rule]
    wanted = clock.name_for(fact)
    return names if wanted is None or wanted in names else [*names, wanted]


def derive(facts: Iterable[Fact], clocks: Sequence[CompiledClock]) -> tuple[ClockState, ...]:
    """The clocks after all of ``facts``, taken in the order in which they happened (then by ``seq``)."""
    states: tuple[ClockState, ...] = ()
    for fact in sorted(facts, key=lambda fact: (fact.at, fact.seq)):
        states = advance(states, fact, clocks)
    return states


def shown(state: ClockState, now: int) -> str:
    """The state as it is at ``now``: a running clock is ``missed`` once its due time has passed.

    One that gives the customer time has ``lapsed`` then: nobody is late.
    """
    if state.state == RUNNING and state.due_at is not None and now > state.due_at:
        return LAPSED if state.lapses else MISSED
    return state.state


def remaining_seconds(state: ClockState, clock: CompiledClock, now: int) -> int | None:
    """What is left at ``now``, negative when late; ``None`` for a clock that has stopped or has no figure.

    In business hours it is open time; otherwise, while running, time by the wall. A paused clock shows the
    own time that it keeps.
    """
    if state.state == PAUSED:
        return state.remaining
    if state.state != RUNNING or state.due_at is None:
        return None
    if clock.rule.unit is Unit.BUSINESS_HOURS:
        return clock.of(state).calendar.elapsed(now, state.due_at)
    return state.due_at - now
