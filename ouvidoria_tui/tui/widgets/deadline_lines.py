"""The lines of the screen of deadlines: a clock explained, and what can be done to it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ouvidoria_tui.domain.clock_state import PAUSED, RUNNING, ClockState, CompiledClock
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.present.record_clocks import ClockReader, due_moment
from ouvidoria_tui.present.record_explain import duration, head_lines, ledger_lines, version_lines
from ouvidoria_tui.present.safe import cells, clean, cut, fit
from ouvidoria_tui.present.words import _, clock_name, clock_state
from ouvidoria_tui.tui.reads_deadline import ClockDeadline, Deadlines
from ouvidoria_tui.tui.rule_words import act_words, rule_sentences, state_of
from ouvidoria_tui.tui.theme import Glyphs
from ouvidoria_tui.tui.widgets.lines import Line, blank, plain, prose

#: Wider than this the figures are too far from what they count.
WIDEST = 100


def explained_lines(found: Deadlines, one: ClockDeadline, width: int, *, ascii_only: bool) -> Iterator[Line]:
    """How the clock stands, each stretch counted or not and why, and every version of its due time."""
    page, width = found.page, min(width, WIDEST)
    reader = ClockReader(page.policy, page.clocks, page.now)
    head, *rest = head_lines(one.explained, reader, page.policy, width)
    yield plain(head, "head")
    for number, words in enumerate(rest):
        yield plain(words, "late" if number == 0 and _late(one.explained.state, page.now) else "")
    yield blank()
    titles, rule, *stretches = ledger_lines(one.explained, page.now, width, ascii_only)
    yield from (plain(titles, "head"), plain(rule, "quiet"))
    yield from (plain(words) for words in stretches)
    if one.explained.versions:
        yield blank()
        titles, *versions = version_lines(one.explained, page.policy.zone, width, ascii_only)
        yield plain(titles, "head")
        yield from (plain(words) for words in versions)


def act_lines(
    found: Deadlines, one: ClockDeadline, keys: dict[Verb, str], width: int, glyphs: Glyphs, *, rules: bool
) -> Iterator[Line]:
    """What can be done to the clock, an item each; with ``rules`` each with its rule under it."""
    zone, promise = found.page.policy.zone, found.page.policy.promise
    column = max(cells(act_words(verb)) for verb in one.acts)
    for number, (verb, possible) in enumerate(one.acts.items()):
        if rules and number:
            yield Line((), verb.value)
        lead = f"{fit(keys.get(verb, ''), 2)}{fit(act_words(verb), column)}  "
        off = possible.why_not is not None
        words = f"{glyphs.late} {state_of(possible, zone)}" if off else state_of(possible, zone)
        tone = "quiet" if off else "good"
        if not rules:
            short = cut(clean(words), max(8, width - cells(lead)), glyphs.ellipsis)
            yield Line(((lead, "quiet" if off else ""), (short, tone)), verb.value)
            continue
        yield Line(((lead, "quiet" if off else "head"),), verb.value)
        for text, style in ((words, tone), *((rule, "") for rule in _rules(verb, one, zone, promise))):
            yield from (Line(line.spans, verb.value) for line in prose(text, width, style, "  "))


def _rules(verb: Verb, one: ClockDeadline, zone: str, promise: bool) -> list[str]:
    # How far it may go is what the line above says already.
    possible = replace(one.acts[verb], last=None)
    return rule_sentences(verb, one.explained, possible, zone, promise=promise)


def moved_words(
    before: ClockState, after: ClockState, clock: CompiledClock | None, zone: str, arrow: str
) -> str:
    """``resolution: 05/12/2026 24h00 → paused, 3 days left``"""
    old, new = standing(before, clock, zone), standing(after, clock, zone)
    return f"{clean(clock_name(before.name))}: {old} {arrow} {new}"


def standing(state: ClockState, clock: CompiledClock | None, zone: str) -> str:
    """A clock in the fewest words: its due time, or what it keeps while it waits."""
    if state.state == RUNNING and state.due_at is not None:
        return due_moment(state.due_at, zone)
    if state.state == PAUSED:
        word = _("suspended") if state.suspended_at is not None else clean(clock_state(state.state))
        if clock is None or state.remaining is None:
            return word
        return _("{state}, {span} left", state=word, span=duration(state.remaining, clock.rule.unit))
    return clean(clock_state(state.state))


def _late(state: ClockState, now: int) -> bool:
    return state.state == RUNNING and state.due_at is not None and now > state.due_at
