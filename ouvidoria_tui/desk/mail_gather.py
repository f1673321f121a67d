"""Gathers what the store knows that bears on one message; ``domain.mail_routing`` decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain import area_request
from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.domain.mail_identity import Speaker, speaker_of
from ouvidoria_tui.domain.mail_knowledge import Knowledge, Named
from ouvidoria_tui.domain.mail_record import identity_of
from ouvidoria_tui.domain.outbox import LetterKind
from ouvidoria_tui.domain.protocol import parse_protocol
from ouvidoria_tui.errors import UsageError

#: So many ids of a header are looked up: those nearest to the message. Real threads are shorter.
ANSWERED, THREAD = 20, 100
_TOKEN = re.compile(r"\[\s{0,3}(\d{4}[-./ ]?\d{6,12}[-./ ]?\d)\s{0,3}\]", re.ASCII)
_TOKENS = 10


def gather(desk: Desk, mail: Mail, own_ticket: Callable[[str], int | None]) -> Knowledge:
    """What is known of ``mail``; to be called inside the transaction in which it is then taken."""
    mails = desk.store.mails
    message_id = identity_of(mail)
    bodies = mails.bodies(message_id)
    who = speaker(desk, mail)
    if mail.body_sha256 in bodies:
        return Knowledge(who, seen=True)
    answered, thread = headers_of(mail)
    own = Named(_own(answered, own_ticket), _own(thread, own_ticket))
    stored = Named(mails.named(answered), mails.named(thread))
    missing = mails.missing((*answered, *thread))
    token = mails.by_protocol(protocols_in(mail.subject))
    sender = mail.sender.email if mail.sender is not None else ""
    subject = mails.same_subject(who.customers, sender, mail.subject) if sender else ()
    areas = mails.areas_at(sender) if sender else ()
    answers, siblings = mails.referring((message_id,)), mails.siblings(missing, who.customers, sender)
    ids = (
        *own.answered,
        *own.thread,
        *stored.answered,
        *stored.thread,
        *answers,
        *siblings,
        *token,
        *subject,
    )
    asked = _asked(
        desk, areas, dict.fromkeys((*own.answered, *own.thread, *stored.answered, *stored.thread, *token))
    )
    return Knowledge(
        who,
        same_id=bool(bodies),
        own=own,
        stored=stored,
        answers=answers,
        siblings=siblings,
        token=token,
        subject=subject,
        belongs=mails.belongs(who.customers, sender, tuple(dict.fromkeys(ids))) if sender else frozenset(),
        areas=areas,
        asked=asked,
        between=_between(desk, (*answered, *thread), own_ticket),
        tickets=mails.tickets(ids),
    )


def _asked(desk: Desk, areas: Sequence[str], tickets: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Of ``tickets`` those about which ``areas`` were asked, with the areas that owe an answer, or had been asked."""
    found: dict[int, tuple[str, ...]] = {}
    for ticket in tickets if areas else ():
        requests = [one for one in area_request.fold(desk.store.events(ticket)) if one.area in areas]
        named = [one.area for one in requests if one.open] or [one.area for one in requests[-1:]]
        if named:
            found[ticket] = tuple(dict.fromkeys(named))
    return found


def _between(desk: Desk, ids: Sequence[str], own_ticket: Callable[[str], int | None]) -> frozenset[int]:
    """The tickets of those messages that the desk wrote to an area, or an area to the desk."""
    own = (desk.store.outbox.by_message_id(one.lower()) for one in ids if own_ticket(one) is not None)
    letters = (one.ticket for one in own if one is not None and one.kind is LetterKind.AREA)
    return frozenset((*letters, *desk.store.mails.of_areas(ids)))


def headers_of(mail: Mail) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Message-IDs that ``mail`` answers, and the rest of its thread; those nearest to it, each once.

    What a delivery report is about counts as answered.
    """
    answered = tuple(dict.fromkeys((*mail.in_reply_to, *mail.original_ids)))[:ANSWERED]
    thread = tuple(dict.fromkeys(one for one in mail.references if one not in answered))[-THREAD:]
    return answered, thread


def protocols_in(subject: str) -> tuple[str, ...]:
    """The protocols that stand in brackets in a subject and have the right check digit."""
    found: dict[str, None] = {}
    for match in list(_TOKEN.finditer(subject[:2_000]))[:_TOKENS]:
        try:
            found[parse_protocol(match[1])] = None
        except UsageError:
            continue
    return tuple(found)


def _own(ids: tuple[str, ...], own_ticket: Callable[[str], int | None]) -> tuple[int, ...]:
    tickets = (own_ticket(one) for one in ids)
    return tuple(dict.fromkeys(ticket for ticket in tickets if ticket is not None))


def speaker(desk: Desk, mail: Mail) -> Speaker:
    """The sender of ``mail`` as the registers know it."""
    return speaker_of(mail, desk.store.mails.registered(mail.sender.email) if mail.sender else [])
