"""Words on a ticket: the answer, the request for information, the note, and what the customer writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ouvidoria_tui.desk.act import NOW, When, act, check_revision, diff, move, need_text
from ouvidoria_tui.desk.articles import with_articles
from ouvidoria_tui.desk.case import barred, check_able, check_conclusive
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.follow import final
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.answer import NOTHING, Concluding
from ouvidoria_tui.domain.courtesy import is_bare_thanks, thanks_somewhere
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import MOVED_BY_CUSTOMER
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.quotes import trim
from ouvidoria_tui.domain.second_tier import is_of
from ouvidoria_tui.domain.ticket import Admission, Status, Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

#: What stands with the event of a bare thank-you: no clock hears it, and no status changes by it.
COURTESY: Final[dict[str, object]] = {"courtesy": True}
_ONLY_THANKS = N_("only thanks: status, turn and clocks stay as they are")
#: What the customer was told by triage and has answered: triage looks again, with all the words.
_LOOKED_AT_AGAIN = frozenset({Admission.AWAITING_INFO, Admission.INELIGIBLE, Admission.REDIRECTED})


def reply(
    desk: Desk,
    ref: str,
    text: str,
    *,
    conclusive: bool = False,
    said: Concluding = NOTHING,
    articles: Sequence[str] = (),
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """A public answer: the ticket waits for the customer (S2-31).

    A ``conclusive`` one says what was decided: the resolution clock stops, and the ticket may be closed as
    solved; what the policy asks for must have been done before (``domain/conclusion.py``), or be ``said`` with it
    (``domain/answer.py``). Raises ``UsageError`` ``TEXT_REQUIRED``, ``Refused`` ``ILLEGAL_TRANSITION``,
    ``CONFLICT_OF_INTEREST``. The ``articles`` of the knowledge base that are named stand behind the words (S0-27).
    """
    words, named = with_articles(desk, need_text(text, "--text"), articles)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        message = Message(Part.DESK, words)
        draft = (
            concluded(desk, ticket, message, moment, said)
            if conclusive
            else _spoken(desk, ticket, message, moment, Act.REPLIED)
        )
        return [_sent(replace(draft, facts={**draft.facts, **named}), when)]

    return act(desk, ref, Verb.REPLY, decide, when=_reasoned(when, words), revision=revision)


def ask(desk: Desk, ref: str, text: str, *, when: When = NOW, revision: int | None = None) -> Outcome:
    """A request for information: an answer for the first-response clock, the customer's turn (S2-31)."""
    words = need_text(text, "--text")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        return [_sent(_spoken(desk, ticket, Message(Part.DESK, words), moment, Act.ASKED), when)]

    return act(desk, ref, Verb.ASK, decide, when=_reasoned(when, words), revision=revision)


def note(desk: Desk, ref: str, text: str, *, when: When = NOW, revision: int | None = None) -> Outcome:
    """An internal note: it moves nothing, satisfies no clock and is never shown to a customer."""
    words = need_text(text, "--text")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        return [Draft(Act.NOTED, moment, message=Message(Part.NOTE, words))]

    return act(desk, ref, Verb.NOTE, decide, when=_reasoned(when, words), revision=revision)


def customer_reply(
    desk: Desk, ref: str, text: str, *, at: int | None = None, revision: int | None = None
) -> Outcome:
    """What the customer wrote or said, verbatim (S0-17). It moves only answered and closed tickets (S2-32, S2-35).

    A bare thank-you is kept and marked unread, and moves nothing; the Outcome's message says so. It is a fact
    from outside: ``at`` may lie before acts of the desk, not before the ticket's arrival and not in the future.
    What is said to a merged ticket is recorded where that went on, with whence it came (``sent_to``).
    """
    words = need_text(text, "--text")
    thanks = is_thanks(words)
    desk.allow(Verb.CUSTOMER_REPLY)
    with desk.store.transaction():
        named = desk.store.find(ref)
        check_revision(desk, named, revision)
        hears = final(desk.store, named)
        facts = {} if hears.id == named.id else {"sent_to": named.id}

        def decide(ticket: Ticket, moment: int) -> list[Draft]:
            happened = outside_moment(named, moment, at)
            changes = diff(ticket, unread=True) if thanks else heard(ticket, happened)
            said = {**facts, **COURTESY} if thanks else facts
            return [Draft(Act.CUSTOMER_REPLIED, happened, changes, said, Message(Part.CUSTOMER, words))]

        outcome = act(desk, hears.protocol, Verb.CUSTOMER_REPLY, decide)
    if facts:
        outcome = replace(outcome, message=N_("it was sent to {protocol}", protocol=named.protocol))
    return replace(outcome, message=_ONLY_THANKS) if thanks else outcome


def is_thanks(words: str) -> bool:
    """Whether a customer's message, under its quotes and signatures, is a bare thank-you."""
    return thanks_somewhere(words) and is_bare_thanks(trim(words))


def heard(ticket: Ticket, moment: int) -> dict[str, tuple[object, object]]:
    """The changes that a customer's message makes."""
    wanted: dict[str, object] = {
        "customer_wrote_at": max(moment, ticket.customer_wrote_at or moment),
        "unread": True,
    }
    if ticket.admission in _LOOKED_AT_AGAIN:
        wanted["admission"] = Admission.PENDING
    if ticket.status not in MOVED_BY_CUSTOMER:
        return diff(ticket, **wanted)
    changes = move(ticket, Status.CUSTOMER_REPLY, **wanted)
    if ticket.status is Status.CLOSED:
        changes |= reopening(ticket)
    return changes


def reopening(ticket: Ticket) -> dict[str, tuple[object, object]]:
    """The changes that any return of a closed ticket makes; closing has ended its escalations."""
    return diff(ticket, closed_at=None, close_reason=None, reopened=ticket.reopened + 1, level=0)


def answered(
    ticket: Ticket, moment: int, agent: int | None, *, conclusive: bool
) -> dict[str, tuple[object, object]]:
    """The changes that a public word of the desk makes; nobody's ticket becomes that of ``agent``."""
    wanted: dict[str, object] = {
        "answered_at": moment,
        "public_word_at": moment,
        "unread": False,
        "assignee": ticket.assignee or agent,
    }
    if conclusive:
        wanted["concluded_at"] = moment
    return move(ticket, Status.ANSWERED, **wanted)


def concluded(desk: Desk, ticket: Ticket, message: Message, moment: int, said: Concluding) -> Draft:
    """The event of a conclusive answer; raises ``Refused`` where the work on the case does not allow it yet."""
    changes = answered(ticket, moment, _owner(desk, ticket), conclusive=True)
    check_conclusive(desk, ticket, message.text, said)
    return Draft(Act.REPLIED, moment, changes, {"conclusive": True, **said.facts()}, message)


def _spoken(desk: Desk, ticket: Ticket, message: Message, moment: int, type_: Act) -> Draft:
    return Draft(type_, moment, answered(ticket, moment, _owner(desk, ticket), conclusive=False), {}, message)


def _sent(draft: Draft, when: When) -> Draft:
    """What is recorded as said earlier was said by another way: it is not sent once more."""
    return replace(draft, to_customer=when.at is None)


def _owner(desk: Desk, ticket: Ticket) -> int | None:
    """Whose a ticket of nobody becomes by being answered: not somebody's who may not have it (S3-27)."""
    if ticket.assignee is None:
        check_able(desk, ticket, desk.agent)
    barring = any(is_of(rule, ticket) for rule in barred(desk, desk.agent))
    return None if barring else desk.agent.id


def _reasoned(when: When, words: str) -> When:
    """The words of an act stand with it: they are reason enough to record it late."""
    return When(when.at, when.reason or words)


def outside_moment(ticket: Ticket, now: int, at: int | None) -> int:
    """When something outside the desk happened: now, or a moment after the ticket's arrival.

    Raises ``Refused`` ``DATE_IN_FUTURE``, ``DATE_OUT_OF_ORDER``.
    """
    if at is None:
        return now
    if at > now:
        raise Refused(
            "DATE_IN_FUTURE",
            N_("what happened cannot lie in the future"),
            N_("leave --at out, or give the moment when it happened"),
        )
    if at < ticket.arrived_at:
        raise Refused(
            "DATE_OUT_OF_ORDER",
            N_("{protocol} had not arrived yet at that moment", protocol=ticket.protocol),
            N_("give a moment after its arrival"),
        )
    return at
