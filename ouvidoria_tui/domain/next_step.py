"""What should be done next with a ticket: one step, worked out from status, clocks, triage and escalation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ouvidoria_tui.domain.clock_state import RUNNING, ClockState
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import ClockStop
from ouvidoria_tui.domain.ticket import Admission, Status, Ticket, Turn
from ouvidoria_tui.text import N_, Text

_MISSING: Mapping[str, Text] = {
    "PRIOR_TICKET_REQUIRED": N_("the earlier ticket"),
    "DESCRIPTION_TOO_SHORT": N_("a fuller description"),
    "first-instance-skipped": N_("the earlier ticket"),
    "prior-ticket-doubtful": N_("the right number of the earlier ticket"),
}


#: What may be asked for before a conclusive answer or closing (``domain/conclusion.py``), by the code of its refusal.
_ASKED: Mapping[str, Text] = {
    "PRIOR_RECORDS_REQUIRED": N_("the records of the earlier attendance"),
    "SENDER_UNAUTHORISED": N_("a sender who is authorised"),
    "COMPLAINED_DEPARTMENT_REQUIRED": N_("the department that had not solved it"),
    "STEP_SKIPPED": N_("both sides or an area"),
    "TEAM_REQUIRED": N_("a team"),
    "WRITTEN_CONFIRMATION_REQUIRED": N_("the confirmation in writing"),
    "NO_MEASURES": N_("the measures"),
    "REPRODUCTION_REQUIRED": N_("whether the fault can be reproduced"),
    "QUALITY_UNCHECKED": N_("the quality check"),
    "DECISION_REQUIRED": N_("the decision on the suggestion"),
    "PRAISE_NOT_HANDED_ON": N_("handing the praise on"),
    "ELEMENTS_UNCHECKED": N_("the check of the report's elements"),
    "SECOND_READER_REQUIRED": N_("a second reader"),
    "OPEN_ACTIONS": N_("the open measures"),
    "CAUSE_REQUIRED": N_("the cause"),
    "IMPROVEMENT_REQUIRED": N_("the search for an improvement"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, by which verb, because of which clock (``late`` once it is), and what is missing for it."""

    text: Text
    verb: Verb | None = None
    clock: ClockState | None = None
    late: bool = False
    missing: tuple[Text, ...] = ()


def next_step(
    ticket: Ticket,
    clocks: Sequence[ClockState],
    now: int,
    *,
    stops: Mapping[str, ClockStop],
    escalation: Escalation | None = None,
    codes: Collection[str] = (),
    asked: Collection[str] = (),
) -> Step:
    """The next step. ``stops`` says what satisfies each clock, ``codes`` what triage would hold against it.

    ``escalation`` is the one that stands, if any; ``asked`` are the codes of what the policy still asks for before
    a conclusive answer, or once that was given before closing.
    """
    if ticket.status is Status.CLOSED:
        return Step(N_("nothing: it is closed"))
    clock = _first_due(clocks)
    late = clock is not None and clock.due_at is not None and now > clock.due_at
    missing = _missing(ticket, codes)
    if escalation is not None and escalation.acknowledged_at is None:
        text = N_("N{level} has to acknowledge it", level=escalation.level)
        return Step(text, Verb.ACK, clock, late, missing)
    if ticket.turn is Turn.CUSTOMER:
        return _waiting(ticket, clocks, now, _names(asked))
    if ticket.turn is Turn.AREA:
        return _with_the_area(clocks, now, clock, late, missing)
    text, verb = _ours(ticket, clock, stops)
    if verb is Verb.REPLY and ticket.answered_at is not None:
        missing += _names(asked)
    return Step(text, verb, clock, late, missing)


def _ours(
    ticket: Ticket, clock: ClockState | None, stops: Mapping[str, ClockStop]
) -> tuple[Text, Verb | None]:
    """It is the desk's turn: decide, take, then answer what is due first."""
    if ticket.status is Status.CUSTOMER_REPLY:
        return N_("answer what the customer wrote"), Verb.REPLY
    if ticket.admission is Admission.PENDING:
        return N_("triage it"), Verb.TRIAGE
    if ticket.assignee is None:
        return N_("give it an owner"), Verb.TAKE
    if ticket.answered_at is None:
        return N_("answer the customer"), Verb.REPLY
    if clock is not None and stops.get(clock.rule) is ClockStop.PUBLIC_ANSWER:
        return N_("tell the customer how it stands"), Verb.REPLY
    return N_("work out the conclusive answer"), Verb.REPLY


def _with_the_area(
    clocks: Sequence[ClockState], now: int, clock: ClockState | None, late: bool, missing: tuple[Text, ...]
) -> Step:
    """An area was asked: wait for it, and remind it once its own time is over."""
    theirs = [
        one for one in clocks if ":" in one.name and one.lateness(now) is not None and one.state == RUNNING
    ]
    if theirs:
        return Step(N_("remind the area: its time is over"), Verb.FORWARD, theirs[0], True, missing)
    return Step(N_("wait for the area, and record its answer"), Verb.AREA_ANSWER, clock, late, missing)


def _waiting(ticket: Ticket, clocks: Sequence[ClockState], now: int, asked: tuple[Text, ...] = ()) -> Step:
    if ticket.concluded_at is not None and ticket.concluded_at >= (ticket.customer_wrote_at or 0):
        text = N_("close it as solved, unless the customer comes back")
        return Step(text, Verb.CLOSE, missing=asked)
    over = next((one for one in clocks if one.lapses and one.state == RUNNING and one.lateness(now)), None)
    if over is not None:
        return Step(N_("the customer's time is over: tell them, and close it"), Verb.CLOSE, over)
    if ticket.admission is Admission.AWAITING_INFO:
        return Step(N_("wait for what the customer was asked for"))
    return Step(N_("wait for the customer"))


def _first_due(clocks: Sequence[ClockState]) -> ClockState | None:
    running = [
        clock for clock in clocks if clock.state == RUNNING and clock.due_at is not None and not clock.lapses
    ]
    return min(running, key=lambda clock: clock.due_at or 0, default=None)


def _missing(ticket: Ticket, codes: Collection[str]) -> tuple[Text, ...]:
    if ticket.admission is Admission.ADMITTED and ticket.answered_at is not None:
        return ()
    wanted = [_MISSING[code] for code in (*codes, *ticket.flags) if code in _MISSING]
    return tuple({text.source: text for text in wanted}.values())


def _names(asked: Collection[str]) -> tuple[Text, ...]:
    return tuple(_ASKED[code] for code in asked if code in _ASKED)
