"""Candidates for a duplicate as records and as columns."""

from __future__ import annotations

from typing import Final

from ouvidoria_tui.domain.duplicates import Candidate
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.dates import rfc3339
from ouvidoria_tui.present.words import _, plural, status_label, term_of
from ouvidoria_tui.text import N_

#: The keys of a line of ``duplicates`` in the machine formats.
KEYS: Final = (
    "protocol",
    "candidate",
    "score",
    "words",
    "same_customer",
    "recurrence",
    "channel",
    "candidate_channel",
    "candidate_status",
    "candidate_subject",
    "candidate_arrived_at",
    "days",
)


def candidate_record(one: Candidate, zone: str) -> dict[str, object]:
    """One candidate under :data:`KEYS`; ``days`` is how many days earlier it arrived, negative for later."""
    return {
        "protocol": one.of.protocol,
        "candidate": one.twin.protocol,
        "score": one.score,
        "words": list(one.words),
        "same_customer": one.same_customer,
        "recurrence": one.recurrence,
        "channel": one.of.channel,
        "candidate_channel": one.twin.channel,
        "candidate_status": one.twin.status,
        "candidate_subject": one.twin.subject,
        "candidate_arrived_at": rfc3339(one.twin.arrived_at, zone),
        "days": one.days,
    }


def duplicate_columns(*, alone: bool) -> tuple[Column, ...]:
    """Score, candidate, whose, how far apart, the words; without the ticket itself where it stands ``alone``."""
    own = () if alone else (Column("protocol", N_("Protocol"), width=13),)
    return (
        *own,
        Column("score", N_("Score"), align="right"),
        Column("candidate", N_("Candidate"), width=13),
        Column("candidate_status", N_("Status"), priority=2, render=_status),
        Column("same_customer", N_("Customer"), priority=1, render=whose),
        Column("candidate_channel", N_("Channel"), priority=3, render=_channel),
        Column("days", N_("Apart"), align="right", priority=2, render=apart),
        Column("words", N_("Words in common"), flex=True),
    )


def whose(record: Record) -> str:
    """Whether it is the same customer's, and whether it came back."""
    if record.get("recurrence"):
        return _("recurrence")
    return _("same") if record.get("same_customer") else _("other")


def apart(record: Record) -> str:
    """How far apart the two arrived."""
    return plural("{count} day", "{count} days", abs(int(str(record.get("days") or 0))))


def _status(record: Record) -> str:
    return status_label(str(record.get("candidate_status")), short=True)


def _channel(record: Record) -> str:
    said = term_of(Channel, record.get("candidate_channel"))
    return said if record.get("channel") == record.get("candidate_channel") else f"{said} *"
