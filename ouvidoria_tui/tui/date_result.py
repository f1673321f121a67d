"""What a typed date comes to, said while it is typed: the due time that follows, or why it cannot be. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ouvidoria_tui.domain.explain import Explanation
from ouvidoria_tui.domain.extension import grant
from ouvidoria_tui.domain.ticket import Type
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.dates import day, moment
from ouvidoria_tui.present.record_clocks import due_moment
from ouvidoria_tui.present.record_explain import duration
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.tui.typed_due import typed_due, whole_day


@dataclass(frozen=True, slots=True)
class Dated:
    """The moment that is meant (``None``: there is none yet, or it cannot be) and the sentence that says so."""

    to: int | None
    words: str


def extension_dated(one: Explanation, kind: Type, text: str, zone: str, now: int, arrow: str) -> Dated:
    """A new due date for the clock, measured by its rule; the agreement is asked for elsewhere."""
    state, clock = one.state, one.clock
    if not text.strip():
        return Dated(None, _how())
    try:
        to = typed_due(text, clock, state.due_at or now, zone, now)
        given = grant(state, clock, to, now, kind, consent=True)
    except OuvidoriaError as error:
        return Dated(None, _refused(error))
    before = "" if state.due_at is None else due_moment(state.due_at, zone)
    more = duration(given.extra, clock.rule.unit)
    words = _(
        "due {before} {arrow} {after}, {more} more",
        before=before,
        arrow=arrow,
        after=due_moment(given.due_at, zone),
        more=more,
    )
    return Dated(to, words)


def notice_dated(one: Explanation, text: str, zone: str, now: int) -> Dated:
    """A date to be promised to the customer; it moves no due time."""
    if not text.strip():
        return Dated(None, _how())
    try:
        to = typed_due(text, one.clock, max(now, one.state.due_at or now), zone, now)
        whole = whole_day(to, zone)
        calendar = one.clock.calendar
        until = calendar.midnight(calendar.local_date(to) + timedelta(days=1)) if whole else to
    except OuvidoriaError as error:
        return Dated(None, _refused(error))
    if until <= now:
        return Dated(None, _("that has passed already"))
    said = day(to, zone) if whole else moment(to, zone)
    if one.state.due_at is not None and now > one.state.due_at:
        return Dated(to, _("the customer is told {date}; the clock is late already", date=said))
    return Dated(to, _("the customer is told {date}; no due time moves", date=said))


def _how() -> str:
    return _("a date like {example}, or +10 for ten more days as this clock counts them", example=_example())


def _example() -> str:
    from ouvidoria_tui.present.words import language

    return "15/12/2026" if language() == "pt-BR" else "2026-12-15"


def _refused(error: OuvidoriaError) -> str:
    hint = f" ({say(error.hint)})" if error.code == "BAD_TIME" and error.hint is not None else ""
    return f"{error.code}: {say(error.message)}{hint}"
