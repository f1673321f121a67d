"""Pauses as half-open spans of epoch seconds, in any order, overlapping or not."""

from __future__ import annotations

from collections.abc import Sequence

Pause = tuple[int, int]


def unite(pauses: Sequence[Pause], low: int, high: int) -> list[Pause]:
    """The same pauses in order, clipped to ``[low, high)``, with those that overlap or touch made one."""
    united: list[Pause] = []
    for start, end in sorted(pauses):
        start, end = max(start, low), min(end, high)
        if start >= end:
            continue
        if united and start <= united[-1][1]:
            if end > united[-1][1]:
                united[-1] = (united[-1][0], end)
        else:
            united.append((start, end))
    return united
