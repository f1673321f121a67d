"""The escalation ladder of a policy, from its ``[[levels]]`` tables (docs/watch.md lists the keys)."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum

from ouvidoria_tui.domain.policy import Level
from ouvidoria_tui.domain.policy_reader import Section
from ouvidoria_tui.text import N_

_AFTER = re.compile(r"(0|[1-9]\d{0,3})([hm])", re.ASCII)


class Rung(StrEnum):
    """Whom an escalation level goes to."""

    AREA = "area"
    OMBUDSMAN = "ombudsman"
    BOARD = "board"


def read_levels(root: Section, calendars: Collection[str]) -> tuple[Level, ...]:
    """The ladder, lowest rung first. A rung without ``after`` is reached by people only."""
    found: list[Level] = []
    for section in root.sections("levels"):
        if not section.has("level"):
            section.note("level", N_("this key is missing"))
        level = section.whole("level", 1, 3) or 1
        if any(level <= other.level for other in found):
            section.note("level", N_("the levels must go up, each only once"))
        after = _after(section)
        if after is not None and any(other.after is not None and after < other.after for other in found):
            section.note("after", N_("a higher level cannot be reached before a lower one"))
        agent, delegate = section.text("agent"), section.text("delegate")
        if agent is None and (section.has("delegate") or section.has("absent_until")):
            section.note("agent", N_("this key is missing"))
        if agent is not None and agent == delegate:
            section.note("delegate", N_("the delegate must be somebody else"))
        found.append(
            Level(
                level=level,
                name=section.need_text("name"),
                to=section.need_choice("to", Rung).value,
                after=after,
                calendar=_calendar(section, calendars),
                agent=agent,
                delegate=delegate,
                absent_until=_absent_until(section),
            )
        )
        section.close()
    return tuple(found)


def _after(section: Section) -> int | None:
    """Open time after the breach, in seconds; ``"0h"`` is at once."""
    written = section.text("after")
    if not written:
        return None
    match = _AFTER.fullmatch(written)
    if match is None:
        section.note("after", N_("write the time as hours or minutes, like {example}", example="0h, 8h, 90m"))
        return None
    return int(match[1]) * (3600 if match[2] == "h" else 60)


def _calendar(section: Section, calendars: Collection[str]) -> str:
    name = section.text("calendar") or "desk"
    if name not in calendars:
        section.note(
            "calendar",
            N_(
                "there is no calendar {name}; the calendars are: {known}",
                name=name,
                known=", ".join(calendars),
            ),
        )
    return name


def _absent_until(section: Section) -> str | None:
    value = section.raw.get("absent_until")
    if type(value) is date:  # TOML has dates of its own; a moment (a subclass) is not one
        section.has("absent_until")
        return value.isoformat()
    written = section.text("absent_until")
    if written:
        try:
            return date.fromisoformat(written).isoformat()
        except ValueError:
            section.note("absent_until", N_("this must be a date like {example}", example="2026-12-24"))
    return None
