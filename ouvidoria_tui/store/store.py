"""The store as the verbs see it: reads that see what was just recorded, and writing inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ouvidoria_tui.desk.ports import Recorded
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.deadline import ClockState
from ouvidoria_tui.domain.digest import Analysis, DigestFacts, DigestSent
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.first_line import DayVolume, FirstLineTicket, Prior
from ouvidoria_tui.domain.fold import normal_subject
from ouvidoria_tui.domain.incident import Incident
from ouvidoria_tui.domain.ledger import Event, Message, Part
from ouvidoria_tui.domain.protocol import make_protocol, parse_protocol
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.store import digests, first_line, improvements, signing
from ouvidoria_tui.store.conflicts import Takeable
from ouvidoria_tui.store.duplicates import recurrences
from ouvidoria_tui.store.incidents import incidents, protocols_of, tellings
from ouvidoria_tui.store.outbox import OutboxTable
from ouvidoria_tui.store.related import blob
from ouvidoria_tui.store.rows import TICKET_COLUMNS, clock_of, event_of, ticket_of
from ouvidoria_tui.store.telling import TellingTable
from ouvidoria_tui.store.watch_month import month_of_extensions
from ouvidoria_tui.text import N_


class SqliteStore(Takeable):
    """A store in one SQLite file. Implements :class:`ouvidoria_tui.desk.ports.Store`."""

    # --- tickets

    def find(self, protocol: str) -> Ticket:
        """The ticket of a protocol in any spelling; ``NotFound`` ``TICKET_NOT_FOUND``."""
        self._flush()
        protocol = parse_protocol(protocol)
        row = self.conn.execute(
            f"SELECT {TICKET_COLUMNS} FROM ticket WHERE protocol = ?", (protocol,)
        ).fetchone()
        if row is None:
            raise _no_ticket(protocol)
        return ticket_of(row)

    def get(self, ticket_id: int) -> Ticket:
        """The ticket of an id; ``NotFound`` ``TICKET_NOT_FOUND``."""
        self._flush()
        row = self.conn.execute(f"SELECT {TICKET_COLUMNS} FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
        if row is None:
            raise _no_ticket(str(ticket_id))
        return ticket_of(row)

    def clocks(self, ticket_id: int) -> tuple[ClockState, ...]:
        """Its clocks as they stand."""
        self._flush()
        rows = self.conn.execute("SELECT * FROM clock WHERE ticket_id = ?", (ticket_id,)).fetchall()
        if not rows:
            return ()
        by_name = {row["name"]: clock_of(row) for row in rows}
        order = {clock.rule.name: number for number, clock in enumerate(self.policy().clocks)}
        last = len(order)
        return tuple(sorted(by_name.values(), key=lambda one: (order.get(one.rule, last), one.name)))

    def events(self, ticket_id: int) -> list[Event]:
        """Its events in the order of recording."""
        self._flush()
        rows = self.conn.execute("SELECT * FROM event WHERE ticket_id = ? ORDER BY seq", (ticket_id,))
        return [event_of(row) for row in rows]

    def messages(self, ticket_id: int) -> Mapping[int, Message]:
        """Its texts by the number of their event."""
        self._flush()
        rows = self.conn.execute(
            "SELECT seq, part, subject, text, salt FROM message WHERE ticket_id = ? ORDER BY seq",
            (ticket_id,),
        )
        return {row[0]: Message(Part(row[1]), row[3], row[2], row[4]) for row in rows}

    def escalations(self, ticket_id: int) -> list[Escalation]:
        """Its escalations, oldest first."""
        self._flush()
        rows = self.conn.execute("SELECT * FROM escalation WHERE ticket_id = ? ORDER BY seq", (ticket_id,))
        return [Escalation(*row) for row in rows]

    def same_subject(self, customer: int, subject: str, but: int) -> list[Ticket]:
        """Other not-closed tickets of ``customer`` with the same normalised subject, oldest first."""
        self._flush()
        rows = self.conn.execute(
            f"SELECT {TICKET_COLUMNS} FROM ticket WHERE customer_id = ? AND subject_key = ? AND id <> ?"
            " AND status <> 'closed' ORDER BY arrived_at, protocol",
            (customer, normal_subject(subject)[:200], but),
        )
        return [ticket_of(row) for row in rows]

    def merged(self, ticket_id: int) -> list[Ticket]:
        """The tickets that were merged into this one, oldest first."""
        self._flush()
        rows = self.conn.execute(
            f"SELECT {TICKET_COLUMNS} FROM ticket WHERE duplicate_of = ? AND status = 'closed'"
            " AND close_reason = 'duplicate' ORDER BY arrived_at, protocol",
            (ticket_id,),
        )
        return [ticket_of(row) for row in rows]

    def month_of_extensions(self, clock: str, month: str, since: int, until: int) -> tuple[int, int]:
        """How many tickets arrived in the local ``month``, and how often ``clock`` was extended in [since, until)."""
        self._flush()
        return month_of_extensions(self.conn, clock, month, since, until)

    def last_improvement(self) -> int:
        """The highest number that an improvement has had, 0 where there was none."""
        self._flush()
        return improvements.last(self.conn)

    def improvement_ticket(self, number: int) -> int | None:
        """The id of the ticket that improvement ``number`` came of."""
        self._flush()
        return improvements.ticket_of_number(self.conn, number)

    # --- writing

    def new_ticket_id(self) -> int:
        """An id that no ticket has had."""
        return self._count("ticket", "SELECT ifnull(max(id), 0) FROM ticket")

    def next_event_id(self) -> int:
        """The id of the next event."""
        if "event" not in self._next:
            # Not the largest id but the largest that ever was: a removed tail leaves a gap that verify sees.
            self._flush()
            row = self.conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'event'").fetchone()
            self._next["event"] = 0 if row is None else int(row[0])
        return self._next["event"] + 1

    def new_protocol(self, year: int) -> str:
        """The next protocol of ``year``; never one twice."""
        row = self.conn.execute(
            "INSERT INTO sequence (year, last) VALUES (?, 1)"
            " ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last",
            (year,),
        ).fetchone()
        return make_protocol(year, int(row[0]))

    def record(self, rows: Sequence[Recorded]) -> None:
        """Events with everything that follows from them, inside the transaction that is open."""
        if not rows:
            return
        self.writer.add(rows)
        self._next["event"] = rows[-1].event.id
        self._anchor = rows[-1].event.anchor

    def anchor(self) -> bytes:
        """The desk-wide anchor after the newest event."""
        if self._anchor is None:
            self._flush()
            row = self.conn.execute("SELECT anchor FROM event ORDER BY id DESC LIMIT 1").fetchone()
            self._anchor = b"" if row is None else bytes(row[0])
        return self._anchor

    def desk_head(self) -> tuple[int, bytes]:
        """Sequence and hash of the newest event of the desk as a whole."""
        if self._desk_head is None:
            self._flush()
            row = self.conn.execute(
                "SELECT seq, hash FROM event WHERE ticket_id = 0 ORDER BY seq DESC LIMIT 1"
            ).fetchone()
            self._desk_head = (0, b"") if row is None else (int(row[0]), bytes(row[1]))
        return self._desk_head

    def record_desk(self, event: Event, message: Message | None = None) -> None:
        """An event of the desk as a whole and the words beside it, inside the transaction that is open."""
        self.writer.add_desk(event, message)
        self._next["event"] = event.id
        self._anchor = event.anchor
        self._desk_head = (event.seq, event.hash)

    def recurrences(self, protocol: str, seconds: int) -> list[str]:
        """The same customer's earlier tickets of the same cause within ``seconds`` before this one arrived."""
        self._flush()
        return recurrences(self.conn, protocol, seconds)

    # --- incidents

    def digest_facts(self, area: str, start: int, end: int, now: int) -> DigestFacts:
        """What arrived in [start, end) and was asked of ``area``, and the measures there in that time."""
        self._flush()
        force = self.policy()
        calendar = Calendar(force.policy.calendars["desk"], force.closed)
        return digests.digest_facts(self.conn, area, start, end, now, calendar)

    def digests(self) -> list[DigestSent]:
        """The digests that were sent, the newest first."""
        self._flush()
        return digests.digests(self.conn)

    def analyses(self) -> list[Analysis]:
        """The analyses that were recorded, the newest first."""
        self._flush()
        return digests.analyses(self.conn)

    def incidents(self) -> list[Incident]:
        """All incidents, the newest first."""
        self._flush()
        return incidents(self.conn)

    def of_incident(self, number: int) -> list[str]:
        """The tickets of an incident that were not merged into another, the one that arrived first first."""
        self._flush()
        return protocols_of(self.conn, number)

    def incident_telling(self, number: int, words: str) -> int | None:
        """The number under which these words were told of an incident."""
        self._flush()
        return next((one for one, told in tellings(self.conn).items() if told == (number, words)), None)

    def last_incident_telling(self) -> int:
        """The highest number that a telling has had, 0 where there was none."""
        self._flush()
        return max(tellings(self.conn), default=0)

    def put_blob(self, data: bytes) -> str:
        """Keeps ``data`` once by content; its SHA-256 in hex."""
        from hashlib import sha256

        digest = sha256(data).hexdigest()
        self.conn.execute("INSERT OR IGNORE INTO blob VALUES (?, ?, ?)", (digest, len(data), data))
        return digest

    def blob(self, sha256: str) -> bytes:
        """The bytes of a kept file; ``NotFound`` ``FILE_NOT_FOUND``."""
        return blob(self.conn, sha256)

    def _count(self, what: str, sql: str) -> int:
        if what not in self._next:
            self._flush()
            self._next[what] = int(self.conn.execute(sql).fetchone()[0])
        self._next[what] += 1
        return self._next[what]

    # --- mail

    @property
    def outbox(self) -> OutboxTable:
        """Letters that leave, and how."""
        return OutboxTable(self.conn, self._flush)

    @property
    def telling(self) -> TellingTable:
        """What follows from telling customers."""
        return TellingTable(self.conn, self._flush)

    def mail_key(self) -> bytes:
        """The key of the desk's own Message-IDs (``domain/message_ids.py``)."""
        return signing.mail_key(self.conn)

    # --- import

    def external(self, source: str, ids: Sequence[str]) -> Mapping[str, tuple[int, bytes]]:
        """Of the given external ids those that are known: ticket id and hash of the row."""
        marks = ", ".join("?" * len(ids))
        rows = self.conn.execute(
            f"SELECT external_id, ticket_id, row_hash FROM external_ref WHERE source = ? AND external_id IN ({marks})",
            (source, *ids),
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    def put_external(self, rows: Iterable[tuple[str, str, int, bytes, str]]) -> None:
        """Remembers (source, external id, ticket id, hash of the row, what has no place on a ticket as JSON)."""
        self.conn.executemany("INSERT OR REPLACE INTO external_ref VALUES (?, ?, ?, ?, ?)", rows)

    def prior_of(self, ticket: Ticket) -> Prior | None:
        """What the first instance's history knows of the earlier ticket that ``ticket`` names."""
        return first_line.prior_of(self.conn, ticket)

    def first_line_tickets(self, rows: Sequence[FirstLineTicket]) -> Mapping[tuple[str, str], bytes]:
        """Of tickets of the first instance those that are known: key of the number and source, and the hash."""
        return first_line.known_tickets(self.conn, rows)

    def put_first_line_tickets(self, rows: Sequence[FirstLineTicket]) -> None:
        """Keeps them in place of what was known of the same numbers."""
        first_line.put_tickets(self.conn, rows)

    def first_line_volumes(self, rows: Sequence[DayVolume]) -> Mapping[tuple[date, str], tuple[int, int]]:
        """Of days and channels those that are known: received and solved."""
        return first_line.known_volumes(self.conn, rows)

    def put_first_line_volumes(self, rows: Sequence[DayVolume]) -> None:
        """Keeps them in place of what was known of the same days and channels."""
        first_line.put_volumes(self.conn, rows)


def _no_ticket(name: str) -> NotFound:
    return NotFound(
        "TICKET_NOT_FOUND",
        N_("there is no ticket {protocol}", protocol=name),
        N_("look for it with `ouvidoria queue` and a word of its subject, or status:closed"),
    )
