"""One message carried to its end: what was decided becomes a ticket, words on one, or a kept message."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.mail_gather import gather, headers_of
from ouvidoria_tui.desk.mail_hooks import Item, Letter, MailHooks
from ouvidoria_tui.desk.mail_words import add_area_words, add_to_ticket, open_ticket
from ouvidoria_tui.domain.mail import Machine, Mail
from ouvidoria_tui.domain.mail_decision import Decision, Ending, Found, Reason, Step, StepName
from ouvidoria_tui.domain.mail_letters import DAY, HOUR, Silence, letter_for
from ouvidoria_tui.domain.mail_record import KeptMail, Quarantine, identity_of
from ouvidoria_tui.domain.mail_routing import route
from ouvidoria_tui.domain.mail_welcome import arrival
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import NotFound, Refused


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one message: where it was read, its end, the ticket or the reason, the ``id`` it is kept by.

    ``silence`` says why a letter that was due was not written: too many had been.
    """

    label: str
    ending: Ending
    message_id: str | None = None
    ticket: str | None = None
    reason: Reason | None = None
    silence: Silence | None = None
    id: int | None = None


def take_mail(desk: Desk, item: Item, mail: Mail, hooks: MailHooks, *, historic: bool) -> Taken:
    """Where ``mail`` ended; to be called inside a transaction, which is taken back if this raises."""
    now = desk.clock.now()
    rule = desk.policy.policy.mail
    known = gather(desk, mail, hooks.own_ticket)
    arrived = arrival(mail, item.received_at, now, historic=historic)
    decision = route(mail, known, rule, arrived)
    message_id = identity_of(mail)
    if decision.ending is Ending.SEEN:
        return Taken(item.label, Ending.SEEN, message_id)
    ticket, seq = None, None
    if decision.ending is Ending.TICKET:
        ticket, seq = open_ticket(desk, mail, decision, known.speaker, arrived)
    elif decision.ending is Ending.REPLY:
        assert decision.ticket is not None
        ticket = known.tickets[decision.ticket]
        if decision.area is None:
            ticket, seq = add_to_ticket(desk, mail, ticket, arrived)
        else:
            ticket, seq = add_area_words(desk, mail, ticket, decision.area, arrived)
    elif decision.ticket is not None:
        ticket = known.tickets[decision.ticket]
    kept = _kept(desk, item, mail, decision, arrived, ticket, seq)
    mail_id = keep(desk, kept, item.raw, mail)
    if decision.ending in (Ending.TICKET, Ending.REPLY) and not historic:
        _heard(desk, mail, arrived)
    if mail.machine is Machine.DELIVERY_REPORT and hooks.bounced is not None:
        hooks.bounced(desk, mail)
    silence = None if historic else _write(desk, hooks, mail, decision, ticket, mail_id)
    protocol = None if ticket is None else ticket.protocol
    return Taken(item.label, decision.ending, message_id, protocol, decision.reason, silence, mail_id)


def keep(desk: Desk, kept: KeptMail, raw: bytes, mail: Mail | None) -> int:
    """The id of a message that is kept with its bytes."""
    desk.store.put_blob(raw)
    references = () if mail is None else (one for ids in headers_of(mail) for one in ids)
    return desk.store.mails.add(kept, references)


def unread(item: Item, reason: Reason, why: str, now: int) -> KeptMail:
    """The record of a message that could not be taken: its bytes wait for a person."""
    digest = sha256(item.raw).hexdigest()
    return KeptMail(
        message_id=f"{digest[:32]}@unread.invalid",
        body_sha256=digest,
        raw_sha256=digest,
        ending=Ending.QUARANTINE,
        arrived_at=now if item.received_at is None else max(0, min(item.received_at, now)),
        seen_at=now,
        reason=reason.value,
        state=Quarantine.WAITING,
        steps=(Step(StepName.READ, Found.DECIDED, why or reason.value),),
        label=item.label,
        size=len(item.raw),
    )


def _kept(
    desk: Desk,
    item: Item,
    mail: Mail,
    decision: Decision,
    arrived: int,
    ticket: Ticket | None,
    seq: int | None,
) -> KeptMail:
    waiting = decision.ending is Ending.QUARANTINE
    return KeptMail(
        message_id=identity_of(mail),
        body_sha256=mail.body_sha256,
        raw_sha256=sha256(item.raw).hexdigest(),
        ending=decision.ending,
        arrived_at=arrived,
        seen_at=desk.clock.now(),
        ticket=None if ticket is None else ticket.id,
        seq=seq,
        reason=decision.reason.value if decision.reason is not None else mail.machine or "",
        state=Quarantine.WAITING if waiting else Quarantine.NONE,
        marks=decision.marks,
        steps=decision.steps,
        label=item.label,
        sender=mail.sender.email if mail.sender is not None else "",
        sender_name=mail.sender.name if mail.sender is not None else "",
        recipients=tuple(address.email for address in (*mail.to, *mail.cc))[:50],
        subject=mail.subject[:1_000],
        size=len(item.raw),
    )


def _heard(desk: Desk, mail: Mail, arrived: int) -> None:
    """Whoever writes is there: an address that letters came back from is one to write to again."""
    if mail.sender is not None and not mail.authentication_failed:
        desk.store.outbox.heard_from(mail.sender.email, arrived)


def _write(
    desk: Desk, hooks: MailHooks, mail: Mail, decision: Decision, ticket: Ticket | None, mail_id: int
) -> Silence | None:
    """Writes the letter that is due, if any; why it was not written, where limits held it back."""
    if hooks.post is None or ticket is None or mail.sender is None:
        return None
    now, mails, sender = desk.clock.now(), desk.store.mails, mail.sender
    written = mails.written(sender.email, now - HOUR, now - DAY)
    letter = letter_for(mail, decision, desk.policy.policy.mail, written)
    if isinstance(letter, Silence):
        return letter if letter in (Silence.SENDER_LIMIT, Silence.DAY_LIMIT) else None
    try:
        with desk.store.transaction():
            hooks.post(desk, Letter(ticket, sender, letter, mail))
    except (NotFound, Refused):  # a template that is gone or incomplete must not hold the message back
        return Silence.NO_TEMPLATE
    mails.add_letter(sender.email, letter, mail_id, now)
    return None
