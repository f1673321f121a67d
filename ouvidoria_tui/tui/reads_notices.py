"""What the screens of notices read and do: those that were sent, what one would do, and giving it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.notices import Run, Told, greeted, plan_notice, send_notice
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.notice import Audience, Notice, NoticeKind
from ouvidoria_tui.present.dates import parse_when
from ouvidoria_tui.report.notices import copies_of, entries_of, notices
from ouvidoria_tui.report.reading import connection, logins, snapshot


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice that was sent: by whom, its words as they are read, entries in histories, copies by their state."""

    notice: Notice
    by: str
    text: str
    entries: int
    states: Mapping[str, int]

    @property
    def copies(self) -> int:
        """How many copies there are by mail."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class Typed:
    """A notice as it is typed; nothing of it has been looked at. A ``language`` keeps it to who is written to in it."""

    audience: str = ""
    kind: str = NoticeKind.OTHER
    day: str = ""
    subject: str = ""
    text: str = ""
    language: str = ""

    def told(self, desk: Desk) -> Told:
        """What shall be told to whom; raises ``UsageError`` ``AUDIENCE_UNKNOWN``, ``BAD_TIME``."""
        whom = Audience.parse(self.audience)
        if self.language:
            whom = replace(whom, language=Language(self.language))
        return Told(whom, NoticeKind(self.kind), self.subject, self.text, self._day(desk))

    def _day(self, desk: Desk) -> date | None:
        if not self.day.strip():
            return None
        zone = desk.policy.policy.zone
        return datetime.fromtimestamp(parse_when(self.day, zone, desk.clock.now()), ZoneInfo(zone)).date()


@dataclass(frozen=True, slots=True)
class Planned:
    """What a notice would do now, with its words as they are read."""

    typed: Typed
    audience: str
    day: date | None
    run: Run
    text: str


def sent(desk: Desk) -> tuple[Sent, ...]:
    """Every notice, the newest first."""
    conn = connection(desk.store)
    with snapshot(conn):
        who = logins(conn)
        return tuple(
            Sent(
                one,
                who.get(one.made_by) or "",
                greeted(one.text, None, one.language),
                entries_of(conn, one.number),
                copies_of(conn, one.number),
            )
            for one in notices(conn)
        )


def plan(typed: Typed) -> Callable[[Desk], Planned]:
    """What the notice would do; refused as sending it would be, but for the tone."""

    def job(desk: Desk) -> Planned:
        told = typed.told(desk)
        run = plan_notice(desk, told)
        return Planned(typed, told.audience.fact, told.day, run, greeted(run.letter.text, None, run.language))

    return job


def give(typed: Typed, so_far: Callable[[int], object], *, tone_confirmed: bool) -> Callable[[Desk], Run]:
    """Gives the notice to its audience; ``so_far`` hears after each transaction how many were seen to."""

    def job(desk: Desk) -> Run:
        desk = desk.confirming_tone(tone_confirmed)
        run: Run | None = None
        for run in send_notice(desk, typed.told(desk)):
            so_far(run.tally.found)
        assert run is not None  # an empty audience is refused
        return run

    return job
