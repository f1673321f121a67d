"""Areas from the console: asked, reminded, heard; what was begun is kept."""

from __future__ import annotations

from textual.pilot import Pilot

from ouvidoria_tui.domain.ticket import Status, Turn
from ouvidoria_tui.tui.screens.forward import ForwardScreen
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from tests.tui.conftest import Place, play, press, settle, type_in
from tests.tui.ticket_desk import page, three, write


def test_an_area_is_asked_then_its_answer_is_written_down(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "f")
        await settle(pilot)
        await type_in(pilot, "financeiro")
        await press(pilot, "enter")
        assert "o prazo" in page(pilot) or "os prazos" in page(pilot)
        await write(pilot, "Houve [b]estorno[/b]?")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, TicketScreen)
        ticket = empty_place.desk("ana").store.find(made[0])
        assert (ticket.status, ticket.turn, ticket.area) == (Status.IN_PROGRESS, Turn.AREA, "financeiro")
        await press(pilot, "f")
        await settle(pilot)
        await press(pilot, "enter")  # who owes an answer stands first
        await write(pilot, "Houve, ontem.")
        await press(pilot, "f2")

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(made[0]).turn is Turn.DESK


def test_nothing_is_sent_without_words_and_what_was_begun_comes_back(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "f")
        await settle(pilot)
        await type_in(pilot, "comercial")
        await press(pilot, "enter", "f2")
        assert isinstance(pilot.app.screen, ForwardScreen)
        await write(pilot, "metade")
        await press(pilot, "escape")
        await press(pilot, "f")
        await settle(pilot)
        await type_in(pilot, "comercial")
        await press(pilot, "enter")
        assert "metade" in page(pilot)

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(made[0]).area is None
