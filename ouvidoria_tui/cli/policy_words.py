"""How hours, amounts and the choices of a policy are said, to people and in the machine formats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from ouvidoria_tui.present.words import say
from ouvidoria_tui.text import N_, NN_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.domain.policy import CalendarRule, ClockRule, Unit
    from ouvidoria_tui.domain.policy_law import Origin

Windows = Sequence[tuple[str, str]]

#: What every face prints for a clock without a figure; it is never replaced by a guess (S2-48).
NOT_DEFINED: Final = N_("not defined")

_DAYS: Final[Mapping[str, Text]] = {
    "mon": N_("Mon"),
    "tue": N_("Tue"),
    "wed": N_("Wed"),
    "thu": N_("Thu"),
    "fri": N_("Fri"),
    "sat": N_("Sat"),
    "sun": N_("Sun"),
}

#: Choices of a policy by their slug.
CHOICES: Final[Mapping[str, Text]] = {
    "required": N_("required"),
    "requested": N_("requested"),
    "recommended": N_("recommended"),
    "off": N_("not asked for"),
    "confirmed": N_("confirmed"),
    "secondary-source": N_("from a secondary source"),
    "to-confirm": N_("to be confirmed"),
    "hours": N_("hours"),
    "days": N_("days"),
    "years": N_("years"),
}


def choice_words(slug: object) -> str:
    """The word for a choice; the slug itself where there is none."""
    return say(CHOICES.get(str(slug), slug))


def amount_words(amount: int | None, unit: Unit) -> str:
    """``24 business hours``; ``not defined`` for ``None``."""
    if amount is None:
        return say(NOT_DEFINED)
    match unit.value:
        case "hours":
            return say(NN_("{count} hour", "{count} hours", amount))
        case "business-hours":
            return say(NN_("{count} business hour", "{count} business hours", amount))
        case "calendar-days":
            return say(NN_("{count} calendar day", "{count} calendar days", amount))
        case _:
            return say(NN_("{count} business day", "{count} business days", amount))


def hours_text(rule: CalendarRule) -> str:
    """The week for machines: ``mon-thu 09:00-17:00; fri 09:00-12:00,13:00-16:00``."""
    return "; ".join(
        (first if first == last else f"{first}-{last}") + " " + windows_text(windows)
        for first, last, windows in _runs(rule.week)
    )


def hours_words(rule: CalendarRule) -> str:
    """The week for people: ``Mon-Fri 08:00-18:00``."""
    return "; ".join(
        (day_words(first) if first == last else f"{day_words(first)}-{day_words(last)}")
        + " "
        + windows_text(windows)
        for first, last, windows in _runs(rule.week)
    )


def clock_record(rule: ClockRule) -> dict[str, object]:
    """A clock under the keys of the machine formats; ``amount`` ``None`` is not defined."""
    return {
        "name": rule.name,
        "amount": rule.amount,
        "unit": rule.unit.value,
        "calendar": rule.calendar,
        "start": rule.start.value,
        "stop": rule.stop.value,
        "pause_while": sorted(turn.value for turn in rule.pause_while),
        "roll": rule.roll,
        "warn_before_seconds": rule.warn_before,
        "statutory": rule.statutory,
        "source": rule.source or None,
        "article": rule.article,
        "checked_on": rule.checked_on,
        "mark": rule.mark,
        "assumed": rule.assumed,
        "enabled": rule.enabled,
        "figure_off": rule.figure_off,
        "within": rule.within,
        "aliases": list(rule.aliases),
        "extension": None if rule.extension is None else asdict(rule.extension),
        "suspension": None if rule.suspension is None else asdict(rule.suspension),
        "on_breach": rule.on_breach,
        "note": rule.note,
        "targets": [
            {
                "amount": target.amount,
                "type": target.type,
                "severity": target.severity,
                "difficulty": target.difficulty,
                "department": target.department,
                "plan": target.plan,
            }
            for target in rule.targets
        ],
    }


def origin_words(rule: ClockRule | Origin) -> str:
    """Where a figure comes from: source, article, how sure, when it was read."""
    parts = [rule.source, rule.article, choice_words(rule.mark) if rule.mark else None, rule.checked_on]
    return ", ".join(part for part in parts if part)


def day_words(name: str) -> str:
    """The word for a weekday; anything else as it is."""
    return say(_DAYS.get(name, name))


def windows_text(windows: Windows) -> str:
    """``09:00-12:00,13:00-18:00``; empty for a closed day."""
    return ",".join(f"{start}-{end}" for start, end in windows)


def _runs(week: Mapping[str, Windows]) -> Iterator[tuple[str, str, Windows]]:
    """Days that follow one another with the same windows, as first, last, windows."""
    first = last = ""
    before: Windows = ()
    for day in (*_DAYS, ""):
        windows = week.get(day, ())
        if windows == before and windows:
            last = day
            continue
        if before:
            yield first, last, before
        first, last, before = day, day, windows
