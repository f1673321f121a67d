"""Letters that leave, as rows: queued with the event that says them, then changed only by who sends them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from ouvidoria_tui.desk.ports_outbox import Contents
from ouvidoria_tui.domain.customer import AddressState
from ouvidoria_tui.domain.mail_settings import SETTINGS, MailSettings
from ouvidoria_tui.domain.outbox import Letter, LetterKind, LetterState
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.store.mail_rows import NOT_AN_AREAS
from ouvidoria_tui.store.outbox_contents import contents

_SETTINGS = "mail-settings"
_values = attrgetter(*Letter.__dataclass_fields__)
_COLUMNS = (
    "id, ticket_id, seq, message_id, recipient, kind, state, created_at, attempts, next_try_at, claimed_at,"
    " claimed_by, last_error, sent_at, bounced_at, code"
)
_ADDRESS = """
SELECT coalesce(nullif(email, ''), (
  SELECT email FROM contact
  WHERE customer_id = customer.id AND authorised = 1 AND active = 1 AND email <> '' ORDER BY id LIMIT 1
)) FROM customer WHERE id = ?
"""
#: Nothing leaves any more: a code that only the letter had is forgotten.
_OVER = frozenset({LetterState.SENT, LetterState.CANCELLED})
_LOST = "(state IN ('failed', 'held') OR bounced_at IS NOT NULL)"


class OutboxTable:
    """The outbox of one connection. Implements :class:`ouvidoria_tui.desk.ports_outbox.Outbox`."""

    def __init__(self, conn: sqlite3.Connection, flush: Callable[[], None]) -> None:
        self.conn = conn
        self._flush = flush  # what the same transaction recorded is written before it is read

    def settings(self) -> MailSettings:
        """How mail leaves; not ``ready`` where nothing was set."""
        return mail_settings(self.conn)

    def put_settings(self, settings: MailSettings) -> None:
        """Keeps new settings."""
        written = json.dumps(settings.as_record(), ensure_ascii=False)
        self.conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_SETTINGS, written))

    def recipient(self, ticket: Ticket) -> str | None:
        """The address that letters about a ticket go to: the customer's, else that of who may speak for her."""
        row = self.conn.execute(_ADDRESS, (ticket.customer,)).fetchone()
        if row is None or row[0] is None:
            # Whoever wrote is no customer that the desk knows: the answer goes to where the mail came from.
            row = self.conn.execute(
                f"SELECT sender FROM mail WHERE ticket_id = ? AND seq IS NOT NULL AND sender <> '' AND {NOT_AN_AREAS}"
                " ORDER BY seq, id LIMIT 1",
                (ticket.id,),
            ).fetchone()
        return None if row is None else row[0]

    def area_address(self, area: str) -> str | None:
        """The address at which an area is asked."""
        row = self.conn.execute(
            "SELECT nullif(email, '') FROM area WHERE slug = ? AND active = 1", (area,)
        ).fetchone()
        return None if row is None else row[0]

    def queue(self, letter: Letter) -> None:
        """A new letter; its ``id`` is given by the store."""
        values = _values(letter)
        marks = ", ".join("?" * len(values))
        self.conn.execute(
            f"INSERT INTO outbox ({_COLUMNS}) VALUES ({marks})", (None, *map(_plain, values[1:]))
        )

    def letter(self, letter_id: int) -> Letter | None:
        """The letter of a number."""
        return self._one("WHERE id = ?", letter_id)

    def by_message_id(self, message_id: str) -> Letter | None:
        """The letter that left under a Message-ID."""
        return self._one("WHERE message_id = ?", message_id)

    def letters(
        self, states: Sequence[LetterState], limit: int | None, *, ticket: int | None = None
    ) -> Iterator[tuple[Letter, str]]:
        """Letters (of one ticket) that stand in one of ``states``, with its protocol, the newest first."""
        rows = self.conn.execute(
            f"SELECT {_COLUMNS}, (SELECT protocol FROM ticket WHERE id = ticket_id) FROM outbox"
            " WHERE state IN (SELECT value FROM json_each(?)) AND ifnull(?, ticket_id) = ticket_id"
            " ORDER BY id DESC LIMIT ?",
            (json.dumps([state.value for state in states]), ticket, -1 if limit is None else limit),
        )
        for row in rows:
            yield _letter(row[:-1]), row[-1] or ""

    def due(self, now: int, stale: int) -> Letter | None:
        """The letter that has waited longest: queued and due, or in the hands of a sender since before ``stale``."""
        return self._one(
            "WHERE state IN ('queued', 'sending') AND next_try_at <= ?"
            " AND (state = 'queued' OR claimed_at < ?) ORDER BY next_try_at, id LIMIT 1",
            now,
            stale,
        )

    def save(self, letter: Letter, *, claimed_by: str | None = None) -> bool:
        """How it stands now; with ``claimed_by`` only while that attempt holds it. Whether it was written."""
        guard = "" if claimed_by is None else " AND state = 'sending' AND claimed_by = ?"
        done = self.conn.execute(
            "UPDATE outbox SET state = ?, attempts = ?, next_try_at = ?, claimed_at = ?, claimed_by = ?,"
            " last_error = ?, sent_at = ?, bounced_at = ?, code = ?"
            f" WHERE id = ?{guard}",
            (
                letter.state.value,
                letter.attempts,
                letter.next_try_at,
                letter.claimed_at,
                letter.claimed_by,
                letter.last_error,
                letter.sent_at,
                letter.bounced_at,
                "" if letter.state in _OVER else letter.code,
                letter.id,
                *([] if claimed_by is None else [claimed_by]),
            ),
        )
        return done.rowcount == 1

    def leaving_since(self, moment: int) -> int:
        """How many letters left since then or are leaving now."""
        row = self.conn.execute(
            "SELECT (SELECT count(*) FROM outbox WHERE sent_at > ?)"
            " + (SELECT count(*) FROM outbox WHERE state = 'sending' AND claimed_at > ?)",
            (moment, moment),
        ).fetchone()
        return int(row[0])

    def automatic_since(self, recipient: str, moment: int) -> list[int]:
        """When letters written by rules left for an address since then, oldest first."""
        rows = self.conn.execute(
            "SELECT sent_at FROM outbox WHERE kind = 'automatic' AND recipient = ? AND sent_at > ? ORDER BY sent_at",
            (recipient, moment),
        )
        return [row[0] for row in rows]

    def contents(self, letter: Letter) -> Contents:
        """What the letter is made of."""
        self._flush()
        return contents(self.conn, letter)

    def mark_address(self, email: str, state: AddressState, at: int) -> None:
        """Every contact with that address as bouncing or dead since ``at``."""
        self.conn.execute(
            "UPDATE contact SET address_state = ?, bounced_at = ? WHERE email = ?",
            (state.value, at, email.lower()),
        )

    def heard_from(self, email: str, at: int) -> None:
        """Every contact with that address as reachable again, where it came back before ``at``."""
        self.conn.execute(
            "UPDATE contact SET address_state = 'ok', bounced_at = NULL"
            " WHERE email = ? AND address_state <> 'ok' AND bounced_at <= ?",
            (email.lower(), at),
        )

    def is_dead(self, email: str) -> bool:
        """Whether a contact with that address is marked as one that takes no mail."""
        row = self.conn.execute(
            "SELECT 1 FROM contact WHERE email = ? AND address_state = 'dead' LIMIT 1", (email.lower(),)
        ).fetchone()
        return row is not None

    def _one(self, where: str, *values: object) -> Letter | None:
        row = self.conn.execute(f"SELECT {_COLUMNS} FROM outbox {where}", values).fetchone()
        return None if row is None else _letter(row)


def mail_settings(conn: sqlite3.Connection) -> MailSettings:
    """The settings of a store; what a later version may have added to them is left out."""
    row = conn.execute("SELECT value FROM meta WHERE key = ?", (_SETTINGS,)).fetchone()
    if row is None:
        return MailSettings()
    kept = json.loads(row[0])
    return MailSettings(**{name: kept[name] for name in SETTINGS if name in kept})


def letters_of(conn: sqlite3.Connection, ticket_id: int) -> tuple[Letter, ...]:
    """The letters of one ticket, oldest first."""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM outbox WHERE ticket_id = ? ORDER BY seq", (ticket_id,))
    return tuple(map(_letter, rows))


def waiting(conn: sqlite3.Connection) -> tuple[int, int | None, int]:
    """How many letters wait, since when the oldest does, and how many a person has to look at."""
    count, since = conn.execute(
        "SELECT count(*), min(created_at) FROM outbox WHERE state IN ('queued', 'sending')"
    ).fetchone()
    lost = conn.execute(f"SELECT count(*) FROM outbox WHERE {_LOST}").fetchone()[0]
    return int(count), since, int(lost)


def _letter(row: Sequence[object]) -> Letter:
    values = list(row)
    values[5], values[6] = LetterKind(str(values[5])), LetterState(str(values[6]))
    return Letter(*values)  # type: ignore[arg-type]  # the columns are the fields, in their order


def _plain(value: object) -> object:
    return value.value if isinstance(value, LetterKind | LetterState) else value
