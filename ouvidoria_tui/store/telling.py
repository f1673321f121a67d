"""What the store keeps so that a customer can follow a ticket, be written to, and say how it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.template import Template

#: Wrong access codes are forgotten after so many seconds.
_KEPT = 30 * 86_400
_TEMPLATES = (
    "SELECT event.type, json_extract(event.payload, '$.version'), message.text, event.happened_at, event.actor"
    " FROM event INDEXED BY event_template LEFT JOIN message ON message.ticket_id = 0 AND message.seq = event.seq"
    " WHERE event.ticket_id = 0 AND event.type IN ('template-changed', 'template-reset')"
    " AND json_extract(event.payload, '$.template') = ? AND json_extract(event.payload, '$.language') = ?"
    " ORDER BY event.seq DESC"
)
_TOKEN = (
    "SELECT ticket_id, seq FROM event INDEXED BY event_survey_token"
    " WHERE type = 'survey-offered' AND json_extract(payload, '$.survey') = ?"
)


class TellingTable:
    """Of one connection. Implements :class:`ouvidoria_tui.desk.ports_telling.Telling`."""

    def __init__(self, conn: sqlite3.Connection, flush: Callable[[], None]) -> None:
        self.conn = conn
        self._flush = flush  # what the same transaction recorded is written before it is read

    def access_failures(self, protocol: str, since: int) -> list[int]:
        """When a wrong access code was given for a protocol since then, oldest first."""
        rows = self.conn.execute(
            "SELECT at FROM access_failure WHERE protocol = ? AND at >= ? ORDER BY at", (protocol, since)
        )
        return [int(row[0]) for row in rows]

    def note_access_failure(self, protocol: str, at: int) -> None:
        """Remembers a wrong access code; what is long past is forgotten."""
        self.conn.execute("DELETE FROM access_failure WHERE at < ?", (at - _KEPT,))
        self.conn.execute("INSERT INTO access_failure VALUES (?, ?)", (protocol, at))

    def forget_access_failures(self, protocol: str) -> None:
        """Forgets the wrong access codes of a protocol."""
        self.conn.execute("DELETE FROM access_failure WHERE protocol = ?", (protocol,))

    def template(self, name: str, language: str) -> Template | None:
        """The newest version of a template; ``None`` where it was never changed."""
        return next(self._templates(name, language), None)

    def template_versions(self, name: str, language: str) -> list[Template]:
        """The versions of a template after version 0, the newest first; a reset one has no text."""
        return list(self._templates(name, language))

    def _templates(self, name: str, language: str) -> Iterator[Template]:
        self._flush()
        for type_, version, text, at, actor in self.conn.execute(_TEMPLATES, (name, language)):
            reset = type_ == Act.TEMPLATE_RESET.value
            yield Template(name, language, int(version), text or "", at, actor, reset)

    def survey(self, digest: str) -> tuple[int, int] | None:
        """The ticket's id and the number of the event of the survey whose token has that digest."""
        self._flush()
        row = self.conn.execute(_TOKEN, (digest,)).fetchone()
        return None if row is None else (int(row[0]), int(row[1]))
