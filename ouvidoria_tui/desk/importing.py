"""Bringing records in: upsert by (source, external id), history dated as it happened, idempotent.

Import never runs gates (triage does), never sends, and takes the protocol's year from the arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.import_history import history_of
from ouvidoria_tui.desk.import_merged import heard_elsewhere
from ouvidoria_tui.desk.import_names import NameBook
from ouvidoria_tui.desk.import_update import known_of, update_of
from ouvidoria_tui.desk.receive import new_ticket
from ouvidoria_tui.domain.ledger import canonical
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.record import Record, row_hash
from ouvidoria_tui.errors import OuvidoriaError, Refused, UsageError

#: So many records are one transaction: a killed import loses at most these, and a second run completes it.
CHUNK = 500
#: A chunk ends early where its texts are long, so that memory stays flat.
CHUNK_CHARACTERS = 8 * 1024 * 1024


class Took(StrEnum):
    """What became of a record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Imported:
    """One record that was taken, or ``error`` says why not: its line, and the protocol it has now."""

    line: int
    took: Took
    protocol: str | None = None
    error: OuvidoriaError | None = None


def import_records(
    desk: Desk, records: Iterable[Record], *, dry_run: bool = False, chunk: int = CHUNK
) -> Iterator[Imported]:
    """What became of each of ``records``, in order; a chunk is committed before its results appear.

    With ``dry_run`` everything is done and taken back, chunk by chunk: the same results, nothing written.
    Raises ``NotAllowed`` before anything is read.
    """
    desk.allow(Verb.IMPORT)
    return _import(desk, records, dry_run, chunk)


def _import(desk: Desk, records: Iterable[Record], dry_run: bool, chunk: int) -> Iterator[Imported]:
    names = NameBook(desk)
    for group in _chunks(records, chunk):
        if dry_run:
            yield from _rehearse(desk, names, group)
            continue
        with desk.store.transaction():
            results = _take_chunk(desk, names, group)
        yield from results


def _chunks(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    group: list[Record] = []
    characters = 0
    for item in records:
        group.append(item)
        characters += len(item.description) + sum(len(message.text) for message in item.messages)
        if len(group) == size or characters >= CHUNK_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


class _TakenBack(Exception):
    """Ends the transaction of a dry run."""


def _rehearse(desk: Desk, names: NameBook, group: Sequence[Record]) -> list[Imported]:
    results: list[Imported] = []
    try:
        with desk.store.transaction():
            results = _take_chunk(desk, names, group)
            raise _TakenBack
    except _TakenBack:
        names.forget()
        return [Imported(done.line, done.took, None, done.error) for done in results]


def _take_chunk(desk: Desk, names: NameBook, group: Sequence[Record]) -> list[Imported]:
    known = _known(desk, group)
    results: list[Imported] = []
    references: list[tuple[str, str, int, bytes, str]] = []
    for item in group:
        digest = row_hash(item)
        key = (item.source, item.external_id)
        before = known.get(key)
        if before is not None and before[1] == digest:
            results.append(Imported(item.line, Took.UNCHANGED))
            continue
        try:
            found = names.of(item)
        except (Refused, UsageError) as error:
            results.append(Imported(item.line, Took.REJECTED, error=error))
            continue
        if before is None:
            ticket = new_ticket(desk, item.received_at)
            record(desk, ticket, history_of(ticket, item, found), new=True)
            took = Took.CREATED
        else:
            ticket = desk.store.get(before[0])
            known_so_far = known_of(desk.store.events(ticket.id), desk.store.messages(ticket.id))
            news = heard_elsewhere(desk, ticket, item, known_so_far)
            record(desk, ticket, update_of(ticket, news, found, known_so_far, desk.clock.now()))
            took = Took.UPDATED
        references.append((*key, ticket.id, digest, canonical(item.extra) if item.extra else ""))
        known[key] = (ticket.id, digest)
        results.append(Imported(item.line, took, ticket.protocol))
    desk.store.put_external(references)
    return results


def _known(desk: Desk, group: Sequence[Record]) -> dict[tuple[str, str], tuple[int, bytes]]:
    """Of the records of a chunk those that were imported before: ticket id and hash of the row."""
    ids: dict[str, list[str]] = {}
    for item in group:
        ids.setdefault(item.source, []).append(item.external_id)
    return {
        (source, external_id): found
        for source, wanted in ids.items()
        for external_id, found in desk.store.external(source, wanted).items()
    }
