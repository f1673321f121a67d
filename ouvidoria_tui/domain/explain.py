"""The ledger of one due time: every stretch from receipt to now, counted or not and why, and every version of it.

The stretches that count add up exactly to what the clock has used (``explain.counted``): the same seconds by
which its due time was set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.clock_state import ALIVE, PAUSED, ClockState, CompiledClock, Fact
from ouvidoria_tui.domain.explain_stretch import Why, pieces
from ouvidoria_tui.domain.explain_trace import Leg, Phase, Trace
from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.domain.span import SIZE, due_date, used
from ouvidoria_tui.domain.ticket import Turn


@dataclass(frozen=True, slots=True)
class Stretch:
    """[``start``, ``end``): wall ``seconds`` of it, own time ``counted`` by the clock, and the ``sum`` so far.

    ``name`` is a holiday's; ``turn`` whose turn it was while paused; ``event`` and ``act`` what it began with.
    """

    start: int
    end: int
    counted: int
    sum: int
    why: Why
    name: str = ""
    turn: Turn | None = None
    event: int | None = None
    act: str | None = None

    @property
    def seconds(self) -> int:
        """How long it was by the wall."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class DueVersion:
    """A row of ``deadline_version``: who or what set, moved or took away a due time."""

    event: int
    cause: str
    actor: str
    old: int | None
    new: int | None
    policy: int
    recorded_at: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """A clock of a ticket with its ledger; seconds are of the clock's own time, 86,400 to a day in day units.

    ``counted`` is what it has used, ``target`` what it may use (``None``: no figure fits this ticket), ``due_on``
    the date in day units, ``next_opening`` when the desk opens again where ``due_at`` lies on a closing.
    """

    clock: CompiledClock
    state: ClockState
    policy: int
    stretches: tuple[Stretch, ...]
    counted: int
    target: int | None
    due_on: date | None
    next_opening: int | None
    versions: tuple[DueVersion, ...]

    @property
    def remaining(self) -> int | None:
        """What is left, negative when it is used up; ``None`` without a target, or once it has ended."""
        if self.target is None or self.state.state not in ALIVE:
            return None
        return self.target - self.counted


def explain(
    trace: Trace,
    state: ClockState,
    now: int,
    in_force: tuple[int, CompiledClock] | None,
    versions: Sequence[DueVersion],
) -> Explanation:
    """The explanation of a clock as it stands (``state``, from its row) at ``now``.

    ``in_force`` are version and rule of the policy of today; ``None`` where that has the clock no more.
    """
    policy, clock = trace.version, trace.clock
    if in_force is not None and state.state in ALIVE:
        policy, clock = in_force
    assert clock is not None, "a clock that has a state has been told something"
    clock = clock.of(state)
    stretches = tuple(_stretches(trace, clock, max(now, trace.legs[-1].start)))
    unit, calendar = clock.rule.unit, clock.calendar
    due_at = state.due_at
    days = SIZE[unit] != SIZE[Unit.HOURS]
    return Explanation(
        clock=clock,
        state=state,
        policy=policy,
        stretches=stretches,
        counted=stretches[-1].sum if stretches else 0,
        target=None if state.amount is None else state.amount * SIZE[unit] + (state.extra or 0),
        due_on=due_date(unit, due_at, calendar) if days and due_at is not None else None,
        next_opening=_next_opening(unit, due_at, calendar),
        versions=tuple(versions),
    )


def counted(state: ClockState, clock: CompiledClock, now: int) -> int:
    """What a clock has used at ``now``, from its row alone: the figure that the stretches add up to."""
    spent = state.spent or 0
    if state.state == PAUSED or state.state not in ALIVE:
        return spent
    return spent + max(0, used(clock.rule.unit, state.since, now, clock.of(state).calendar))


def _next_opening(unit: Unit, due_at: int | None, calendar: Calendar) -> int | None:
    if due_at is None or unit not in (Unit.BUSINESS_HOURS, Unit.BUSINESS_DAYS):
        return None
    opening = calendar.next_opening(due_at)
    return opening if opening > due_at else None


def _stretches(trace: Trace, clock: CompiledClock, now: int) -> Iterator[Stretch]:
    total = 0
    legs = trace.legs
    for at, leg in enumerate(legs):
        last = at + 1 == len(legs)
        end = now if last else legs[at + 1].start
        if at < trace.cycle:
            why = Why.EARLIER if leg.phase in (Phase.RUNNING, Phase.PAUSED) else Why.WAITING
            yield from _whole(why, leg, end, total)
        elif leg.phase is Phase.RUNNING:
            by = clock if last or leg.clock is None else leg.clock
            for piece in pieces(by.rule.unit, leg.start, leg.since, end, by.calendar):
                total += piece.counted
                yield Stretch(
                    piece.start, piece.end, piece.counted, total, piece.why, piece.name, event=_seq(leg.fact)
                )
        elif not (last and leg.phase is Phase.STOPPED):
            yield from _whole(_WHY[leg.phase], leg, end, total)


_WHY = {Phase.PAUSED: Why.PAUSED, Phase.STOPPED: Why.STOPPED, Phase.WAITING: Why.WAITING}


def _whole(why: Why, leg: Leg, end: int, total: int) -> Iterator[Stretch]:
    if leg.start < end:
        fact = leg.fact
        if why is Why.PAUSED and fact is not None and fact.uncovered:
            why = Why.UNCOVERED
        turn = fact.turn if fact is not None and why is Why.PAUSED else None
        act = None if fact is None else fact.kind
        yield Stretch(leg.start, end, 0, total, why, turn=turn, event=_seq(fact), act=act)


def _seq(fact: Fact | None) -> int | None:
    return None if fact is None else fact.seq
