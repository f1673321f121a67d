"""What hangs beside the events: texts by their commitments, files by their content, policies by their text."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from hashlib import sha256

from ouvidoria_tui.domain.ledger import Act, Message, Part, commitment
from ouvidoria_tui.store.problem import Kind, Problem
from ouvidoria_tui.text import N_, Text

_TEXTS = (
    "SELECT ticket_id, seq, part, at, subject, text, salt, erased_at FROM message ORDER BY ticket_id, seq, id"
)
_decode = json.JSONDecoder().raw_decode  # canonical JSON has no white space around it
_Row = tuple[int, int, str, int, str, str, bytes, int | None]


class Words:
    """Walks the texts beside the events, in the same order; keeps only what does not fit."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        cursor = conn.cursor()
        cursor.row_factory = None
        self._rows: Iterator[_Row] = cursor.execute(_TEXTS)
        self._next = next(self._rows, None)
        self._wrong: list[tuple[int, int, Kind, Text]] = []
        self._loose: list[tuple[int, int]] = []
        self._policies: set[int] = set()

    def beside(
        self, event: int, ticket: int, seq: int, type_: str, happened_at: int, payload: str | None
    ) -> None:
        """One event and what hangs beside it; ``payload`` is ``None`` where the event itself is not sound."""
        text = self._text_of(ticket, seq)
        if payload is None:
            return
        facts = _facts(payload)
        found = _fault(facts, text, seq, happened_at)
        if found is None and type_ == Act.ATTACHED.value:
            found = self._file_fault(facts, text, seq)
        elif type_ == Act.POLICY_APPLIED.value:
            found = self._policy_fault(facts)
        if found is not None:
            self._wrong.append((event, ticket, *found))

    def close(self) -> None:
        """The texts behind the last event belong to none."""
        self._text_of(2**62, 0)

    def problems(
        self, named: Collection[int | None], gone: Collection[tuple[int, int, int]]
    ) -> Iterator[Problem]:
        """What is wrong with the texts and files of sound events; ``gone`` are places whose texts must hang loose."""
        for event, ticket, kind, text in self._wrong:
            if event not in named:
                yield Problem(event, self._protocol(ticket), kind, text)
        empty: dict[int, list[tuple[int, int]]] = {}
        for ticket, first, last in gone:
            empty.setdefault(ticket, []).append((first, last))
        for ticket, seq in self._loose:
            if not any(first <= seq <= last for first, last in empty.get(ticket, [])):
                text = N_("text {seq} belongs to no event", seq=seq)
                yield Problem(None, self._protocol(ticket), "added", text)
        for (version,) in self._conn.execute("SELECT version FROM policy ORDER BY version").fetchall():
            if version not in self._policies and not named:
                text = N_("policy version {version} was never applied", version=version)
                yield Problem(None, None, "added", text)

    def _text_of(self, ticket: int, seq: int) -> _Row | None:
        while self._next is not None and self._next[:2] < (ticket, seq):
            self._loose.append(self._next[:2])
            self._next = next(self._rows, None)
        if self._next is None or self._next[:2] != (ticket, seq):
            return None
        row: _Row = self._next
        self._next = next(self._rows, None)
        return row

    def _file_fault(self, facts: dict[str, object], text: _Row | None, seq: int) -> tuple[Kind, Text] | None:
        row = self._conn.execute(
            "SELECT data FROM blob WHERE sha256 = ?", (str(facts.get("sha256")),)
        ).fetchone()
        if row is None:
            if text is not None and text[7] is not None:
                return None  # erased with its name
            return "removed", N_("the file of event {seq} is gone", seq=seq)
        if sha256(row[0]).hexdigest() == facts.get("sha256"):
            return None
        return "changed", N_("the file of event {seq} is not what was attached", seq=seq)

    def _policy_fault(self, facts: dict[str, object]) -> tuple[Kind, Text] | None:
        version = facts.get("version")
        if not isinstance(version, int):
            return None
        self._policies.add(version)
        row = self._conn.execute("SELECT toml FROM policy WHERE version = ?", (version,)).fetchone()
        if row is None:
            return "removed", N_("policy version {version} is gone", version=version)
        if sha256(str(row[0]).encode("utf-8", "surrogateescape")).hexdigest() == facts.get("sha256"):
            return None
        return "changed", N_("policy version {version} is not what was applied", version=version)

    def _protocol(self, ticket: int) -> str | None:
        row = self._conn.execute("SELECT protocol FROM ticket WHERE id = ?", (ticket,)).fetchone()
        return None if row is None else str(row[0])


def _fault(
    facts: dict[str, object], text: _Row | None, seq: int, happened_at: int
) -> tuple[Kind, Text] | None:
    bound = facts.get("text")
    if text is None:
        return None if bound is None else ("removed", N_("the text of event {seq} is gone", seq=seq))
    if bound is None:
        return "added", N_("a text was put beside event {seq}", seq=seq)
    _ticket, _seq, part, at, subject, words, salt, erased_at = text
    same = part == facts.get("part") and at == happened_at
    if erased_at is None:
        same = same and bound == commitment(Message(Part.NOTE, words, subject, salt))
    else:
        same = same and not words and not subject
    return None if same else ("changed", N_("the text of event {seq} is not what was recorded", seq=seq))


def _facts(payload: str) -> dict[str, object]:
    try:
        facts, _end = _decode(payload)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}
