"""Matching what the chains miss with what the desk's order misses, so that each fault is named once."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from ouvidoria_tui.store.problem import Problem
from ouvidoria_tui.store.proof_anchors import Order
from ouvidoria_tui.store.proof_chains import Chains
from ouvidoria_tui.store.proof_tangle import Gap, Link
from ouvidoria_tui.text import N_


def settle(found: Chains, order: Order) -> tuple[list[Problem], set[int]]:
    """The problems of events, and the breaks of the desk's order that they explain."""
    problems = list(found.problems)
    found.gone += [(gap.ticket, gap.first, gap.last) for gap in found.gaps]
    gaps, loners = _claim(found, problems)
    missing = _Missing(order.missing)
    explained: set[int] = set()
    for gap in sorted(gaps, key=lambda gap: (gap.high is None, gap.high, gap.low)):
        left = _fill(_name_gone(gap, missing, problems), loners)
        if left is not None:
            problems.append(_gone(None, left))
            _explain(left, order, explained)
    problems += [
        Problem(first, None, "removed", N_("event {id} of the desk is gone", id=first))
        if first == last
        else Problem(
            first,
            None,
            "removed",
            N_("events {first} to {last} of the desk are gone", first=first, last=last),
        )
        for first, last in missing.ranges
    ]
    return problems, explained


def _claim(found: Chains, problems: list[Problem]) -> tuple[list[Gap], list[int]]:
    """Gaps that are left when events that stand elsewhere have been given back; and the events that fit nowhere."""
    by_prev: dict[bytes, list[tuple[Link, Problem]]] = {}
    for stranger in found.strangers:
        by_prev.setdefault(stranger.link.prev, []).append((stranger.link, stranger.problem))
    claimed: set[int] = set()
    left: list[Gap] = []
    for gap in found.gaps:
        rest: Gap | None = gap
        while rest is not None and rest.link is not None:
            link = next(
                (
                    link
                    for link, _problem in by_prev.get(rest.link, [])
                    if link.id not in claimed and link.fits(rest.ticket, rest.first)
                ),
                None,
            )
            if link is None:
                break
            claimed.add(link.id)
            text = N_("event {place} stands at place {seq} of another ticket", place=rest.first, seq=link.seq)
            problems.append(Problem(link.id, rest.protocol, "reordered", text))
            rest = (
                None
                if rest.first == rest.last
                else replace(rest, first=rest.first + 1, low=link.id, link=link.hash)
            )
        if rest is not None:
            left.append(rest)
    lonely = [stranger for stranger in found.strangers if stranger.link.id not in claimed]
    problems += [stranger.problem for stranger in lonely]
    return left, sorted(stranger.link.id for stranger in lonely if stranger.problem.kind == "added")


def _fill(gap: Gap | None, loners: list[int]) -> Gap | None:
    """What is left of a gap when events of the right numbers, changed beyond recognition, are put into it."""
    while gap is not None:
        at = bisect_left(loners, gap.low + 1)
        if at == len(loners) or (gap.high is not None and loners[at] >= gap.high):
            return gap
        low = loners.pop(at)
        gap = replace(gap, first=gap.first + 1, low=low) if gap.first < gap.last else None
    return None


def _name_gone(gap: Gap, missing: _Missing, problems: list[Problem]) -> Gap | None:
    """Names the events of a gap by the numbers that no event has; what is left finds no number."""
    low = gap.low
    for seq in range(gap.first, gap.last + 1):
        number = missing.take(low, gap.high)
        if number is None:
            return replace(gap, first=seq, low=low)
        problems.append(_gone(number, replace(gap, first=seq, last=seq)))
        low = number
    return None


def _gone(number: int | None, gap: Gap) -> Problem:
    if gap.first == gap.last:
        text = N_("event {seq} is gone", seq=gap.first)
    else:
        text = N_("events {first} to {last} are gone", first=gap.first, last=gap.last)
    return Problem(number, gap.protocol, "removed", text)


def _explain(gap: Gap, order: Order, explained: set[int]) -> None:
    """The break that an event left behind whose number was given to the ones after it."""
    for item in order.breaks:
        if gap.low < item.id and (gap.high is None or item.id <= gap.high) and item.id not in explained:
            explained.add(item.id)
            return


class _Missing:
    """Numbers that no event has, taken one by one."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        self.ranges = sorted(ranges)

    def take(self, low: int, high: int | None) -> int | None:
        """The smallest number above ``low`` and below ``high`` that is left; ``None`` where there is none."""
        at = bisect_left(self.ranges, low + 1, key=lambda item: item[1])
        if at == len(self.ranges):
            return None
        first, last = self.ranges[at]
        number = max(first, low + 1)
        if high is not None and number >= high:
            return None
        rest = [(first, number - 1), (number + 1, last)]
        self.ranges[at : at + 1] = [(a, b) for a, b in rest if a <= b]
        return number
