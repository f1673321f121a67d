"""Messages for the tests of the desk: JSON instead of MIME, so that no parser is tested by accident."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from ouvidoria_tui.domain.mail import Address, Machine, Mail, MailPart
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_


@dataclass(frozen=True, slots=True)
class Letter:
    """A message where it lies."""

    label: str
    raw: bytes
    received_at: int | None = None


def letter(
    message_id: str | None = "a@example.com",
    text: str = "Texto",
    *,
    sender: str | None = "ana@example.com",
    at: int | None = None,
    **more: object,
) -> Letter:
    """A message that :func:`parse` reads."""
    said = {"id": message_id, "text": text, "sender": sender, **more}
    return Letter(f"{message_id}.eml", json.dumps(said).encode(), at)


def parse(raw: bytes) -> Mail:
    """The message of a :func:`letter`; ``UsageError`` for other bytes, ``RuntimeError`` where it says so."""
    if not raw.startswith(b"{"):
        raise UsageError(
            "MAIL_UNREADABLE",
            N_("this is no message"),
            details={"reason": "too-large" if raw.startswith(b"large") else "no-message"},
        )
    said = json.loads(raw)
    if said.get("fault"):
        raise RuntimeError("a fault of the parser")
    sender = said["sender"]
    return Mail(
        raw_sha256=sha256(raw).hexdigest(),
        body_sha256=sha256(said["text"].encode()).hexdigest(),
        size=len(raw),
        message_id=said["id"],
        in_reply_to=tuple(said.get("answers", ())),
        references=tuple(said.get("references", ())),
        sender=None if sender is None else Address(sender, said.get("name", "")),
        to=tuple(Address(one) for one in said.get("to", ())),
        subject=said.get("subject", "Cobrança"),
        dated_at=said.get("dated_at"),
        text=said["text"],
        said=said["text"],
        parts=tuple(
            MailPart(name, "text/plain", data.encode()) for name, data in said.get("parts", {}).items()
        ),
        machine=Machine(said["machine"]) if "machine" in said else None,
        original_ids=tuple(said.get("about", ())),
        authentication_failed=bool(said.get("forged")),
    )
