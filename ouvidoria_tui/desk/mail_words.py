"""A message's words and files on a ticket: what a new ticket and a customer's reply by mail have in common."""

from __future__ import annotations

from ouvidoria_tui.desk.attach import LIMIT, attached
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.forward import owed, request_ended
from ouvidoria_tui.desk.receive import SUBJECT_LIMIT, TEXT_LIMIT, Manifestation, new_ticket, received
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.desk.reply import customer_reply
from ouvidoria_tui.desk.survey import Given, answered, can_answer
from ouvidoria_tui.domain.courtesy import is_bare_thanks
from ouvidoria_tui.domain.customer import Contact, Customer
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part, storable
from ouvidoria_tui.domain.mail import Address, Mail
from ouvidoria_tui.domain.mail_decision import Decision
from ouvidoria_tui.domain.mail_identity import Speaker
from ouvidoria_tui.domain.policy_mail import Identity
from ouvidoria_tui.domain.quotes import Kind, pieces
from ouvidoria_tui.domain.survey import read_form
from ouvidoria_tui.domain.ticket import Channel, Status, Ticket

#: Shown where a message has neither text nor subject: its files are what it says.
_WITHOUT_WORDS = "—"


def open_ticket(
    desk: Desk, mail: Mail, decision: Decision, speaker: Speaker, arrived: int
) -> tuple[Ticket, int]:
    """A new ticket with the words and files of ``mail``, and the number of the event that holds the words."""
    customer = _customer(desk, speaker)
    known = None if customer is None else desk.store.customer(customer)
    what = Manifestation(
        mail.subject[:SUBJECT_LIMIT],
        _words(mail),
        channel=Channel.EMAIL,
        plan=None if known is None else known.plan,
    )
    ticket = new_ticket(desk, arrived)
    draft = received(
        ticket,
        what,
        department=decision.department,
        customer=customer,
        at=arrived,
        flags=decision.flags or None,
    )
    ticket, _clocks = record(desk, ticket, [draft, *_files(desk, mail, arrived)], new=True)
    return ticket, 1


def add_to_ticket(desk: Desk, mail: Mail, ticket: Ticket, arrived: int) -> tuple[Ticket, int]:
    """The ticket after the customer's words and files, and the number of the event that holds the words.

    A message older than the ticket counts from the ticket's arrival: it came in after its own answer.
    """
    at = max(arrived, ticket.arrived_at)
    ticket, only = _surveyed(desk, mail, ticket, at)
    if only:
        return ticket, ticket.revision
    done = customer_reply(desk, ticket.protocol, _words(mail), at=at)
    seq = desk.store.events(ticket.id)[-1].seq if done.revision is None else done.revision
    files = _files(desk, mail, at)
    ticket = desk.store.get(ticket.id)
    if files:
        ticket, _clocks = record(desk, ticket, files)
    return ticket, seq


def add_area_words(desk: Desk, mail: Mail, ticket: Ticket, area: str, arrived: int) -> tuple[Ticket, int]:
    """The ticket after an area's words and files, and the number of the event that holds the words.

    They answer the request that the area owes; where it owes none, they are an internal note. The customer sees
    neither words nor files.
    """
    moment = max(arrived, ticket.arrived_at, ticket.acted_at)
    waiting = owed(desk, ticket)
    one = next((request for request in waiting if request.area == area), None)
    draft = (
        Draft(Act.NOTED, moment, message=Message(Part.NOTE, _words(mail)))
        if one is None
        else request_ended(ticket, waiting, one, moment, _words(mail))
    )
    files = _files(desk, mail, moment, area=True)
    ticket, _clocks = record(desk, ticket, [draft, *files])
    return ticket, ticket.revision - len(files)


def _surveyed(desk: Desk, mail: Mail, ticket: Ticket, at: int) -> tuple[Ticket, bool]:
    """The ticket after the survey that the message answers, where it does; and whether it says nothing else.

    An answer that comes with other words is both: those are heard as any word of a customer.
    """
    if ticket.status is not Status.CLOSED:
        return ticket, False
    said = "".join(piece.text for piece in pieces(mail.text) if piece.kind is Kind.SAID)
    form = read_form(mail.text, said)
    if form is None or not can_answer(desk, ticket, at):
        return ticket, False
    given = Given(form.scores, form.comment, Channel.EMAIL.value)
    ticket, _clocks = record(desk, ticket, [answered(desk, ticket, given, at)])
    return ticket, (not form.rest or is_bare_thanks(form.rest)) and not mail.parts


def _words(mail: Mail) -> str:
    """The whole text, verbatim; the raw bytes keep what is longer than a ticket may hold."""
    return mail.text[:TEXT_LIMIT] if mail.text.strip() else mail.subject.strip() or _WITHOUT_WORDS


def _files(desk: Desk, mail: Mail, moment: int, *, area: bool = False) -> list[Draft]:
    """The parts as files of the ticket; a larger one than is kept stays in the raw message."""
    return [
        attached(desk, storable(part.name) or part.content_type, part.data, moment, Channel.EMAIL, area=area)
        for part in mail.parts
        if len(part.data) <= LIMIT
    ]


def _customer(desk: Desk, speaker: Speaker) -> int | None:
    """The customer to whom a new ticket belongs.

    Where anybody may write, a sender whom nobody knows becomes a customer with a contact who is not authorised:
    there is somebody to answer, and nothing is taken for proven. Where only registered addresses count, the
    ticket of anybody else stays unlinked (C-12); so does that of an address registered for several customers.
    """
    if desk.policy.policy.mail.identity is Identity.REGISTERED:
        return speaker.customer if speaker.authorised else None
    if speaker.customers or speaker.address is None or not speaker.proven:
        return speaker.customer
    return _stranger(desk, speaker.address)


def _stranger(desk: Desk, address: Address) -> int:
    name, email = storable(address.name[:200]) or None, storable(address.email)
    new = desk.store.add_customer(Customer(0, name, email), desk.clock.now())
    desk.store.add_contact(Contact(0, new, name, email, authorised=False))
    record_desk_act(desk, Act.CUSTOMER_REGISTERED, {"customer": new})
    return new
