"""A conclusive answer read by somebody else than who wrote it, before it leaves (S4-32)."""

from __future__ import annotations

from ouvidoria_tui.desk.act import NOW, When, act, need_text, note_of
from ouvidoria_tui.desk.case import check_impartial, same_words, work_of
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.case_work import CaseWork
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.paths import Proposed
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.template import check_words
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_


def propose(desk: Desk, ref: str, text: str, *, when: When = NOW, revision: int | None = None) -> Outcome:
    """The answer put before a second reader; nothing is sent. It takes the place of the one before.

    Raises ``Refused`` ``CONFLICT_OF_INTEREST``, ``TEMPLATE_INCOMPLETE``; ``UsageError`` ``TEXT_REQUIRED``.
    """
    words = need_text(text, "--propose")
    check_words(None, words)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        work = work_of(desk, ticket)
        check_impartial(ticket, work, desk.agent)
        if _stands(desk, ticket, work, words):
            return []
        return [Draft(Act.ANSWER_PROPOSED, moment, {}, {}, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.REVIEW, decide, when=late, revision=revision)


def approve(
    desk: Desk, ref: str, *, text: str | None = None, when: When = NOW, revision: int | None = None
) -> Outcome:
    """The answer may leave, word for word. Raises as :func:`give_back`."""
    return _read(desk, ref, True, text, when, revision)


def give_back(desk: Desk, ref: str, text: str, *, when: When = NOW, revision: int | None = None) -> Outcome:
    """The answer may not leave as it is, and why.

    Raises ``Refused`` ``NOTHING_TO_REVIEW``, ``SECOND_READER_SAME`` for who wrote it, ``CONFLICT_OF_INTEREST``;
    ``UsageError`` ``TEXT_REQUIRED``.
    """
    return _read(desk, ref, False, need_text(text, "--text"), when, revision)


def _read(
    desk: Desk, ref: str, approved: bool, text: str | None, when: When, revision: int | None
) -> Outcome:
    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        work = work_of(desk, ticket)
        check_impartial(ticket, work, desk.agent)
        proposed = _waiting(ticket, work)
        if proposed.author == desk.agent.id:
            raise Refused(
                "SECOND_READER_SAME",
                N_(
                    "{login} wrote the answer to {protocol}", login=desk.agent.login, protocol=ticket.protocol
                ),
                N_("let another agent read it"),
            )
        facts: dict[str, object] = {"approved": approved, "proposed": proposed.seq}
        return [Draft(Act.ANSWER_REVIEWED, moment, {}, facts, note_of(text, Part.CASE))]

    return act(desk, ref, Verb.REVIEW, decide, when=When(when.at, when.reason or text), revision=revision)


def _waiting(ticket: Ticket, work: CaseWork) -> Proposed:
    if work.proposed is not None and work.proposed.waits:
        return work.proposed
    raise Refused(
        "NOTHING_TO_REVIEW",
        N_("no answer to {protocol} waits for a second reader", protocol=ticket.protocol),
        N_("its author puts it there with `ouvidoria review --propose`"),
    )


def _stands(desk: Desk, ticket: Ticket, work: CaseWork, words: str) -> bool:
    """Whether these very words wait, or were approved, already."""
    proposed = work.proposed
    return (
        proposed is not None and proposed.returned is None and same_words(desk, ticket, proposed.seq, words)
    )
