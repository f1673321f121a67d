"""What a clock of a ticket is, what it needs to know of an event, and how its figures are computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.policy import CalendarChoice, ClockRule, ClockTarget, Unit
from ouvidoria_tui.domain.span import DAY, SIZE, due_after
from ouvidoria_tui.domain.ticket import Channel, Difficulty, Severity, Status, Turn, Type

RUNNING = "running"
PAUSED = "paused"
#: Alive without a figure: its rule has targets for some tickets only, and none fits this one (S2-48).
UNDEFINED = "undefined"
MET = "met"
MISSED = "missed"
#: Ended with the ticket and not satisfied (closed without an answer): neither met nor missed.
STOPPED = "stopped"
#: The customer's time is over; no row says so, it is what a running one shows.
LAPSED = "lapsed"

ALIVE = frozenset({RUNNING, PAUSED, UNDEFINED})


@dataclass(frozen=True, slots=True)
class Fact:
    """What a clock needs to know of one event; status, turn and classification are those after it.

    ``kind`` is the value of its ``ledger.Act``. ``public_answer`` is a public message by a person of the desk
    (asking the customer is one); ``conclusive`` a conclusive answer or the closing. ``informs`` marks a public
    word that answers nothing yet: a delay notice, the notice of an extension.

    Acts on clocks name them in ``names`` (none: all that the act may touch). ``until`` is the due moment that
    a warning or breach is about, or the date that a delay notice promises; ``extra`` the seconds of own time
    that an extension adds. ``by_watch`` says that nobody acted: such a fact only leaves marks. ``area`` is the
    area that a request or its answer is about. ``uncovered`` says that the contract does not cover who wrote:
    its clocks wait, those of a norm run all the same (C-12, C-13). ``courtesy`` is a bare thank-you by the
    customer: no clock hears it.
    """

    at: int
    seq: int
    kind: str
    turn: Turn
    status: Status
    by_customer: bool
    public_answer: bool
    conclusive: bool
    type: Type
    severity: Severity | None = None
    difficulty: Difficulty | None = None
    department: str | None = None
    plan: str | None = None
    informs: bool = False
    by_watch: bool = False
    courtesy: bool = False
    names: tuple[str, ...] = ()
    until: int | None = None
    extra: int = 0
    channel: Channel = Channel.PORTAL
    area: str | None = None
    uncovered: bool = False


@dataclass(frozen=True, slots=True)
class ClockState:
    """One clock of one ticket: a row of the ``clock`` table. Moments are epoch seconds.

    ``state`` is ``running``, ``paused``, ``met``, ``missed`` (stopped late), ``stopped`` (ended unanswered
    with the ticket) or ``undefined`` (no figure fits this ticket). ``due_at`` is ``None`` while paused or
    undefined and stays readable once stopped; ``missed_at`` is the first due moment that passed unmet, in any
    cycle, and is never erased. ``remaining`` (while paused) and ``spent`` (up to ``resumed_at``, in all once
    stopped) are seconds of the clock's own time, 86,400 to a day in the day units. A running clock past its
    due time is late before anything says so: see ``deadline.shown``.

    ``extra`` is what extensions added, in seconds of own time, ``extensions`` and ``suspensions`` how many
    there were. While ``suspended_at`` is set the clock is paused whosever turn it is; ``awaits`` says that the
    customer's next message ends that. ``late_at`` is the due moment that passed in the present cycle.
    ``warned`` and ``breached`` are the due moments that the watch has spoken of. ``notified_at`` is when the
    customer was told, before the due time, that more is needed (S4-22), ``promised_at`` until when.
    ``calendar`` names the one by which it counts, where that is not its rule's own. ``lapses`` says that it is
    the customer's time: past its due moment it has lapsed, and nobody is late.
    """

    name: str
    state: str
    started_at: int
    due_at: int | None = None
    warn_at: int | None = None
    met_at: int | None = None
    missed_at: int | None = None
    paused_at: int | None = None
    remaining: int | None = None
    spent: int | None = 0
    statutory: bool = False
    amount: int | None = None
    resumed_at: int | None = None
    late_at: int | None = None
    extra: int | None = None
    extensions: int | None = None
    suspended_at: int | None = None
    suspensions: int | None = None
    awaits: bool | None = None
    warned: int | None = None
    breached: int | None = None
    notified_at: int | None = None
    promised_at: int | None = None
    calendar: str | None = None
    lapses: bool | None = None

    @property
    def rule(self) -> str:
        """The name of its rule: that of an area's request is ``area:finance`` under the rule ``area``."""
        return rule_of(self.name)

    @property
    def used(self) -> int:
        """What counts against the target: own seconds spent, less what extensions added."""
        return (self.spent or 0) - (self.extra or 0)

    def lateness(self, now: int) -> int | None:
        """The due moment that passed in the present cycle, also where nothing has said so yet."""
        if self.late_at is not None:
            return self.late_at
        return (
            self.due_at if self.state == RUNNING and self.due_at is not None and now > self.due_at else None
        )

    @property
    def since(self) -> int:
        """The start of the present run, from which what is left is counted."""
        return self.started_at if self.resumed_at is None else self.resumed_at


def rule_of(name: str) -> str:
    """The rule of the clock that has this name on a ticket."""
    return name.partition(":")[0]


def area_of(name: str) -> str | None:
    """The area that the clock of this name is about; ``None`` for a clock that is not one area's."""
    return name.partition(":")[2] or None


@dataclass(frozen=True, slots=True)
class CompiledClock:
    """A clock of the policy with the calendar it counts by, and those it may choose instead, by name.

    ``chosen`` is the name of ``calendar`` where the rule chooses among several.
    """

    rule: ClockRule
    calendar: Calendar
    others: Mapping[str, Calendar] = field(default_factory=dict)
    chosen: str | None = None

    def name_for(self, fact: Fact) -> str | None:
        """What the clock is called on a ticket, where the fact may begin it; ``None`` where it cannot."""
        if not self.rule.each_area:
            return self.rule.name
        return None if fact.area is None else f"{self.rule.name}:{fact.area}"

    def fitting(self, fact: Fact) -> CompiledClock:
        """The clock on the calendar of a ticket so classified."""
        if not self.others:
            return self
        wanted = next((one.calendar for one in self.rule.calendars if _chosen(one, fact)), self.rule.calendar)
        return self._on(wanted)

    def of(self, state: ClockState) -> CompiledClock:
        """The clock on the calendar by which ``state`` counts."""
        return self if not self.others else self._on(state.calendar or self.rule.calendar)

    @property
    def kept(self) -> str | None:
        """The calendar that a state has to remember: none where it is the rule's own."""
        return None if self.chosen == self.rule.calendar else self.chosen

    def _on(self, name: str) -> CompiledClock:
        # A calendar that this policy has not (the clock began under another) gives way to the rule's own.
        name = name if name in self.others else self.rule.calendar
        return self if name == self.chosen else replace(self, calendar=self.others[name], chosen=name)

    def amount_for(self, fact: Fact) -> int | None:
        """The target for a ticket so classified: the first that fits, else the rule's own."""
        for target in self.rule.targets:
            if _fits(target, fact):
                return target.amount
        return self.rule.amount

    def figures(self, amount: int, since: int, spent: int, late_at: int | None) -> tuple[int, int | None]:
        """Due and warning moments of a run that began at ``since`` with ``spent`` own seconds used before."""
        unit = self.rule.unit
        own = amount * SIZE[unit] - spent
        if own <= 0 and SIZE[unit] != DAY:
            # Used up before this run began: due when it was, or now where it never was due (a new target).
            due_at = since if late_at is None else late_at
            return due_at, due_at if self.rule.warn_before else None
        due_at = due_after(unit, own, since, self.calendar, self.rule.roll)
        return due_at, self._warning(own, since, due_at)

    def _warning(self, own: int, since: int, due_at: int) -> int | None:
        """Where all but the lead is used, in open hours: the next opening, else the last open minute."""
        lead = self.rule.warn_before
        if lead <= 0:
            return None
        calendar = self.calendar
        warn = calendar.next_opening(self._used_up(own - lead, since))
        if warn <= due_at:
            return warn
        last = calendar.last_open_before(due_at)
        return since if last is None or last < since else last

    def _used_up(self, own: int, since: int) -> int:
        unit = self.rule.unit
        if unit is Unit.BUSINESS_DAYS:
            own -= own % DAY  # a lead of part of a business day is rounded up to the whole
        if own <= 0:
            return since
        rest = -own % DAY if unit is Unit.CALENDAR_DAYS else 0
        return due_after(unit, own + rest, since, self.calendar) - rest


def _chosen(choice: CalendarChoice, fact: Fact) -> bool:
    return (not choice.channels or fact.channel in choice.channels) and (
        choice.department is None or choice.department == fact.department
    )


def _fits(target: ClockTarget, fact: Fact) -> bool:
    return (
        (target.type is None or target.type == fact.type)
        and (target.severity is None or target.severity == fact.severity)
        and (target.difficulty is None or target.difficulty == fact.difficulty)
        and (target.department is None or target.department == fact.department)
        and (target.plan is None or target.plan == fact.plan)
    )
