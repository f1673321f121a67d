"""Events of a ticket told one by one, and the rules of the clocks that follow them in these tests."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from ouvidoria_tui.domain.deadline import (
    ClockState,
    CompiledClock,
    Fact,
    advance,
    compile_clocks,
)
from ouvidoria_tui.domain.policy import (
    CalendarRule,
    ClockRule,
    ClockStart,
    ClockStop,
    ClockTarget,
    Policy,
    Unit,
)
from ouvidoria_tui.domain.ticket import Severity, Status, Turn, Type

HOUR, DAY = 3600, 86_400
WEEK = {day: (("08:00", "18:00"),) for day in ("mon", "tue", "wed", "thu", "fri")}
CALENDARS = {"desk": CalendarRule("desk", "America/Sao_Paulo", WEEK)}

FIRST = ClockRule("first-response", ClockStart.RECEIPT, ClockStop.PUBLIC_ANSWER, Unit.HOURS, 24)
KEEP = ClockRule("keep-informed", ClockStart.CUSTOMER_MESSAGE, ClockStop.PUBLIC_ANSWER, Unit.HOURS, 48)
WORD = ClockRule("word", ClockStart.PUBLIC_WORD, ClockStop.PUBLIC_ANSWER, Unit.HOURS, 48)
CUSTOMER = frozenset({Turn.CUSTOMER})
HOURS = ClockRule(
    "resolution",
    ClockStart.RECEIPT,
    ClockStop.CONCLUSION,
    Unit.BUSINESS_HOURS,
    20,
    pause_while=CUSTOMER,
    targets=(ClockTarget(10, severity=Severity.CRITICAL),),
)
DAYS = ClockRule(
    "resolution",
    ClockStart.RECEIPT,
    ClockStop.CONCLUSION,
    Unit.CALENDAR_DAYS,
    30,
    pause_while=CUSTOMER,
    roll=True,
)


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"2026-{text}:00-03:00").timestamp())


def compiled(*rules: ClockRule) -> tuple[CompiledClock, ...]:
    return compile_clocks(Policy("k", "n", "s", "America/Sao_Paulo", CALENDARS, rules), ())


class Story:
    """Events of one ticket as the desk would tell them, followed by one clock."""

    def __init__(self, rule: ClockRule) -> None:
        self.clocks = compiled(rule)
        self.states: tuple[ClockState, ...] = ()
        self.facts: list[Fact] = []
        self._seq = count(1)

    def tell(
        self,
        kind: str,
        when: str,
        status: Status,
        *,
        turn: Turn | None = None,
        customer: bool = False,
        answer: bool = False,
        conclusive: bool = False,
        severity: Severity | None = None,
    ) -> ClockState:
        turns = {Status.ANSWERED: Turn.CUSTOMER, Status.CLOSED: Turn.NONE}
        turn = turn or turns.get(status, Turn.DESK)
        fact = Fact(
            at(when),
            next(self._seq),
            kind,
            turn,
            status,
            customer,
            answer,
            conclusive,
            Type.COMPLAINT,
            severity,
        )
        self.facts.append(fact)
        self.states = advance(self.states, fact, self.clocks)
        return self.states[0] if self.states else NONE

    def received(self, when: str) -> ClockState:
        return self.tell("received", when, Status.OPEN, customer=True)

    def asked(self, when: str) -> ClockState:
        return self.tell("asked", when, Status.ANSWERED, answer=True)

    def concluded(self, when: str) -> ClockState:
        return self.tell("replied", when, Status.ANSWERED, answer=True, conclusive=True)

    def customer(self, when: str, status: Status = Status.CUSTOMER_REPLY) -> ClockState:
        return self.tell("customer-replied", when, status, customer=True)

    def noted(self, when: str, status: Status = Status.IN_PROGRESS) -> ClockState:
        return self.tell("noted", when, status)

    def classified(self, when: str, severity: Severity) -> ClockState:
        return self.tell("classified", when, Status.IN_PROGRESS, severity=severity)

    def closed(self, when: str) -> ClockState:
        return self.tell("closed", when, Status.CLOSED, conclusive=True)

    def reopened(self, when: str) -> ClockState:
        return self.tell("reopened", when, Status.OPEN)


NONE = ClockState("none", "none", 0)
