"""Bringing records in: upsert by (source, external id), history dated as it happened, idempotent.

Import never runs gates (triage does), never sends, and takes the protocol's year from the arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ouvidoria_tui.desk.classify import keep_together
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.import_chunks import CHUNK, Imported, Took, in_chunks
from ouvidoria_tui.desk.import_history import history_of
from ouvidoria_tui.desk.import_merged import heard_elsewhere
from ouvidoria_tui.desk.import_names import NameBook
from ouvidoria_tui.desk.import_update import known_of, update_of
from ouvidoria_tui.desk.receive import new_ticket
from ouvidoria_tui.domain.ledger import canonical
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.record import Record, row_hash
from ouvidoria_tui.errors import Refused, UsageError

__all__ = ["CHUNK", "Imported", "Took", "import_records"]


def import_records(
    desk: Desk, records: Iterable[Record], *, dry_run: bool = False, chunk: int = CHUNK
) -> Iterator[Imported]:
    """What became of each of ``records``, in order; a chunk is committed before its results appear.

    With ``dry_run`` everything is done and taken back, chunk by chunk: the same results, nothing written.
    Raises ``NotAllowed`` before anything is read.
    """
    desk.allow(Verb.IMPORT)
    names = NameBook(desk)
    return in_chunks(
        desk,
        records,
        lambda group: _take_chunk(desk, names, group),
        dry_run=dry_run,
        chunk=chunk,
        weight=_weight,
        taken_back=names.forget,
    )


def _weight(item: Record) -> int:
    return len(item.description) + sum(len(message.text) for message in item.messages)


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
            after, _clocks = record(
                desk, ticket, update_of(ticket, news, found, known_so_far, desk.clock.now())
            )
            if after.confidential != ticket.confidential:
                keep_together(desk, after.protocol)
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
