"""A message that was taken in, as a record for every format and as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ouvidoria_tui.domain.mail_record import KeptMail
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.dates import moment, parse_rfc3339, rfc3339
from ouvidoria_tui.present.intake_words import (
    ENDINGS,
    FOUND,
    REASONS,
    STATES,
    STEPS,
    WHYS,
    marks_words,
    word,
)
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

#: The keys of `intake explain`: a contract.
KEYS: Final = (
    "id",
    "message_id",
    "ending",
    "reason",
    "state",
    "protocol",
    "arrived_at",
    "taken_at",
    "source",
    "sender",
    "recipients",
    "subject",
    "size",
    "marks",
    "steps",
    "settled_at",
    "settled_reason",
)
#: The keys of `intake quarantine`: a contract.
QUARANTINE_KEYS: Final = (
    "id",
    "arrived_at",
    "reason",
    "sender",
    "subject",
    "message_id",
    "size",
    "suggested",
)
_STEP_KEYS: Final = ("step", "found", "why", "tickets")


def mail_record(mail: KeptMail, protocol: str | None, zone: str) -> dict[str, object]:
    """One message under :data:`KEYS`."""
    values = (
        mail.id,
        mail.message_id,
        mail.ending.value,
        mail.reason or None,
        mail.state.value or None,
        protocol,
        rfc3339(mail.arrived_at, zone),
        rfc3339(mail.seen_at, zone),
        mail.label,
        mail.sender or None,
        list(mail.recipients),
        mail.subject,
        mail.size,
        list(mail.marks),
        steps_record(mail),
        None if mail.settled_at is None else rfc3339(mail.settled_at, zone),
        mail.settled_why or None,
    )
    return dict(zip(KEYS, values, strict=True))


def steps_record(mail: KeptMail) -> list[dict[str, object]]:
    """The steps that led a message to its end."""
    return [
        dict(
            zip(
                _STEP_KEYS,
                (step.name.value, step.found.value, step.why or None, list(step.tickets)),
                strict=True,
            )
        )
        for step in mail.steps
    ]


def quarantine_record(mail: KeptMail, zone: str) -> dict[str, object]:
    """One waiting message under :data:`QUARANTINE_KEYS`."""
    values = (
        mail.id,
        rfc3339(mail.arrived_at, zone),
        mail.reason,
        mail.sender or None,
        mail.subject,
        mail.message_id,
        mail.size,
        list(suggested(mail)),
    )
    return dict(zip(QUARANTINE_KEYS, values, strict=True))


def suggested(mail: KeptMail) -> tuple[str, ...]:
    """The protocols that a waiting message may belong to: those that the steps came upon."""
    return tuple(dict.fromkeys(protocol for step in mail.steps for protocol in step.tickets))


def quarantine_columns(zone: str) -> tuple[Column, ...]:
    """The quarantine as people read it."""
    return (
        Column("id", N_("No."), align="right"),
        Column("arrived_at", N_("Arrived"), render=lambda one: moment(_epoch(one["arrived_at"]), zone)),
        Column("reason", N_("Reason"), flex=True, render=lambda one: word(REASONS, str(one["reason"]))),
        Column("sender", N_("From"), flex=True, priority=1),
        Column("subject", N_("Subject"), flex=True),
        Column("suggested", N_("May belong to"), flex=True, priority=2),
    )


def step_columns() -> tuple[Column, ...]:
    """The steps as people read them."""
    return (
        Column("step", N_("Considered"), render=lambda one: word(STEPS, str(one["step"]))),
        Column("found", N_("Result"), render=lambda one: word(FOUND, str(one["found"]))),
        Column("why", N_("Because"), flex=True, render=lambda one: word(WHYS, str(one["why"] or ""))),
        Column("tickets", N_("Tickets"), flex=True),
    )


def mail_facts(mail: KeptMail, protocol: str | None, zone: str) -> Iterator[tuple[str, str]]:
    """The facts of a message for a person: name and value, not cleaned; empty ones are left out."""
    yield _("Message-ID"), f"<{mail.message_id}>"
    yield _("No."), str(mail.id)
    end = word(ENDINGS, mail.ending.value)
    yield _("Ended as"), end if protocol is None else f"{end}: {protocol}"
    if mail.reason:
        yield _("Reason"), word(REASONS, mail.reason)
    if mail.state.value:
        yield _("Quarantine"), word(STATES, mail.state.value)
    if mail.settled_why:
        yield _("Discarded because"), mail.settled_why
    yield _("Arrived"), moment(mail.arrived_at, zone)
    yield _("Taken in"), moment(mail.seen_at, zone)
    if mail.label:
        yield _("Read from"), mail.label
    if mail.sender:
        yield _("From"), f"{mail.sender_name} <{mail.sender}>".strip()
    if mail.recipients:
        yield _("To"), ", ".join(mail.recipients)
    if mail.subject:
        yield _("Subject"), mail.subject
    if mail.marks:
        yield _("Marks"), marks_words(mail.marks)


def _epoch(written: object) -> int:
    return parse_rfc3339(str(written))


__all__ = [
    "KEYS",
    "QUARANTINE_KEYS",
    "mail_facts",
    "mail_record",
    "quarantine_columns",
    "quarantine_record",
    "step_columns",
    "steps_record",
    "suggested",
]
