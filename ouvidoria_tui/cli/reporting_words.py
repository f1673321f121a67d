"""What the columns of reports are called, and which of their values are words of a closed vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ouvidoria_tui.domain.policy_access import WayLevel
from ouvidoria_tui.domain.ticket import Admission, Channel, Difficulty, EscalationReason, Severity, Type
from ouvidoria_tui.text import N_, Text

#: Dimension → the vocabulary of its values.
VOCABULARIES: Final[Mapping[str, type[StrEnum]]] = {
    "type": Type,
    "channel": Channel,
    "severity": Severity,
    "difficulty": Difficulty,
    "decision": Admission,
    "reason": EscalationReason,
    "level": WayLevel,
}
#: Dimension → what its column is called.
DIMENSIONS: Final[Mapping[str, Text]] = {
    "day": N_("Day"),
    "month": N_("Month"),
    "department": N_("Department"),
    "status": N_("Status"),
    "type": N_("Type"),
    "channel": N_("Channel"),
    "severity": N_("Severity"),
    "difficulty": N_("Difficulty"),
    "plan": N_("Plan"),
    "area": N_("Area"),
    "cause": N_("Cause"),
    "agent": N_("Agent"),
    "clock": N_("Clock"),
    "decision": N_("Decision"),
    "code": N_("Code"),
    "redirect": N_("Sent to"),
    "redirect_cause": N_("Because of"),
    "rule": N_("Rule"),
    "level": N_("Level"),
    "reason": N_("Because of"),
}
#: Title and how early a narrow terminal drops it (0: never).
FIGURES: Final[Mapping[str, tuple[Text, int]]] = {
    "total": (N_("Total"), 0),
    "met": (N_("Met"), 2),
    "missed": (N_("Missed"), 0),
    "running": (N_("Running"), 3),
    "on_time_notified": (N_("Notified"), 9),
    "met_pct": (N_("% met"), 0),
    "p50_minutes": (N_("p50"), 1),
    "p90_minutes": (N_("p90"), 1),
    "late": (N_("Late"), 5),
    "paused": (N_("Paused"), 6),
    "stopped": (N_("Stopped"), 7),
    "undefined": (N_("No figure"), 8),
    "overdue": (N_("Overdue"), 0),
    "unowned": (N_("Unowned"), 0),
    "oldest_at": (N_("Oldest"), 2),
    "received": (N_("Received"), 0),
    "answered": (N_("Answered"), 0),
    "closed": (N_("Closed"), 0),
    "reopened": (N_("Reopened"), 0),
    "duplicates": (N_("Duplicates"), 1),
    "open": (N_("Open"), 0),
    "solved": (N_("Solved"), 2),
    "unsolved": (N_("Not solved"), 0),
    "solved_pct": (N_("% solved"), 0),
    "days": (N_("Days"), 1),
    "days_below": (N_("Days below"), 0),
    "decisions": (N_("Decisions"), 0),
    "admitted": (N_("Admitted"), 3),
    "asked": (N_("Asked"), 2),
    "turned_away": (N_("Turned away"), 0),
    "joined": (N_("Joined"), 3),
    "overridden": (N_("Overridden"), 0),
    "overridden_pct": (N_("% overridden"), 1),
    "number": (N_("No."), 3),
    "passed_on": (N_("Passed on"), 0),
    "escalations": (N_("Steps up"), 0),
    "at_request": (N_("At request"), 0),
    "speed": (N_("Speed"), 1),
    "quality": (N_("Quality"), 1),
    "other": (N_("Other"), 2),
    "no_reason": (N_("Not said"), 3),
    "calls": (N_("Calls"), 0),
    "cards": (N_("Cards"), 0),
    "clear": (N_("Clear"), 2),
    "courteous": (N_("Courteous"), 2),
    "listened": (N_("Listened"), 2),
    "empathy": (N_("Empathy"), 2),
    "no_criticism": (N_("No criticism"), 2),
    "all_points": (N_("All points"), 3),
    "adherence_pct": (N_("% kept"), 0),
}
