"""The bytes of a message to a ``Mail``: whatever they are, in bounded time, never failing but for one reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from typing import Final

from ouvidoria_tui.domain.mail import Address, FailedDelivery, Machine, Mail
from ouvidoria_tui.intake.mail import bounces, identity, trust
from ouvidoria_tui.intake.mail.addresses import addresses
from ouvidoria_tui.intake.mail.body import read_body
from ouvidoria_tui.intake.mail.encoded_words import decoded
from ouvidoria_tui.intake.mail.fields import Headers
from ouvidoria_tui.intake.mail.limits import LIMITS, Limits, Remarks
from ouvidoria_tui.intake.mail.machines import machine
from ouvidoria_tui.intake.mail.mime import Part, tree
from ouvidoria_tui.intake.mail.unreadable import MailUnreadable, Why

LOOP_HEADER: Final = "X-Ouvidoria-Loop"
#: At least one of these is in everything that ever was a message.
_ESSENTIAL: Final = (
    "from", "to", "cc", "bcc", "subject", "date", "message-id", "received", "return-path", "sender", "reply-to",
    "mime-version", "content-type", "delivered-to", "x-mailer", "resent-from",
)  # fmt: skip


def parse(
    raw: bytes,
    *,
    own_hosts: Collection[str] = (),
    loop_header: str = LOOP_HEADER,
    limits: Limits = LIMITS,
    trim: Callable[[str], str] = str,
) -> Mail:
    """The message in ``raw``. ``own_hosts`` are the servers whose word on arrival and authentication counts.

    ``trim`` takes quoted text and signature off. Raises :class:`MailUnreadable` (``MAIL_UNREADABLE``), nothing else.
    """
    if not raw.strip():
        raise MailUnreadable(Why.EMPTY, len(raw))
    if len(raw) > limits.size:
        raise MailUnreadable(Why.TOO_LARGE, len(raw))
    remarks = Remarks()
    root = tree(_lines(raw, remarks), limits, remarks)
    if not any(name in root.headers for name in _ESSENTIAL):
        raise MailUnreadable(Why.NO_MESSAGE, len(raw))
    return _mail(raw, root, own_hosts, loop_header, limits, trim, remarks)


def _mail(
    raw: bytes,
    root: Part,
    own_hosts: Collection[str],
    loop_header: str,
    limits: Limits,
    trim: Callable[[str], str],
    remarks: Remarks,
) -> Mail:
    headers = root.headers
    sender = _sender(headers, limits, remarks)
    to = addresses(headers.all("to"), limits, remarks)
    subject = decoded(headers.first("subject"))
    body = read_body(root, limits, remarks)
    whole = body.text
    text = _cut(whole, limits, remarks)
    found = machine(
        root, sender.email if sender else "", subject, text, loop_header=loop_header, own_hosts=own_hosts
    )
    failed, about = _about(root, text, sender, to, found[0] if found else None, limits)
    return Mail(
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        body_sha256=identity.body_hash(whole, body.parts),
        size=len(raw),
        message_id=next(iter(identity.message_ids(headers.all("message-id"))), None),
        in_reply_to=identity.message_ids(headers.all("in-reply-to")),
        references=identity.message_ids(headers.all("references")),
        sender=sender,
        reply_to=addresses(headers.all("reply-to"), limits, remarks),
        to=to,
        cc=addresses(headers.all("cc"), limits, remarks),
        subject=subject,
        dated_at=_dated(headers, remarks),
        received_at=trust.received_at(headers, own_hosts),
        text=text,
        said=trim(text) or text,
        parts=tuple(body.parts),
        machine=found[0] if found else None,
        machine_why=found[1] if found else "",
        failures=failed,
        original_ids=about,
        authentication_failed=trust.authentication_failed(headers, own_hosts),
        remarks=remarks.all(),
    )


def _lines(raw: bytes, remarks: Remarks) -> bytes:
    """``raw`` with line feeds, where it has carriage returns only."""
    if b"\n" not in raw and b"\r" in raw:
        remarks.add("line-ends")
        return raw.replace(b"\r", b"\n")
    return raw


def _sender(headers: Headers, limits: Limits, remarks: Remarks) -> Address | None:
    """The first author; where none is given, whoever sent it for him, or where it is returned to."""
    authors = addresses(headers.all("from"), limits, remarks)
    if len(authors) > 1:
        remarks.add("several-from")
    for name in ("sender", "resent-from", "return-path"):
        if authors:
            break
        authors = addresses(headers.all(name), limits, remarks)
        if authors:
            remarks.add("no-from")
    return authors[0] if authors else None


def _cut(text: str, limits: Limits, remarks: Remarks) -> str:
    if len(text) <= limits.text:
        return text
    remarks.add("text-cut")
    return text[: limits.text]


def _about(
    root: Part,
    text: str,
    sender: Address | None,
    to: tuple[Address, ...],
    kind: Machine | None,
    limits: Limits,
) -> tuple[tuple[FailedDelivery, ...], tuple[str, ...]]:
    """Whom a report is about, and which messages."""
    if kind is Machine.FEEDBACK_REPORT:
        return (), bounces.original_ids(root, text, limits)
    if kind is not Machine.DELIVERY_REPORT:
        return (), ()
    ours = {one.email for one in (*to, *((sender,) if sender else ()))}
    return bounces.failures(root, text, ours, limits), bounces.original_ids(root, text, limits)


def _dated(headers: Headers, remarks: Remarks) -> int | None:
    written = headers.first("date")
    found = identity.moment(written) if written else None
    if written and found is None:
        remarks.add("date-unreadable")
    return found
