"""Incidents: one cause that troubles many customers, and which tickets sound like it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ouvidoria_tui.domain.fold import fold

_WORD = re.compile(r"[^\W_]+")
#: Words shorter than this say little; so do these.
_LEAST = 4
_EMPTY = frozenset(
    """
    para pelo pela pelos pelas como mais esta este isso essa esse nossa nosso desde sobre ainda entre foram estao
    estava quando onde porque qual quais todos todas toda todo muito muita
    with from that this have been were your them they
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened (``title``), since when, and when it was over; ``cause`` is a slug. Times are epoch seconds."""

    number: int
    title: str
    opened_at: int
    opened_by: int
    cause: str | None = None
    closed_at: int | None = None
    reason: str | None = None

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.closed_at is None


def telling_words(text: str) -> dict[str, None]:
    """The words of ``text`` that say something, folded, each once, in their order."""
    return {word: None for word in _WORD.findall(fold(text)) if len(word) >= _LEAST and word not in _EMPTY}


def sounds_like(incident: Incident, words: Iterable[str]) -> tuple[str, ...]:
    """The words of the incident's title that ``words`` have too, where they are enough; else none.

    Enough is two of them and at least half; all, where the title has only one.
    """
    title = telling_words(incident.title)
    known = set(words)
    found = tuple(word for word in title if word in known)
    enough = min(len(title), 2) <= len(found) and 2 * len(found) >= len(title)
    return found if found and enough else ()
