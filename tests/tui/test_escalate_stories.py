"""Up and down the ladder: the form, and the board of what is up there."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.desk.escalate import hand_back
from ouvidoria_tui.tui.messages import StoreChanged
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.escalate import EscalateScreen
from ouvidoria_tui.tui.screens.escalations import EscalationsScreen
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from tests.tui.conftest import Place, play, press, settle, type_in
from tests.tui.ticket_desk import escalated, page, three, toasts, write


def board_of(pilot: Pilot[int]) -> EscalationsScreen:
    screen = pilot.app.screen
    assert isinstance(screen, EscalationsScreen)
    return screen


def reason_left(pilot: Pilot[int]) -> str:
    screen = pilot.app.screen
    assert isinstance(screen, EscalateScreen)
    return screen.missing()


def test_a_reason_that_is_too_short_is_refused_in_words(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "e")
        await write(pilot, "demora")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, EscalateScreen)
        assert "Falta: motivo detalhado" in reason_left(pilot)
        assert empty_place.desk("ana").store.find(made[0]).level == 0
        await write(pilot, "A área não respondeu em dez dias.")
        assert reason_left(pilot) == ""
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, TicketScreen)
        assert empty_place.desk("ana").store.find(made[0]).level == 1
        await press(pilot, "u")

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(made[0]).level == 0


def test_the_form_says_who_is_told_and_keeps_what_was_begun(empty_place: Place) -> None:
    three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "e", "shift+tab", "right")
        assert "Para: Ouvidoria" in page(pilot)
        assert "— → N2" in page(pilot)
        await write(pilot, "metade")
        await press(pilot, "escape")
        await press(pilot, "e")
        assert "metade" in page(pilot)
        assert "Para: Ouvidoria" in page(pilot)

    play(empty_place.console(), story)


def test_the_board_acknowledges_and_hands_back_with_an_instruction(empty_place: Place) -> None:
    made = escalated(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "E")
        shown = page(pilot)
        assert "[N2 2]" in shown
        assert "2 sem ciência" in shown
        await press(pilot, "A")
        assert "1 sem ciência" in page(pilot)
        await press(pilot, "space", "space", "B")
        await type_in(pilot, "responder até sexta")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "enter")
        assert "[N2 0]" in page(pilot)

    play(empty_place.console("ouvidora"), story)
    store = empty_place.desk("ana").store
    assert [store.find(protocol).level for protocol in made] == [0, 0, 0]


def test_cursor_and_marks_are_tickets_when_others_hand_one_back(empty_place: Place) -> None:
    made = escalated(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "E", "G")
        board = board_of(pilot)
        assert [target.protocol for target in board.targets()] == [made[1]]
        hand_back(empty_place.desk("ouvidora"), made[0], "resolvam lá")
        board.post_message(StoreChanged())
        await settle(pilot)
        assert [target.protocol for target in board.targets()] == [made[1]]

    play(empty_place.console("ouvidora"), story)


def test_a_ticket_is_opened_from_the_board_and_j_walks_its_level(empty_place: Place) -> None:
    made = escalated(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "E", "enter", "J")
        assert made[1] in page(pilot)
        assert "2 de 2" in page(pilot)
        await press(pilot, "escape")
        assert [target.protocol for target in board_of(pilot).targets()] == [made[1]]

    play(empty_place.console("ouvidora"), story)


def test_the_filter_of_the_board_hides_and_esc_brings_back(empty_place: Place) -> None:
    escalated(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "E", "slash")
        await type_in(pilot, "xyzzy")
        assert "2026-" not in page(pilot)
        assert "esc" in page(pilot)
        await press(pilot, "escape")
        assert "2026-" in page(pilot)

    play(empty_place.console("ouvidora"), story)


@pytest.mark.parametrize("key", ["A", "B"])
def test_who_may_not_is_told_so(empty_place: Place, key: str) -> None:
    escalated(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "E", key)
        assert not isinstance(pilot.app.screen, Ask)
        assert any("may not" in words or "não pode" in words for words in toasts(pilot))

    play(empty_place.console("bia"), story)
