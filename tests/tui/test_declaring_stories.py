"""A conclusive answer from the console says what became of the wish and of the suggestion, where the policy asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.assess import position
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.tui.screens.choose import Choose
from ouvidoria_tui.tui.screens.compose import ComposeScreen
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.widgets.radio import Radio
from tests.plain_profile import plain
from tests.tui.conftest import AGENT, NOW, Place, play, press
from tests.tui.ticket_desk import page, three, write

WORK = "[work]\nwish = true\n\n[[departments]]"


@pytest.fixture
def strict(tmp_path: Path) -> Place:
    """A desk whose answers declare."""
    clock = FixedClock(NOW)
    text = plain("hospedagem").replace("[[departments]]", WORK, 1)
    found_desk(tmp_path / "desk.db", profile="hospedagem", text=text, clock=clock, admin=AGENT).close()
    return Place(tmp_path / "desk.db", clock)


async def _conclude(pilot: Pilot[int]) -> None:
    await press(pilot, "5", "enter", "r")
    await write(pilot, "Decidimos assim.")
    pilot.app.screen.query_one(Radio).focus()
    await press(pilot, "right", "f2")


@pytest.mark.req("S4-14")
def test_what_became_of_the_wish_is_chosen_before_the_review(strict: Place) -> None:
    made = three(strict)
    position(strict.desk("ana"), made[0], Side.CUSTOMER, "Quero o pedido.", wish=True)

    async def story(pilot: Pilot[int]) -> None:
        await _conclude(pilot)
        assert isinstance(pilot.app.screen, Choose)
        assert isinstance(pilot.app.focused, Input)
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, Review)
        assert "atendido em parte" in page(pilot)
        await press(pilot, "f2")

    play(strict.console(), story)
    store = strict.desk("ana").store
    assert store.events(store.find(made[0]).id)[-1].payload["wish"] == "partly"


def test_escape_from_the_question_sends_nothing(strict: Place) -> None:
    made = three(strict)
    position(strict.desk("ana"), made[0], Side.CUSTOMER, "Quero o pedido.", wish=True)
    store = strict.desk("ana").store
    before = store.find(made[0]).revision

    async def story(pilot: Pilot[int]) -> None:
        await _conclude(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ComposeScreen)

    play(strict.console(), story)
    assert store.find(made[0]).revision == before
