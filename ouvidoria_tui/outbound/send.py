"""A round of the outbox: each letter claimed, built, carried, and what became of it recorded before the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from email.errors import MessageError
from zoneinfo import ZoneInfo

from ouvidoria_tui.desk import outbox as journey
from ouvidoria_tui.desk.desk import Desk, desk_language
from ouvidoria_tui.desk.notices import greeted
from ouvidoria_tui.desk.ports_outbox import Contents
from ouvidoria_tui.domain.ledger import Message
from ouvidoria_tui.domain.mail_settings import MailSettings, Road, is_address
from ouvidoria_tui.domain.outbox import Letter, LetterKind, LetterState, Trouble, said_by_server
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.outbound.message import Envelope, Parcel, build
from ouvidoria_tui.outbound.password import password
from ouvidoria_tui.outbound.road import Blocked, Carrier, Deferred, Rejected
from ouvidoria_tui.outbound.sendmail import SendmailCarrier
from ouvidoria_tui.outbound.smtp import SmtpCarrier
from ouvidoria_tui.outbound.words import NotForTheArea, NotForTheCustomer, area_words, public_words

#: Makes the carrier for some settings.
Carriers = Callable[[MailSettings], Carrier]


@dataclass(frozen=True, slots=True)
class Done:
    """A letter after its turn, and the ticket that it belongs to; a notice's copy belongs to none."""

    letter: Letter
    protocol: str


def carrier(settings: MailSettings) -> Carrier:
    """The road that the settings name; raises what :func:`~ouvidoria_tui.outbound.password.password` raises."""
    if settings.road == Road.SENDMAIL:
        return SendmailCarrier(settings)
    return SmtpCarrier(settings, password(settings))


def send(desk: Desk, *, limit: int | None = None, carriers: Carriers = carrier) -> Iterator[Done]:
    """Each letter that is due after its turn, until none is, ``limit`` is reached, or the desk has sent enough.

    Raises ``NotAllowed``; ``Refused`` ``MAIL_NOT_SET``, ``DEMO_NEVER_SENDS``, ``MAIL_PASSWORD_MISSING``,
    ``MAIL_PASSWORD_READABLE``, and where no letter can leave ``MAIL_SERVER_UNREACHABLE``, ``MAIL_LOGIN_REFUSED``,
    ``MAIL_TLS_UNVERIFIED``, ``MAIL_SENDER_REFUSED``, ``SENDMAIL_MISSING``.
    """
    settings = journey.check_sending(desk)
    with ExitStack() as stack:
        road = stack.enter_context(carriers(settings))
        count = 0
        while limit is None or count < limit:
            taken = journey.claim(desk)
            if taken is None:
                return
            count += 1
            yield _turn(desk, taken, road)


def envelope_of(desk: Desk, letter: Letter, settings: MailSettings) -> Envelope | None:
    """The message of a letter as it would leave now; ``None`` where its words were erased."""
    inside = desk.store.outbox.contents(letter)
    if inside.erased or inside.message is None:
        return None
    return build(_parcel(desk, letter, settings, inside))


def _turn(desk: Desk, taken: journey.Claim, road: Carrier) -> Done:
    letter = taken.letter
    about = journey.ticket_of(desk, letter)
    protocol = "" if about is None else about.protocol
    try:
        if not is_address(letter.recipient):
            raise Rejected(Trouble.NOT_AN_ADDRESS)
        envelope = _written(desk, taken)
        if envelope is None:
            gone = journey.given_up(desk, letter, Trouble.ERASED.value, LetterState.CANCELLED)
            return Done(gone, protocol)
        road.carry(envelope)
    except Rejected as error:
        return Done(journey.given_up(desk, letter, error.words), protocol)
    except Deferred as error:
        return Done(journey.put_off(desk, letter, error.words), protocol)
    except Blocked as error:
        journey.released(desk, letter, error.words)
        raise error.refusal from error
    except KeyboardInterrupt:
        # Whether the server took it is not known: it is sent again later, under the same Message-ID.
        journey.released(desk, letter, Trouble.INTERRUPTED.value)
        raise
    return Done(journey.sent(desk, letter), protocol)


def _written(desk: Desk, taken: journey.Claim) -> Envelope | None:
    """The message; ``Rejected`` where none can be made of this letter, so that it holds up no other."""
    try:
        return envelope_of(desk, taken.letter, taken.settings)
    except NotForTheCustomer:
        raise Rejected(Trouble.NOT_FOR_THE_CUSTOMER) from None
    except NotForTheArea:
        raise Rejected(Trouble.NOT_FOR_THE_AREA) from None
    except (ValueError, MessageError) as error:
        raise Rejected(said_by_server(f"{Trouble.UNWRITABLE}: {error}")) from error


def _parcel(desk: Desk, letter: Letter, settings: MailSettings, inside: Contents) -> Parcel:
    assert inside.message is not None
    if letter.of_notice:
        return _copy(desk, letter, settings, inside, inside.message)
    if letter.kind is LetterKind.AREA:
        return _to_area(desk, letter, settings, inside)
    ticket = desk.store.get(letter.ticket)
    customer = None if ticket.customer is None else desk.store.customer(ticket.customer)
    policy = desk.policy.policy
    department = policy.mail.address_of(ticket.department)
    return Parcel(
        words=public_words(inside.message, letter.code),
        protocol=ticket.protocol,
        subject=ticket.subject,
        sender=settings.from_address,
        sender_name=settings.from_name,
        recipient=letter.recipient,
        recipient_name=(customer.name if customer else None) or "",
        message_id=letter.message_id,
        key=desk.store.mail_key(),
        date=datetime.fromtimestamp(desk.clock.now(), ZoneInfo(policy.zone)),
        automatic=letter.kind is LetterKind.AUTOMATIC,
        answer=ticket.channel is Channel.EMAIL or bool(inside.thread),
        heard=inside.heard,
        thread=inside.thread,
        files=inside.files,
        reply_to=department if department and is_address(department) else None,
    )


def _copy(desk: Desk, letter: Letter, settings: MailSettings, inside: Contents, words: Message) -> Parcel:
    """The copy of a notice: it greets its customer, answers nothing, and says that no person wrote it to her alone."""
    customer = None if inside.customer is None else desk.store.customer(inside.customer)
    name = None if customer is None else customer.name
    return Parcel(
        words=public_words(
            replace(words, text=greeted(words.text, name, inside.language or desk_language(desk)))
        ),
        protocol="",
        subject=words.subject,
        sender=settings.from_address,
        sender_name=settings.from_name,
        recipient=letter.recipient,
        recipient_name=name or "",
        message_id=letter.message_id,
        key=desk.store.mail_key(),
        date=datetime.fromtimestamp(desk.clock.now(), ZoneInfo(desk.policy.policy.zone)),
        automatic=True,
    )


def _to_area(desk: Desk, letter: Letter, settings: MailSettings, inside: Contents) -> Parcel:
    """A letter to an area: nothing of the customer's stands in its headers."""
    assert inside.message is not None
    ticket, policy = journey.ticket_of(desk, letter), desk.policy.policy
    areas = desk.store.entries("area")
    department = None if ticket is None else policy.mail.address_of(ticket.department)
    return Parcel(
        words=area_words(inside.message),
        protocol="" if ticket is None else ticket.protocol,
        subject="",
        sender=settings.from_address,
        sender_name=settings.from_name,
        recipient=letter.recipient,
        recipient_name=next((one.name for one in areas if one.email == letter.recipient), ""),
        message_id=letter.message_id,
        key=desk.store.mail_key(),
        date=datetime.fromtimestamp(desk.clock.now(), ZoneInfo(policy.zone)),
        answer=bool(inside.thread),
        heard=inside.heard,
        thread=inside.thread,
        reply_to=department if department and is_address(department) else None,
    )
