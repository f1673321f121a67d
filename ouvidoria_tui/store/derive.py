"""What the rows of a ticket must be, told from its events: the same fold by which they were written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ouvidoria_tui.desk.ports import Recorded
from ouvidoria_tui.domain import escalation
from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.domain.projection import Step
from ouvidoria_tui.domain.reassess import Reassessed, retrace_all
from ouvidoria_tui.store.policies import policy_in_force
from ouvidoria_tui.store.policy_timeline import PolicyTimeline
from ouvidoria_tui.store.reassessed import reassessed_versions
from ouvidoria_tui.store.rows import clock_row
from ouvidoria_tui.store.writer import Writer, attachment_row, escalation_row, versions_of

Row = tuple[object, ...]


@dataclass(slots=True)
class Rows:
    """The rows of one ticket in each table; ``versions`` are those of its deadlines, without their number."""

    ticket: Row | None = None
    clock: list[Row] = field(default_factory=list)
    escalation: list[Row] = field(default_factory=list)
    attachment: list[Row] = field(default_factory=list)
    versions: list[Row] = field(default_factory=list)


class Deriver:
    """Derives rows from events, each event under the policy that was in force when it was recorded.

    Where a new policy re-assessed the ticket between two of its events, its clocks are re-assessed there too.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._policies = PolicyTimeline(conn)
        self._writer = Writer(conn, policy_in_force(conn).policy.zone)

    def rows(self, events: Sequence[Event], words: Mapping[int, str]) -> Rows:
        """The rows of a ticket; ``words`` are the subjects of its first text and its files, by event.

        Raises ``ValueError``, ``KeyError`` or ``IndexError`` for events that are none of ours.
        """
        found = Rows()
        last: Step | Reassessed | None = None
        for last in self._steps(events, words.get(events[0].seq, "")):
            if isinstance(last, Reassessed):
                found.versions += reassessed_versions(last)
                continue
            found.versions += versions_of(self._recorded(last))
            if last.event.type is Act.ATTACHED:
                found.attachment.append(attachment_row(last.event, words.get(last.event.seq, "")))
        assert last is not None
        found.ticket = self._writer.ticket_row(last.ticket, last.clocks)
        found.clock = sorted(
            (clock_row(last.ticket.id, clock) for clock in last.clocks), key=lambda row: str(row[1])
        )
        about = [event for event in events if event.type in escalation.ABOUT]
        found.escalation = [escalation_row(item) for item in escalation.fold(about)]
        return found

    def _steps(self, events: Sequence[Event], subject: str) -> Iterator[Step | Reassessed]:
        policies = self._policies
        points = policies.points_of([events[0].ticket or 0])
        return retrace_all(events, policies.version_at, policies.clocks, subject, points)

    def _recorded(self, step: Step) -> Recorded:
        return Recorded(
            event=step.event,
            ticket=step.ticket,
            clocks=step.clocks,
            before=step.before,
            clocks_before=step.clocks_before,
            message=None,
            policy=self._policies.version_at(step.event.id),
            payload="",
        )
