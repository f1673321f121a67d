"""Registering a manifestation: whatever comes, it gets a protocol and a receipt (S4-16, S0-41)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from ouvidoria_tui.desk.access import new_code
from ouvidoria_tui.desk.acknowledge import acknowledged
from ouvidoria_tui.desk.classify import check_occurred, known_department
from ouvidoria_tui.desk.conversations import Call
from ouvidoria_tui.desk.convert import forced
from ouvidoria_tui.desk.customers import find_customer
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.desk.register import register_customer
from ouvidoria_tui.domain.consent import ANONYMOUS
from ouvidoria_tui.domain.contact_data import checked_address
from ouvidoria_tui.domain.customer import Customer, Requester
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part, storable
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy_collisions import receives_everything
from ouvidoria_tui.domain.policy_law import Anonymous
from ouvidoria_tui.domain.projection import blank
from ouvidoria_tui.domain.ticket import (
    Channel,
    Difficulty,
    EscalationReason,
    Status,
    Ticket,
    Turn,
    Type,
)
from ouvidoria_tui.domain.triage_plan import AT_REQUEST
from ouvidoria_tui.errors import NotAllowed, Refused, UsageError
from ouvidoria_tui.text import N_, Text

#: Longer texts are refused at the door, so that no screen and no search is held up by one.
TEXT_LIMIT = 1_000_000
SUBJECT_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Manifestation:
    """What a person brings: words verbatim, and what is known around them.

    ``confidential`` is ``None`` where nobody said it: then a report of wrongdoing is, and nothing else
    (Decreto 10.153/2019 art. 6º). ``at_request``: the customer asked for the desk (S0-20). ``call`` is the call in
    which it was brought; its words are the manifestation's. A ``customer`` whose ``id`` is given is that one of the
    register, whatever else is said of it.
    """

    subject: str
    text: str
    type: Type = Type.COMPLAINT
    channel: Channel = Channel.PORTAL
    department: str | None = None
    customer: Customer | None = None
    prior_ticket: str | None = None
    plan: str | None = None
    confidential: bool | None = None
    complained_department: str | None = None
    occurred_at: int | None = None
    anonymous: bool = False
    flags: tuple[str, ...] = ()
    difficulty: Difficulty | None = None
    escalation_reason: EscalationReason | None = None
    at_request: bool = False
    call: Call | None = None


def receive(desk: Desk, what: Manifestation, *, at: int | None = None) -> Outcome:
    """A new ticket in the queue, with its protocol (S4-16). It is registered whatever triage will say of it.

    ``at`` is the moment of arrival where that is past; the protocol's year is that moment's. ``details`` of
    the outcome hold the access code for the customer, which nothing shows again, and name an open ticket of the same
    customer and subject (``duplicate_of``, S3-47), and the channel by which a complex matter of a conversation goes on
    (``converted``, S0-32). The customer gets the acknowledgement, where the desk has mail. One that is ``anonymous``
    has nobody behind it, by mail neither, and is marked so for good (C-25). Raises ``UsageError`` ``TEXT_REQUIRED``,
    ``TEXT_TOO_LONG``, ``BAD_ADDRESS``, ``ANONYMOUS_WITH_NAME``; ``Refused`` ``DATE_IN_FUTURE``, ``DATE_OUT_OF_ORDER``,
    ``ANONYMOUS_NOT_ALLOWED``; ``NotAllowed`` ``NOT_A_RECEIVER`` where the policy names who receives (S4-15).
    """
    desk.allow(Verb.RECEIVE)
    check_size(what)
    if what.customer is not None and what.customer.email:
        checked_address(what.customer.email)
    _check_receiver(desk)
    if what.anonymous:
        _check_anonymous(desk, what)
    now = desk.clock.now()
    arrived = now if at is None else at
    if arrived > now:
        raise Refused(
            "DATE_IN_FUTURE",
            N_("a manifestation cannot arrive in the future"),
            N_("leave --at out, or give the moment when it arrived"),
        )
    check_occurred(what.occurred_at, arrived)
    with desk.store.transaction():
        department = None if what.department is None else known_department(desk, what.department)
        failed = what.complained_department
        complained = None if failed is None else known_department(desk, failed)
        customer = None if what.customer is None else _customer(desk, what.customer)
        ticket = new_ticket(desk, arrived)
        draft = received(
            ticket,
            _with_plan(desk, what, customer),
            department=department,
            customer=customer,
            at=arrived,
            complained_department=complained,
            occurred_at=what.occurred_at,
            flags=_flags(what) or None,
        )
        code, fact = new_code(desk)
        ticket, _clocks = record(desk, ticket, [replace(draft, facts=fact)], new=True)
        if at is None:
            ticket, _clocks = record(desk, ticket, acknowledged(desk, ticket, code))
        converted = _conversation(desk, ticket, what, arrived)
        if converted:
            ticket, _clocks = record(desk, ticket, converted)
        same = [] if customer is None else desk.store.same_subject(customer, ticket.subject, ticket.id)
        # Whose a confidential ticket is would be told by naming it here, or another one beside it.
        same = [] if ticket.confidential else [one for one in same if not one.confidential]
    details: dict[str, object] = {"arrived_at": arrived, "access_code": code}
    if same:
        details["duplicate_of"] = same[0].protocol
    if ticket.channel is not what.channel:
        details["converted"] = ticket.channel
    return Outcome(
        ticket.protocol, Verb.RECEIVE.value, Result.DONE, ticket.status, ticket.revision, details=details
    )


def _customer(desk: Desk, who: Customer) -> int:
    """The id of whoever it is from: one of the register, or registered now."""
    return find_customer(desk, str(who.id)).id if who.id else register_customer(desk, who)


def _conversation(desk: Desk, ticket: Ticket, what: Manifestation, at: int) -> list[Draft]:
    """The call in which it was brought, and its going on as a ticket where it is complex (S0-32)."""
    converted = forced(desk, ticket, what.difficulty, at)
    call = what.call or (Call() if converted and what.channel is Channel.PHONE else None)
    return [*([] if call is None else [Draft(Act.CALLED, at, facts=call.facts())]), *converted]


def _with_plan(desk: Desk, what: Manifestation, customer: int | None) -> Manifestation:
    """The manifestation with the plan of the register where none was named (S2-01)."""
    named = what.plan or (what.customer.plan if what.customer else None)
    known = None if named or customer is None else desk.store.customer(customer)
    return what if known is None else replace(what, plan=known.plan)


def new_ticket(desk: Desk, arrived: int) -> Ticket:
    """A ticket without events: the next id, and the next protocol of the year of its arrival at the desk."""
    year = datetime.fromtimestamp(arrived, ZoneInfo(desk.policy.policy.zone)).year
    return blank(desk.store.new_ticket_id(), desk.store.new_protocol(year), arrived, desk.clock.now())


def received(
    ticket: Ticket,
    what: Manifestation,
    *,
    department: str | None,
    customer: int | None,
    at: int,
    **more: object,
) -> Draft:
    """The first event of ``ticket``: what it starts with, beside the words."""
    plan = what.plan or (what.customer.plan if what.customer else None)
    values: dict[str, object] = {
        "protocol": ticket.protocol,
        "status": Status.OPEN,
        "turn": Turn.DESK,
        "type": what.type,
        "channel": what.channel,
        "arrived_at": ticket.arrived_at,
        "registered_at": ticket.registered_at,
        "department": department,
        "customer": customer,
        "customer_wrote_at": at,
        "plan": storable(plan) if plan else None,
        "prior_ticket": storable(what.prior_ticket[:60]) if what.prior_ticket else None,
        "confidential": what.type is Type.REPORT if what.confidential is None else what.confidential,
        "difficulty": what.difficulty,
        "escalation_reason": what.escalation_reason,
        **more,
    }
    changes = {
        name: (None, value) for name, value in values.items() if value is not None and value is not False
    }
    return Draft(
        Act.RECEIVED,
        at,
        changes,
        message=Message(Part.MANIFESTATION, what.text, what.subject or first_line(what.text)),
    )


def first_line(text: str) -> str:
    """A subject for a text that came without one."""
    for line in text.splitlines():
        if line.strip():
            return line.strip()[:120]
    return ""


def check_reason(desk: Desk, what: Manifestation) -> None:
    """Nothing, where it is said why somebody who was attended before comes here, or the policy does not ask (S0-40).

    For whoever fills in a form: what arrives by other ways is registered without it. Raises ``UsageError``
    ``ESCALATION_REASON_REQUIRED``.
    """
    if not desk.policy.policy.access.escalation_reason or not what.prior_ticket or what.escalation_reason:
        return
    raise UsageError(
        "ESCALATION_REASON_REQUIRED",
        N_("an earlier ticket is named: what about it brought the customer here?"),
        N_("give --escalation-reason speed, quality or other"),
    )


def requester_marks(kind: Requester | None, who: Customer | None) -> tuple[str, ...]:
    """Who was harmed is marked on the ticket, whether a person is known or not (C-08); else a kind is a person's.

    Raises ``UsageError`` ``REQUESTER_UNKNOWN``.
    """
    if kind is Requester.THIRD_PARTY:
        return (kind.value,)
    if kind is not None and who is None:
        raise nobody_known(N_("nobody is known whose kind --requester says"))
    return ()


def nobody_known(problem: Text) -> UsageError:
    """The error for what is said of a person where nobody is named."""
    return UsageError("REQUESTER_UNKNOWN", problem, N_("give --name, --email or --document with it"))


def check_size(what: Manifestation) -> None:
    """Nothing, where there are words and not too many; ``UsageError`` ``TEXT_REQUIRED``, ``TEXT_TOO_LONG``."""
    if not what.subject.strip() and not what.text.strip():
        raise UsageError(
            "TEXT_REQUIRED",
            N_("a manifestation needs a subject or a text"),
            N_("give --subject, or --text (with - it is read from the standard input)"),
        )
    for words, limit in ((what.text, TEXT_LIMIT), (what.subject, SUBJECT_LIMIT)):
        if len(words) > limit:
            raise UsageError(
                "TEXT_TOO_LONG",
                N_("{size} characters are too many, {limit} are allowed", size=len(words), limit=limit),
                N_("attach the rest as a file"),
            )


def _flags(what: Manifestation) -> tuple[str, ...]:
    marks = [flag for flag, set_ in ((ANONYMOUS, what.anonymous), (AT_REQUEST, what.at_request)) if set_]
    return (*marks, *what.flags)


def _check_receiver(desk: Desk) -> None:
    receivers = desk.policy.policy.receivers
    if receivers and desk.agent.role not in receivers:
        raise NotAllowed(
            "NOT_A_RECEIVER",
            N_("{login} is not one of those who receive what comes", login=desk.agent.login),
            N_("this needs one of: {roles}", roles=", ".join(sorted(receivers))),
            details={"role": desk.agent.role.value},
        )


def _check_anonymous(desk: Desk, what: Manifestation) -> None:
    """Nothing, where somebody without a name is heard; whoever must receive everything hears everybody (art. 11)."""
    if what.customer is not None:
        raise UsageError(
            "ANONYMOUS_WITH_NAME",
            N_("what is anonymous comes without a name, an address and a document"),
            N_("leave them out, or leave --anonymous out: --confidential keeps who it is"),
        )
    policy = desk.policy.policy
    report = policy.anonymous is Anonymous.DENUNCIA_ONLY and what.type is Type.REPORT
    if policy.anonymous is Anonymous.YES or report or receives_everything(policy):
        return
    raise Refused(
        "ANONYMOUS_NOT_ALLOWED",
        N_("this desk hears nobody without a name")
        if policy.anonymous is not Anonymous.DENUNCIA_ONLY
        else N_("without a name this desk hears only reports of wrongdoing"),
        N_("say that --confidential keeps who it is, and register it with the name"),
    )
