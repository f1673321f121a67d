"""The ledger's proof: every event as it was recorded, none gone, none put in, none moved; and its words with it.

Two streaming walks: in the order of recording for the desk-wide anchors, then ticket by ticket for the chains,
the texts and the files. Only a chain that shows a fault is looked at as a whole. What was computed anew from
some event on to the very end can only be seen against a head that was kept outside (``expected_head``): every
backup and report prints it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ouvidoria_tui.store.connection import connect, explained
from ouvidoria_tui.store.problem import Problem, Proof
from ouvidoria_tui.store.proof_anchors import misplaced, walk_anchors
from ouvidoria_tui.store.proof_chains import walk_chains
from ouvidoria_tui.store.proof_match import settle
from ouvidoria_tui.store.proof_words import Words
from ouvidoria_tui.text import N_

__all__ = ["Problem", "Proof", "head_of", "newest", "proof_of", "verify"]


def verify(
    conn: sqlite3.Connection,
    *,
    expected_head: str | None = None,
    ledger_only: bool = False,
    progress: Callable[[int], None] = lambda _done: None,
) -> Proof:
    """The proof of the whole ledger, of one moment however much others write; each fault is named once.

    ``ledger_only`` leaves out what bears witness beside it: the tickets' rows, the texts and the files.
    ``progress`` is told how many events were read since it was told last.
    """
    with _reading(conn):
        order = walk_anchors(conn, expected_head)
        words = Words(conn)
        found = walk_chains(conn, words, against_rows=not ledger_only, progress=progress)
        problems, explained = settle(found, order)
        problems += misplaced(conn, order, {p.event for p in problems if p.event is not None}, explained)
        named = {problem.event for problem in problems}
        problems += [
            Problem(
                later,
                protocol,
                "reordered",
                N_("event {seq} was recorded before the one it follows", seq=seq),
            )
            for earlier, later, protocol, seq in found.inversions
            if not {earlier, later} & named
        ]
        if order.sought is False and not problems:
            head = str(expected_head)[:64]
            text = N_("the ledger never had the head {head}: its end is gone or was made anew", head=head)
            problems.append(Problem(None, None, "removed", text))
        if not ledger_only:
            problems += words.problems({problem.event for problem in problems}, found.gone)
        tickets = int(conn.execute("SELECT count(*) FROM ticket").fetchone()[0])
    return Proof(order.events, tickets, order.head.hex(), tuple(problems))


def proof_of(path: Path, *, progress: Callable[[int], None] = lambda _done: None) -> Proof:
    """The proof of the store at ``path``; ``StoreError`` where it cannot be read."""
    conn = connect(path, read_only=True)
    try:
        with explained(path):
            return verify(conn, progress=progress)
    finally:
        conn.close()


def newest(conn: sqlite3.Connection) -> int:
    """The number of the newest event: how many a proof has to read."""
    return int(conn.execute("SELECT ifnull(max(id), 0) FROM event").fetchone()[0])


def head_of(conn: sqlite3.Connection) -> str:
    """The desk-wide anchor after the newest event, in hex; empty before the first."""
    row = conn.execute("SELECT anchor FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return "" if row is None else bytes(row[0]).hex()


@contextmanager
def _reading(conn: sqlite3.Connection) -> Iterator[None]:
    """One state of the store, and texts that are no UTF-8 any more read all the same."""
    factory = conn.text_factory
    conn.text_factory = _text
    begun = not conn.in_transaction
    if begun:
        conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.text_factory = factory
        if begun:
            conn.execute("ROLLBACK")


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
