"""The rows of an export: tickets, native records, messages, events, mail; read page by page from one state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.query_terms import Query
    from ouvidoria_tui.domain.ticket_file import TicketDetail
    from ouvidoria_tui.present.column import Column
    from ouvidoria_tui.present.progress import Stage
    from ouvidoria_tui.report.batch import Context

    Row = dict[str, object]


class What(StrEnum):
    """What an export is a list of."""

    TICKETS = "tickets"
    MESSAGES = "messages"
    EVENTS = "events"


@dataclass(slots=True)
class Walk:
    """One walk over the tickets that a QUERY finds. ``left_out`` counts confidential ones that cannot go out masked.

    With ``identity`` it is told who is behind those that may be opened; that has been put on record before.
    """

    desk: Desk
    query: Query | None
    context: Context
    progress: Stage
    identity: bool = False
    left_out: int = field(default=0)

    def rows(self, what: What, *, native: bool) -> Iterator[Row]:
        """The rows of ``what``."""
        if native:
            return self._native()
        return {What.TICKETS: self._tickets, What.MESSAGES: self._messages, What.EVENTS: self._events}[what]()

    def _pages(self) -> Iterator[list[int]]:
        from ouvidoria_tui.report.batch import connection, ids

        for page in ids(connection(self.desk.store), self.query, self.context):
            yield page
            self.progress.advance(len(page))

    def _tickets(self) -> Iterator[Row]:
        from ouvidoria_tui.domain.reading import may_open
        from ouvidoria_tui.present.records import ticket_record
        from ouvidoria_tui.report.batch import connection, records

        conn, clocks = connection(self.desk.store), self.desk.policy.clocks
        for page in self._pages():
            for record in records(conn, page, identity=self.identity):
                reveal = may_open(self.desk.agent, record.ticket)
                yield ticket_record(record, self.context.now, self.context.zone, clocks, reveal=reveal)

    def _files(self) -> Iterator[TicketDetail]:
        from ouvidoria_tui.report.batch import connection, details

        for page in self._pages():
            yield from details(connection(self.desk.store), page, identity=self.identity)

    def _native(self) -> Iterator[Row]:
        from ouvidoria_tui.domain.permission import MAY, Verb
        from ouvidoria_tui.domain.reading import may_open
        from ouvidoria_tui.present.record_native import native_record
        from ouvidoria_tui.report.batch import connection, details, extras

        conn, agent = connection(self.desk.store), self.desk.agent
        documents = Verb.IMPORT in MAY[agent.role]
        for page in self._pages():
            extra = extras(conn, page)
            for detail in details(conn, page, identity=self.identity):
                if not may_open(agent, detail.ticket):
                    self.left_out += 1
                    continue
                yield native_record(
                    detail, self.context.zone, extra.get(detail.ticket.id, ""), documents=documents
                )

    def _messages(self) -> Iterator[Row]:
        from ouvidoria_tui.domain.reading import may_open
        from ouvidoria_tui.present.record_outgoing import message_records

        for detail in self._files():
            yield from message_records(
                detail, self.context.zone, reveal=may_open(self.desk.agent, detail.ticket)
            )

    def _events(self) -> Iterator[Row]:
        from ouvidoria_tui.present.record_outgoing import event_record
        from ouvidoria_tui.report.batch import connection, desk_events, logins

        zone = self.context.zone
        if self.query is None:
            conn = connection(self.desk.store)
            who = logins(conn)
            for event in desk_events(conn):
                yield event_record(event, who.get(event.actor, ""), None, zone)
        for detail in self._files():
            for entry in detail.entries:
                yield event_record(
                    entry.event, entry.actor, detail.ticket.protocol, zone, kept=detail.record.kept
                )

    def mails(self) -> Iterator[bytes]:
        """What was said in public, as the entries of an mbox file."""
        from ouvidoria_tui.domain.reading import may_open
        from ouvidoria_tui.present.mbox import mails
        from ouvidoria_tui.report.batch import blob, connection

        conn, name = connection(self.desk.store), self.desk.policy.policy.name
        for detail in self._files():
            if may_open(self.desk.agent, detail.ticket):
                yield from mails(detail, name, self.context.zone, lambda sha256: blob(conn, sha256))
            else:
                self.left_out += 1


def columns_of(
    desk: Desk, what: What, fmt: str, now: int, *, native: bool, ascii_only: bool
) -> Sequence[Column]:
    """The columns of ``what`` in a format: a few for people, every key for machines."""
    from ouvidoria_tui.present.columns import machine_columns, ticket_columns
    from ouvidoria_tui.present.record_native import NATIVE_COLUMNS
    from ouvidoria_tui.present.record_outgoing import EVENT_KEYS, MESSAGE_KEYS, event_columns, message_columns

    policy = desk.policy.policy
    people = fmt in ("table", "md")
    if native:
        return machine_columns(NATIVE_COLUMNS)
    if what is What.TICKETS:
        return ticket_columns(fmt, now, policy.zone, labels=policy.labels, ascii_only=ascii_only)
    if what is What.MESSAGES:
        return message_columns(policy.zone) if people else machine_columns(MESSAGE_KEYS)
    return event_columns(policy.zone) if people else machine_columns(EVENT_KEYS)
