"""How an agent speaks on the telephone: a short card of our own, ticked by who spoke (S4-02, S4-03, S4-04).

The source puts empathy among the things not to do, by a slip; it is asked for here (S4-04, a deviation on purpose).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_


class Conduct(StrEnum):
    """What the card asks, in its order."""

    CLEAR = "clear"
    COURTEOUS = "courteous"
    LISTENED = "listened"
    EMPATHY = "empathy"
    NO_CRITICISM = "no-criticism"


def ticks(written: str) -> tuple[Conduct, ...]:
    """The ticks of ``clear,courteous``, each once, in the card's order; ``all`` for every one, ``none`` for none.

    Raises ``UsageError`` ``BAD_CHOICE``.
    """
    names = {name.strip().lower() for name in written.split(",") if name.strip()}
    if names == {"all"}:
        return tuple(Conduct)
    if names == {"none"}:
        return ()
    known = {one.value for one in Conduct}
    wrong = sorted(names - known)
    if wrong or not names:
        raise UsageError(
            "BAD_CHOICE",
            N_("{option} cannot be {written}", option="--conduct", written=(wrong or [""])[0][:40]),
            N_("choose one of: {names}", names=", ".join([*(one.value for one in Conduct), "all", "none"])),
        )
    return in_order(Conduct(name) for name in names)


def in_order(some: Iterable[Conduct]) -> tuple[Conduct, ...]:
    """Ticks in the order of the card, each once."""
    given = set(some)
    return tuple(one for one in Conduct if one in given)
