"""Floods folded into one line: many acts of one kind in a row, by one person, tell no more than the first (S3-53)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket_file import Entry
from ouvidoria_tui.present.words import plural

#: So many acts of one kind in a row are a flood.
FLOOD: Final = 4
_FLOODS = frozenset({Act.CUSTOMER_REPLIED, Act.NOTED, Act.REPLIED, Act.ASKED, Act.ATTACHED, Act.UPDATED})
_MESSAGES = frozenset({Act.CUSTOMER_REPLIED, Act.NOTED, Act.REPLIED, Act.ASKED})


def folded(entries: Sequence[Entry]) -> list[list[Entry]]:
    """``entries`` in groups: a flood of one kind by one actor is one group, everything else stands alone."""
    groups: list[list[Entry]] = []
    for entry in entries:
        last = groups[-1][-1] if groups else None
        if last is not None and _alike(last, entry):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return [
        part
        for group in groups
        for part in ([group] if len(group) >= FLOOD else [[entry] for entry in group])
    ]


def many_words(group: Sequence[Entry]) -> str:
    """How many a flood is: ``10 messages``, ``6 times``."""
    if group[0].event.type in _MESSAGES:
        return plural("{count} message", "{count} messages", len(group))
    return plural("{count} time", "{count} times", len(group))


def _alike(one: Entry, other: Entry) -> bool:
    same = (one.event.type, one.event.actor, one.origin) == (
        other.event.type,
        other.event.actor,
        other.origin,
    )
    return same and one.event.type in _FLOODS
