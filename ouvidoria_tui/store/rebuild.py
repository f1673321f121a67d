"""The projections against the ledger: compared, and where it is asked for, written anew from the events."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ouvidoria_tui.desk.ports import Store
from ouvidoria_tui.errors import StoreError
from ouvidoria_tui.store.derive import Deriver, Row, Rows
from ouvidoria_tui.store.rows import event_of
from ouvidoria_tui.store.session import Session
from ouvidoria_tui.store.soundness import heal_counters, rebuild_search, search_faults
from ouvidoria_tui.store.verify import verify
from ouvidoria_tui.store.writer import ROW
from ouvidoria_tui.text import N_

#: So many tickets are derived and compared at a time.
CHUNK = 500
_TABLES = ("clock", "escalation", "attachment")
_ORDER = {"clock": "ticket_id, name", "escalation": "ticket_id, seq", "attachment": "ticket_id, seq"}
_PROTOCOL_AT = ROW.index("protocol")


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of one table that are not what the events say: ``changed``, ``missing`` or ``surplus``.

    ``columns`` names what differs in a ticket's row. ``event`` as the table: its events cannot be followed.
    """

    ticket: str
    table: str
    kind: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """How many tickets and events were followed, and what differs."""

    tickets: int
    events: int
    differences: tuple[Difference, ...]

    @property
    def beyond_healing(self) -> tuple[Difference, ...]:
        """Records of their own, which are never written anew: due times as they were set, and events."""
        return tuple(item for item in self.differences if item.table in ("deadline_version", "event"))


Progress = Callable[[int], None]


def compare(conn: sqlite3.Connection, *, progress: Progress = lambda _done: None) -> Compared:
    """What differs between the projections and the ledger; nothing is written."""
    return _walk(conn, heal=False, progress=progress)


def rebuild(store: Store, *, progress: Progress = lambda _done: None) -> Compared:
    """The projections as the ledger has them, in one transaction: only rows that differ are written.

    Raises ``StoreError`` ``LEDGER_BROKEN`` where the ledger does not pass its own proof: rows taken from it
    would hide what was done to it.
    """
    assert isinstance(store, Session)
    with store.transaction():
        proof = verify(store.conn, ledger_only=True)
        if not proof.ok:
            raise StoreError(
                "LEDGER_BROKEN",
                N_("the ledger does not pass its proof, so nothing was derived from it"),
                N_("`ouvidoria verify` names the events; restore the newest backup that passes"),
                details={"problems": [problem.message for problem in proof.problems[:20]]},
            )
        compared = _walk(store.conn, heal=True, progress=progress)
        heal_counters(store.conn)
        if search_faults(store.conn):
            rebuild_search(store.conn)
        return compared


def _walk(conn: sqlite3.Connection, *, heal: bool, progress: Progress) -> Compared:
    deriver = Deriver(conn)
    tickets, events, after = 0, 0, 0
    differences: list[Difference] = []
    while True:
        ids = [
            row[0]
            for row in conn.execute(
                "SELECT DISTINCT ticket_id FROM event WHERE ticket_id > ? ORDER BY ticket_id LIMIT ?",
                (after, CHUNK),
            )
        ]
        last = ids[-1] if ids else 2**62
        standing = _standing(conn, after, last)
        derived, count = _derived(conn, deriver, after, last, differences)
        for id_ in sorted({*standing, *derived}):
            differences += _check(conn, id_, standing.get(id_), derived.get(id_), heal=heal)
        if not ids:
            break
        differences += _texts(conn, after, last, heal=heal)
        tickets, events, after = tickets + len(ids), events + count, last
        progress(len(ids))
    return Compared(tickets, events, tuple(differences))


def _derived(
    conn: sqlite3.Connection, deriver: Deriver, after: int, last: int, differences: list[Difference]
) -> tuple[dict[int, Rows | None], int]:
    """The rows that the events of tickets in (after, last] lead to; ``None`` where they cannot be followed."""
    words: dict[int, dict[int, str]] = {}
    for ticket, seq, subject in conn.execute(
        "SELECT ticket_id, seq, subject FROM message WHERE ticket_id > ? AND ticket_id <= ?"
        " AND part IN ('manifestation', 'attachment', 'area-file')",
        (after, last),
    ):
        words.setdefault(ticket, {})[seq] = subject
    found: dict[int, Rows | None] = {}
    count = 0
    rows = conn.execute(
        "SELECT * FROM event WHERE ticket_id > ? AND ticket_id <= ? ORDER BY ticket_id, seq", (after, last)
    )
    for ticket, group in groupby(rows, key=lambda row: int(row["ticket_id"])):
        own = list(group)
        count += len(own)
        try:
            found[ticket] = deriver.rows([event_of(row) for row in own], words.get(ticket, {}))
        except (ValueError, KeyError, IndexError):
            found[ticket] = None
            differences.append(Difference(f"#{ticket}", "event", "changed"))
    return found, count


def _standing(conn: sqlite3.Connection, after: int, last: int) -> dict[int, Rows]:
    """The rows of tickets in (after, last] as they are."""
    found: dict[int, Rows] = {}
    span = (after, last)
    for row in conn.execute(f"SELECT {', '.join(ROW)} FROM ticket WHERE id > ? AND id <= ?", span):
        found[row[0]] = Rows(ticket=tuple(row))
    for table in _TABLES:
        rows = conn.execute(
            f"SELECT * FROM {table} WHERE ticket_id > ? AND ticket_id <= ? ORDER BY {_ORDER[table]}", span
        )
        for row in rows:
            getattr(found.setdefault(row[0], Rows()), table).append(tuple(row))
    for row in conn.execute(
        "SELECT ticket_id, clock, seq, cause, actor, old_due, new_due, policy, recorded_at FROM deadline_version"
        " WHERE ticket_id > ? AND ticket_id <= ? ORDER BY id",
        span,
    ):
        found.setdefault(row[0], Rows()).versions.append(tuple(row))
    return found


def _check(
    conn: sqlite3.Connection, id_: int, standing: Rows | None, derived: Rows | None, *, heal: bool
) -> Iterator[Difference]:
    if derived is None and standing is not None and _has_events(conn, id_):
        return  # its events cannot be followed: said already, and what stands is the best there is
    standing, derived = standing or Rows(), derived or Rows()
    name = _name(derived.ticket or standing.ticket, id_)
    if standing.ticket != derived.ticket:
        yield Difference(name, "ticket", _kind(standing.ticket, derived.ticket), _columns(standing, derived))
        if heal:
            _write_ticket(conn, id_, derived.ticket)
    for table in _TABLES:
        are: list[Row] = getattr(standing, table)
        must: list[Row] = getattr(derived, table)
        if are != must:
            yield Difference(name, table, _kind(are, must))
            if heal:
                _write(conn, table, id_, must)
    if sorted(standing.versions, key=str) != sorted(derived.versions, key=str):
        yield Difference(name, "deadline_version", _kind(standing.versions, derived.versions))


def _texts(conn: sqlite3.Connection, after: int, last: int, *, heal: bool) -> list[Difference]:
    """Texts that are not as confidential as their ticket: they would be found by a search, or never."""
    rows = conn.execute(
        "SELECT DISTINCT ticket.id, ticket.protocol, ticket.confidential FROM ticket"
        " JOIN message ON message.ticket_id = ticket.id"
        " WHERE ticket.id > ? AND ticket.id <= ? AND message.confidential <> ticket.confidential",
        (after, last),
    ).fetchall()
    if heal:
        conn.executemany(
            "UPDATE message SET confidential = ? WHERE ticket_id = ? AND confidential <> ?",
            [(row[2], row[0], row[2]) for row in rows],
        )
    return [Difference(row[1], "message", "changed", ("confidential",)) for row in rows]


def _write_ticket(conn: sqlite3.Connection, id_: int, row: Row | None) -> None:
    if row is None:
        conn.execute("DELETE FROM ticket WHERE id = ?", (id_,))
        return
    # Another ticket may hold this one's protocol until its own turn comes.
    conn.execute("DELETE FROM ticket WHERE protocol = ? OR id = ?", (row[_PROTOCOL_AT], id_))
    conn.execute(f"INSERT INTO ticket ({', '.join(ROW)}) VALUES ({', '.join('?' * len(ROW))})", row)


def _write(conn: sqlite3.Connection, table: str, id_: int, rows: Sequence[Row]) -> None:
    conn.execute(f"DELETE FROM {table} WHERE ticket_id = ?", (id_,))
    if rows:
        conn.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _has_events(conn: sqlite3.Connection, id_: int) -> bool:
    return conn.execute("SELECT 1 FROM event WHERE ticket_id = ? LIMIT 1", (id_,)).fetchone() is not None


def _name(row: Row | None, id_: int) -> str:
    return f"#{id_}" if row is None else str(row[_PROTOCOL_AT])


def _kind(are: object, must: object) -> str:
    return "missing" if not are else "changed" if must else "surplus"


def _columns(standing: Rows, derived: Rows) -> tuple[str, ...]:
    if standing.ticket is None or derived.ticket is None:
        return ()
    pairs = zip(ROW, standing.ticket, derived.ticket, strict=True)
    return tuple(name for name, is_, must in pairs if is_ != must)
