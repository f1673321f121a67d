"""What is missing before a case may be assessed, answered for good, or closed: every refusal with its next step."""

from __future__ import annotations

from collections.abc import Iterator

from ouvidoria_tui.domain.case_work import CaseWork, Side
from ouvidoria_tui.domain.first_line import Prior
from ouvidoria_tui.domain.mail_welcome import UNAUTHORISED
from ouvidoria_tui.domain.paths import Decision, Told
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.policy_collisions import receives_everything
from ouvidoria_tui.domain.policy_work import Read, WorkRule
from ouvidoria_tui.domain.ticket import Difficulty, Merit, Ticket, Type
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

_DAY = 86_400
#: A team is so many (S4-20).
TEAM = 2
#: What has two sides; and what the customer wants to know the measures of: suggestions too (S4-27).
DISPUTED = frozenset({Type.COMPLAINT, Type.CRITICISM, Type.REPORT})
_MEASURED = DISPUTED | {Type.SUGGESTION}
_SIDE = {Side.CUSTOMER: N_("the customer's"), Side.COMPANY: N_("the company's")}


def before_assessing(
    ticket: Ticket, work: CaseWork, rule: WorkRule, prior: Prior | None
) -> Iterator[Refused]:
    """What an assessment lacks: ``PRIOR_RECORDS_REQUIRED`` (S1-21), ``BOTH_SIDES_REQUIRED`` (S0-02).

    ``prior`` is what the first instance's history knows of the ticket's number.
    """
    yield from _before_judging(ticket, work, rule, prior)
    missing = work.missing_sides
    if len(missing) == len(Side):
        yield Refused(
            "BOTH_SIDES_REQUIRED",
            N_("neither side has been heard on {protocol}", protocol=ticket.protocol),
            N_("record each with `ouvidoria position --side customer|company --text`"),
        )
    elif missing:
        yield Refused(
            "BOTH_SIDES_REQUIRED",
            N_("{side} position on {protocol} is missing", side=_SIDE[missing[0]], protocol=ticket.protocol),
            N_("record it with `ouvidoria position --side {side} --text`", side=missing[0].value),
        )


def before_conclusive(
    ticket: Ticket, work: CaseWork, policy: Policy, prior: Prior | None
) -> Iterator[Refused]:
    """Everything that the policy still asks for before the conclusive answer, in the order of the work."""
    rule = policy.work
    if UNAUTHORISED in ticket.flags and not receives_everything(policy):
        yield Refused(
            "SENDER_UNAUTHORISED",
            N_(
                "the sender of {protocol} is not an authorised contact of the customer",
                protocol=ticket.protocol,
            ),
            N_(
                "authorise the contact with `ouvidoria contact authorise --link`, or close with another reason"
            ),
        )
    yield from _before_judging(ticket, work, rule, prior)
    analysed = not work.missing_sides or ticket.merit is not Merit.NOT_ASSESSED
    if rule.steps and ticket.type in DISPUTED and not analysed:
        yield Refused(
            "STEP_SKIPPED",
            N_("{protocol} has not been analysed: both sides are not recorded", protocol=ticket.protocol),
            N_("record them with `ouvidoria position`; then `ouvidoria assess`"),
        )
    if ticket.department in rule.reproduce and ticket.type in DISPUTED and work.reproduced is None:
        yield Refused(
            "REPRODUCTION_REQUIRED",
            N_(
                "nobody has said whether the fault of {protocol} could be reproduced",
                protocol=ticket.protocol,
            ),
            N_("follow the customer's steps, then `ouvidoria reproduce --result yes|partly|no --text`"),
        )
    if rule.complained_department and ticket.type in DISPUTED and ticket.complained_department is None:
        yield Refused(
            "COMPLAINED_DEPARTMENT_REQUIRED",
            N_("{protocol} does not say which department had not solved it", protocol=ticket.protocol),
            N_("name it with `ouvidoria classify --complained`"),
        )
    if rule.team and ticket.difficulty is Difficulty.COMPLEX and len(work.team) < TEAM:
        yield Refused(
            "TEAM_REQUIRED",
            N_("{protocol} is complex and has no team", protocol=ticket.protocol),
            N_("name two or more people with `ouvidoria team --members`"),
        )
    if rule.written_confirmation and ticket.cause in rule.written_confirmation and work.written is None:
        yield Refused(
            "WRITTEN_CONFIRMATION_REQUIRED",
            N_("{protocol} has no confirmation in writing", protocol=ticket.protocol),
            N_("record what the customer wrote with `ouvidoria confirm-written --text`"),
        )
    if rule.measures and ticket.type in _MEASURED and not work.measures and work.no_measures is None:
        yield Refused(
            "NO_MEASURES",
            N_("{protocol} names no measure, and not why there is none", protocol=ticket.protocol),
            N_("record one with `ouvidoria measure --text`, or say why not with `ouvidoria measure --none`"),
        )
    if rule.quality and ticket.type in DISPUTED and work.quality is None:
        yield Refused(
            "QUALITY_UNCHECKED",
            N_("the answer to {protocol} has not been checked", protocol=ticket.protocol),
            N_("check it with `ouvidoria quality --effective --good --balanced`"),
        )
    yield from _of_its_path(ticket, work, rule)
    if wants_reader(ticket, work, rule) and (work.proposed is None or work.proposed.approved is None):
        yield Refused(
            "SECOND_READER_REQUIRED",
            N_("nobody else has read the answer to {protocol}", protocol=ticket.protocol),
            N_("put it before a second reader with `ouvidoria review --propose`; another agent approves it"),
        )


def _of_its_path(ticket: Ticket, work: CaseWork, rule: WorkRule) -> Iterator[Refused]:
    """What only this kind of manifestation needs."""
    if rule.decision and ticket.type is Type.SUGGESTION and work.decision is None:
        yield Refused(
            "DECISION_REQUIRED",
            N_("nothing has been decided on the suggestion {protocol}", protocol=ticket.protocol),
            N_("decide with `ouvidoria decide --decision accepted|under-study|not-accepted --grounds`"),
        )
    if rule.praise and ticket.type is Type.PRAISE and (work.praised is None or work.told != tuple(Told)):
        yield Refused(
            "PRAISE_NOT_HANDED_ON",
            N_("the praise {protocol} has not been handed on", protocol=ticket.protocol),
            N_("say whom it is for with `ouvidoria hand-on --for`, then `--told person` and `--told head`"),
        )
    if rule.elements and ticket.type is Type.REPORT and work.elements is None:
        yield unchecked(ticket)


def unchecked(ticket: Ticket) -> Refused:
    """The refusal of whatever comes after the check of a report's elements."""
    return Refused(
        "ELEMENTS_UNCHECKED",
        N_("nobody has checked what the report {protocol} holds", protocol=ticket.protocol),
        N_("check it with `ouvidoria elements --relevance --authorship --materiality --grounds`"),
    )


def before_forwarding(ticket: Ticket, work: CaseWork, rule: WorkRule) -> Iterator[Refused]:
    """A report is sent to be looked into once it holds the elements: ``ELEMENTS_UNCHECKED``, ``ELEMENTS_MISSING``."""
    if not rule.elements or ticket.type is not Type.REPORT:
        return
    if work.elements is None:
        yield unchecked(ticket)
    elif work.elements.missing:
        yield Refused(
            "ELEMENTS_MISSING",
            N_(
                "the report {protocol} does not hold what it needs to be looked into",
                protocol=ticket.protocol,
            ),
            N_("ask for what is missing, or close it with its reason"),
            details={"missing": [one.value for one in work.elements.missing]},
        )


def wants_reader(ticket: Ticket, work: CaseWork, rule: WorkRule) -> bool:
    """Whether the policy asks for a second reader of this answer (S4-32): by type, or because it is adverse."""
    adverse = ticket.merit is Merit.UNFOUNDED or work.decision is Decision.NOT_ACCEPTED
    return ticket.type.value in rule.second_reader or (adverse and Read.ADVERSE in rule.second_reader)


def _before_judging(ticket: Ticket, work: CaseWork, rule: WorkRule, prior: Prior | None) -> Iterator[Refused]:
    """A dispute is judged by the records of the first attendance: known from its history, kept, or said not to be."""
    if rule.prior_records and ticket.type in DISPUTED and prior is None and work.prior is None:
        yield Refused(
            "PRIOR_RECORDS_REQUIRED",
            N_("the records of the earlier attendance are missing on {protocol}", protocol=ticket.protocol),
            N_("keep them with `ouvidoria prior-records --text` or `--file`, or say why with `--none`"),
        )


def before_solved(ticket: Ticket, work: CaseWork, rule: WorkRule) -> Iterator[Refused]:
    """Everything in the way of closing as solved: ``OPEN_ACTIONS``, ``IMPROVEMENT_REQUIRED``."""
    if work.open_measures:
        yield Refused(
            "OPEN_ACTIONS",
            N_(
                "measures of {protocol} are still open: {numbers}",
                protocol=ticket.protocol,
                numbers=", ".join(str(one.number) for one in work.open_measures),
            ),
            N_(
                "record them as done with `ouvidoria measure --done N --evidence`, or go on with them in"
                " `ouvidoria improvement add --measure N`"
            ),
        )
    analysed = bool(work.improvements) or work.no_improvement is not None
    if rule.improvement and ticket.type is Type.COMPLAINT and not analysed:
        yield Refused(
            "IMPROVEMENT_REQUIRED",
            N_("nobody has looked for an improvement after {protocol}", protocol=ticket.protocol),
            N_("record one with `ouvidoria improvement add`, or why not with `ouvidoria improvement none`"),
        )


def before_silence(ticket: Ticket, work: CaseWork, rule: WorkRule, now: int) -> Iterator[Refused]:
    """``REMINDER_REQUIRED`` where the customer was not reminded, or the day is not over that a reminder named.

    Such a day is kept whether the policy asks for reminders or not (S3-46, C-18).
    """
    if len(work.reminders) < rule.reminders:
        yield Refused(
            "REMINDER_REQUIRED",
            N_(
                "the customer of {protocol} must be reminded before it is closed for silence",
                protocol=ticket.protocol,
            ),
            N_("write the reminder with `ouvidoria remind`"),
            details={"needed": rule.reminders, "sent": len(work.reminders)},
        )
    elif work.reminded_until is not None and now < work.reminded_until:
        yield Refused(
            "REMINDER_REQUIRED",
            N_("the time that the last reminder of {protocol} gave is not over", protocol=ticket.protocol),
            N_("wait for the customer until then"),
            details={"until": work.reminded_until},
        )
