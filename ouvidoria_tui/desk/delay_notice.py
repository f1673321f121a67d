"""Telling the customer, before the due time, that more is needed (S4-22): said by a person, kept as it was said.

It informs and answers nothing: clocks that ask that the customer be kept informed are satisfied, the first
response runs on and counts as notified in time. Status and turn stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ouvidoria_tui.desk.act import NOW, When, act, diff, need_text
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letters import about, check_words, desk_letter, language_of, told
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act, Draft, Message
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

TEMPLATE = "T1"
_AT_WORK = {
    Language.PORTUGUESE: "o caso está em análise.",
    Language.ENGLISH: "the case is being worked on.",
}


def delay_notice(
    desk: Desk,
    ref: str,
    new_date: int,
    reason: str,
    *,
    measures: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """The customer told why it takes longer and until when; a midnight stands for the day that it begins.

    Raises ``UsageError`` ``TEXT_REQUIRED``; ``Refused`` ``DATE_NOT_LATER``, ``DATE_NOT_PROMISED`` (a desk that
    promises no date, S3-37), ``TEMPLATE_INCOMPLETE``, ``ILLEGAL_TRANSITION`` on a closed ticket.
    """
    words = need_text(reason, "--reason")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        said = plan(desk, ticket, new_date, words, measures, moment)
        return [replace(said, to_customer=when.at is None)]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.DELAY_NOTICE, decide, when=late, revision=revision)


def plan(desk: Desk, ticket: Ticket, new_date: int, reason: str, measures: str | None, moment: int) -> Draft:
    """What :func:`delay_notice` would record at ``moment``, with the letter as it goes out; raises as it does."""
    permit(desk, ticket)
    until = _end(desk, new_date)
    if until <= moment:
        raise Refused(
            "DATE_NOT_LATER",
            N_("the new date has passed already"),
            N_("give a date in the future with --new-date"),
        )
    message = notice(
        desk,
        ticket,
        TEMPLATE,
        reason,
        measures,
        {"nova_previsao": told(desk, new_date, language_of(desk, ticket))},
    )
    facts = {"until": until, "template": TEMPLATE}
    return Draft(Act.DELAY_NOTICED, moment, diff(ticket, public_word_at=moment), facts, message)


def permit(desk: Desk, ticket: Ticket) -> None:
    """Nothing, where the customer of ``ticket`` may be told a new date at all; raises as the notice does."""
    desk.allow(Verb.DELAY_NOTICE)
    check_not_closed(ticket.status)
    if not desk.policy.policy.promise:
        raise date_not_promised()


def date_not_promised() -> Refused:
    """The refusal of a date in words to the customer, where the policy promises none (S3-37)."""
    return Refused(
        "DATE_NOT_PROMISED",
        N_("this desk promises no date, so no message may name one"),
        N_("tell the customer how the case stands with `ouvidoria reply`"),
    )


def notice(
    desk: Desk, ticket: Ticket, template: str, reason: str, measures: str | None, places: dict[str, str]
) -> Message:
    """The letter to the customer of ``ticket``; ``Refused`` ``TEMPLATE_INCOMPLETE`` where anything is open."""
    language = language_of(desk, ticket)
    done = measures if measures is not None and measures.strip() else _AT_WORK[language]
    check_words(template, reason, done)
    given = {
        **about(desk, ticket),
        "motivo": reason.strip(),
        "medidas": done.strip(),
    }
    return desk_letter(desk, template, given | places, language)


def _end(desk: Desk, moment: int) -> int:
    """The end of the day, where only a date was given."""
    zone = ZoneInfo(desk.policy.policy.zone)
    local = datetime.fromtimestamp(moment, zone)
    if (local.hour, local.minute, local.second) != (0, 0, 0):
        return moment
    following = local.replace(tzinfo=None) + timedelta(days=1)
    return int(following.replace(tzinfo=zone).timestamp())
