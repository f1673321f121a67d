"""Digests to areas (S4-25, S4-26) and the analysis of what was recorded (S4-24): what they are, and when one is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ouvidoria_tui.domain.policy_areas import AnalysisRule
from ouvidoria_tui.domain.promised import day_end

#: So many periods back are looked at: what was left out years ago is nobody's task any more.
_BACK = 24


@dataclass(frozen=True, slots=True)
class Span:
    """A period of whole local dates, both included, and its half-open bounds in UTC epoch seconds."""

    first: date
    last: date
    start: int
    end: int

    @property
    def name(self) -> str:
        """How it is written: ``2026-11`` for a whole month, else both dates."""
        month = f"{self.first:%Y-%m}"
        whole = self.first.day == 1 and (self.last + timedelta(days=1)).day == 1
        if whole and month == f"{self.last:%Y-%m}":
            return month
        return f"{self.first}..{self.last}"


@dataclass(frozen=True, slots=True)
class Taken:
    """A measure or improvement of an area in the period: on which ticket, what, and whether it is done."""

    ticket: int
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What a period brought to one area: numbers and causes with their counts, most frequent first."""

    received: int = 0
    complaints: int = 0
    founded: int = 0
    late: int = 0
    causes: tuple[tuple[str, int], ...] = ()
    measures: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestSent:
    """A digest that was sent: to which area, about which period, when, and when the area said that it has read it."""

    area: str
    period: str
    sent_at: int
    acknowledged_at: int | None = None
    by: str | None = None

    def due_at(self, days: int, zone: str) -> int | None:
        """Before when the area shall have said so, the end of a day; ``None`` where nobody waits for it."""
        return day_end(self.sent_at, days, zone) if days else None

    def overdue(self, days: int, zone: str, now: int) -> bool:
        """Whether it has not said so in time."""
        due = self.due_at(days, zone)
        return self.acknowledged_at is None and due is not None and now >= due


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis of what was recorded: the period, ``by`` whom, and the conclusions (``None``: erased)."""

    number: int
    first: date
    last: date
    recorded_at: int
    recorded_by: int
    by: str
    text: str | None

    def covers(self, first: date, last: date) -> bool:
        """Whether a whole period lies in what was analysed."""
        return self.first <= first and last <= self.last


def missing_analyses(
    rule: AnalysisRule, made: Iterable[Analysis], founded_at: int, now: int, zone: str
) -> Iterator[tuple[date, date]]:
    """The periods that should have been analysed by ``now`` and were not, oldest first.

    Periods are whole since the desk was founded; each has ``rule.days`` after its last date.
    """
    if not rule.months:
        return
    tz, known = ZoneInfo(zone), tuple(made)
    today = datetime.fromtimestamp(now, tz).date()
    founded = datetime.fromtimestamp(founded_at, tz).date()
    month = today.year * 12 + today.month - 1
    current = month - month % rule.months
    for back in range(_BACK, 0, -1):
        first, following = _month(current - back * rule.months), _month(current - (back - 1) * rule.months)
        last = following - timedelta(days=1)
        due = last + timedelta(days=rule.days)
        if founded <= first and today > due and not any(one.covers(first, last) for one in known):
            yield first, last


def _month(count: int) -> date:
    return date(count // 12, count % 12 + 1, 1)
