"""The stretches of an explained due time as few rows that a person reads: equal days folded into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from ouvidoria_tui.domain.explain import Stretch
from ouvidoria_tui.domain.explain_stretch import CLOSED, Why
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import Turn
from ouvidoria_tui.present.dates import hour
from ouvidoria_tui.present.words import _, language, plural, say, term_of
from ouvidoria_tui.text import N_

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_REASONS = {
    Why.BREAK: N_("break"),
    Why.OUTSIDE: N_("outside opening hours"),
    Why.WEEKEND: N_("weekend"),
    Why.WEEKDAY: N_("a weekday without hours"),
    Why.HOLIDAY: N_("holiday"),
    Why.DATE: N_("a closed date"),
}
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Row:
    """One line: when, what, the own time it adds (``None``: does not count) and the sum after it."""

    when: str
    what: str
    counted: int | None
    sum: int


@dataclass(slots=True)
class _Days:
    """Dates with the same hours (``hours`` empty: whole dates), and why the desk was closed among them."""

    hours: tuple[str, ...]
    dates: list[date]
    counted: int
    sum: int
    gaps: list[Stretch] = field(default_factory=list)


def rows(stretches: Sequence[Stretch], zone: tzinfo, year: int) -> Iterator[Row]:
    """The rows of a ledger; dates of ``year`` are written without it."""
    for item in _folded(_by_day(stretches, zone)):
        if isinstance(item, _Days):
            yield _days_row(item, year)
        elif isinstance(item, list):
            yield Row(_span(item[0].start, item[-1].end, zone, year), _closed(item), None, item[-1].sum)
        else:
            counted = item.counted if item.why is Why.HOURS or item.why is Why.OPEN else None
            yield Row(_span(item.start, item.end, zone, year), _words(item), counted, item.sum)


def _by_day(stretches: Iterable[Stretch], zone: tzinfo) -> Iterator[_Days | list[Stretch] | Stretch]:
    """Counted days with their hours, runs of closed stretches, and all others by themselves."""
    day: _Days | None = None
    gap: list[Stretch] = []
    for one in stretches:
        if one.why in CLOSED:
            gap.append(one)
            continue
        on = datetime.fromtimestamp(one.start, zone).date()
        part = one.why is Why.DAY or (one.why is Why.OPEN and one.seconds <= _DAY)
        if day is not None and part and one.why is Why.OPEN and day.dates == [on]:
            day.hours += (_hours(one, zone),)
            day.counted, day.sum = day.counted + one.counted, one.sum
            day.gaps += gap
            gap = []
            continue
        if day is not None:
            yield day
        if gap:
            yield gap
        day, gap = None, []
        if part:
            hours = () if one.why is Why.DAY else (_hours(one, zone),)
            day = _Days(hours, [on], one.counted, one.sum)
        else:
            yield one
    if day is not None:
        yield day
    if gap:
        yield gap


def _folded(
    items: Iterable[_Days | list[Stretch] | Stretch],
) -> Iterator[_Days | list[Stretch] | Stretch]:
    """Days with the same hours as one, with what lies between them."""
    kept: _Days | None = None
    gap: list[Stretch] = []
    for item in items:
        if isinstance(item, list):
            gap += item
            continue
        if isinstance(item, _Days) and kept is not None and kept.hours == item.hours:
            kept.dates += item.dates
            kept.counted, kept.sum = kept.counted + item.counted, item.sum
            kept.gaps += [*gap, *item.gaps]
            gap = []
            continue
        if kept is not None:
            yield kept
        if gap:
            yield gap
        kept, gap = None, []
        if isinstance(item, _Days):
            kept = item
        else:
            yield item
    if kept is not None:
        yield kept
    if gap:
        yield gap


def _days_row(days: _Days, year: int) -> Row:
    first, last, count = days.dates[0], days.dates[-1], len(days.dates)
    when = _day(first, year) if count == 1 else f"{_day(first, year)} – {_day(last, year)}"
    hours = ", ".join(days.hours)
    if not hours:
        what = _("counted by date")
        if count > 1:
            what += " × " + plural("{count} day", "{count} days", count)
    elif count == 1:
        what = _("open {hours}", hours=hours)
    else:
        number = plural("{count} day", "{count} days", count)
        what = _("{weekdays} {hours} × {days}", weekdays=_weekdays(days.dates), hours=hours, days=number)
    if days.gaps and (count > 1 or any(gap.why is not Why.BREAK for gap in days.gaps)):
        what += "; " + _closed(days.gaps)
    return Row(when, what, days.counted, days.sum)


def _closed(gaps: Sequence[Stretch]) -> str:
    """Why the desk was closed, each reason once, holidays by name."""
    names = dict.fromkeys(gap.name or say(_REASONS[gap.why]) for gap in gaps)
    return _("closed: {reasons}", reasons=", ".join(names))


def _words(one: Stretch) -> str:
    act = "" if one.act is None else term_of(Act, one.act)
    match one.why:
        case Why.HOURS:
            return _("every hour counts")
        case Why.OPEN:
            return _("open without a break")
        case Why.FIRST_DAY:
            return _("the first day does not count")
        case Why.PAUSED if one.act == Act.SUSPENDED:
            return _("suspended since event {event}", event=one.event)
        case Why.PAUSED:
            turn = term_of(Turn, one.turn)
            return _(
                "paused: the turn is with {turn}, since event {event} ({act})",
                turn=turn,
                event=one.event,
                act=act,
            )
        case Why.UNCOVERED:
            return _("sender not authorised, since event {event} ({act})", event=one.event, act=act)
        case Why.STOPPED:
            return _("had ended with event {event} ({act})", event=one.event, act=act)
        case Why.EARLIER:
            return _("an earlier turn of this clock, since event {event} ({act})", event=one.event, act=act)
        case _ if one.event is None:
            return _("did not run yet")
        case _:
            return _("nothing to wait for since event {event} ({act})", event=one.event, act=act)


def _hours(one: Stretch, zone: tzinfo) -> str:
    end = hour(one.end, zone)
    if end in ("00:00", "00h00"):
        end = "24" + end[2:]
    return f"{hour(one.start, zone)}–{end}"


def _weekdays(dates: Sequence[date]) -> str:
    found = sorted({day.weekday() for day in dates})
    names = [
        say(_WEEKDAYS[number]).lower() if language() == "pt-BR" else say(_WEEKDAYS[number])
        for number in found
    ]
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)


def _span(start: int, end: int, zone: tzinfo, year: int) -> str:
    first, last = (datetime.fromtimestamp(at, zone).date() for at in (start, end))
    if first == last:
        return f"{_day(first, year)} {hour(start, zone)}–{hour(end, zone)}"
    return f"{_day(first, year)} {hour(start, zone)} – {_day(last, year)} {hour(end, zone)}"


def _day(on: date, year: int) -> str:
    if language() == "pt-BR":
        written = f"{on.day:02d}/{on.month:02d}" + ("" if on.year == year else f"/{on.year}")
        return f"{say(_WEEKDAYS[on.weekday()]).lower()} {written}"
    written = f"{on.month:02d}-{on.day:02d}" if on.year == year else on.isoformat()
    return f"{say(_WEEKDAYS[on.weekday()])} {written}"
