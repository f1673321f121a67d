"""Moments and durations for people: ``20/11/2026 10h00``, ``3h``, ``2h05``; and back, from what they type."""

from __future__ import annotations

from datetime import tzinfo

from ouvidoria_tui.present.words import language
from ouvidoria_tui.present.zones import local
from ouvidoria_tui.present.zones import parse_rfc3339 as parse_rfc3339
from ouvidoria_tui.present.zones import rfc3339 as rfc3339


def day(epoch: int, zone: str | tzinfo) -> str:
    """``20/11/2026`` in Portuguese, ``2026-11-20`` in English."""
    moment = local(epoch, zone)
    if moment is None:
        return f"@{epoch}"
    year, month, number = f"{moment.year:04d}", f"{moment.month:02d}", f"{moment.day:02d}"
    return f"{number}/{month}/{year}" if language() == "pt-BR" else f"{year}-{month}-{number}"


def hour(epoch: int, zone: str | tzinfo) -> str:
    """``10h00`` in Portuguese, ``10:00`` in English."""
    moment = local(epoch, zone)
    if moment is None:
        return f"@{epoch}"
    return f"{moment.hour:02d}{'h' if language() == 'pt-BR' else ':'}{moment.minute:02d}"


def moment(epoch: int, zone: str | tzinfo) -> str:
    """Day and hour: ``20/11/2026 10h00`` in Portuguese, ``2026-11-20 10:00`` in English."""
    return f"@{epoch}" if local(epoch, zone) is None else f"{day(epoch, zone)} {hour(epoch, zone)}"


def same_day(one: int, other: int, zone: str | tzinfo) -> bool:
    """Whether both moments lie on one calendar day at the desk."""
    first, second = local(one, zone), local(other, zone)
    return first is not None and second is not None and first.date() == second.date()


def parse_when(text: str, zone: str | tzinfo, now: int) -> int:
    """UTC epoch seconds of a moment as people write it (see ``present.when``). Raises ``BAD_TIME``."""
    from ouvidoria_tui.present import when  # its patterns are only needed where somebody typed a moment

    return when.parse_when(text, zone, now)


def due_words(due_at: int, now: int) -> str:
    """What is left, in its largest unit: ``3d``, ``3h``, ``40min``; with a minus when it is late: ``-2d``.

    Rounded towards zero, but a late one is never less than ``-1min`` late.
    """
    left = due_at - now
    minutes = abs(left) // 60
    sign = "-" if left < 0 else ""
    if minutes >= 1440:
        return f"{sign}{minutes // 1440}d"
    if minutes >= 60:
        return f"{sign}{minutes // 60}h"
    return f"{sign}{max(minutes, 1) if left < 0 else minutes}min"


def minutes_words(minutes: int) -> str:
    """A duration of business or wall-clock minutes: ``40min``, ``2h``, ``2h05``; never days."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    if not hours:
        return f"{sign}{rest}min"
    return f"{sign}{hours}h{rest:02d}" if rest else f"{sign}{hours}h"


def decimal(value: float, places: int = 1) -> str:
    """A figure with ``places`` decimals: ``1.234,5`` in Portuguese, ``1,234.5`` in English."""
    figure = f"{value:,.{places}f}"
    return figure.translate({44: ".", 46: ","}) if language() == "pt-BR" else figure
