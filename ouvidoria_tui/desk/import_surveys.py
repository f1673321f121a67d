"""Answers to surveys that were asked somewhere else, each on the closed ticket that it is about (S0-07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.import_chunks import Imported, Took, in_chunks
from ouvidoria_tui.desk.import_events import no_ticket
from ouvidoria_tui.desk.survey import Given, answered
from ouvidoria_tui.domain import survey
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.record_rows import SurveyRow
from ouvidoria_tui.domain.survey import IMPORTED, Scores
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_


def import_surveys(desk: Desk, rows: Iterable[SurveyRow], *, dry_run: bool = False) -> Iterator[Imported]:
    """What became of each of ``rows``, in order; a chunk is committed before its results appear.

    An answer is ``updated``, one that the ticket has already ``unchanged``, any other ``rejected``
    (``TICKET_NOT_FOUND SURVEY_NOT_OPEN SURVEY_DONE SURVEY_EXPIRED DATE_ORDER``). Raises ``NotAllowed`` before
    anything is read.
    """
    desk.allow(Verb.IMPORT)
    return in_chunks(
        desk,
        rows,
        lambda group: [_one(desk, row) for row in group],
        dry_run=dry_run,
        weight=lambda row: len(row.comment),
    )


def _one(desk: Desk, row: SurveyRow) -> Imported:
    ticket = None
    try:
        ticket = _ticket(desk, row)
        standing = survey.fold(desk.store.events(ticket.id))
        scores = Scores(row.solution, row.service)
        if any(one.at == row.at and one.scores == scores for one in standing.answers):
            return Imported(row.line, Took.UNCHANGED, ticket.protocol)
        if standing.closing is not None and row.at < standing.closed_at:
            raise Refused(
                "DATE_ORDER",
                N_("the answer lies before the closing of {protocol}", protocol=ticket.protocol),
                N_("it is about an earlier closing, which has had its time"),
            )
        channel = IMPORTED if row.channel is None else row.channel.value
        record(desk, ticket, [answered(desk, ticket, Given(scores, row.comment, channel), row.at)])
    except (NotFound, Refused, UsageError) as error:
        return Imported(row.line, Took.REJECTED, None if ticket is None else ticket.protocol, error)
    return Imported(row.line, Took.UPDATED, ticket.protocol)


def _ticket(desk: Desk, row: SurveyRow) -> Ticket:
    """The ticket by its id at the source, else by its protocol; ``NotFound`` ``TICKET_NOT_FOUND``."""
    known = desk.store.external(row.source, [row.ticket]).get(row.ticket)
    try:
        return desk.store.find(row.ticket) if known is None else desk.store.get(known[0])
    except UsageError:
        raise no_ticket(row.ticket) from None
