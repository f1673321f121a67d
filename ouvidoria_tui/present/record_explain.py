"""An explained due time: as a record for machines, and as a page for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from ouvidoria_tui.domain.clock_state import CompiledClock
from ouvidoria_tui.domain.deadline import shown
from ouvidoria_tui.domain.explain import DueVersion, Explanation, Stretch
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.policy import Policy, Unit
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.dates import moment, rfc3339
from ouvidoria_tui.present.record_clocks import ClockReader, due_moment
from ouvidoria_tui.present.record_explain_rows import Row, rows
from ouvidoria_tui.present.record_text import wrapped
from ouvidoria_tui.present.safe import cells, clean, fit
from ouvidoria_tui.present.style import nothing, rule
from ouvidoria_tui.present.table import table_lines
from ouvidoria_tui.present.words import _, clock_name, plural, term_of
from ouvidoria_tui.text import N_

#: The keys of a stretch in the flat formats: a contract.
STRETCH_KEYS = (
    "protocol",
    "clock",
    "from",
    "to",
    "seconds",
    "counted_seconds",
    "sum_seconds",
    "reason",
    "holiday",
    "turn",
    "event",
    "act",
)
_DAY = 86_400


def explain_record(one: Explanation, ticket: Ticket, now: int, zone: str) -> dict[str, object]:
    """A clock with its whole ledger; moments in RFC 3339, durations in seconds of the clock's own time."""
    rule, state = one.clock.rule, one.state

    def at(epoch: int | None) -> str | None:
        return None if epoch is None else rfc3339(epoch, zone)

    return {
        "protocol": ticket.protocol,
        "clock": state.name,
        "state": shown(state, now),
        "unit": rule.unit.value,
        "amount": state.amount,
        "target_seconds": one.target,
        "counted_seconds": one.counted,
        "remaining_seconds": one.remaining,
        "started_at": at(state.started_at),
        "due_at": at(state.due_at),
        "due_on": None if one.due_on is None else one.due_on.isoformat(),
        "next_opening": at(one.next_opening),
        "warn_at": at(state.warn_at),
        "met_at": at(state.met_at),
        "missed_at": at(state.missed_at),
        "policy": one.policy,
        "calendar": rule.calendar,
        "zone": one.clock.calendar.rule.zone,
        "statutory": state.statutory,
        "source": rule.source or None,
        "article": rule.article,
        "mark": rule.mark,
        "assumed": rule.assumed,
        "stretches": [stretch_record(part, zone) for part in one.stretches],
        "versions": [_version_record(version, zone) for version in one.versions],
    }


def stretch_record(one: Stretch, zone: str) -> dict[str, object]:
    """One stretch under the keys of :data:`STRETCH_KEYS`."""
    return {
        "from": rfc3339(one.start, zone),
        "to": rfc3339(one.end, zone),
        "seconds": one.seconds,
        "counted_seconds": one.counted,
        "sum_seconds": one.sum,
        "reason": one.why.value,
        "holiday": one.name or None,
        "turn": None if one.turn is None else one.turn.value,
        "event": one.event,
        "act": one.act,
    }


def explain_page(
    found: Sequence[Explanation],
    ticket: Ticket,
    policy: Policy,
    clocks: Sequence[CompiledClock],
    now: int,
    *,
    width: int,
    ascii_only: bool = False,
) -> Iterator[str]:
    """The clocks of a ticket one after the other, each with its ledger and the versions of its due time."""
    reader = ClockReader(policy, clocks, now)
    yield f"{ticket.protocol}  {moment(now, policy.zone)}"
    for one in found:
        yield ""
        yield from head_lines(one, reader, policy, width)
        yield ""
        yield from ledger_lines(one, now, width, ascii_only)
        if one.versions:
            yield ""
            yield from version_lines(one, policy.zone, width, ascii_only)


def head_lines(one: Explanation, reader: ClockReader, policy: Policy, width: int) -> Iterator[str]:
    """The target of a clock in one line; then how it stands, what is left, by which rule, from which source."""
    rule, state, zone = one.clock.rule, one.state, policy.zone
    target = (
        _("no figure fits this ticket") if state.amount is None else amount_words(state.amount, rule.unit)
    )
    said = [reader.words(state, one.clock)]
    used = duration(one.counted, rule.unit)
    if one.target is None:
        said.append(_("used: {used}", used=used))
    elif one.remaining is None:
        said.append(_("used: {used} of {target}", used=used, target=duration(one.target, rule.unit)))
    else:
        said.append(
            _(
                "used: {used} of {target}, left: {left}",
                used=used,
                target=duration(one.target, rule.unit),
                left=duration(one.remaining, rule.unit),
            )
        )
    if one.next_opening is not None:
        said.append(_("due at closing; the desk opens again {at}", at=moment(one.next_opening, zone)))
    said.append(
        _(
            "calendar {calendar} ({zone}), policy version {version}",
            calendar=rule.calendar,
            zone=one.clock.calendar.rule.zone,
            version=one.policy,
        )
    )
    origin = ", ".join(part for part in (rule.source, rule.article, rule.mark) if part)
    if origin:
        said.append(_("source: {source}", source=origin))
    if rule.assumed:
        said.append(_("assumed: {what}", what=rule.assumed))
    yield from wrapped(f"{clock_name(state.name)}: {target}", width)
    for line in said:
        yield from wrapped(line, width, "  ")


def ledger_lines(one: Explanation, now: int, width: int, ascii_only: bool) -> Iterator[str]:
    """Titles and rule, then every stretch with its reason and the sum so far."""
    zone, unit = one.clock.calendar.tz, one.clock.rule.unit
    none = nothing(ascii_only)
    told = list(rows(one.stretches, zone, datetime.fromtimestamp(now, zone).year))
    titles = (_("When"), _("What"), _("Counts"), _("Sum"))

    def figures(row: Row) -> tuple[str, str]:
        return none if row.counted is None else duration(row.counted, unit), duration(row.sum, unit)

    whens = max([cells(titles[0]), *(cells(row.when) for row in told)])
    right = [max([cells(titles[at + 2]), *(cells(figures(row)[at]) for row in told)]) for at in (0, 1)]
    room = max(16, width - whens - sum(right) - 6)
    whats = min(room, max([cells(titles[1]), *(cells(clean(row.what)) for row in told)]))

    def line(when: str, what: str, counted: str, total: str) -> str:
        ends = fit(counted, right[0], right=True), fit(total, right[1], right=True)
        return "  ".join((fit(when, whens), fit(what, whats), *ends)).rstrip()

    yield line(*titles)
    yield rule(ascii_only) * min(width, whens + whats + sum(right) + 6)
    for row in told:
        first, *more = list(wrapped(row.what, whats)) or [""]
        yield line(clean(row.when), first, *figures(row))
        for rest in more:
            yield line("", rest, "", "")


def version_lines(one: Explanation, zone: str, width: int, ascii_only: bool) -> Iterator[str]:
    """The versions of a due time as a table: when, because of what, by whom, from which date to which."""
    yield from table_lines(
        [_version_row(version, zone) for version in one.versions],
        _version_columns(nothing(ascii_only)),
        width=width,
        colour=False,
        ascii_only=ascii_only,
    )


def duration(seconds: int, unit: Unit) -> str:
    """Own time as people say it: ``3h10``, ``40min``, ``2min20s``; days in the day units."""
    if unit in (Unit.CALENDAR_DAYS, Unit.BUSINESS_DAYS):
        return plural("{count} day", "{count} days", seconds // _DAY)
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if seconds < 0 else ""
    if not hours:
        return f"{sign}{minutes}min{rest:02d}s" if rest else f"{sign}{minutes}min"
    return f"{sign}{hours}h{minutes:02d}" if minutes else f"{sign}{hours}h"


def amount_words(amount: int, unit: Unit) -> str:
    """``24 business hours``."""
    match unit:
        case Unit.HOURS:
            return plural("{count} hour", "{count} hours", amount)
        case Unit.BUSINESS_HOURS:
            return plural("{count} business hour", "{count} business hours", amount)
        case Unit.CALENDAR_DAYS:
            return plural("{count} calendar day", "{count} calendar days", amount)
        case _:
            return plural("{count} business day", "{count} business days", amount)


def _version_record(version: DueVersion, zone: str) -> dict[str, object]:
    return {
        "event": version.event,
        "cause": version.cause,
        "actor": version.actor,
        "old": None if version.old is None else rfc3339(version.old, zone),
        "new": None if version.new is None else rfc3339(version.new, zone),
        "policy": version.policy,
        "recorded_at": rfc3339(version.recorded_at, zone),
    }


def _version_row(version: DueVersion, zone: str) -> dict[str, object]:
    return {
        "recorded_at": moment(version.recorded_at, zone),
        "cause": term_of(Act, version.cause),
        "actor": version.actor,
        "old": None if version.old is None else due_moment(version.old, zone),
        "new": None if version.new is None else due_moment(version.new, zone),
        "policy": version.policy,
    }


def _version_columns(none: str) -> tuple[Column, ...]:
    return (
        Column("recorded_at", N_("Recorded")),
        Column("cause", N_("Because"), flex=True),
        Column("actor", N_("By"), priority=1),
        Column("old", N_("Due before"), render=lambda row: str(row["old"] or none)),
        Column("new", N_("Due since"), render=lambda row: str(row["new"] or none)),
        Column("policy", N_("Policy"), align="right", priority=2),
    )
