"""A letter as a message of mail (RFC 5322): its headers, the words for the customer, the files that go with it."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from ouvidoria_tui.desk.ports_outbox import OutFile
from ouvidoria_tui.domain.message_ids import NONCE_BYTES, loop_mark
from ouvidoria_tui.outbound.headers import display_name, message_ids, one_line, references, subject_line
from ouvidoria_tui.outbound.words import PublicWords

LOOP_HEADER = "X-Ouvidoria-Loop"
_IDS = frozenset({"message-id", "in-reply-to", "references", LOOP_HEADER.lower()})


class _Policy(EmailPolicy):
    """Ids are never encoded and never cut: the standard library would do both to a long one."""

    def fold(self, name: str, value: Any) -> str:
        if name.lower() not in _IDS:
            return str(super().fold(name, value))
        return f"{name}: " + f"{self.linesep} ".join(str(value).split()) + self.linesep

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() not in _IDS:
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


_POLICY = _Policy(linesep=SMTP.linesep, max_line_length=78, cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message ready to leave: from whom, to whom, and its bytes with CRLF ends of lines."""

    sender: str
    recipient: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """Everything that a message says. Ids stand without angle brackets; ``date`` has the desk's offset."""

    words: PublicWords
    protocol: str
    subject: str
    sender: str
    sender_name: str
    recipient: str
    recipient_name: str
    message_id: str
    key: bytes
    date: datetime
    automatic: bool = False
    answer: bool = False
    heard: str | None = None
    thread: Sequence[str] = ()
    files: Sequence[OutFile] = ()
    reply_to: str | None = None


def build(parcel: Parcel) -> Envelope:
    """The message of a parcel; the addresses are plain ones (``mail_settings.is_address``)."""
    message = EmailMessage(_POLICY)
    message["From"] = Address(display_name(parcel.sender_name), addr_spec=parcel.sender)
    if parcel.reply_to is not None and parcel.reply_to != parcel.sender.lower():
        message["Reply-To"] = Address(display_name(parcel.sender_name), addr_spec=parcel.reply_to)
    message["To"] = Address(display_name(parcel.recipient_name), addr_spec=parcel.recipient)
    subject = parcel.subject or parcel.words.subject
    message["Subject"] = subject_line(subject, parcel.protocol, answer=parcel.answer)
    message["Date"] = format_datetime(parcel.date)
    message["Message-ID"] = f"<{parcel.message_id}>"
    _thread(message, parcel)
    nonce = sha256(parcel.message_id.encode("ascii")).digest()[:NONCE_BYTES]
    message[LOOP_HEADER] = loop_mark(nonce, parcel.key)
    if parcel.automatic:
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(_body(parcel.words.text), charset="utf-8", cte="quoted-printable")
    for file in parcel.files:
        _attach(message, file)
    return Envelope(parcel.sender, parcel.recipient, message.as_bytes(policy=_POLICY))


def _thread(message: EmailMessage, parcel: Parcel) -> None:
    answered = message_ids([parcel.heard] if parcel.heard else parcel.thread[-1:])
    if answered:
        message["In-Reply-To"] = answered[0]
    known = references([*parcel.thread, *answered])
    if known:
        message["References"] = known


def _body(text: str) -> str:
    """The words with plain ends of lines and no control but a tab."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or not _control(char))


def _control(char: str) -> bool:
    return char < " " or "\x7f" <= char <= "\x9f" or "\ud800" <= char <= "\udfff"


def _attach(message: EmailMessage, file: OutFile) -> None:
    name = one_line(file.name.replace("/", "_").replace("\\", "_"), 150) or "file"
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    main, _, sub = kind.partition("/")
    if main in ("text", "message", "multipart"):  # bytes stay bytes: nothing on the way rewrites them
        main, sub = "application", "octet-stream"
    message.add_attachment(file.data, maintype=main, subtype=sub, filename=name)
