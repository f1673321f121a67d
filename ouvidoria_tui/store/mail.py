"""The mail that was taken: kept, found again by what refers to it, counted. The port is ``desk.ports_mail.Mails``."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence

from ouvidoria_tui.domain.ledger import canonical
from ouvidoria_tui.domain.mail_identity import Registered
from ouvidoria_tui.domain.mail_letters import Written
from ouvidoria_tui.domain.mail_record import KeptMail, Quarantine
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.store.mail_rows import COLUMNS, NOT_AN_AREAS, key_of, mail_of, values_of
from ouvidoria_tui.store.rows import TICKET_COLUMNS, ticket_of
from ouvidoria_tui.text import N_

#: Of messages that became words on a ticket; what a machine sent speaks for no ticket.
_ON_TICKET = "mail.ticket_id IS NOT NULL AND mail.ending <> 'machine'"
#: So many candidates are looked at: where two are equally good, a person decides, whatever a third is.
_MOST = 50
#: More merges than these are a mistake.
_LONGEST_CHAIN = 50


class Mails:
    """Mail over one connection; ``flush`` writes the tickets that wait to be written."""

    def __init__(self, conn: sqlite3.Connection, flush: Callable[[], None]) -> None:
        self._conn = conn
        self._flush = flush

    # --- what was taken

    def knows_bytes(self, raw_sha256: str) -> bool:
        """Whether exactly these bytes were taken before."""
        return self._one("SELECT 1 FROM mail WHERE raw_sha256 = ? LIMIT 1", raw_sha256) is not None

    def bodies(self, message_id: str) -> frozenset[str]:
        """The hashes of the bodies that came under a Message-ID."""
        rows = self._conn.execute("SELECT body_sha256 FROM mail WHERE message_id = ?", (message_id,))
        return frozenset(row[0] for row in rows)

    def add(self, mail: KeptMail, references: Iterable[str]) -> int:
        """Keeps a message and what it refers to; its id."""
        marks = ", ".join("?" * (COLUMNS.count(",") + 1))
        cursor = self._conn.execute(f"INSERT INTO mail ({COLUMNS}) VALUES ({marks})", values_of(mail))
        new = int(cursor.lastrowid or 0)
        self._conn.executemany(
            "INSERT OR IGNORE INTO mail_reference VALUES (?, ?)", [(one, new) for one in references]
        )
        return new

    def get(self, mail_id: int) -> KeptMail:
        """The message of an id; ``NotFound`` ``MAIL_NOT_FOUND``."""
        row = self._one("SELECT * FROM mail WHERE id = ?", mail_id)
        if row is None:
            raise no_mail(str(mail_id))
        return mail_of(row)

    def settle(self, mail: KeptMail) -> None:
        """New place and state of a message that was in quarantine."""
        self._conn.execute(
            "UPDATE mail SET ticket_id = ?, seq = ?, state = ?, marks = ?, settled_by = ?, settled_at = ?,"
            " settled_why = ? WHERE id = ?",
            (
                mail.ticket,
                mail.seq,
                mail.state.value,
                canonical(list(mail.marks)),
                mail.settled_by,
                mail.settled_at,
                mail.settled_why,
                mail.id,
            ),
        )

    # --- what speaks for a ticket

    def named(self, ids: Sequence[str]) -> tuple[int, ...]:
        """The tickets of the messages that have these Message-IDs."""
        return self._ids(
            f"SELECT DISTINCT ticket_id FROM mail WHERE message_id IN ({_marks(ids)}) AND {_ON_TICKET}", ids
        )

    def of_areas(self, ids: Sequence[str]) -> tuple[int, ...]:
        """The tickets of those messages with these Message-IDs that an area wrote."""
        return self._ids(
            f"SELECT DISTINCT ticket_id FROM mail WHERE message_id IN ({_marks(ids)}) AND {_ON_TICKET}"
            f" AND NOT {NOT_AN_AREAS}",
            ids,
        )

    def areas_at(self, email: str) -> tuple[str, ...]:
        """The slugs of the areas that are asked at an address."""
        rows = self._conn.execute(
            "SELECT slug FROM area WHERE email = ? AND email <> '' AND active = 1 ORDER BY slug",
            (email.lower(),),
        )
        return tuple(str(row[0]) for row in rows)

    def senders(self, ticket_id: int) -> tuple[tuple[str, str], ...]:
        """Address and name of everybody who wrote on a ticket by mail, areas left out."""
        rows = self._conn.execute(
            f"SELECT DISTINCT sender, sender_name FROM mail WHERE ticket_id = ? AND {_ON_TICKET} AND {NOT_AN_AREAS}",
            (ticket_id,),
        )
        return tuple((str(row[0]), str(row[1])) for row in rows)

    def referring(self, ids: Sequence[str]) -> tuple[int, ...]:
        """The tickets of the messages that refer to these Message-IDs; more than a few are a tie anyway."""
        return self._ids(
            "SELECT DISTINCT mail.ticket_id FROM mail_reference JOIN mail ON mail.id = mail_reference.mail_id"
            f" WHERE mail_reference.message_id IN ({_marks(ids)}) AND {_ON_TICKET} LIMIT {_MOST}",
            ids,
        )

    def siblings(self, ids: Sequence[str], customers: Sequence[int], sender: str) -> tuple[int, ...]:
        """As :meth:`referring`, of this sender or these customers only: thousands may answer one circular."""
        self._flush()
        return self._ids(
            "SELECT DISTINCT mail.ticket_id FROM mail_reference JOIN mail ON mail.id = mail_reference.mail_id"
            " JOIN ticket ON ticket.id = mail.ticket_id"
            f" WHERE mail_reference.message_id IN ({_marks(ids)}) AND {_ON_TICKET}"
            f" AND {NOT_AN_AREAS} AND (mail.sender = ? OR ticket.customer_id IN ({_marks(customers)})) LIMIT {_MOST}",
            (*ids, sender, *customers),
        )

    def missing(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Those of ``ids`` under which no message was taken."""
        rows = self._conn.execute(f"SELECT message_id FROM mail WHERE message_id IN ({_marks(ids)})", ids)
        known = {row[0] for row in rows}
        return tuple(one for one in ids if one not in known)

    def same_subject(self, customers: Sequence[int], sender: str, subject: str) -> tuple[int, ...]:
        """Tickets with the same normalised subject: of these customers, or unlinked and opened by this sender."""
        self._flush()
        key = key_of(subject)
        if not key:
            return ()
        of_customers = self._ids(
            f"SELECT id FROM ticket WHERE customer_id IN ({_marks(customers)}) AND subject_key = ?"
            f" ORDER BY status = 'closed', closed_at DESC LIMIT {_MOST}",
            (*customers, key),
        )
        of_sender = self._ids(
            "SELECT DISTINCT mail.ticket_id FROM mail JOIN ticket ON ticket.id = mail.ticket_id"
            f" WHERE mail.sender = ? AND mail.subject_key = ? AND mail.ending <> 'machine' AND {NOT_AN_AREAS}"
            " AND mail.ticket_id IS NOT NULL AND ticket.customer_id IS NULL AND ticket.subject_key = ?"
            f" ORDER BY ticket.status = 'closed', ticket.closed_at DESC LIMIT {_MOST}",
            (sender, key, key),
        )
        return tuple(dict.fromkeys((*of_customers, *of_sender)))

    def by_protocol(self, protocols: Sequence[str]) -> tuple[int, ...]:
        """The tickets of these protocols."""
        self._flush()
        return self._ids(f"SELECT id FROM ticket WHERE protocol IN ({_marks(protocols)})", protocols)

    def belongs(self, customers: Sequence[int], sender: str, tickets: Sequence[int]) -> frozenset[int]:
        """Those of ``tickets`` that are of these customers, or on which this sender has written by mail."""
        self._flush()
        where = _marks(tickets)
        of_customers = self._ids(
            f"SELECT id FROM ticket WHERE id IN ({where}) AND customer_id IN ({_marks(customers)})",
            (*tickets, *customers),
        )
        of_sender = self._ids(
            f"SELECT DISTINCT ticket_id FROM mail WHERE sender = ? AND ticket_id IN ({where}) AND {_ON_TICKET}"
            f" AND {NOT_AN_AREAS}",
            (sender, *tickets),
        )
        return frozenset((*of_customers, *of_sender))

    def tickets(self, ids: Iterable[int]) -> Mapping[int, Ticket]:
        """These tickets and those that they were merged into, as far as they exist."""
        self._flush()
        found: dict[int, Ticket] = {}
        wanted = set(ids)
        for _step in range(_LONGEST_CHAIN):
            if not wanted:
                break
            rows = self._conn.execute(
                f"SELECT {TICKET_COLUMNS} FROM ticket WHERE id IN ({_marks(tuple(wanted))})", tuple(wanted)
            )
            read = [ticket_of(row) for row in rows]
            found.update((ticket.id, ticket) for ticket in read)
            wanted = {ticket.duplicate_of for ticket in read if ticket.duplicate_of} - found.keys()
        return found

    def registered(self, email: str) -> list[Registered]:
        """The entries of the registers that have an address."""
        contacts = self._conn.execute(
            "SELECT customer_id, id, authorised FROM contact WHERE email = ? AND active = 1 ORDER BY id",
            (email,),
        )
        found = [Registered(row[0], row[1], bool(row[2])) for row in contacts]
        customers = self._conn.execute(
            "SELECT id FROM customer WHERE email = ? AND merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM contact"
            " WHERE contact.customer_id = customer.id AND contact.email = customer.email) ORDER BY id",
            (email,),
        )
        return found + [Registered(row[0], None, True) for row in customers]

    # --- how far folders were read

    def position(self, place: str) -> tuple[int, int]:
        """How far a folder was read: its UIDVALIDITY and the last UID; zeros where it never was."""
        row = self._one("SELECT uid_validity, last_uid FROM mail_position WHERE place = ?", place)
        return (0, 0) if row is None else (int(row[0]), int(row[1]))

    def put_position(self, place: str, uid_validity: int, last_uid: int) -> None:
        """Remembers how far a folder was read."""
        self._conn.execute(
            "INSERT OR REPLACE INTO mail_position VALUES (?, ?, ?)", (place, uid_validity, last_uid)
        )

    # --- letters that leave by themselves

    def written(self, sender: str, since: int, since_all: int) -> Written:
        """How many letters went to ``sender`` since a moment, and to everybody since another."""
        to_sender = self._one("SELECT count(*) FROM mail_letter WHERE sender = ? AND at > ?", sender, since)
        to_all = self._one("SELECT count(*) FROM mail_letter WHERE at > ?", since_all)
        return Written(0 if to_sender is None else to_sender[0], 0 if to_all is None else to_all[0])

    def add_letter(self, sender: str, template: str, mail_id: int, at: int) -> None:
        """Remembers a letter."""
        self._conn.execute(
            "INSERT INTO mail_letter (sender, template, mail_id, at) VALUES (?, ?, ?, ?)",
            (sender, template, mail_id, at),
        )

    def _one(self, sql: str, *params: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._conn.execute(sql, params).fetchone()
        return row

    def _ids(self, sql: str, params: Sequence[object]) -> tuple[int, ...]:
        return tuple(int(row[0]) for row in self._conn.execute(sql, params))


def waiting(conn: sqlite3.Connection, limit: int = 500) -> list[KeptMail]:
    """The messages in quarantine, the oldest first."""
    rows = conn.execute(
        "SELECT * FROM mail WHERE state = ? ORDER BY arrived_at, id LIMIT ?",
        (Quarantine.WAITING.value, limit),
    )
    return [mail_of(row) for row in rows]


def count_waiting(conn: sqlite3.Connection) -> int:
    """How many messages are in quarantine."""
    row = conn.execute("SELECT count(*) FROM mail WHERE state = ?", (Quarantine.WAITING.value,)).fetchone()
    return int(row[0])


def under(conn: sqlite3.Connection, message_id: str) -> list[KeptMail]:
    """The messages that came under a Message-ID, oldest first; ``NotFound`` ``MAIL_NOT_FOUND``."""
    wanted = message_id.strip().removeprefix("<").removesuffix(">")
    rows = conn.execute("SELECT * FROM mail WHERE message_id = ? ORDER BY id", (wanted,)).fetchall()
    if not rows and wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
        rows = conn.execute("SELECT * FROM mail WHERE id = ?", (int(wanted),)).fetchall()
    if not rows:
        raise no_mail(wanted)
    return [mail_of(row) for row in rows]


def of_ticket(conn: sqlite3.Connection, ticket_id: int) -> Mapping[int, KeptMail]:
    """The messages of a ticket by the number of their event."""
    rows = conn.execute("SELECT * FROM mail WHERE ticket_id = ? AND seq IS NOT NULL", (ticket_id,))
    return {row["seq"]: mail_of(row) for row in rows}


def protocol_of(conn: sqlite3.Connection, ticket_id: int | None) -> str | None:
    """The protocol of a ticket."""
    row = conn.execute("SELECT protocol FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    return None if row is None else str(row[0])


def no_mail(name: str) -> NotFound:
    """The error for a message that was not taken here."""
    return NotFound(
        "MAIL_NOT_FOUND",
        N_("no message {name} was taken in", name=name[:200]),
        N_("`ouvidoria intake quarantine` lists those that wait; write the Message-ID as its header has it"),
    )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
