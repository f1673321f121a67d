"""Bringing in what the first instance tells of itself: its tickets, and how much it solved on which day.

Nothing of it is an act on a ticket; one event of the desk a chunk says that the history was changed, and by whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.import_chunks import Imported, Took, in_chunks
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.first_line import DayVolume, FirstLineTicket, number_key
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.permission import Verb


def import_first_line(
    desk: Desk, rows: Iterable[FirstLineTicket], *, dry_run: bool = False
) -> Iterator[Imported]:
    """What became of each of ``rows``: upsert by number and source, committed chunk by chunk.

    Raises ``NotAllowed`` before anything is read.
    """
    desk.allow(Verb.IMPORT)

    def take(group: list[FirstLineTicket]) -> list[Imported]:
        known = dict(desk.store.first_line_tickets(group))
        news: list[FirstLineTicket] = []
        results: list[Imported] = []
        for row in group:
            key = (number_key(row.number), row.source)
            before, digest = known.get(key), row.digest()
            known[key] = digest
            results.append(Imported(row.line, _took(before, digest)))
            if before != digest:
                news.append(row)
        desk.store.put_first_line_tickets(news)
        _record(desk, "first-line", results)
        return results

    return in_chunks(desk, rows, take, dry_run=dry_run)


def import_volumes(desk: Desk, rows: Iterable[DayVolume], *, dry_run: bool = False) -> Iterator[Imported]:
    """What became of each of ``rows``: upsert by day and channel, committed chunk by chunk.

    Raises ``NotAllowed`` before anything is read.
    """
    desk.allow(Verb.IMPORT)

    def take(group: list[DayVolume]) -> list[Imported]:
        known = dict(desk.store.first_line_volumes(group))
        news: list[DayVolume] = []
        results: list[Imported] = []
        for row in group:
            before, figures = known.get((row.day, row.channel)), (row.received, row.solved)
            known[row.day, row.channel] = figures
            results.append(Imported(row.line, _took(before, figures)))
            if before != figures:
                news.append(row)
        desk.store.put_first_line_volumes(news)
        _record(desk, "first-line-volume", results)
        return results

    return in_chunks(desk, rows, take, dry_run=dry_run)


def _took(before: object, now: object) -> Took:
    if before is None:
        return Took.CREATED
    return Took.UNCHANGED if before == now else Took.UPDATED


def _record(desk: Desk, register: str, results: list[Imported]) -> None:
    created = sum(1 for done in results if done.took is Took.CREATED)
    updated = sum(1 for done in results if done.took is Took.UPDATED)
    if created or updated:
        facts = {"register": register, "change": "imported", "created": created, "updated": updated}
        record_desk_act(desk, Act.REGISTER_CHANGED, facts)
