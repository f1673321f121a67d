"""Relative times of a story, turned into moments that keep its order and never lie in the future."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_RELATIVE = re.compile(r"-(\d{1,4})(?:([hm])|d(?: ([01]\d|2[0-3]):([0-5]\d))?)", re.ASCII)
_STEP = 60  # between two things of one story that would otherwise fall together


def moment(text: str, *, now: int, zone: ZoneInfo) -> int:
    """UTC epoch seconds of ``"-3d 10:20"`` (desk time), ``"-3d"`` (now's time of day), ``"-5h"`` or ``"-90m"``.

    May lie in the future (``"-0d 18:00"`` in the morning). Raises ``ValueError`` for anything else.
    """
    match = _RELATIVE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a relative time: {text}")
    amount, unit, hour, minute = match.groups()
    if unit is not None:
        return now - int(amount) * (3600 if unit == "h" else 60)
    day = datetime.fromtimestamp(now, zone) - timedelta(days=int(amount))
    if hour is not None:
        day = day.replace(hour=int(hour), minute=int(minute), second=0, fold=0)
    return int(day.timestamp())


class Story:
    """The moments of one ticket, given in the order in which things happened.

    Two things never share a moment unless they are told with the same words. What would lie in the future is
    put shortly before ``now``, and what leads to it before that: the arrival first, the rest in its order.
    """

    def __init__(self, told: Sequence[str], *, now: int, zone: ZoneInfo) -> None:
        order = list(dict.fromkeys(told))
        if order != [text for i, text in enumerate(told) if i == 0 or text != told[i - 1]]:
            raise ValueError("the times of the ticket are not in order")
        moments: list[int] = []
        for text in order:
            at = moment(text, now=now, zone=zone)
            moments.append(max(at, moments[-1] + _STEP) if moments else at)
        latest = now - _STEP
        for i in reversed(range(len(moments))):
            moments[i] = min(moments[i], latest)
            latest = moments[i] - _STEP
        self._at = dict(zip(order, moments, strict=True))

    def at(self, told: str) -> int:
        """UTC epoch seconds of something that belongs to the story; ``KeyError`` for anything else."""
        return self._at[told]

    def text(self, told: str) -> str:
        """The same as RFC 3339 in UTC."""
        return datetime.fromtimestamp(self._at[told], UTC).isoformat()
