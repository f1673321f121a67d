"""One key of the console: its id, what it does, on which screens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.text import Text


class Where(StrEnum):
    """The screens that keys belong to."""

    QUEUE = "queue"
    TICKET = "ticket"
    ESCALATIONS = "escalations"
    AREAS = "areas"
    COMPOSE = "compose"
    DEADLINE = "deadline"
    FORM = "form"
    QUARANTINE = "quarantine"
    TRIAGE = "triage"
    NOTICES = "notices"
    ARTICLES = "articles"
    NEW = "new"


ALL = frozenset(Where)
#: Where tickets are read.
READ = frozenset({Where.QUEUE, Where.TICKET, Where.ESCALATIONS, Where.AREAS})
LOOK = READ | {Where.DEADLINE}
LISTS = frozenset({Where.QUEUE, Where.ESCALATIONS, Where.AREAS})
#: Where there is something to move in.
MOVE = LOOK | {Where.QUARANTINE, Where.TRIAGE, Where.NOTICES, Where.ARTICLES}


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a key does. ``each`` gives every key its own parameter, 1 for the first.

    ``counts`` marks an act on what is marked, whose hint shows how many; ``verb`` the permission it needs: the most
    common one where several follow, so that nothing is opened for a role that could do none of them.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    where: frozenset[Where]
    label: Text
    about: Text
    verb: Verb | None = None
    counts: bool = False
    each: bool = False


#: Keys that must never be bound: a terminal sends the same byte for tab, enter, backspace, newline and escape.
NEVER = frozenset({"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+left_square_bracket"})
#: Keys that a terminal, tmux or a window manager may keep: never the only key of anything.
NEVER_ALONE = frozenset({"ctrl+s", "ctrl+q", "ctrl+a", "ctrl+b", "ctrl+o"})


def key(
    id: str,  # noqa: A002
    keys: str,
    action: str,
    where: frozenset[Where],
    label: Text,
    about: Text,
    verb: Verb | None = None,
    *,
    counts: bool = False,
    each: bool = False,
) -> Key:
    """An entry; ``keys`` with spaces between."""
    return Key(id, tuple(keys.split()), action, where, label, about, verb, counts, each)
