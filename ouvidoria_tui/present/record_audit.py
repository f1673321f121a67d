"""A finding of the audit of pauses, as a record for machines and as columns for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ouvidoria_tui.domain.pause_audit import IdleSpan, PausedBy
from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.columns import machine_columns
from ouvidoria_tui.present.dates import day, hour, minutes_words
from ouvidoria_tui.present.words import clock_name, say
from ouvidoria_tui.present.zones import parse_rfc3339, rfc3339
from ouvidoria_tui.text import N_

#: The keys of a span in every format: a contract.
AUDIT_KEYS: Final = (
    "protocol",
    "clock",
    "unit",
    "why",
    "paused_at",
    "customer_wrote_at",
    "since",
    "until",
    "minutes",
    "wall_minutes",
    "by",
    "pause_event",
    "customer_event",
)

WHY: Final = {
    PausedBy.TURN: N_("turn"),
    PausedBy.SUSPENSION: N_("suspended"),
    PausedBy.RECORDED_LATE: N_("unrecorded"),
}


def audit_record(protocol: str, span: IdleSpan, unit: Unit | None, by: str | None, zone: str) -> Record:
    """One span under :data:`AUDIT_KEYS`; moments in RFC 3339, ``until`` is null where the clock is paused still."""
    return {
        "protocol": protocol,
        "clock": span.clock,
        "unit": None if unit is None else unit.value,
        "why": span.why.value,
        "paused_at": rfc3339(span.paused_at, zone),
        "customer_wrote_at": rfc3339(span.customer_wrote_at, zone),
        "since": rfc3339(span.since, zone),
        "until": None if span.until is None else rfc3339(span.until, zone),
        "minutes": span.counted // 60,
        "wall_minutes": span.seconds // 60,
        "by": by,
        "pause_event": span.pause_event or None,
        "customer_event": span.customer_event,
    }


def audit_columns(fmt: str, zone: str) -> list[Column]:
    """The columns of the audit in a format."""
    if fmt not in ("table", "md"):
        return list(machine_columns(AUDIT_KEYS))
    return [
        Column("protocol", N_("Protocol")),
        Column("clock", N_("Clock"), flex=True, render=lambda row: clock_name(str(row["clock"]))),
        Column("customer_wrote_at", N_("Wrote"), render=_when("customer_wrote_at", zone)),
        Column("since", N_("Idle from"), priority=3, render=_when("since", zone)),
        Column("until", N_("Until"), render=_when("until", zone)),
        Column("minutes", N_("Counts"), align="right", render=_minutes("minutes")),
        Column("wall_minutes", N_("Wall"), align="right", priority=2, render=_minutes("wall_minutes")),
        Column("why", N_("Why"), render=lambda row: say(WHY[PausedBy(str(row["why"]))])),
        Column("by", N_("By"), priority=1, render=lambda row: str(row["by"] or "-")),
        Column("pause_event", N_("Events"), priority=4, render=_events),
    ]


def _minutes(key: str) -> Callable[[Record], str]:
    def render(row: Record) -> str:
        value = row[key]
        return minutes_words(value) if isinstance(value, int) else "-"

    return render


def _events(row: Record) -> str:
    return f"{row['pause_event'] or '-'}, {row['customer_event']}"


def _when(key: str, zone: str) -> Callable[[Record], str]:
    """Day and hour without the year, so that a line fits a narrow terminal; the protocol has the year."""

    def render(row: Record) -> str:
        written = row[key]
        if not isinstance(written, str):
            return say(N_("still"))
        at = parse_rfc3339(written)
        date = day(at, zone)
        return f"{date[:5] if date[2:3] == '/' else date[5:]} {hour(at, zone)}"

    return render
