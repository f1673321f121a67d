"""What a person does with a message that waits: puts it on a ticket, opens one with it, or discards it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ouvidoria_tui.desk.act import need_text
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.forward import known_area
from ouvidoria_tui.desk.mail_gather import speaker
from ouvidoria_tui.desk.mail_hooks import Parse
from ouvidoria_tui.desk.mail_words import add_area_words, add_to_ticket, open_ticket
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.ledger import Act, storable
from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.domain.mail_decision import Decision, Ending
from ouvidoria_tui.domain.mail_identity import Speaker
from ouvidoria_tui.domain.mail_knowledge import followed
from ouvidoria_tui.domain.mail_record import KeptMail, Quarantine
from ouvidoria_tui.domain.mail_routing import OF_AN_AREA
from ouvidoria_tui.domain.mail_welcome import department_of, flags_of
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

#: So much of a message that no parser reads becomes the words of a ticket; its bytes are kept whole.
_RAW_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Discarded:
    """A message that was discarded."""

    id: int
    message_id: str


def release_to(desk: Desk, mail_id: int, ref: str, parse: Parse, *, area: str | None = None) -> Outcome:
    """The message as the customer's words on the ticket ``ref``, or on the one that it was merged into.

    With ``area`` they are that area's: the answer that it owes, or else an internal note. Raises ``NotFound``
    ``MAIL_NOT_FOUND``, ``TICKET_NOT_FOUND``, ``AREA_NOT_FOUND``; ``Refused`` ``MAIL_SETTLED``.
    """
    slug = None if area is None else known_area(desk, area)

    def place(mail: Mail, _speaker: Speaker, arrived: int) -> tuple[Ticket, int]:
        named = desk.store.find(ref).id
        ticket = followed(desk.store.mails.tickets((named,)), named)
        if slug is not None:
            return add_area_words(desk, mail, ticket, slug, arrived)
        return add_to_ticket(desk, mail, ticket, arrived)

    return _release(desk, mail_id, parse, place, marks=() if slug is None else (OF_AN_AREA,))


def release_new(desk: Desk, mail_id: int, parse: Parse) -> Outcome:
    """A new ticket with the message's words, in the department of the address that it was sent to.

    Raises ``NotFound`` ``MAIL_NOT_FOUND``; ``Refused`` ``MAIL_SETTLED``.
    """

    def place(mail: Mail, who: Speaker, arrived: int) -> tuple[Ticket, int]:
        rule = desk.policy.policy.mail
        department, _why = department_of(mail, rule)
        decision = Decision(Ending.TICKET, (), department=department, flags=flags_of(who, rule))
        return open_ticket(desk, mail, decision, who, arrived)

    return _release(desk, mail_id, parse, place)


def discard(desk: Desk, mail_id: int, reason: str) -> Discarded:
    """The message out of the quarantine, with the reason; its bytes stay, so that it is not taken again.

    Raises ``NotFound`` ``MAIL_NOT_FOUND``; ``Refused`` ``MAIL_SETTLED``; ``UsageError`` ``TEXT_REQUIRED``.
    """
    desk.allow(Verb.INTAKE)
    words = need_text(reason, "--reason")
    with desk.store.transaction():
        kept = _waiting(desk, mail_id)
        _settle(desk, kept, Quarantine.DISCARDED, why=storable(words.strip()))
        record_desk_act(desk, Act.MAIL_DISCARDED, {"mail": kept.id})
    return Discarded(kept.id, kept.message_id)


def readable(raw: bytes, parse: Parse, kept: KeptMail) -> Mail:
    """The message in ``raw``; where nothing can read it, its bytes as they look, for a person to judge."""
    try:
        return parse(raw)
    except Exception:  # it is here because it could not be read: whatever that did, a person sees it
        text = raw[:_RAW_WORDS].decode("utf-8", "replace").replace("\0", "\ufffd")
        return Mail(kept.raw_sha256, kept.body_sha256, len(raw), text=text, said=text)


_Place = Callable[[Mail, Speaker, int], tuple[Ticket, int]]


def _release(
    desk: Desk, mail_id: int, parse: Parse, place: _Place, *, marks: tuple[str, ...] = ()
) -> Outcome:
    desk.allow(Verb.INTAKE)
    with desk.store.transaction():
        kept = _waiting(desk, mail_id)
        mail = readable(desk.store.blob(kept.raw_sha256), parse, kept)
        ticket, seq = place(mail, speaker(desk, mail), kept.arrived_at)
        kept = replace(kept, marks=(*kept.marks, *marks))
        _settle(desk, kept, Quarantine.RELEASED, ticket=ticket.id, seq=seq)
    return Outcome(ticket.protocol, Verb.INTAKE.value, Result.DONE, ticket.status, ticket.revision)


def _waiting(desk: Desk, mail_id: int) -> KeptMail:
    kept = desk.store.mails.get(mail_id)
    if kept.state is not Quarantine.WAITING:
        raise Refused(
            "MAIL_SETTLED",
            N_("message {id} does not wait in the quarantine", id=mail_id),
            N_("`ouvidoria intake explain {id}` says where it went", id=mail_id),
        )
    return kept


def _settle(
    desk: Desk,
    kept: KeptMail,
    state: Quarantine,
    *,
    ticket: int | None = None,
    seq: int | None = None,
    why: str = "",
) -> None:
    desk.store.mails.settle(
        replace(
            kept,
            state=state,
            ticket=ticket,
            seq=seq,
            settled_by=desk.agent.id,
            settled_at=desk.clock.now(),
            settled_why=why,
        )
    )
