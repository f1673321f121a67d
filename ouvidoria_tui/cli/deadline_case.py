"""The ticket that `deadline due` asks about: what targets and calendars are chosen by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.common import choice
from ouvidoria_tui.domain.clock_state import CompiledClock, Fact
from ouvidoria_tui.domain.deadline import calendars_of, on_calendars
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import Channel, Difficulty, Severity, Status, Turn, Type

if TYPE_CHECKING:
    from ouvidoria_tui.cli.calendar_source import Calendars
    from ouvidoria_tui.domain.calendar import Calendar
    from ouvidoria_tui.domain.policy import ClockRule


def case(
    type_: str | None,
    severity: str | None,
    difficulty: str | None,
    channel: str | None,
    department: str | None,
    plan: str | None,
) -> Fact:
    """A ticket as it would be received; ``UsageError`` ``BAD_CHOICE`` for a word that is no value."""
    return Fact(
        at=0,
        seq=1,
        kind=Act.RECEIVED.value,
        turn=Turn.DESK,
        status=Status.OPEN,
        by_customer=True,
        public_answer=False,
        conclusive=False,
        type=choice(Type, type_, "--type") or Type.COMPLAINT,
        severity=choice(Severity, severity, "--severity"),
        difficulty=choice(Difficulty, difficulty, "--difficulty"),
        channel=choice(Channel, channel, "--channel") or Channel.PORTAL,
        department=department,
        plan=plan,
    )


def compiled(rule: ClockRule, calendars: Calendars) -> CompiledClock:
    """A clock of a profile over the calendars that it names."""
    known: Mapping[str, Calendar] = {name: calendars[name] for name in calendars_of(rule)}
    return on_calendars(rule, known)
