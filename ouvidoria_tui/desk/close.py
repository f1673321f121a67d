"""The end of a ticket and its return: close, reopen."""

from __future__ import annotations

from collections.abc import Sequence

from ouvidoria_tui.desk.act import NOW, When, act, move, note_of
from ouvidoria_tui.desk.case import check_closing
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.follow import check_not_merged
from ouvidoria_tui.desk.forward import left_over, owed
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.reply import heard, reopening
from ouvidoria_tui.desk.step_letter import step_letter
from ouvidoria_tui.desk.survey import closing_letter
from ouvidoria_tui.domain.clock_state import LAPSED
from ouvidoria_tui.domain.deadline import shown
from ouvidoria_tui.domain.ledger import Act, Draft, Event, Message, Part
from ouvidoria_tui.domain.lifecycle import LIFECYCLE
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import ClockStop
from ouvidoria_tui.domain.policy_telling import Step
from ouvidoria_tui.domain.ticket import CloseReason, Status, Ticket, Turn
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.text import N_


def close(
    desk: Desk,
    ref: str,
    reason: CloseReason,
    *,
    by_customer: bool = False,
    note: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """The ticket closed with a reason (S2-34, C-27); ``by_customer`` where that was the customer's act (C-18).

    ``solved`` needs a conclusive answer later than the customer's last message (S3-06), ``no-reply`` the
    reminders of the policy; the other reasons close from any status. Where the policy says so the customer gets a
    letter with it, which asks how it was (S0-08, S3-04). Raises ``Refused``
    ``NO_CONCLUSIVE_ANSWER``, ``OPEN_ACTIONS``, ``CAUSE_REQUIRED``, ``IMPROVEMENT_REQUIRED``,
    ``REMINDER_REQUIRED``.
    """

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        if ticket.status is Status.CLOSED:
            return []
        if reason is CloseReason.SOLVED:
            _check_concluded(desk, ticket)
            _check_nothing_open(desk, ticket)
        check_closing(desk, ticket, reason, moment)
        changes = closing(ticket, moment, reason)
        facts = {"by": Turn.CUSTOMER.value} if by_customer else {}
        drafts = [Draft(Act.CLOSED, moment, changes, facts, note_of(note))]
        if when.at is None:
            drafts += closing_letter(desk, ticket, reason, moment)
        return drafts

    return act(desk, ref, Verb.CLOSE, decide, when=when, revision=revision)


def reopen(
    desk: Desk,
    ref: str,
    *,
    information: str | None = None,
    reason: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """A closed ticket open again under the same protocol (S2-35).

    With the customer's new ``information`` it waits as a customer's reply; with the desk's ``reason`` it goes
    back to the queue, and where the policy says so the customer is told (S0-08). Raises ``Refused``
    ``REOPEN_NEEDS_INFORMATION``, ``REOPEN_WINDOW_PASSED``, ``TICKET_MERGED``.
    """
    if information is not None and reason is not None:
        raise UsageError(
            "ONE_OF_TWO",
            N_("give the customer's information or the desk's reason, not both"),
            N_("use --information for what the customer brought, --reason for the desk's own decision"),
        )

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        words = information or reason
        if words is None or not words.strip():
            raise Refused(
                "REOPEN_NEEDS_INFORMATION",
                N_("reopening needs the new information or a reason"),
                N_("use --information with what the customer brought, or --reason"),
            )
        if ticket.status is Status.OPEN and information is None:
            return []
        check_not_merged(desk.store, ticket)
        if ticket.status is not Status.CLOSED:
            raise _not_closed(ticket, Status.OPEN if information is None else Status.CUSTOMER_REPLY)
        if information is not None:
            _check_window(desk, ticket, moment)
            return [Draft(Act.REOPENED, moment, heard(ticket, moment), message=Message(Part.CUSTOMER, words))]
        changes = move(ticket, Status.OPEN, assignee=None)
        changes |= reopening(ticket)
        drafts = [Draft(Act.REOPENED, moment, changes, message=Message(Part.REASON, words))]
        return drafts + step_letter(desk, ticket, Step.REOPENED, moment, when)

    late = When(when.at, when.reason or information or reason)
    return act(desk, ref, Verb.REOPEN, decide, when=late, revision=revision)


def closed(ticket: Ticket) -> Refused:
    """The refusal for a ticket that is closed: only an open one can be triaged or merged."""
    return Refused(
        "TICKET_CLOSED",
        N_("{protocol} is closed", protocol=ticket.protocol),
        N_("reopen it first: ouvidoria reopen {protocol} --reason …", protocol=ticket.protocol),
    )


def _check_window(desk: Desk, ticket: Ticket, moment: int) -> None:
    """Nothing, while the policy's window for coming back is open, or where it has none."""
    windows = {clock.rule.name for clock in desk.policy.clocks if clock.rule.stop is ClockStop.REOPENING}
    for state in desk.store.clocks(ticket.id):
        if state.rule in windows and shown(state, moment) == LAPSED:
            raise Refused(
                "REOPEN_WINDOW_PASSED",
                N_("the time in which {protocol} could be reopened is over", protocol=ticket.protocol),
                N_(
                    "register a new manifestation with `ouvidoria new --prior-ticket {protocol}`;"
                    " the desk itself may reopen with --reason",
                    protocol=ticket.protocol,
                ),
            )


def _check_nothing_open(desk: Desk, ticket: Ticket) -> None:
    waiting = [*owed(desk, ticket), *left_over(desk, ticket)]
    if waiting:
        raise Refused(
            "OPEN_ACTIONS",
            N_(
                "{protocol} still waits for: {names}",
                protocol=ticket.protocol,
                names=", ".join(one.area for one in waiting),
            ),
            N_(
                "record the answer with `ouvidoria area-answer`, ask again with `ouvidoria forward`, or close with"
                " another reason"
            ),
        )


def _not_closed(ticket: Ticket, to: Status) -> Refused:
    # Not "unchanged": what the customer brought would be lost without a word.
    return Refused(
        "ILLEGAL_TRANSITION",
        N_(
            "{protocol} is not closed, it is {status}: there is nothing to reopen",
            protocol=ticket.protocol,
            status=ticket.status.value,
        ),
        N_("use `ouvidoria status open` to return it to the queue")
        if to is Status.OPEN
        else N_("record what the customer brought with `ouvidoria customer-reply`"),
        details={
            "from": ticket.status.value,
            "to": to.value,
            "legal": [status.value for status in Status if status in LIFECYCLE[ticket.status].moves],
        },
    )


def closing(ticket: Ticket, moment: int, reason: CloseReason | None) -> dict[str, tuple[object, object]]:
    """The changes that closing makes; ``reason`` is ``None`` only where an imported history does not say."""
    return move(ticket, Status.CLOSED, closed_at=moment, close_reason=reason, unread=False)


def _check_concluded(desk: Desk, ticket: Ticket) -> None:
    wrote = ticket.customer_wrote_at or 0
    concluded = ticket.concluded_at or 0
    # Within one second the order of recording decides.
    if concluded > wrote or (concluded == wrote and _concluded_last(desk.store.events(ticket.id))):
        return
    raise Refused(
        "NO_CONCLUSIVE_ANSWER",
        N_("{protocol} has no conclusive answer after the customer's last message", protocol=ticket.protocol),
        N_("answer with `ouvidoria reply --conclusive`, or close with another reason"),
    )


def _concluded_last(events: Sequence[Event]) -> bool:
    concluded = max((event.seq for event in events if event.payload.get("conclusive")), default=0)
    heard = (event for event in events if not event.payload.get("courtesy"))
    return all(event.seq < concluded for event in heard if event.payload.get("part") in _CUSTOMERS)


#: Words of the customer; what came with the registration too.
_CUSTOMERS = frozenset({Part.CUSTOMER.value, Part.MANIFESTATION.value})
