"""``status STATUS``: the same moves by the name of where they lead."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ouvidoria_tui.desk.act import NOW, When
from ouvidoria_tui.desk.assign import assign, give_back, start
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.desk.reply import customer_reply, note, reply
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import CloseReason, Status
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_


@dataclass(frozen=True, slots=True)
class Move:
    """Where to, and what that place needs: ``to`` for assigned, ``text`` for answered and customer-reply,
    ``reason`` for closed, which may be ``by_customer``.
    """

    status: Status
    to: str | None = None
    text: str | None = None
    reason: CloseReason | None = None
    note: str | None = None
    conclusive: bool = False
    when: When = NOW
    by_customer: bool = False


def set_status(desk: Desk, ref: str, move: Move, *, revision: int | None = None) -> Outcome:
    """The ticket moved, by the verb that leads there; already there is ``unchanged``.

    Raises ``UsageError`` ``TEXT_REQUIRED`` or ``REASON_REQUIRED`` where something is missing.
    """
    check(move)
    when = When(move.when.at, move.when.reason or move.note)
    match move.status:
        case Status.OPEN:
            return give_back(desk, ref, note=move.note, when=when, revision=revision)
        case Status.ASSIGNED:
            return assign(desk, ref, move.to, note=move.note, when=when, revision=revision, moving=True)
        case Status.IN_PROGRESS:
            return start(desk, ref, note=move.note, when=when, revision=revision)
        case Status.CLOSED:
            reason = move.reason or CloseReason.SOLVED
            return close(
                desk,
                ref,
                reason,
                by_customer=move.by_customer,
                note=move.note,
                when=when,
                revision=revision,
            )
        case Status.ANSWERED | Status.CUSTOMER_REPLY:
            return _with_words(desk, ref, move, when, revision)


def _with_words(desk: Desk, ref: str, move: Move, when: When, revision: int | None) -> Outcome:
    """Answered, or replied by the customer: not said twice when a script runs twice."""
    verb = Verb.REPLY if move.status is Status.ANSWERED else Verb.CUSTOMER_REPLY
    desk.allow(verb)
    with desk.store.transaction():
        ticket = desk.store.find(ref)
        if ticket.status is move.status:
            return Outcome(ticket.protocol, verb.value, Result.UNCHANGED, ticket.status, ticket.revision)
        text = move.text or ""
        if move.status is Status.CUSTOMER_REPLY:
            outcome = customer_reply(desk, ref, text, at=move.when.at, revision=revision)
        else:
            outcome = reply(desk, ref, text, conclusive=move.conclusive, when=when, revision=revision)
        if move.note:
            outcome = replace(outcome, revision=note(desk, ref, move.note).revision)
    return outcome


def check(move: Move) -> None:
    """Nothing, where the move has what it needs; ``UsageError`` otherwise, before any ticket is touched."""
    if move.status in {Status.ANSWERED, Status.CUSTOMER_REPLY} and not (move.text or "").strip():
        raise UsageError(
            "TEXT_REQUIRED",
            N_("{status} needs a text", status=move.status.value),
            N_("give --text, or --text - to read it from the standard input"),
        )
    if move.status is Status.CLOSED and move.reason is None:
        raise UsageError(
            "REASON_REQUIRED",
            N_("closing needs a reason"),
            N_("give --reason with one of: {names}", names=", ".join(reason.value for reason in CloseReason)),
        )
