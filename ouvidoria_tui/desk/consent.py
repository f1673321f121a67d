"""Consent of the person who complains to be named to others: asked for, given or refused (Decreto 10.153/2019)."""

from __future__ import annotations

from ouvidoria_tui.desk.act import NOW, When, act, diff, need_text
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.consent import GIVEN, REFUSED
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.reading import check_may_open
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.text import N_


def ask_consent(desk: Desk, ref: str, text: str, *, when: When = NOW, revision: int | None = None) -> Outcome:
    """The customer asked, in public words, whether they may be named; the case is worked on meanwhile.

    Raises ``UsageError`` ``TEXT_REQUIRED``, ``Refused`` ``ILLEGAL_TRANSITION`` on a closed ticket.
    """
    words = need_text(text, "--text")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        changes = diff(ticket, answered_at=moment, public_word_at=moment)
        said = Message(Part.DESK, words)
        return [Draft(Act.CONSENT_ASKED, moment, changes, message=said, to_customer=when.at is None)]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.CONSENT, decide, when=late, revision=revision)


def answer_consent(
    desk: Desk,
    ref: str,
    *,
    given: bool,
    text: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """The customer's answer; the last one counts, the same is unchanged.

    Who agrees is named to others from then on: it needs the words in which they agreed, and somebody who may read
    the ticket. Raises ``UsageError`` ``TEXT_REQUIRED``; ``NotAllowed`` ``CONFIDENTIAL``.
    """
    said = Message(Part.CUSTOMER, text) if text is not None and text.strip() else None

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        flag = GIVEN if given else REFUSED
        if flag in ticket.flags:
            return []
        if given:
            check_may_open(desk.agent, ticket)
            need_text(text, "--text")
        flags = (*(one for one in ticket.flags if one not in (GIVEN, REFUSED)), flag)
        changes = diff(ticket, flags=flags, **({"customer_wrote_at": moment} if said is not None else {}))
        return [Draft(Act.CONSENT_ANSWERED, moment, changes, {"given": given}, said)]

    late = When(when.at, when.reason or text or N_("consent answered").source)
    return act(desk, ref, Verb.CONSENT, decide, when=late, revision=revision)
