"""Areas from the console: asked, reminded, heard; what was begun is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.domain.ledger import Part
from ouvidoria_tui.domain.ticket import Status, Turn
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.tui.screens.area_preview import AreaPreview
from ouvidoria_tui.tui.screens.forward import ForwardScreen
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from tests.tui.conftest import AGENT, NOW, Place, play, press, settle, type_in
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


@pytest.fixture
def public_place(tmp_path: Path) -> Place:
    """A public body at which nothing has arrived: its areas may not see who wrote."""
    clock = FixedClock(NOW)
    found_desk(tmp_path / "desk.db", profile="publico-13460", clock=clock, admin=AGENT).close()
    return Place(tmp_path / "desk.db", clock)


def _asked(place: Place, ref: str) -> str:
    desk = place.desk("ana")
    ticket = desk.store.find(ref)
    return next(
        (one.text for one in desk.store.messages(ticket.id).values() if one.part is Part.AREA), "nothing left"
    )


async def _asking(pilot: Pilot[int], words: str) -> None:
    await press(pilot, "5", "enter", "f")
    await settle(pilot)
    await type_in(pilot, "gabinete")
    await press(pilot, "enter")
    await write(pilot, words)
    await press(pilot, "f2")


def test_what_an_area_may_see_is_shown_before_it_leaves(public_place: Place) -> None:
    made = three(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await _asking(pilot, "O Exemplo, cliente@example.com, mora na Rua Nova, 10?")
        assert isinstance(pilot.app.screen, AreaPreview)
        assert "O [nome], [e-mail], mora na [endereço]?" in page(pilot)
        assert _asked(public_place, made[0]) == "nothing left"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ForwardScreen)
        await press(pilot, "f2", "f2")

    play(public_place.console(), story)
    assert _asked(public_place, made[0]) == "O [nome], [e-mail], mora na [endereço]?"


def test_more_words_are_removed_and_others_kept_with_a_reason(public_place: Place) -> None:
    made = three(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await _asking(pilot, "O carro azul bateu na Rua Nova, 10?")
        await press(pilot, "x")
        await type_in(pilot, "carro azul")
        await press(pilot, "enter")
        assert "O [retirado] bateu na [endereço]?" in page(pilot)
        await press(pilot, "k")
        await type_in(pilot, "Rua Nova")
        await press(pilot, "enter")
        await type_in(pilot, "É o endereço da unidade")
        await press(pilot, "enter")
        assert "O [retirado] bateu na Rua Nova, 10?" in page(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TicketScreen)

    play(public_place.console(), story)
    assert _asked(public_place, made[0]) == "O [retirado] bateu na Rua Nova, 10?"


def test_words_that_are_nowhere_are_told_and_the_text_stays(public_place: Place) -> None:
    three(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await _asking(pilot, "Quem decidiu [b]isso[/b]?")
        assert "[b]isso[/b]" in page(pilot)
        await press(pilot, "x")
        await type_in(pilot, "inexistente")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ForwardScreen)
        assert "Quem decidiu" in page(pilot)

    play(public_place.console(), story)
