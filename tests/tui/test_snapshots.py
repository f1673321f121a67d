"""How the queue looks. ``pytest FILE --snapshot-update`` accepts a new look; look at it first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.errors import StoreError
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.text import N_
from tests.tui.conftest import Place, press, settle, type_in
from tests.tui.test_hostile import NASTY

Snap = Callable[..., bool]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"])
def test_queue(snap_compare: Snap, place: Place, size: tuple[int, int]) -> None:
    assert snap_compare(place.console(), terminal_size=size, run_before=settle)


def test_queue_in_english(snap_compare: Snap, place: Place) -> None:
    set_language("en")
    assert snap_compare(place.console(), terminal_size=(80, 24), run_before=settle)


def test_queue_without_colour(snap_compare: Snap, place: Place) -> None:
    assert snap_compare(place.console(colour=False), terminal_size=(80, 24), run_before=settle)


def test_queue_in_ascii(snap_compare: Snap, place: Place) -> None:
    assert snap_compare(place.console(ascii_only=True), terminal_size=(80, 24), run_before=marked)


def test_marks_and_a_filter_that_hides_some(snap_compare: Snap, place: Place) -> None:
    assert snap_compare(place.console(), terminal_size=(80, 24), run_before=marked)


def test_a_mistake_in_the_filter(snap_compare: Snap, place: Place) -> None:
    async def mistaken(pilot: Pilot[int]) -> None:
        await settle(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "dono:eu prazi<2d")

    assert snap_compare(place.console(), terminal_size=(80, 24), run_before=mistaken)


def test_nothing_is_found_by_the_filter(snap_compare: Snap, place: Place) -> None:
    async def filtered(pilot: Pilot[int]) -> None:
        await settle(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "xyzzy")
        await press(pilot, "enter")

    assert snap_compare(place.console(), terminal_size=(80, 24), run_before=filtered)


def test_nothing_has_arrived(snap_compare: Snap, empty_place: Place) -> None:
    assert snap_compare(empty_place.console(), terminal_size=(80, 24), run_before=settle)


def test_the_store_cannot_be_read(snap_compare: Snap, place: Place) -> None:
    def broken() -> Desk:
        raise StoreError(
            "STORE_LOCKED",
            N_(
                "{path} is busy: another process has been writing for too long",
                path=Path("/srv/ouvidoria/desk.db"),
            ),
            N_("try again; `ouvidoria doctor` shows who has it open"),
        )

    console = place.console()
    for lane in console.service._lanes.values():
        lane.opener = broken
    assert snap_compare(console, terminal_size=(80, 24), run_before=settle)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What a slow store waits for."""
    event = threading.Event()
    yield event
    event.set()


def test_the_store_has_not_answered_yet(snap_compare: Snap, place: Place, gate: threading.Event) -> None:
    console = place.console()
    for lane in console.service._lanes.values():
        opener = lane.opener

        def slow(opener: Callable[[], Desk] = opener) -> Desk:
            gate.wait(20)
            return opener()

        lane.opener = slow

    async def drawn(pilot: Pilot[int]) -> None:
        await pilot.pause(0.1)

    assert snap_compare(console, terminal_size=(80, 24), run_before=drawn)


def test_hostile_words(snap_compare: Snap, empty_place: Place) -> None:
    desk = empty_place.desk("ana")
    for words in NASTY.values():
        receive(desk, Manifestation(words[:1000], words[:200]))
    assert snap_compare(empty_place.console(), terminal_size=(120, 40), run_before=settle)


def test_help(snap_compare: Snap, place: Place) -> None:
    async def asked(pilot: Pilot[int]) -> None:
        await settle(pilot)
        await press(pilot, "question_mark")

    assert snap_compare(place.console(), terminal_size=(80, 24), run_before=asked)


async def marked(pilot: Pilot[int]) -> None:
    await settle(pilot)
    await press(pilot, "2", "space", "j", "space", "space", "4")
    await press(pilot, "slash")
    await type_in(pilot, "nivel:2,3")
    await press(pilot, "enter", "space")
