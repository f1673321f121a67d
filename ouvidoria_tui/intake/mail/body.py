"""Which parts of a message are read, and which are kept as files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ouvidoria_tui.domain.mail import MailPart
from ouvidoria_tui.intake.mail.limits import Limits, Remarks
from ouvidoria_tui.intake.mail.mime import Part, tree
from ouvidoria_tui.intake.mail.text import Room, is_html, part_text

_READ: Final = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext"})
#: What a nameless part is called, by its type.
_NAMES: Final = {
    "message/rfc822": "message.eml",
    "message/global": "message.eml",
    "text/rfc822-headers": "headers.txt",
    "message/delivery-status": "delivery-status.txt",
    "message/disposition-notification": "disposition-notification.txt",
    "message/feedback-report": "feedback-report.txt",
    "text/calendar": "invite.ics",
    "text/vcard": "contact.vcf",
    "text/csv": "table.csv",
    "application/ms-tnef": "winmail.dat",
    "application/vnd.ms-tnef": "winmail.dat",
    "application/pkcs7-mime": "smime.p7m",
    "application/x-pkcs7-mime": "smime.p7m",
    "application/pkcs7-signature": "smime.p7s",
    "application/x-pkcs7-signature": "smime.p7s",
    "application/pgp-signature": "signature.asc",
    "application/pgp-encrypted": "pgp-version.txt",
    "application/pgp-keys": "key.asc",
    "application/pdf": "document.pdf",
    "image/png": "image.png",
    "image/jpeg": "image.jpg",
    "image/gif": "image.gif",
}
#: What is noted of a part that a person here cannot simply open.
_NOTES: Final = {
    "application/ms-tnef": "tnef",
    "application/vnd.ms-tnef": "tnef",
    "application/pkcs7-mime": "smime",
    "application/x-pkcs7-mime": "smime",
    "application/pgp-encrypted": "pgp-encrypted",
    "message/external-body": "external-body",
    "message/partial": "partial",
}
_NO_HTML: Final = re.compile(r"\bhtml\b", re.I)


@dataclass(slots=True)
class Body:
    """What is read and what is kept of a message or a branch of it; ``plain`` if a person wrote it as text."""

    texts: list[str] = field(default_factory=list)
    parts: list[MailPart] = field(default_factory=list)
    plain: bool = False

    @property
    def text(self) -> str:
        """The readable whole."""
        return "\n\n".join(text for text in self.texts if text.strip())

    def add(self, other: Body) -> None:
        """Takes in a branch."""
        self.texts += other.texts
        self.parts += other.parts
        self.plain = self.plain or other.plain


def read_body(root: Part, limits: Limits, remarks: Remarks) -> Body:
    """The body of the message in ``root``; that of a message attached to it, where it has none of its own."""
    body = _read(root, Body(), Room(limits), remarks)
    if not body.text:
        attached = next((one for one in root.walk() if one.content_type == "message/rfc822"), None)
        if attached is not None:
            inner = _read(opened(attached, limits), Body(), Room(limits), Remarks())
            if inner.text:
                body.texts = [inner.text]
                remarks.add("text-of-attached")
    return body


def opened(attached: Part, limits: Limits) -> Part:
    """The message that ``attached`` holds, as a tree of its own."""
    return tree(attached.data, limits, Remarks())


def _read(part: Part, before: Body, room: Room, remarks: Remarks) -> Body:
    """Adds ``part`` to ``before``. It calls itself no deeper than a tree may be nested."""
    if part.content_type == "multipart/alternative":
        choices: list[Body] = []
        for child in part.children:
            if child.content_type != "text/html" or not any(_is_enough(one) for one in choices):
                choices.append(_read(child, Body(), room, remarks))
        before.add(_best(choices))
    elif part.multipart:
        for child in part.children:
            _read(child, before, room, remarks)
    elif _is_read(part, before):
        text = part_text(part, room, remarks)
        before.texts.append(text)
        before.plain = before.plain or (bool(text.strip()) and not is_html(part))
    elif part.body.strip() or part.filename:
        before.parts.append(_kept(part, len(before.parts), remarks))
    return before


def _is_read(part: Part, before: Body) -> bool:
    if part.content_type not in _READ or part.disposition[0] == "attachment":
        return False
    return not part.filename or not before.text


def _is_enough(body: Body) -> bool:
    """Whether a person wrote it as text, and not a program that its reader's program shows no HTML."""
    return body.plain and not (len(body.text) < 300 and _NO_HTML.search(body.text))


def _best(choices: list[Body]) -> Body:
    """The text as its author wrote it, else the last that has any; the files of all of them."""
    readable = [one for one in choices if one.text]
    written = [one for one in readable if one.plain]
    best = Body()
    if readable:
        chosen = written[0] if written else readable[-1]
        if written and not _is_enough(chosen):
            chosen = max(readable, key=lambda one: len(one.text))
        best.texts, best.plain = chosen.texts, chosen.plain
    best.parts = [part for one in choices for part in one.parts]
    return best


def _kept(part: Part, at: int, remarks: Remarks) -> MailPart:
    kind = part.content_type
    if kind in _NOTES:
        remarks.add(_NOTES[kind])
    data = part.data
    return MailPart(part.filename or _NAMES.get(kind, f"part-{at + 1}.bin"), kind, data)
