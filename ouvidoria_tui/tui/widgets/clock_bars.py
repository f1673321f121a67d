"""The clocks of a ticket in one line: a bar of the time used and what is left in words, so that colour adds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from ouvidoria_tui.domain.clock_state import PAUSED, RUNNING, ClockState, CompiledClock
from ouvidoria_tui.domain.deadline import shown
from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.domain.span import DAY, SIZE, used
from ouvidoria_tui.present.dates import due_words, minutes_words, same_day
from ouvidoria_tui.present.records import left, paired
from ouvidoria_tui.present.safe import cells, clean, cut
from ouvidoria_tui.present.words import _, clock_name, plural
from ouvidoria_tui.present.words import clock_state as state_word
from ouvidoria_tui.tui.theme import Glyphs


@dataclass(frozen=True, slots=True)
class Reading:
    """One clock at one moment: its share of time used (``None``: it has no figure), words long and short, tone.

    ``mark`` says in a word what was done to its due time.
    """

    name: str
    share: float | None
    words: str
    short: str
    tone: str = ""
    mark: str = ""


def share_used(state: ClockState, clock: CompiledClock | None, now: int) -> float | None:
    """How much of the clock's own time has gone, from 0 to 1; ``None`` where it has no figure."""
    if state.state == RUNNING and state.due_at is not None and now > state.due_at:
        return 1.0
    if state.amount is None or clock is None:
        return None
    whole = state.amount * SIZE[clock.rule.unit]
    gone = state.spent or 0
    if state.state == RUNNING:
        gone += used(clock.rule.unit, state.since, max(now, state.since), clock.of(state).calendar)
    return min(1.0, max(0.0, gone / whole)) if whole else None


def mark_of(state: ClockState) -> str:
    """What was done to the due time of a living clock, in a word: extended, or told of in time."""
    if state.state != RUNNING:
        return ""
    if state.extra:
        return _("extended")
    return _("customer told") if state.notified_at is not None else ""


def readings(
    states: Sequence[ClockState], clocks: Sequence[CompiledClock], now: int, zone: str, glyphs: Glyphs
) -> list[Reading]:
    """Every clock of a ticket, in the policy's order."""
    return [_reading(state, clock, now, zone, glyphs) for state, clock in paired(states, clocks)]


def _reading(state: ClockState, clock: CompiledClock | None, now: int, zone: str, glyphs: Glyphs) -> Reading:
    name, share, word = clean(clock_name(state.name)), share_used(state, clock, now), shown(state, now)
    if word == "lapsed":
        return Reading(name, 1.0, clean(state_word(word)), glyphs.nothing, "quiet")
    mark = mark_of(state)
    if state.state == RUNNING and state.due_at is not None:
        if word == "missed":
            late = due_words(state.due_at, now)
            return Reading(
                name, share, _("late {span}", span=late.lstrip("-")), f"{glyphs.late} {late}", "late", mark
            )
        span = _left(state, clock, now)
        today = same_day(state.due_at, now, zone)
        text = f"{glyphs.today} {span}" if today else span
        return Reading(name, share, text, text, "today" if today else "", mark)
    if state.state == PAUSED:
        span = _kept(state, clock)
        if state.suspended_at is not None:
            word = _("suspended")
            return Reading(
                name, share, _("suspended, {span} left", span=span), f"{glyphs.paused} {word}", "quiet"
            )
        return Reading(
            name, share, _("paused, {span} left", span=span), f"{glyphs.paused} {_('hold')}", "quiet"
        )
    if word == "met":
        return Reading(name, share, f"{glyphs.ok} {_('met')}", glyphs.ok, "good")
    if word == "missed":
        return Reading(name, 1.0, f"{glyphs.late} {_('met late')}", f"{glyphs.late} {glyphs.ok}", "late")
    if word == "stopped":
        return Reading(name, share, _("ended unanswered"), glyphs.nothing, "quiet")
    if word == "undefined":
        return Reading(name, None, _("not defined"), glyphs.nothing, "quiet")
    return Reading(name, share, clean(state_word(word)), glyphs.nothing, "quiet")


def _kept(state: ClockState, clock: CompiledClock | None) -> str:
    """What a paused clock keeps, in its own unit."""
    seconds = state.remaining or 0
    if clock is not None and clock.rule.unit in (Unit.CALENDAR_DAYS, Unit.BUSINESS_DAYS):
        return plural("{count} day", "{count} days", seconds // DAY)
    return minutes_words(seconds // 60)


def _left(state: ClockState, clock: CompiledClock | None, now: int) -> str:
    """What is left in the clock's own unit: open hours, business days, or time by the wall."""
    assert state.due_at is not None
    if clock is not None and clock.rule.unit is Unit.BUSINESS_HOURS:
        return minutes_words((left(state, now, clock) or 0) // 60)
    if clock is not None and clock.rule.unit is Unit.BUSINESS_DAYS and state.due_at - now > DAY:
        days = used(clock.rule.unit, now, state.due_at - 1, clock.of(state).calendar) // DAY
        if days:
            return _("{days} b.d.", days=days)
    return due_words(state.due_at, now)


def bar(share: float | None, width: int, glyphs: Glyphs) -> str:
    """A bar of ``width`` cells; any time used shows one cell, and only all of it fills the bar."""
    if share is None:
        return glyphs.nothing.center(width)
    full = 0 if share <= 0 else width if share >= 1 else max(1, min(width - 1, round(share * width)))
    return glyphs.full * full + glyphs.empty * (width - full)


def bar_line(found: Sequence[Reading], width: int, glyphs: Glyphs) -> list[tuple[str, str]]:
    """(text, tone) of the line: the widest way of saying all clocks that fits into ``width`` cells."""
    tried: list[tuple[str, str]] = []
    # A word about a due time is worth more than a bar.
    for marks in (True, False) if any(one.mark for one in found) else (False,):
        for cells_of_bar, wordy in ((12, True), (6, True), (6, False), (4, False), (3, False), (0, False)):
            tried = _spans(found, cells_of_bar, wordy, glyphs, marks=marks)
            if sum(cells(text) for text, _tone in tried) <= width:
                return tried
    return [(cut("".join(text for text, _tone in tried), width, glyphs.ellipsis), "")]


def _spans(
    found: Sequence[Reading], width: int, wordy: bool, glyphs: Glyphs, *, marks: bool
) -> list[tuple[str, str]]:
    spans: list[tuple[str, str]] = []
    for number, one in enumerate(found):
        if number:
            spans.append((f" {glyphs.dot} ", "quiet"))
        spans.append((f"{one.name} ", ""))
        if width:
            spans.append((f"{bar(one.share, width, glyphs)} ", one.tone))
        spans.append((one.words if wordy else one.short, one.tone))
        if marks and one.mark:
            spans.append((f" ({one.mark})", one.tone))
    return spans


#: The colours of the tones; the words say the same.
STYLES = {"late": "bold $error", "today": "$warning", "good": "$success", "quiet": "$secondary"}


class ClockBars(Static):
    """The line."""

    DEFAULT_CSS = "ClockBars { height: 1; padding: 0 1; }"

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self.glyphs = glyphs
        self.found: Sequence[Reading] = ()

    def show(self, found: Sequence[Reading]) -> None:
        """Says these clocks."""
        self.found = tuple(found)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Fits them anew."""
        self._draw()

    def _draw(self) -> None:
        width = self.content_size.width
        if width <= 0:
            return
        line = Content("")
        for text, tone in bar_line(self.found, width, self.glyphs):
            line += Content(text).stylize(STYLES.get(tone, ""))
        self.update(line if self.found else Content(_("no deadline is counted")).stylize("$secondary"))
