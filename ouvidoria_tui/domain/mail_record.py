"""A message as the desk keeps it: whence it came, where it went and why, and what a person did about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.domain.mail_decision import Ending, Found, Step, StepName


class Quarantine(StrEnum):
    """How it stands with a message that needs a person; ``NONE`` for one that never did."""

    NONE = ""
    WAITING = "waiting"
    RELEASED = "released"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class KeptMail:
    """One message that was taken. Times are UTC epoch seconds; ``id`` is 0 before it is kept.

    ``seq`` is the number of the event on ``ticket`` that holds its words. ``label`` says where it was read.
    ``settled_*`` tell who took it out of quarantine, when, and why it was discarded.
    """

    message_id: str
    body_sha256: str
    raw_sha256: str
    ending: Ending
    arrived_at: int
    seen_at: int
    id: int = 0
    ticket: int | None = None
    seq: int | None = None
    reason: str = ""
    state: Quarantine = Quarantine.NONE
    marks: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    label: str = ""
    sender: str = ""
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    size: int = 0
    settled_by: int | None = None
    settled_at: int | None = None
    settled_why: str = ""


def identity_of(mail: Mail) -> str:
    """The Message-ID under which ``mail`` is kept; one made of what it says, where it came without."""
    if mail.message_id:
        return mail.message_id
    sender = mail.sender.email if mail.sender is not None else ""
    said = f"{sender}\n{mail.dated_at}\n{mail.subject}\n{mail.body_sha256}".encode("utf-8", "replace")
    return f"{sha256(said).hexdigest()[:32]}@no-message-id.invalid"


def steps_json(steps: tuple[Step, ...]) -> list[list[object]]:
    """Steps as JSON values."""
    return [[step.name.value, step.found.value, step.why, list(step.tickets)] for step in steps]


def steps_of(value: list[list[object]]) -> tuple[Step, ...]:
    """Steps from :func:`steps_json`."""
    return tuple(
        Step(
            StepName(str(name)),
            Found(str(found)),
            str(why),
            tuple(map(str, tickets if isinstance(tickets, list) else ())),
        )
        for name, found, why, tickets in value
    )
