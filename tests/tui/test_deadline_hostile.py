"""Outside words on the screens of deadlines and of classification, at every size: nothing acts, nothing breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.tui.widgets.text_box import TextBox
from tests.tui.conftest import Place, play, press, settle
from tests.tui.test_deadline_stories import founded
from tests.tui.test_hostile import NASTY
from tests.tui.test_ticket_hostile import SIZES, harmless

WORDS = " ".join(words[:200] for words in NASTY.values())


@pytest.fixture
def nasty(tmp_path: Path) -> Place:
    """A desk with a cause, a customer and a ticket of hostile words."""
    place = founded(tmp_path)
    desk = place.desk("ana")
    who = Customer(0, WORDS[:200], email="f@example.com")
    made = receive(desk, Manifestation(WORDS[:200], WORDS, customer=who)).protocol
    classify(desk, made, Classification(cause="a" + WORDS[:110]))
    return place


@pytest.mark.parametrize(("size", "ascii_only"), SIZES)
def test_deadlines_and_their_forms_are_harmless(
    nasty: Place, size: tuple[int, int], ascii_only: bool
) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "p")
        harmless(pilot)
        for key in "pns":
            await press(pilot, key)
            for field in pilot.app.screen.query(Input):
                field.value = WORDS[:400]
            for box in pilot.app.screen.query(TextBox):
                box.put(WORDS)
            await settle(pilot)
            harmless(pilot)
            if key != "s":
                pilot.app.screen.query_one("#date", Input).value = "+2"
            await press(pilot, "f2")
            harmless(pilot)
            await press(pilot, *(["escape"] if key == "s" else ["escape", "escape"]))
        await press(pilot, "R")
        harmless(pilot)

    play(nasty.console(ascii_only=ascii_only), story, size=size)


@pytest.mark.parametrize(("size", "ascii_only"), SIZES)
def test_classification_is_harmless(nasty: Place, size: tuple[int, int], ascii_only: bool) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "c", "right")
        harmless(pilot)
        pilot.app.screen.query_one("#cause", Input).value = WORDS[:400]
        await settle(pilot)
        harmless(pilot)
        await press(pilot, "f2")
        harmless(pilot)

    play(nasty.console(ascii_only=ascii_only), story, size=size)
