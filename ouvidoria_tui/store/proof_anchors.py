"""The desk-wide order: each anchor must follow from the one before it; where not, what was moved or changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ouvidoria_tui.domain.ledger import next_anchor
from ouvidoria_tui.store.problem import Problem
from ouvidoria_tui.text import N_

_ANCHORS = "SELECT id, hash, anchor FROM event ORDER BY id"
#: So many breaks are put into order; where more is broken, each is named by itself.
_MOST_RUNS = 500


@dataclass(frozen=True, slots=True)
class Break:
    """An event whose anchor does not follow from that of the event before it (``before``, ``before_anchor``)."""

    id: int
    place: int
    hash: bytes
    anchor: bytes
    before: int
    before_anchor: bytes


@dataclass(slots=True)
class Order:
    """The ledger in the order of recording. ``missing`` are ranges of numbers that no event has."""

    events: int = 0
    head: bytes = b""
    #: Whether the head that was asked for was ever the ledger's; ``None`` where none was asked for.
    sought: bool | None = None
    missing: list[tuple[int, int]] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)


def walk_anchors(conn: sqlite3.Connection, expected_head: str | None) -> Order:
    """The order of the whole ledger, read once."""
    wanted = _bytes(expected_head)
    order = Order(sought=None if expected_head is None else False)
    anchor, last = b"", 0
    cursor = conn.cursor()
    cursor.row_factory = None
    for id_, hash_, own in cursor.execute(_ANCHORS):
        if id_ > max(last, 0) + 1:
            order.missing.append((max(last, 0) + 1, id_ - 1))
        if next_anchor(anchor, hash_) != own:
            order.breaks.append(Break(id_, order.events, hash_, own, last, anchor))
        if own == wanted:
            order.sought = True
        anchor, last = own, id_
        order.events += 1
    order.head = anchor
    counted = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'event'").fetchone()
    if counted is not None and int(counted[0]) > last:
        order.missing.append((max(last, 0) + 1, int(counted[0])))
    return order


def misplaced(
    conn: sqlite3.Connection, order: Order, named: Collection[int], explained: Collection[int]
) -> list[Problem]:
    """What the breaks say that nothing else explains: events that changed places, or were made anew."""
    known = set(explained)
    known.update(item.id for item in order.breaks if item.id in named or item.before in named)
    known.update(item.id for item in order.breaks if item.id > 0 and item.before != item.id - 1)
    open_ = [item for item in order.breaks if item.id not in known]
    if not open_:
        return []
    moved = _moved(order, known) if len(order.breaks) <= _MOST_RUNS else None
    problems = [
        _problem(conn, int(id_), "reordered")
        for first, count in sorted(moved or [])
        for (id_,) in conn.execute(
            "SELECT id FROM event WHERE id >= ? ORDER BY id LIMIT ?", (first, count)
        ).fetchall()
    ]
    if moved:
        runs = _runs(order)
        open_ = [item for item in open_ if _behind(item, runs) is None]
    broken = {item.id for item in open_}
    for item in open_:
        if _exchanged(item, open_):
            problems.append(_problem(conn, item.id, "reordered"))
        elif item.before not in broken:
            problems.append(_problem(conn, _culprit(conn, order, item), "changed"))
    return problems


def _culprit(conn: sqlite3.Connection, order: Order, item: Break) -> int:
    """The event behind a single break: nothing but the anchors bears witness of the newest act of the desk itself."""
    follows = {other.place for other in order.breaks}
    if item.place + 1 == order.events or item.place + 1 in follows:
        return item.id
    row = conn.execute("SELECT id FROM event WHERE ticket_id = 0 ORDER BY seq DESC LIMIT 1").fetchone()
    return item.before if row is not None and row[0] == item.before else item.id


def _exchanged(item: Break, others: Sequence[Break]) -> bool:
    """Whether another event was recorded where this one stands."""
    return len(others) <= _MOST_RUNS and any(
        next_anchor(item.before_anchor, other.hash) == item.anchor for other in others
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """Events that stand together as they were recorded together."""

    first: int
    place: int
    length: int
    end: bytes
    head: Break | None


def _moved(order: Order, known: Collection[int]) -> list[tuple[int, int]] | None:
    """First event and length of each run that stands elsewhere than it was recorded; ``None``: none is.

    Anchors travel with their events: the first of a run still follows from the last of the run it was
    recorded behind.
    """
    runs = _runs(order)
    after: dict[int, list[int]] = {}
    for number, run in enumerate(runs):
        behind = number - 1
        if run.head is not None and run.head.id not in known:
            true = _behind(run.head, runs)
            behind = behind if true is None else true
        after.setdefault(behind, []).append(number)
    recorded: list[int] = []
    stack = [-1]
    while stack:
        number = stack.pop()
        if number >= 0:
            recorded.append(number)
        stack.extend(reversed(after.get(number, [])))
    if len(recorded) != len(runs) or recorded == sorted(recorded):
        return None
    place, displaced = 0, []
    for number in recorded:
        if runs[number].place != place:
            displaced.append(number)
        place += runs[number].length
    fewest = _fewest(recorded, [run.length for run in runs])
    total = sum(runs[number].length for number in displaced)
    if total > 2 * sum(runs[number].length for number in fewest):
        displaced = fewest  # the others only moved up
    return [(runs[number].first, runs[number].length) for number in displaced]


def _runs(order: Order) -> list[_Run]:
    heads: list[Break | None] = list(order.breaks)
    if not order.breaks or order.breaks[0].place > 0:
        heads.insert(0, None)
    runs = []
    for number, head in enumerate(heads):
        follower = heads[number + 1] if number + 1 < len(heads) else None
        place = 0 if head is None else head.place
        stop = order.events if follower is None else follower.place
        end = order.head if follower is None else follower.before_anchor
        runs.append(_Run(1 if head is None else head.id, place, stop - place, end, head))
    return runs


def _behind(head: Break, runs: Sequence[_Run]) -> int | None:
    """The run whose end the event was recorded behind; -1 is the beginning of the ledger."""
    if next_anchor(b"", head.hash) == head.anchor:
        return -1
    for number, run in enumerate(runs):
        if next_anchor(run.end, head.hash) == head.anchor:
            return number
    return None


def _fewest(recorded: Sequence[int], lengths: Sequence[int]) -> list[int]:
    """The runs with the fewest events that must be moved to bring all into the recorded order."""
    best: list[tuple[int, int | None]] = []
    for at, number in enumerate(recorded):
        weight, before = 0, None
        for earlier in range(at):
            if recorded[earlier] < number and best[earlier][0] > weight:
                weight, before = best[earlier][0], earlier
        best.append((weight + lengths[number], before))
    stay: set[int] = set()
    at_ = max(range(len(best)), key=lambda i: best[i][0]) if best else None
    while at_ is not None:
        stay.add(recorded[at_])
        at_ = best[at_][1]
    return [number for number in recorded if number not in stay]


def _problem(conn: sqlite3.Connection, id_: int, kind: str) -> Problem:
    row = conn.execute(
        "SELECT event.seq, ticket.protocol FROM event LEFT JOIN ticket ON ticket.id = event.ticket_id"
        " WHERE event.id = ?",
        (id_,),
    ).fetchone()
    seq, protocol = row
    if kind == "reordered":
        text = N_("event {seq} does not stand where it was recorded in the order of the desk", seq=seq)
        return Problem(id_, protocol, "reordered", text)
    return Problem(id_, protocol, "changed", N_("event {seq} is not what was recorded", seq=seq))


def _bytes(head: str | None) -> bytes | None:
    try:
        return None if head is None else bytes.fromhex(head)
    except ValueError:
        return None
