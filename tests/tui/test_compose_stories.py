"""Writing: nothing that was typed is lost, nothing leaves without a look at it, nobody is overwritten."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.desk import drafts
from ouvidoria_tui.desk.assess import position
from ouvidoria_tui.desk.assign import assign
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.ledger import Part
from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.tui.screens.compose import ComposeScreen
from ouvidoria_tui.tui.screens.conflict import Conflicted
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.widgets.radio import Radio
from ouvidoria_tui.tui.widgets.text_box import TextBox
from tests.tui.conftest import Place, play, press, settle
from tests.tui.ticket_desk import page, three, write


def kept(place: Place, agent: str = "ana") -> list[str]:
    """The drafts in the store."""
    desk = place.desk(agent)
    return [row.text for row in drafts.own(desk)]


def test_a_reply_is_reviewed_and_sent_and_its_draft_goes_with_it(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, "Localizamos o pedido.")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Review)
        shown = page(pilot)
        assert "Cliente Exemplo" in shown
        assert "Em aberto → Respondido" in shown
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, TicketScreen)
        assert "Localizamos" in page(pilot)

    play(empty_place.console(), story)
    store = empty_place.desk("ana").store
    ticket = store.find(made[0])
    assert (ticket.status, ticket.concluded_at) == (Status.ANSWERED, None)
    assert kept(empty_place) == []


def test_a_conclusive_answer_is_chosen_with_the_arrows(empty_place: Place) -> None:
    made = three(empty_place)
    for side in Side:
        position(empty_place.desk("ana"), made[0], side, "O que se tem a dizer.")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, "Pedido entregue ontem.")
        pilot.app.screen.query_one(Radio).focus()
        await press(pilot, "right", "f2")
        assert "resposta conclusiva" in page(pilot)
        await press(pilot, "f2")

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(made[0]).concluded_at is not None


def test_a_draft_is_kept_on_esc_and_comes_back(empty_place: Place) -> None:
    three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, "Meio texto")
        await press(pilot, "escape")
        assert kept(empty_place) == ["Meio texto"]
        assert "rascunho" in page(pilot)
        await press(pilot, "r")
        assert pilot.app.screen.query_one(TextBox).text == "Meio texto"
        await press(pilot, "escape", "R", "enter")
        assert isinstance(pilot.app.screen, ComposeScreen)

    play(empty_place.console(), story)


@pytest.mark.parametrize("crash", [False, True])
def test_a_draft_survives_the_end_of_the_console_in_the_middle_of_a_sentence(
    empty_place: Place, crash: bool
) -> None:
    three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, "No meio da fra")
        if crash:
            raise RuntimeError("cai aqui")
        pilot.app.exit()

    if crash:
        with pytest.raises(RuntimeError, match="cai aqui"):
            play(empty_place.console(), story)
    else:
        play(empty_place.console(), story)
    assert kept(empty_place) == ["No meio da fra"]


def test_a_ticket_that_changed_shows_the_difference_instead_of_overwriting(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, "Minha resposta")
        await press(pilot, "f2")
        assign(empty_place.desk("bia"), made[0], "bia")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Conflicted)
        shown = page(pilot)
        assert "dono: — → bia" in shown
        assert "Minha resposta" in shown
        assert empty_place.desk("ana").store.find(made[0]).status is Status.ASSIGNED
        await press(pilot, "escape")
        assert pilot.app.screen.query_one(TextBox).text == "Minha resposta"
        await press(pilot, "f2", "f2")

    play(empty_place.console(), story)
    ticket = empty_place.desk("ana").store.find(made[0])
    assert ticket.status is Status.ANSWERED


def test_the_answer_can_be_sent_all_the_same_on_what_is_new(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, "Minha resposta")
        assign(empty_place.desk("bia"), made[0], "bia")
        await press(pilot, "f2", "f2", "f2")
        assert isinstance(pilot.app.screen, TicketScreen)

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(made[0]).status is Status.ANSWERED


def test_a_place_that_nobody_filled_holds_the_answer_back(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, "Prezado {{nome}},")
        await press(pilot, "f2", "f2")
        assert isinstance(pilot.app.screen, Review)
        assert "{{nome}}" in page(pilot)

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(made[0]).status is Status.OPEN


def test_a_note_stays_inside_and_the_editor_gives_its_words_back(empty_place: Place) -> None:
    made = three(empty_place)
    console = empty_place.console()
    console.editor = lambda app, text: text + "ligar \x1b[31mamanhã\n"

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "i", "f4", "f2")
        assert "só a ouvidoria" in page(pilot)
        await press(pilot, "f2")

    play(console, story)
    store = empty_place.desk("ana").store
    written = [message for message in store.messages(store.find(made[0]).id).values()]
    assert [(one.part, one.text) for one in written[1:]] == [(Part.NOTE, "ligar [31mamanhã")]


def test_at_80_columns_the_complaint_is_one_key_away_and_at_60_lines_it_is_there(empty_place: Place) -> None:
    three(empty_place)

    async def narrow(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        assert "nunca chegou" not in page(pilot)
        await press(pilot, "f3")
        assert "nunca chegou" in page(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ComposeScreen)
        await pilot.resize_terminal(200, 60)
        await settle(pilot)
        assert "nunca chegou" in page(pilot)

    play(empty_place.console(), narrow)
