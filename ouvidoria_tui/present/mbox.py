"""What was said in public on a ticket, as mail: one message each, threaded, for any mail program (mboxrd).

Internal notes and reasons never become mail. Addresses that are not known end in ``.invalid`` (RFC 2606), so that
no answer by mistake reaches anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from email import policy as mail_policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from ouvidoria_tui.domain.file_kind import kind_of
from ouvidoria_tui.domain.ledger import Part
from ouvidoria_tui.domain.ticket_file import Attachment, Entry, TicketDetail
from ouvidoria_tui.present.file_names import safe_name
from ouvidoria_tui.present.record_history import undone_seqs
from ouvidoria_tui.present.record_outgoing import files_by_message
from ouvidoria_tui.present.safe import clean, one_line
from ouvidoria_tui.present.words import _
from ouvidoria_tui.present.zones import local

#: The domain of addresses that are nobody's.
NOWHERE: Final = "ouvidoria.invalid"
#: A thread names its first message and so many of its last ones.
_REFERENCES: Final = 30
_SAID: Final = frozenset({Part.MANIFESTATION, Part.CUSTOMER, Part.DESK})
_POLICY: Final = mail_policy.SMTP.clone(linesep="\n", cte_type="7bit")
_FROM: Final = re.compile(rb"^(>*From )", re.MULTILINE)
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+", re.ASCII)


def mails(detail: TicketDetail, desk: str, zone: str, read: Callable[[str], bytes]) -> Iterator[bytes]:
    """The messages of a ticket in the order of time, each as an entry of an mbox file.

    ``desk`` is the desk's name; ``read`` gives the bytes of a file by its SHA-256.
    """
    files = files_by_message(detail)
    gone = undone_seqs(detail)
    before: list[str] = []
    for entry in sorted(detail.entries, key=lambda entry: (entry.event.happened_at, entry.event.seq)):
        seq = entry.event.seq
        if seq in gone or (entry.part not in _SAID and seq not in files):
            continue
        mail = _mail(detail, entry, desk, zone, before)
        for item in files.get(seq, []):
            _attach(mail, item, read(item.sha256))
        before.append(mail["Message-ID"])
        yield _boxed(mail, entry.event.happened_at)


def _mail(detail: TicketDetail, entry: Entry, desk: str, zone: str, before: Sequence[str]) -> EmailMessage:
    ticket, event = detail.ticket, entry.event
    ours = Address(one_line(desk, 100), "ouvidoria", NOWHERE)
    theirs = _customer(detail)
    from_desk = entry.part is Part.DESK or event.payload.get("direction") == "out"
    mail = EmailMessage(policy=_POLICY)
    mail["From"], mail["To"] = (ours, theirs) if from_desk else (theirs, ours)
    subject = one_line(entry.subject if entry.part in _SAID and entry.subject else ticket.subject, 400)
    mail["Subject"] = f"[{ticket.protocol}] {subject}" if not before else f"Re: [{ticket.protocol}] {subject}"
    moment = local(event.happened_at, zone)
    if moment is not None:
        mail["Date"] = format_datetime(moment)
    mail["Message-ID"] = f"<{ticket.protocol}.{event.seq}.{event.hash.hex()[:16]}@{NOWHERE}>"
    if before:
        mail["In-Reply-To"] = before[-1]
        mail["References"] = " ".join(dict.fromkeys([before[0], *before[-_REFERENCES:]]))
    mail["X-Ouvidoria-Protocol"] = ticket.protocol
    text = _("[erased]") if entry.erased else entry.text or ""
    mail.set_content(clean(text, newlines=True) + "\n", charset="utf-8", cte="quoted-printable")
    return mail


def _customer(detail: TicketDetail) -> Address:
    who = detail.record.customer
    name = one_line((who.name if who else None) or _("Customer"), 100)
    if who is not None and who.email and len(who.email) <= 254 and _ADDRESS.fullmatch(who.email):
        try:
            return Address(name, addr_spec=who.email)
        except (ValueError, IndexError):  # a claim of the customer that is no address
            pass
    return Address(name, f"customer-{who.id}" if who else "unknown", NOWHERE)


def _attach(mail: EmailMessage, item: Attachment, data: bytes) -> None:
    kind = kind_of(data)
    if kind.startswith(("message/", "multipart/")):
        kind = "application/octet-stream"  # kept as the file it is, not unfolded into the mail
    main, sub = kind.split("/", 1)
    mail.add_attachment(
        data, maintype=main, subtype=sub, filename=safe_name(item.name, f"{_('file')}-{item.seq}")
    )


def _boxed(mail: EmailMessage, at: int) -> bytes:
    """The mail with its ``From_`` line in front and an empty line behind, as mboxrd has it.

    In the text "From " at the front of a line is written as ``=46rom ``, which is the same to every reader; what
    remains is quoted with ``>``.
    """
    from time import asctime, gmtime

    data = mail.as_bytes()
    head, gap, body = data.partition(b"\n\n")
    body = _FROM.sub(_encoded, body)  # all text is quoted-printable, and base64 has no such line
    whole = _FROM.sub(rb">\1", head + gap + body)
    return f"From ouvidoria@{NOWHERE} {asctime(gmtime(at))}\n".encode("ascii") + whole.rstrip(b"\n") + b"\n\n"


def _encoded(match: re.Match[bytes]) -> bytes:
    return b"=%02X" % match[1][0] + match[1][1:]
