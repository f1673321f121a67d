"""Surveys as the ledger holds them: one row for each that was offered or answered, with the ticket's dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ouvidoria_tui.domain.survey import KeptAnswer
from ouvidoria_tui.store.figures import CELL, DIMENSIONS, Connection, Scope, Statement

_FACTS = ("survey", "closing", "solution", "service", "offered_at")
#: What the partial index holds, in its own words.
_ABOUT = "event.type IN ('survey-offered', 'survey-answered')"
#: The conclusive answer before an event: when it was given, and whether by mail.
_ANSWER = (
    "(SELECT said.{} FROM event AS said WHERE said.ticket_id = event.ticket_id AND said.seq < event.seq"
    " AND said.type = 'replied' AND json_extract(said.payload, '$.conclusive') ORDER BY said.seq DESC LIMIT 1)"
)


class Survey(NamedTuple):
    """An event about a survey: ``cell`` holds the ticket's dimensions, the rest are the event's facts."""

    cell: CELL
    ticket: int
    answered: bool
    token: str | None
    closing: int | None
    solution: int | None
    service: int | None
    offered_at: int | None


def surveys(by: Sequence[str], scope: Scope) -> Statement:
    """Every event about a survey, in order of recording, as :func:`rows_of_surveys` reads it."""
    asked = "event.type = 'survey-answered'"
    columns = [f"ticket.{DIMENSIONS[name]}" for name in by]
    facts = [f"json_extract(event.payload, '$.{name}')" for name in _FACTS]
    where = [_ABOUT, "event.happened_at <= :as_of", *scope.where()]
    return Statement(
        f"SELECT {', '.join([*columns, 'event.ticket_id', asked, *facts])}"
        " FROM event INDEXED BY event_survey JOIN ticket ON ticket.id = event.ticket_id"
        f" WHERE {' AND '.join(where)} ORDER BY event.ticket_id, event.seq",
        scope.params(),
    )


def rows_of_surveys(conn: Connection, statement: Statement, dimensions: int) -> list[Survey]:
    """The rows of :func:`surveys`; ``dimensions`` is how many columns come first."""
    cursor = conn.cursor()
    cursor.row_factory = None
    return [
        Survey(row[:dimensions], row[dimensions], bool(row[dimensions + 1]), *row[dimensions + 2 :])
        for row in cursor.execute(statement.sql, statement.params)
    ]


def kept_answers(conn: Connection, scope: Scope) -> list[KeptAnswer]:
    """The answers to surveys, in the order in which they were given."""
    facts = [f"json_extract(event.payload, '$.{name}')" for name in ("channel", "solution", "service")]
    where = [_ABOUT, "event.type = 'survey-answered'", "event.happened_at <= :as_of", *scope.where()]
    sent, mail = _ANSWER.format("happened_at"), _ANSWER.format("payload ->> '$.mail'")
    rows = conn.execute(
        "SELECT ticket.protocol, ticket.confidential, customer.document,"
        f" {sent}, {mail}, ticket.channel,"
        f" json_extract(event.payload, '$.offered_at'), event.happened_at, {', '.join(facts)},"
        " CASE WHEN message.erased_at IS NULL THEN message.text END"
        " FROM event INDEXED BY event_survey JOIN ticket ON ticket.id = event.ticket_id"
        " LEFT JOIN customer ON customer.id = ticket.customer_id"
        " LEFT JOIN message ON message.ticket_id = event.ticket_id AND message.seq = event.seq"
        f" WHERE {' AND '.join(where)} ORDER BY event.happened_at, event.id",
        scope.params(),
    )
    return [KeptAnswer(row[0], bool(row[1]), *row[2:]) for row in rows]
