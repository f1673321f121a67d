"""The columns of the list of escalations."""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.columns import due_cell, epoch, machine_columns, subject_cell
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.record_detail import ESCALATION_KEYS
from ouvidoria_tui.present.style import nothing
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_


def escalation_columns(
    fmt: str, now: int, zone: str, *, ladder: Mapping[int, str] | None = None, ascii_only: bool = False
) -> tuple[Column, ...]:
    """Level, time to breach, who was told and when, and whether it was acknowledged; else all keys.

    ``ladder`` holds the policy's names of the levels.
    """
    if fmt not in ("table", "md"):
        return machine_columns(ESCALATION_KEYS)
    none = nothing(ascii_only)

    def due(record: Record) -> str:
        return due_cell(record.get("next_due"), now, zone, none)

    def urgency(record: Record) -> str:
        return {"!": "bad", "*": "warn"}.get(due(record)[:1], "")

    def to(record: Record) -> str:
        level, addressee = record.get("level"), record.get("addressee")
        return str((isinstance(level, int) and (ladder or {}).get(level)) or addressee or none)

    def told(record: Record) -> str:
        at = epoch(record.get("raised_at"))
        return none if at is None else moment(at, zone)

    def acknowledged(record: Record) -> str:
        at = epoch(record.get("acknowledged_at"))
        return _("no") if at is None else moment(at, zone)

    def unseen(record: Record) -> str:
        return "warn" if record.get("acknowledged_at") is None else ""

    return (
        Column("protocol", N_("Protocol"), width=13),
        Column("level", N_("Level"), render=lambda record: f"N{record.get('level')}"),
        Column("next_due", N_("Due"), width=6, render=due, tone=urgency),
        Column("addressee", N_("To"), render=to),
        Column("raised_at", N_("Told"), priority=1, render=told),
        Column("acknowledged_at", N_("Acknowledged"), render=acknowledged, tone=unseen),
        Column("subject", N_("Subject"), flex=True, render=subject_cell),
        Column(
            "assignee", N_("Owner"), priority=2, render=lambda record: str(record.get("assignee") or none)
        ),
    )
