"""The one table of keys: it makes the bindings, the footer's hints, the help screen and docs/keys.md.

A screen says ``BINDINGS = bindings(Where.TICKET)`` and writes one ``action_…`` for each entry that holds there.
``id`` is what a user's own keymap names. To add a key: add an entry to the part of the table where its neighbours
are and, if it shall be hinted, its id to ``key_hints.HINTS``. ``python -m ouvidoria_tui.tui.keys`` prints the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding

from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.tui.key import ALL, NEVER, NEVER_ALONE, Key, Where
from ouvidoria_tui.tui.key_hints import HINTS
from ouvidoria_tui.tui.keys_acts import ACTS
from ouvidoria_tui.tui.keys_moving import MOVING
from ouvidoria_tui.tui.keys_screens import SCREENS

__all__ = [
    "BY_ID",
    "HINTS",
    "KEYS",
    "NEVER",
    "NEVER_ALONE",
    "Key",
    "Where",
    "at",
    "bindings",
    "keys_of",
    "page",
    "shown",
]

KEYS: tuple[Key, ...] = (*MOVING, *ACTS, *SCREENS)
BY_ID: Mapping[str, Key] = {key.id: key for key in KEYS}

_SHOWN = {
    "question_mark": "?", "plus": "+", "colon": ":", "slash": "/", "left_square_bracket": "[",
    "right_square_bracket": "]", "escape": "esc", "up": "↑", "down": "↓", "pageup": "PgUp", "pagedown": "PgDn",
}  # fmt: skip


def shown(key: str) -> str:
    """How a key is written for people: ``?`` for ``question_mark``, ``espaço`` for ``space``."""
    if key == "space":
        return _("space")
    return key.upper() if key[:1] == "f" and key[1:].isdigit() else _SHOWN.get(key, key)


def keys_of(entry: Key, keymap: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys of an entry, as the user's own keymap has them where it says something."""
    own = (keymap or {}).get(entry.id)
    return tuple(own.split(",")) if own else entry.keys


def at(where: Where) -> tuple[Key, ...]:
    """The entries that hold on a screen, in the order of the table."""
    return tuple(entry for entry in KEYS if where in entry.where)


def bindings(where: Where) -> list[Binding]:
    """The bindings of a screen, for its ``BINDINGS``."""
    made: list[Binding] = []
    for entry in at(where):
        if entry.each:
            made += [
                Binding(key, f"{entry.action}({number})", show=False, id=f"{entry.id}.{number}")
                for number, key in enumerate(entry.keys, 1)
            ]
        else:
            made.append(Binding(",".join(entry.keys), entry.action, show=False, id=entry.id))
    return made


def page() -> str:
    """docs/keys.md in the language in force."""
    lines = [
        f"# {_('Keys of the console')}",
        "",
        _("Made from the table in ouvidoria_tui/tui/keys.py. The id names a key in one's own keymap."),
        "",
        f"| {_('Key')} | {_('What')} | {_('Where')} | id |",
        "|---|---|---|---|",
    ]
    for entry in KEYS:
        keys = (
            f"`{entry.keys[0]}`–`{entry.keys[-1]}`"
            if entry.each
            else " ".join(f"`{shown(k)}`" for k in entry.keys)
        )
        where = _("everywhere") if entry.where == ALL else ", ".join(w for w in Where if w in entry.where)
        lines.append(f"| {keys} | {say(entry.about)} | {where} | `{entry.id}` |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
