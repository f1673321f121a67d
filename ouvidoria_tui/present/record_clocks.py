"""The clocks of a ticket in words: what is left of each, since when it is late, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ouvidoria_tui.domain.deadline import ClockState, CompiledClock, shown
from ouvidoria_tui.domain.policy import Policy, Unit
from ouvidoria_tui.present.dates import day, due_words, hour, minutes_words, moment
from ouvidoria_tui.present.record_text import wrapped
from ouvidoria_tui.present.records import left, paired, source_of
from ouvidoria_tui.present.safe import cells, clean, fit
from ouvidoria_tui.present.words import _, clock_name, language
from ouvidoria_tui.present.words import clock_state as state_word


def due_moment(due_at: int, zone: str) -> str:
    """Until when: midnight as 24:00 of the day that it ends, since nobody reads 00:00 of the next one so."""
    if hour(due_at, zone) in ("00:00", "00h00"):
        return f"{day(due_at - 1, zone)} {'24h00' if language() == 'pt-BR' else '24:00'}"
    return moment(due_at, zone)


@dataclass(frozen=True, slots=True)
class ClockReader:
    """Reads clocks at ``now`` under a policy with its compiled clocks."""

    policy: Policy
    clocks: Sequence[CompiledClock]
    now: int

    def lines(self, states: Sequence[ClockState], width: int) -> Iterator[str]:
        """A clock a line, in the policy's order; one without a figure says ``not defined`` (S2-48)."""
        known = {state.rule for state in states}
        told = [
            (clock_name(state.name), self.words(state, compiled), source_of(compiled))
            for state, compiled in paired(states, self.clocks)
        ]
        told += [
            (clock_name(rule.name), _("not defined"), None)
            for rule in self.policy.clocks
            if rule.name not in known and rule.amount is None and not rule.targets
        ]
        names = max((cells(clean(name)) for name, _words, _source in told), default=0)
        for name, words, source in told:
            text = f"{words} ({source})" if source else words
            for number, line in enumerate(wrapped(text, width - names - 2)):
                yield f"{fit(clean(name) if number == 0 else '', names)}  {line}"

    def words(self, state: ClockState, compiled: CompiledClock | None) -> str:
        """What a clock is doing: ``3h left, due 2026-11-20 10:00``."""
        word = shown(state, self.now)
        when = "" if state.due_at is None else due_moment(state.due_at, self.policy.zone)
        said = self._words(state, compiled, word, when)
        return f"{said}, {_('statutory')}" if state.statutory else said

    def _words(self, state: ClockState, compiled: CompiledClock | None, word: str, when: str) -> str:
        if word == "running":
            return _("{span} left, due {when}", span=self._span(state, compiled), when=when)
        if word == "paused":
            return _("paused with {span} left", span=minutes_words((state.remaining or 0) // 60))
        if word == "met":
            met = "" if state.met_at is None else moment(state.met_at, self.policy.zone)
            if state.missed_at is not None:
                return _("met {when}, after an earlier miss", when=met)
            return _("met {when}", when=met)
        if word == "missed" and state.state == "running" and state.due_at is not None:
            late = due_words(2 * self.now - state.due_at, self.now)
            return _("! late by {span}, was due {when}", span=late, when=when)
        if word == "lapsed":
            return _("the customer's time ended {when}", when=when)
        if word == "missed":
            return _("missed, was due {when}", when=when)
        if word == "stopped":
            return _("ended without an answer")
        return _("not defined") if word == "undefined" else state_word(word)

    def _span(self, state: ClockState, compiled: CompiledClock | None) -> str:
        if compiled is not None and compiled.rule.unit is Unit.BUSINESS_HOURS:
            return _(
                "{span} of opening hours", span=minutes_words((left(state, self.now, compiled) or 0) // 60)
            )
        return due_words(state.due_at or self.now, self.now)
