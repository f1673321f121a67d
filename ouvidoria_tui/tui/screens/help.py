"""``?``: every key of the screen, to be searched and run; one that cannot be run now says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.tui.keys import Key, Where, at, keys_of, shown
from ouvidoria_tui.tui.screens.picker import Choice, Picker


def key_choices(
    where: Where, why_not: Callable[[Key], str], keymap: Mapping[str, str] | None = None
) -> list[Choice]:
    """The keys of a screen as choices; their ids are those of the table."""
    found = []
    for entry in at(where):
        keys = keys_of(entry, keymap)
        lead = f"{shown(keys[0])}–{shown(keys[-1])}" if entry.each else " ".join(map(shown, keys))
        reason = _("Press the key itself") if entry.each else why_not(entry)
        found.append(Choice(f"key:{entry.id}", f"{say(entry.label)} · {say(entry.about)}", lead, reason))
    return found


class Help(Picker):
    """Dismissed with ``key:ID`` of the table, or ``None``."""

    def __init__(
        self, where: Where, why_not: Callable[[Key], str], keymap: Mapping[str, str] | None = None
    ) -> None:
        choices = key_choices(where, why_not, keymap)
        super().__init__(_("Keys"), choices, hint=_("type to search, enter runs"), lead=10)
