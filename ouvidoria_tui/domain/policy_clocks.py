"""The clocks of a policy, from their TOML tables (``[clocks.first-response]``)."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum

from ouvidoria_tui.domain.policy import ClockRule, ClockStart, ClockStop, ClockTarget, Unit
from ouvidoria_tui.domain.policy_reader import Section, read_reference
from ouvidoria_tui.domain.ticket import Difficulty, Severity, Turn, Type
from ouvidoria_tui.text import N_

NOT_DEFINED = "not defined"

_LEAD = re.compile(r"([1-9]\d{0,3})([hm])", re.ASCII)
_MOST = {
    Unit.HOURS: 87_600,
    Unit.BUSINESS_HOURS: 87_600,
    Unit.CALENDAR_DAYS: 3_650,
    Unit.BUSINESS_DAYS: 3_650,
}


class Mark(StrEnum):
    """How sure a figure is: read in the norm, read about it, or still to be confirmed."""

    CONFIRMED = "confirmed"
    SECONDARY = "secondary-source"
    TO_CONFIRM = "to-confirm"


def read_clock(
    name: str,
    section: Section,
    calendars: Collection[str],
    departments: Collection[str],
    plans: Collection[str],
) -> ClockRule:
    """A clock; ``amount`` missing or ``"not defined"`` gives ``None``, never an invented figure (S2-48)."""
    unit = section.need_choice("unit", Unit)
    calendar = section.text("calendar") or "desk"
    if calendar not in calendars:
        section.note(
            "calendar",
            N_(
                "there is no calendar {name}; the calendars are: {known}",
                name=calendar,
                known=", ".join(calendars),
            ),
        )
    mark = section.choice("mark", Mark)
    rule = ClockRule(
        name=name,
        start=section.need_choice("start", ClockStart),
        stop=section.need_choice("stop", ClockStop),
        unit=unit,
        amount=_amount(section, unit),
        calendar=calendar,
        pause_while=section.choices("pause_while", Turn),
        roll=section.flag("roll", False),
        warn_before=_lead(section),
        statutory=section.flag("statutory", False),
        source=section.text("source") or "",
        article=section.text("article"),
        checked_on=_checked_on(section),
        mark=None if mark is None else mark.value,
        targets=tuple(_target(one, unit, departments, plans) for one in section.sections("targets")),
        assumed=section.text("assumed"),
    )
    section.close()
    return rule


def _amount(section: Section, unit: Unit) -> int | None:
    if section.raw.get("amount") == NOT_DEFINED:
        section.has("amount")
        return None
    return section.whole("amount", 1, _MOST[unit])


def _lead(section: Section) -> int:
    written = section.text("warn_before")
    if not written:
        return 0
    match = _LEAD.fullmatch(written)
    if match is None:
        section.note(
            "warn_before", N_("write the lead as hours or minutes, like {example}", example="4h, 90m")
        )
        return 0
    return int(match[1]) * (3600 if match[2] == "h" else 60)


def _checked_on(section: Section) -> str | None:
    value = section.raw.get("checked_on")
    if type(value) is date:  # TOML has dates of its own; a moment (a subclass) is not one
        section.has("checked_on")
        return value.isoformat()
    written = section.text("checked_on")
    if written:
        try:
            date.fromisoformat(written)
        except ValueError:
            section.note("checked_on", N_("this must be a date like {example}", example="2026-12-24"))
    return written


def _target(
    section: Section, unit: Unit, departments: Collection[str], plans: Collection[str]
) -> ClockTarget:
    if not section.has("amount"):
        section.note("amount", N_("this key is missing"))
    target = ClockTarget(
        amount=section.whole("amount", 1, _MOST[unit]) or 1,
        type=section.choice("type", Type),
        severity=section.choice("severity", Severity),
        difficulty=section.choice("difficulty", Difficulty),
        department=read_reference(section, "department", departments),
        plan=read_reference(section, "plan", plans),
    )
    section.close()
    return target
