"""An event log told again on the tickets that it is about: each row one event, dated as it happened.

Here the source's moves are judged, unlike those of a record: the log may be of another desk's habits. A move that
the lifecycle does not allow is refused by its line and kept as an internal note of what the file says, so that
nothing is lost. Every event carries what its row is known by; a second run finds it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.import_chunks import Imported, Took, in_chunks
from ouvidoria_tui.desk.import_history import Changes, Standing
from ouvidoria_tui.desk.import_names import NameBook
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_move
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.record_rows import StatusRow
from ouvidoria_tui.domain.ticket import Status, Ticket
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_

_ROW = "row"


def import_events(desk: Desk, rows: Iterable[StatusRow], *, dry_run: bool = False) -> Iterator[Imported]:
    """What became of each of ``rows``, in order; a chunk is committed before its results appear.

    A move is ``updated``, one that was told before ``unchanged``, an illegal one ``rejected``
    (``ILLEGAL_TRANSITION DATE_ORDER TICKET_NOT_FOUND``). Raises ``NotAllowed`` before anything is read.
    """
    desk.allow(Verb.IMPORT)
    names = NameBook(desk)
    return in_chunks(
        desk,
        rows,
        lambda group: _Chunk(desk, names).take(group),
        dry_run=dry_run,
        weight=lambda row: len(row.text),
        taken_back=names.forget,
    )


class _Chunk:
    """One chunk of rows; what the ledger already holds of a ticket's rows is read once."""

    def __init__(self, desk: Desk, names: NameBook) -> None:
        self._desk = desk
        self._names = names
        self._told: dict[int, set[str]] = {}

    def take(self, group: list[StatusRow]) -> list[Imported]:
        ids: dict[str, list[str]] = {}
        for row in group:
            ids.setdefault(row.source, []).append(row.ticket)
        known = {
            (source, external_id): found[0]
            for source, wanted in ids.items()
            for external_id, found in self._desk.store.external(source, wanted).items()
        }
        return [self._one(row, known.get((row.source, row.ticket))) for row in group]

    def _one(self, row: StatusRow, ticket_id: int | None) -> Imported:
        store = self._desk.store
        try:
            ticket = store.find(row.ticket) if ticket_id is None else store.get(ticket_id)
        except (NotFound, UsageError):
            return Imported(row.line, Took.REJECTED, error=no_ticket(row.ticket))
        digest = row.digest()
        if digest in self._rows_of(ticket):
            return Imported(row.line, Took.UNCHANGED, ticket.protocol)
        self._told[ticket.id].add(digest)
        agent = self._names.agent(row.agent)
        try:
            drafts = told(ticket, row, agent)
        except Refused as error:
            record(self._desk, ticket, [_claimed(ticket, row)])
            return Imported(row.line, Took.REJECTED, ticket.protocol, error)
        record(self._desk, ticket, drafts)
        return Imported(row.line, Took.UPDATED, ticket.protocol)

    def _rows_of(self, ticket: Ticket) -> set[str]:
        if ticket.id not in self._told:
            rows = (event.payload.get(_ROW) for event in self._desk.store.events(ticket.id))
            self._told[ticket.id] = {row for row in rows if isinstance(row, str)}
        return self._told[ticket.id]


def told(ticket: Ticket, row: StatusRow, agent: int | None) -> list[Draft]:
    """The events of one row on ``ticket``; ``Refused`` ``ILLEGAL_TRANSITION`` or ``DATE_ORDER``."""
    standing = Standing.of(ticket, row.source)
    if row.at < max(ticket.arrived_at, standing.acted_at):
        raise Refused(
            "DATE_ORDER",
            N_("the row lies before an earlier act on {protocol}", protocol=ticket.protocol),
            N_("order the log by time, oldest first; the row was kept as an internal note"),
        )
    again = row.status is standing.status
    if not again:
        check_move(standing.status, row.status)
    act, changes = _moved(standing, row, agent)
    message = Message(_PARTS.get(act, Part.NOTE), row.text) if row.text else None
    if again and not changes:
        # Nothing moved: what is said is a note, and even a row without words is known again.
        act = Act.NOTED if message is not None else Act.UPDATED
    return [Draft(act, row.at, changes, {"source": row.source, _ROW: row.digest()}, message)]


#: Whose words the text of a row is; of other acts it is a note.
_PARTS = {Act.REPLIED: Part.DESK, Act.CUSTOMER_REPLIED: Part.CUSTOMER}


def _moved(standing: Standing, row: StatusRow, agent: int | None) -> tuple[Act, Changes]:
    """The act that leads to the row's status, and what it changes."""
    at, status = row.at, row.status
    match status:
        case Status.OPEN if standing.status is Status.CLOSED:
            return Act.REOPENED, _opened(standing, status)
        case Status.OPEN:
            return Act.RETURNED, standing.moved(status, assignee=None)
        case Status.ASSIGNED:
            return Act.ASSIGNED, standing.moved(status, assignee=agent or standing.assignee)
        case Status.IN_PROGRESS:
            return Act.STARTED, standing.moved(status, assignee=agent or standing.assignee)
        case Status.ANSWERED:
            answered = standing.moved(status, answered_at=at, public_word_at=at, unread=False)
            return Act.REPLIED, answered
        case Status.CUSTOMER_REPLY:
            changes = (
                _opened(standing, status) if standing.status is Status.CLOSED else standing.moved(status)
            )
            return Act.CUSTOMER_REPLIED, changes | standing.to(customer_wrote_at=at, unread=True)
        case Status.CLOSED:
            return Act.CLOSED, standing.moved(status, closed_at=at, unread=False)


def _opened(standing: Standing, status: Status) -> Changes:
    return standing.moved(status, closed_at=None, close_reason=None, reopened=standing.reopened + 1)


def _claimed(ticket: Ticket, row: StatusRow) -> Draft:
    """What the file says of a move that cannot be, as a note of the moment in which it was read."""
    when = datetime.fromtimestamp(row.at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    claim = f"[{row.source}] {when} {row.status.value}" + (f" ({row.agent})" if row.agent else "")
    text = f"{claim}\n\n{row.text}" if row.text else claim
    at = max(row.at, ticket.acted_at, ticket.arrived_at)
    return Draft(Act.NOTED, at, {}, {"source": row.source, _ROW: row.digest()}, Message(Part.NOTE, text))


def no_ticket(ref: str) -> NotFound:
    """The error for a row whose ticket is not here."""
    return NotFound(
        "TICKET_NOT_FOUND",
        N_("there is no ticket {protocol}", protocol=ref[:80]),
        N_("import the tickets first, and name their source with --source"),
    )
