"""The clocks of a policy, from their TOML tables (``[clocks.first-response]``)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ouvidoria_tui.domain.policy import (
    ENDS_WITH,
    TICKET_STARTS,
    CalendarChoice,
    ClockRule,
    ClockStart,
    ClockStop,
    ClockTarget,
    Unit,
)
from ouvidoria_tui.domain.policy_law import Breach
from ouvidoria_tui.domain.policy_norms import read_extension, read_origin, read_suspension
from ouvidoria_tui.domain.policy_reader import Problem, Section, read_reference
from ouvidoria_tui.domain.ticket import Channel, Difficulty, Severity, Turn, Type
from ouvidoria_tui.text import N_

NOT_DEFINED = "not defined"

_LEAD = re.compile(r"([1-9]\d{0,3})([hm])", re.ASCII)
_MOST = {
    Unit.HOURS: 87_600,
    Unit.BUSINESS_HOURS: 87_600,
    Unit.CALENDAR_DAYS: 3_650,
    Unit.BUSINESS_DAYS: 3_650,
}


def read_clock(
    name: str,
    section: Section,
    calendars: Collection[str],
    departments: Collection[str],
    plans: Collection[str],
    roll: bool = False,
) -> ClockRule:
    """A clock; ``amount`` missing or ``"not defined"`` gives ``None``, never an invented figure (S2-48).

    ``roll`` holds where the clock does not say its own. The figure of a clock that is off is kept apart.
    """
    unit = section.need_choice("unit", Unit)
    calendar = section.text("calendar") or "desk"
    _check_calendar(section, calendar, calendars)
    origin = read_origin(section)
    enabled, amount = section.flag("enabled", True), _amount(section, unit)
    rule = ClockRule(
        name=name,
        start=section.need_choice("start", ClockStart),
        stop=section.need_choice("stop", ClockStop),
        unit=unit,
        amount=amount if enabled else None,
        calendar=calendar,
        pause_while=section.choices("pause_while", Turn),
        roll=section.flag("roll", roll),
        warn_before=_lead(section),
        statutory=section.flag("statutory", False),
        source=origin.source,
        article=origin.article,
        checked_on=origin.checked_on,
        mark=origin.mark,
        targets=tuple(_target(one, unit, departments, plans) for one in section.sections("targets")),
        assumed=section.text("assumed"),
        enabled=enabled,
        figure_off=None if enabled else amount,
        within=section.text("within"),
        aliases=_aliases(section),
        extension=read_extension(section.section("extension"), _MOST[unit]),
        suspension=read_suspension(section.section("suspension")),
        on_breach=section.choice("on_breach", Breach),
        note=section.text("note"),
        calendars=tuple(
            _calendar_choice(one, calendars, departments) for one in section.sections("calendars")
        ),
    )
    _check_ends(section, rule)
    section.close()
    return rule


def _check_ends(section: Section, rule: ClockRule) -> None:
    """Notes a clock that nothing could ever end: what answers a request is not what answers a receipt."""
    wanted = ENDS_WITH.get(rule.start)
    odd = wanted is not None and rule.stop is not wanted
    if odd or (wanted is None and rule.start in TICKET_STARTS and rule.stop in ENDS_WITH.values()):
        ends = [stop for stop in ENDS_WITH.values() if odd and stop is wanted]
        ends = ends or [ClockStop.PUBLIC_ANSWER, ClockStop.CONCLUSION]
        section.note(
            "stop",
            N_(
                "a clock that starts with {start} ends with: {names}",
                start=rule.start.value,
                names=", ".join(stop.value for stop in ends),
            ),
        )


def _calendar_choice(
    section: Section, calendars: Collection[str], departments: Collection[str]
) -> CalendarChoice:
    calendar = section.need_text("calendar")
    if calendar:
        _check_calendar(section, calendar, calendars)
    choice = CalendarChoice(
        calendar=calendar,
        channels=section.choices("channels", Channel),
        department=read_reference(section, "department", departments),
    )
    if not choice.channels and choice.department is None:
        section.note("channels", N_("say for which channels or which department this calendar counts"))
    section.close()
    return choice


def _check_calendar(section: Section, name: str, calendars: Collection[str]) -> None:
    if name not in calendars:
        section.note(
            "calendar",
            N_(
                "there is no calendar {name}; the calendars are: {known}",
                name=name,
                known=", ".join(calendars),
            ),
        )


def check_names(root: Section, clocks: Sequence[ClockRule]) -> None:
    """Notes a clock inside one that does not exist, and a name or alias that stands twice."""
    names = {rule.name for rule in clocks}
    seen = set(names)
    for rule in clocks:
        path = (*root.path, "clocks", rule.name)
        if rule.within is not None and (rule.within == rule.name or rule.within not in names):
            root.problems.append(
                Problem((*path, "within"), N_("there is no other clock {name} here", name=rule.within[:60]))
            )
        for alias in rule.aliases:
            if alias in seen:
                message = N_("{slug} is already there; every slug may stand only once", slug=alias[:60])
                root.problems.append(Problem((*path, "aliases"), message))
            seen.add(alias)


def _aliases(section: Section) -> tuple[str, ...]:
    aliases = section.texts("aliases")
    for alias in aliases:
        if alias:
            section.check_slug("aliases", alias)
    return aliases


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
