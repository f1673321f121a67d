"""How the ticket, writing and the board look. ``pytest FILE --snapshot-update`` accepts a new look; look first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.present.words import set_language
from tests.tui.conftest import Place, press, settle
from tests.tui.test_area_board_stories import asked
from tests.tui.ticket_desk import write

Snap = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"])


def keys(*pressed: str, text: str = "", then: tuple[str, ...] = ()) -> Callable[[Pilot[int]], object]:
    """Presses keys one by one, then writes, then presses others."""

    async def run(pilot: Pilot[int]) -> None:
        await settle(pilot)
        for key in pressed:
            await press(pilot, key)
        if text:
            await write(pilot, text)
        for key in then:
            await press(pilot, key)

    return run


@SIZES
def test_ticket(snap_compare: Snap, place: Place, size: tuple[int, int]) -> None:
    assert snap_compare(place.console(), terminal_size=size, run_before=keys("4", "enter"))


@SIZES
def test_deadlines(snap_compare: Snap, place: Place, size: tuple[int, int]) -> None:
    assert snap_compare(place.console(), terminal_size=size, run_before=keys("3", "p"))


def test_extension(snap_compare: Snap, place: Place) -> None:
    before = keys("5", "G", "p", "p", "plus_sign", "3")
    assert snap_compare(place.console(), terminal_size=(80, 24), run_before=before)


def test_classification(snap_compare: Snap, place: Place) -> None:
    before = keys("5", "space", "space", "c", "right", "tab", "right")
    assert snap_compare(place.console(), terminal_size=(80, 24), run_before=before)


@SIZES
def test_board(snap_compare: Snap, place: Place, size: tuple[int, int]) -> None:
    console = place.console("ouvidora")
    assert snap_compare(console, terminal_size=size, run_before=keys("E", "2", "space"))


@SIZES
def test_board_of_areas(snap_compare: Snap, public_place: Place, size: tuple[int, int]) -> None:
    asked(public_place)
    assert snap_compare(public_place.console(), terminal_size=size, run_before=keys("F"))


def test_an_empty_board_of_areas(snap_compare: Snap, empty_place: Place) -> None:
    assert snap_compare(empty_place.console(), terminal_size=(80, 24), run_before=keys("F"))


def test_the_letter_to_an_area_that_would_leak(snap_compare: Snap, public_place: Place) -> None:
    asked(public_place)
    before = keys("F", "V", "enter", "r", text="Lembramos do Clien|te Exem|plo.", then=("f2",))
    assert snap_compare(public_place.console(), terminal_size=(80, 24), run_before=before)


@pytest.mark.parametrize("tab", ["2", "3", "5"])
def test_tabs(snap_compare: Snap, place: Place, tab: str) -> None:
    assert snap_compare(place.console(), terminal_size=(80, 24), run_before=keys("6", "enter", tab))


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])
def test_reply(snap_compare: Snap, place: Place, size: tuple[int, int]) -> None:
    before = keys("1", "enter", "r", text="Localizamos o pedido; a transportadora entrega amanhã.")
    assert snap_compare(place.console(), terminal_size=size, run_before=before)


def test_letter_with_an_open_place(snap_compare: Snap, place: Place) -> None:
    before = keys("1", "enter", "r", "f8", "enter")
    assert snap_compare(place.console(), terminal_size=(80, 24), run_before=before)


def test_escalate(snap_compare: Snap, place: Place) -> None:
    assert snap_compare(place.console(), terminal_size=(80, 24), run_before=keys("1", "enter", "e"))


def test_ticket_in_english_without_colour_in_ascii(snap_compare: Snap, place: Place) -> None:
    set_language("en")
    console = place.console(ascii_only=True, colour=False)
    assert snap_compare(console, terminal_size=(80, 24), run_before=keys("4", "enter", "2"))


def test_an_empty_board(snap_compare: Snap, empty_place: Place) -> None:
    assert snap_compare(empty_place.console(), terminal_size=(80, 24), run_before=keys("E"))
