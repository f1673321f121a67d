"""Registering from the form: what is wrong in which line, what would come of it, and the registration itself.

What would come of it is found out by doing it and taking it back: the same verbs, the same refusals, the same gates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ouvidoria_tui.desk import drafts
from ouvidoria_tui.desk.assess import position
from ouvidoria_tui.desk.classify import known_department
from ouvidoria_tui.desk.conversations import Call, typed_minutes
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.prepare import prior_records
from ouvidoria_tui.desk.receive import TEXT_LIMIT, Manifestation, check_reason, receive, requester_marks
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.conduct import Conduct, in_order
from ouvidoria_tui.domain.customer import Customer, Requester
from ouvidoria_tui.domain.customer_list import CustomerRow, Wanted
from ouvidoria_tui.domain.draft import NO_TICKET
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.receipt import Receipt
from ouvidoria_tui.domain.ticket import Channel, Difficulty, EscalationReason, Type
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.dates import parse_when
from ouvidoria_tui.report.receipts import receipt_for
from ouvidoria_tui.report.registers import connection, customers, snapshot
from ouvidoria_tui.tui.new_form import ANONYMOUS, AT_REQUEST, CONFIDENTIAL, NewForm, channel_of
from ouvidoria_tui.tui.reads_ticket import TicketPage, page

T = TypeVar("T")

#: The kind of the draft of a registration.
KIND = "new"
#: So many customers are listed while a name is typed.
MOST = 30
#: The line that a refusal of the whole belongs to; what is not here stands below the form.
_LINES: Mapping[str, str] = {
    "TEXT_REQUIRED": "subject",
    "ANONYMOUS_WITH_NAME": "marks",
    "ANONYMOUS_NOT_ALLOWED": "marks",
    "DATE_IN_FUTURE": "at",
    "DATE_OUT_OF_ORDER": "occurred",
    "CUSTOMER_NOT_FOUND": "name",
    "BAD_ADDRESS": "email",
    "ESCALATION_REASON_REQUIRED": "reason",
    "DEPT_NOT_IN_PLAN": "department",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What would come of a registration: what is wrong, by the line of the form (``""``: none of them), else the
    ``page`` of the ticket as it would stand, with triage's plan.

    ``letters`` would go to the customer at once; ``duplicate_of`` is an open ticket on the same subject, ``converted``
    the channel by which a complex matter of a conversation would go on.
    """

    problems: Mapping[str, OuvidoriaError] = field(default_factory=dict)
    page: TicketPage | None = None
    letters: int = 0
    duplicate_of: str | None = None
    converted: Channel | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """What was registered by ``channel``, with the receipt that alone tells the access code."""

    ticket_id: int
    protocol: str
    channel: Channel
    receipt: Receipt
    duplicate_of: str | None = None
    converted: Channel | None = None


def line_of(error: OuvidoriaError, form: NewForm) -> str:
    """The line of the form that a refusal belongs to."""
    if error.code == "TEXT_TOO_LONG":
        return "text" if len(form["text"]) > TEXT_LIMIT else "subject"
    return _LINES.get(error.code, "")


def look(form: NewForm) -> Callable[[Desk], Looked]:
    """What would come of it; nothing is written."""

    def job(desk: Desk) -> Looked:
        problems: dict[str, OuvidoriaError] = {}
        what, at = _read(desk, form, problems)
        if problems:
            return Looked(problems)
        try:
            with desk.store.transaction():
                outcome = _put(desk, form, what, at)
                shown = page(desk.store.find(outcome.protocol).id)(desk)
                raise _TakenBack(Looked({}, shown, len(shown.detail.letters), *_said(outcome)))
        except _TakenBack as end:
            return end.looked
        except OuvidoriaError as error:
            return Looked({line_of(error, form): error})

    return job


def register(form: NewForm) -> Callable[[Desk], Registered]:
    """Registers it; its draft is gone with that."""

    def job(desk: Desk) -> Registered:
        problems: dict[str, OuvidoriaError] = {}
        what, at = _read(desk, form, problems)
        for error in problems.values():
            raise error
        with desk.store.transaction():
            outcome = _put(desk, form, what, at)
            drafts.drop(desk, NO_TICKET, KIND)
        ticket, force = desk.store.find(outcome.protocol), desk.policy
        code = str(outcome.details["access_code"])
        receipt = receipt_for(connection(desk.store), ticket, force.policy, force.closed, code)
        return Registered(ticket.id, ticket.protocol, what.channel, receipt, *_said(outcome))

    return job


def found(words: str) -> Callable[[Desk], tuple[CustomerRow, ...]]:
    """The customers of the register whose data hold these words, as `ouvidoria customer list` finds them."""

    def job(desk: Desk) -> tuple[CustomerRow, ...]:
        wanted = Wanted(words, months=desk.policy.policy.gates.stale_months, at=desk.clock.now())
        conn = connection(desk.store)
        with snapshot(conn):
            return tuple(customers(conn, wanted, MOST))

    return job


class _TakenBack(Exception):
    """Ends the transaction of a look, with what was seen in it."""

    def __init__(self, looked: Looked) -> None:
        super().__init__()
        self.looked = looked


def _put(desk: Desk, form: NewForm, what: Manifestation, at: int | None) -> Outcome:
    """The manifestation, the customer's wish, what the earlier attendance left: together or not at all."""
    with desk.store.transaction():
        outcome = receive(desk, what, at=at)
        if form["wish"]:
            position(desk, outcome.protocol, Side.CUSTOMER, form["wish"], wish=True)
        if form["records"]:
            prior_records(desk, outcome.protocol, form["records"])
    return outcome


def _said(outcome: Outcome) -> tuple[str | None, Channel | None]:
    twin, way = outcome.details.get("duplicate_of"), outcome.details.get("converted")
    return None if twin is None else str(twin), way if isinstance(way, Channel) else None


def _read(desk: Desk, form: NewForm, problems: dict[str, OuvidoriaError]) -> tuple[Manifestation, int | None]:
    """What the form says; what cannot be read in a line is put under its name."""

    def tried(name: str, job: Callable[[], T]) -> T | None:
        try:
            return job()
        except OuvidoriaError as error:
            problems[name] = error
            return None

    def moment(name: str) -> int | None:
        words, zone = form[name], desk.policy.policy.zone
        return tried(name, lambda: parse_when(words, zone, desk.clock.now())) if words else None

    def department(name: str) -> str | None:
        words = form[name]
        return tried(name, lambda: known_department(desk, words)) if words else None

    who, kind = _who(form), Requester(form["requester"]) if form["requester"] else None
    what = Manifestation(
        form.typed.get("subject", ""),
        form.typed.get("text", ""),
        Type(form["type"] or Type.COMPLAINT),
        channel_of(form),
        department("department"),
        who,
        form["prior"] or None,
        form["plan"] or None,
        form.marked(CONFIDENTIAL) or None,
        department("complained"),
        moment("occurred"),
        form.marked(ANONYMOUS),
        tried("requester", lambda: requester_marks(kind, who)) or (),
        difficulty=Difficulty(form["difficulty"]) if form["difficulty"] else None,
        escalation_reason=EscalationReason(form["reason"]) if form["reason"] else None,
        at_request=form.marked(AT_REQUEST),
        call=tried("minutes", lambda: _call(form)),
    )
    tried("reason", lambda: check_reason(desk, what))
    return what, moment("at")


def _who(form: NewForm) -> Customer | None:
    if form.customer is not None:
        return Customer(form.customer)
    if not form.somebody_new:
        return None
    kind = Requester(form["requester"]) if form["requester"] else None
    said = (form["name"] or None, form["email"] or None, form["document"] or None, form["plan"] or None)
    return Customer(0, *said, kind=kind, language=Language(form["language"]) if form["language"] else None)


def _call(form: NewForm) -> Call | None:
    """The call in which it was brought, where something is told of it."""
    if not form.spoken:
        return None
    minutes, points = typed_minutes(form["minutes"]), form.ticked.get("conduct", ())
    if minutes is None and not points:
        return None
    kept = in_order(map(Conduct, points)) if points else None
    return Call(minutes=minutes, channel=channel_of(form), conduct=kept)
