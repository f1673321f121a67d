"""The column sets of lists: the queue as screens show it, and every key of a ticket for the machine formats.

Cells are computed from records with the documented keys (docs: machine formats): slugs in English, moments in
RFC 3339 (epoch seconds are read too).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.dates import due_words, moment, same_day
from ouvidoria_tui.present.style import nothing
from ouvidoria_tui.present.words import _, clock_state, status_label, term_of, type_code
from ouvidoria_tui.text import N_, Text

#: Every key of a ticket that fits a flat format, in the order of the reference.
TICKET_KEYS: Final = (
    "protocol",
    "status",
    "turn",
    "type",
    "channel",
    "department",
    "subject",
    "customer",
    "assignee",
    "area",
    "plan",
    "severity",
    "difficulty",
    "cause",
    "lane",
    "level",
    "admission",
    "merit",
    "outcome",
    "close_reason",
    "prior_ticket",
    "confidential",
    "flags",
    "arrived_at",
    "registered_at",
    "answered_at",
    "closed_at",
    "next_due.clock",
    "next_due.due_at",
    "next_due.state",
    "clocks",
    "revision",
    "external_refs",
    "complained_department",
    "occurred_at",
    "escalation_reason",
)

HISTORY_KEYS: Final = (
    "seq",
    "type",
    "actor",
    "os_user",
    "happened_at",
    "recorded_at",
    "text",
    "payload",
    "hash",
    "origin",
    "other",
)


def machine_columns(keys: Iterable[str]) -> tuple[Column, ...]:
    """Columns that show values as they are, headed by their keys."""
    return tuple(Column(key, Text(key)) for key in keys)


def ticket_columns(
    fmt: str,
    now: int,
    zone: str,
    *,
    labels: Mapping[str, Mapping[Status, str]] | None = None,
    ascii_only: bool = False,
    reveal: bool = False,
) -> tuple[Column, ...]:
    """The columns of a list of tickets: the queue's for ``table`` and ``md``, else all keys."""
    if fmt in ("table", "md"):
        return queue_columns(now, zone, labels=labels, ascii_only=ascii_only, reveal=reveal)
    return machine_columns(TICKET_KEYS)


def queue_columns(
    now: int,
    zone: str,
    *,
    labels: Mapping[str, Mapping[Status, str]] | None = None,
    ascii_only: bool = False,
    reveal: bool = False,
) -> tuple[Column, ...]:
    """Protocol, due, type, status, subject, owner, as 80 columns hold them.

    ``labels`` are the profile's (``Policy.labels``). The subject of a confidential ticket is masked unless
    ``reveal``.
    """
    none = nothing(ascii_only)

    def due(record: Record) -> str:
        return due_cell(record.get("next_due"), now, zone, none)

    def urgency(record: Record) -> str:
        return {"!": "bad", "*": "warn"}.get(due(record)[:1], "")

    def status(record: Record) -> str:
        return status_label(str(record.get("status")), labels, short=True)

    def subject(record: Record) -> str:
        return subject_cell(record, reveal=reveal)

    return (
        Column("protocol", N_("Protocol"), width=13),
        Column("next_due", N_("Due"), width=5, render=due, tone=urgency),
        Column("type", N_("Type"), width=4, priority=3, render=lambda record: type_code(record.get("type"))),
        Column("status", N_("Status"), width=12, priority=1, render=status),
        Column("subject", N_("Subject"), flex=True, render=subject),
        Column(
            "assignee", N_("Owner"), priority=2, render=lambda record: str(record.get("assignee") or none)
        ),
    )


def subject_cell(record: Record, *, reveal: bool = False) -> str:
    """The subject, or ``[sigiloso]`` where the ticket is confidential; an emergency is marked before it (S3-19)."""
    hidden = record.get("confidential") and not reveal
    return with_mark(_("[confidential]") if hidden else str(record.get("subject") or ""), record.get("flags"))


def with_mark(subject: str, flags: object) -> str:
    """``subject`` behind the mark of an emergency, where the flags have it."""
    urgent = isinstance(flags, Sequence) and "emergency" in flags
    return f"{_('[EMERGENCY]')} {subject}" if urgent else subject


def due_cell(next_due: object, now: int, zone: str, none: str = "—") -> str:
    """``! -2d`` late, ``* 3h`` today, ``  1d`` later; the word for a paused clock; ``none`` without a clock.

    ``next_due`` is ``{clock, due_at, state}`` as in the machine formats.
    """
    if not isinstance(next_due, Mapping):
        return f"  {none}"
    due_at = epoch(next_due.get("due_at"))
    if due_at is None:
        state = next_due.get("state")
        return f"  {clock_state(state) if state else none}"
    mark = "!" if now > due_at else "*" if same_day(due_at, now, zone) else " "
    return f"{mark} {due_words(due_at, now)}"


def epoch(value: object) -> int | None:
    """Epoch seconds of a moment in a record: RFC 3339 text or already seconds; ``None`` for anything else."""
    if isinstance(value, int):
        return value
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value)
        return None if read.tzinfo is None else int(read.timestamp())
    except (ValueError, OverflowError):
        return None


def history_columns(zone: str) -> tuple[Column, ...]:
    """When, what, who and the words of a ticket's timeline."""
    from ouvidoria_tui.domain.ledger import Act  # brings hashlib, which a list of tickets does not need

    def when(record: Record) -> str:
        at = epoch(record.get("happened_at"))
        return "" if at is None else moment(at, zone)

    def act(record: Record) -> str:
        said = term_of(Act, record.get("type"))
        other = record.get("origin") or record.get("other")
        return f"{said} ({other})" if other else said

    return (
        Column("seq", N_("No."), align="right", priority=2),
        Column("happened_at", N_("When"), render=when),
        Column("type", N_("What"), render=act),
        Column("actor", N_("Who"), priority=1),
        Column("text", N_("Text"), flex=True),
    )
