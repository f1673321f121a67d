"""What norms ask, from its TOML tables: origin, counting, extension and suspension of a clock, duties.

The keys are listed for the writers of profiles in docs/regulation.md.
"""

from __future__ import annotations

from datetime import date

from ouvidoria_tui.domain.policy_law import (
    Counting,
    Duty,
    DutyRule,
    DutyUnit,
    Extension,
    Mark,
    Origin,
    SuspendedBy,
    Suspension,
)
from ouvidoria_tui.domain.policy_reader import Section, nearest
from ouvidoria_tui.domain.ticket import Type
from ouvidoria_tui.text import N_

_MOST_TIMES = 9


def read_origin(section: Section) -> Origin:
    """``source``, ``article``, ``checked_on`` and ``mark`` of a table."""
    mark = section.choice("mark", Mark)
    return Origin(
        source=section.text("source") or "",
        article=section.text("article"),
        checked_on=_checked_on(section),
        mark=None if mark is None else mark.value,
    )


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


def read_counting(section: Section | None) -> Counting:
    """``[counting]``: how the days of every clock are counted."""
    if section is None:
        return Counting()
    found = Counting(section.flag("roll", False), read_origin(section))
    section.close()
    return found


def read_extension(section: Section | None, most: int) -> Extension | None:
    """``[clocks.….extension]``: how much more time may be taken, and what it needs."""
    if section is None:
        return None
    amount, whole = section.whole("amount", 1, most), section.whole("most", 1, most)
    if not section.has("amount") and not section.has("most"):
        section.note(None, N_("say the amount of the extension, or the most that may be reached"))
    cap = section.whole("monthly_cap", 1, 100)
    capped = section.flag("monthly_cap_enabled", True)
    found = Extension(
        times=section.whole("times", 1, _MOST_TIMES) or 1,
        amount=amount,
        most=whole,
        reason=section.flag("reason", True),
        tell_customer=section.flag("tell_customer", True),
        consent=section.flag("consent", False),
        types=section.choices("types", Type),
        monthly_cap=cap if capped else None,
        monthly_cap_off=None if capped else cap,
        origin=read_origin(section),
    )
    section.close()
    return found


def read_suspension(section: Section | None) -> Suspension | None:
    """``[clocks.….suspension]``: what suspends a clock, and how often."""
    if section is None:
        return None
    by = section.need_choice("by", SuspendedBy)
    found = Suspension(by, section.whole("times", 1, _MOST_TIMES) or 1, read_origin(section))
    section.close()
    return found


def read_duties(root: Section) -> dict[Duty, DutyRule]:
    """``[duties.…]``: one table for each duty that a norm puts on the desk; other words are refused."""
    known = [duty.value for duty in Duty]
    found: dict[Duty, DutyRule] = {}
    for name, section in root.named_sections("duties"):
        if name not in known:
            near = nearest(name, known)
            section.note(
                None,
                N_("this key is not known here; did you mean {near}?", near=near)
                if near
                else N_("this key is not known here"),
            )
            continue
        found[Duty(name)] = _duty(Duty(name), section)
    return found


def _duty(duty: Duty, section: Section) -> DutyRule:
    unit = section.choice("unit", DutyUnit)
    amount = section.whole("amount", 1, 10_000)
    if section.has("amount") and not section.has("unit"):
        section.note("unit", N_("this key is missing"))
    section.need_text("source")
    rule = DutyRule(
        duty=duty,
        on=section.flag("on", True),
        amount=amount,
        unit=unit,
        note=section.text("note"),
        origin=read_origin(section),
    )
    section.close()
    return rule
