"""What every kind of import shares: whole chunks, each one transaction; a dry run does all of it and takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.errors import OuvidoriaError

#: So many rows are one transaction: a killed import loses at most these, and a second run completes it.
CHUNK = 500
#: A chunk ends early where its texts are long, so that memory stays flat.
CHUNK_CHARACTERS = 8 * 1024 * 1024

T = TypeVar("T")


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


def in_chunks(
    desk: Desk,
    rows: Iterable[T],
    take: Callable[[list[T]], list[Imported]],
    *,
    dry_run: bool,
    chunk: int = CHUNK,
    weight: Callable[[T], int] = lambda _row: 0,
    taken_back: Callable[[], None] = lambda: None,
) -> Iterator[Imported]:
    """What ``take`` makes of ``rows``, in order; a chunk is committed before its results appear.

    ``weight`` is the length of a row's texts. After each chunk of a dry run ``taken_back`` is called.
    """
    for group in _grouped(rows, chunk, weight):
        if dry_run:
            results = _rehearsed(desk, group, take)
            taken_back()
            yield from results
            continue
        with desk.store.transaction():
            results = take(group)
        yield from results


def _grouped(rows: Iterable[T], size: int, weight: Callable[[T], int]) -> Iterator[list[T]]:
    group: list[T] = []
    characters = 0
    for row in rows:
        group.append(row)
        characters += weight(row)
        if len(group) == size or characters >= CHUNK_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


class _TakenBack(Exception):
    """Ends the transaction of a dry run."""


def _rehearsed(desk: Desk, group: list[T], take: Callable[[list[T]], list[Imported]]) -> list[Imported]:
    results: list[Imported] = []
    try:
        with desk.store.transaction():
            results = take(group)
            raise _TakenBack
    except _TakenBack:
        return [Imported(done.line, done.took, None, done.error) for done in results]
