"""The one table of keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.screen import Screen

from ouvidoria_tui.domain.lifecycle import LIFECYCLE
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.tui.app import Console
from ouvidoria_tui.tui.keys import BY_ID, HINTS, KEYS, NEVER, NEVER_ALONE, Where, at, bindings, keys_of, page
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.picker import Picker
from ouvidoria_tui.tui.screens.queue import QueueScreen


def test_no_key_means_two_things_on_one_screen() -> None:
    for where in Where:
        keys = [key for entry in at(where) for key in entry.keys]
        assert sorted(keys) == sorted(set(keys)), where


def test_ids_are_unique_and_hints_name_them() -> None:
    assert len(BY_ID) == len(KEYS)
    for where, ids in HINTS.items():
        assert [id_ for id_ in ids if where not in BY_ID[id_].where] == []


def test_what_a_key_does_is_not_called_as_a_status_is() -> None:
    """One sentence has one translation: the verb “Open” would be shown as the status “Em aberto”."""
    statuses = {rule.label.source for rule in LIFECYCLE.values()}
    assert [entry.id for entry in KEYS if entry.label.source in statuses] == []


@pytest.mark.parametrize("holder", [Console, QueueScreen, Picker, Confirm, Ask])
def test_no_key_is_bound_that_a_terminal_cannot_tell_apart(
    holder: type[App[int]] | type[Screen[None]],
) -> None:
    bound = {key for binding in holder.BINDINGS for key in _keys(binding)}
    assert bound & (NEVER | NEVER_ALONE) == set()


def test_no_action_hangs_on_alt_or_cmd_or_on_a_kept_key_alone() -> None:
    for entry in KEYS:
        assert not all(key in NEVER_ALONE for key in entry.keys), entry.id
        assert not any(key.startswith(("alt+", "super+", "meta+")) for key in entry.keys), entry.id


def test_every_number_key_has_its_own_number() -> None:
    made = {binding.key: binding.action for binding in bindings(Where.QUEUE)}
    assert [made[str(n)] for n in (1, 9)] == ["tab(1)", "tab(9)"]


def test_the_queue_has_an_action_for_every_key_that_is_not_declared_missing() -> None:
    missing = {entry.id for entry in at(Where.QUEUE) if not hasattr(QueueScreen, f"action_{entry.action}")}
    assert not missing


def test_a_keymap_of_ones_own_wins() -> None:
    assert keys_of(BY_ID["take"], {"take": "w,W"}) == ("w", "W")


def test_the_page_of_keys_is_fresh() -> None:
    set_language("en")
    path = Path(__file__).resolve().parents[2] / "docs" / "keys.md"
    assert path.read_text("utf-8") == page(), "python -m ouvidoria_tui.tui.keys > docs/keys.md"


def _keys(binding: object) -> list[str]:
    key = binding[0] if isinstance(binding, tuple) else getattr(binding, "key", "")
    return str(key).split(",")
