"""Satisfaction in the machine formats: what a ticket's customer answered, and answers as IN BCB 550/2024 keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.present.dates import day, moment, rfc3339
from ouvidoria_tui.present.record_work import texts_of
from ouvidoria_tui.present.words import _, term_of

if TYPE_CHECKING:
    from ouvidoria_tui.domain.survey import Answer, KeptAnswer
    from ouvidoria_tui.domain.ticket_file import TicketDetail

#: The keys of a line of ``survey list``: what IN BCB 550/2024 keeps, but for the institution's own number.
SURVEY_KEYS: Final = (
    "protocol",
    "customer_document",
    "answer_sent_at",
    "answer_channel",
    "offered_at",
    "answered_at",
    "channel",
    "solution",
    "service",
    "comment",
)


def kept_record(one: KeptAnswer, zone: str, *, reveal: bool, documents: bool) -> dict[str, object]:
    """A line of ``survey list``; of a confidential ticket the words and the document are masked unless ``reveal``."""
    hidden = one.confidential and not reveal

    def at(epoch: int | None) -> str | None:
        return None if epoch is None else rfc3339(epoch, zone)

    answered_by = None if one.answer_at is None else one.channel if one.answer_mail is None else "email"
    return {
        "protocol": one.protocol,
        "customer_document": one.document if documents and not hidden else None,
        "answer_sent_at": at(one.answer_at),
        "answer_channel": answered_by,
        "offered_at": at(one.offered_at),
        "answered_at": at(one.at),
        "channel": one.by,
        "solution": one.solution,
        "service": one.service,
        "comment": None if hidden else one.comment,
    }


def survey_records(detail: TicketDetail, zone: str, *, hidden: bool) -> list[dict[str, object]]:
    """The answers of one ticket's customer, oldest first."""
    texts = texts_of(detail)
    return [
        {
            "answered_at": rfc3339(one.at, zone),
            "channel": one.channel,
            "solution": one.scores.solution,
            "service": one.scores.service,
            "comment": None if hidden else texts.get(one.seq),
        }
        for one in detail.surveys.answers
    ]


def survey_words(detail: TicketDetail, zone: str, *, hidden: bool) -> str:
    """The newest answer in a line; where there is none, that it is waited for; empty where nobody was asked."""
    answers = all_answers(detail, zone, hidden=hidden)
    if answers:
        return answers[-1]
    offer = detail.surveys.offer
    if offer is None or offer.until is None:
        return ""
    return _("asked, may answer until {when}", when=day(offer.until - 1, zone))


def all_answers(detail: TicketDetail, zone: str, *, hidden: bool) -> list[str]:
    """Every answer in a line, the oldest first: there is one for each closing."""
    texts = {} if hidden else texts_of(detail)
    return [_answer_words(one, zone, texts.get(one.seq)) for one in detail.surveys.answers]


def _answer_words(one: Answer, zone: str, comment: str | None) -> str:
    told = _(
        "solution {solution}, service {service}, on {when} by {channel}",
        solution=one.scores.solution or "-",
        service=one.scores.service or "-",
        when=moment(one.at, zone),
        channel=term_of(Channel, one.channel),
    )
    return told if not comment else f"{told}: {comment}"
