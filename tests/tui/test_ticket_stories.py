"""What an agent does with a ticket, key by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.desk.assign import assign
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.reply import customer_reply, note
from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.tui.messages import StoreChanged
from ouvidoria_tui.tui.screens.queue import QueueScreen
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from tests.tui.conftest import Place, lines, play, press, protocol, settle, type_in
from tests.tui.ticket_desk import page, three, ticket_of, toasts, write


def test_a_ticket_is_opened_read_and_left_on_the_same_row(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "j", "enter")
        shown = page(pilot)
        assert made[1] in shown
        assert "nunca chegou" in shown
        assert "Próximo passo:" in shown
        assert "2 de 3" in shown
        await press(pilot, "2")
        assert "recebida" in page(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, QueueScreen)
        assert protocol(pilot) == made[1]

    play(empty_place.console(), story)


def test_j_and_k_walk_the_list_that_was_seen_and_its_cursor_follows(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "J", "J")
        assert "3 de 3" in page(pilot)
        await press(pilot, "J")
        assert made[2] in page(pilot)
        await press(pilot, "K", "escape")
        assert protocol(pilot) == made[1]

    play(empty_place.console(), story)


def test_taking_a_ticket_is_done_at_once_and_undone_with_u(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "m")
        assert empty_place.desk("ana").store.find(made[0]).assignee is not None
        assert "dono ana" in page(pilot)
        await press(pilot, "u")
        assert empty_place.desk("ana").store.find(made[0]).assignee is None

    console = play(empty_place.console(), story)
    assert "u desfaz" in next(note.message for note in console._notifications)


def test_undo_says_why_a_note_stays_and_reaches_for_nothing_behind_it(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "m", "J", "i")
        await write(pilot, "Ligar amanhã")
        await press(pilot, "f2", "f2", "u", "u")
        assert empty_place.desk("ana").store.find(made[0]).assignee is not None
        refusals = [words for words in toasts(pilot) if "não pode ser desfeit" in words]
        assert refusals
        assert made[1] in refusals[0]
        await press(pilot, "m", "u")
        assert any(words.startswith(f"Desfeito em {made[1]}: Atribuída") for words in toasts(pilot))

    play(empty_place.console(), story)


def test_closing_is_looked_at_before_it_is_done(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "x", "down", "enter")
        assert isinstance(pilot.app.screen, Review)
        assert "→" in page(pilot)
        assert empty_place.desk("ana").store.find(made[0]).status is Status.OPEN
        await press(pilot, "f2")
        assert empty_place.desk("ana").store.find(made[0]).status is Status.CLOSED
        assert "X Reabrir" in lines(pilot)[-1]
        assert "x Encerrar" not in lines(pilot)[-1]

    play(empty_place.console(), story, (200, 60))


def test_words_are_found_and_esc_ends_the_search_before_the_ticket(empty_place: Place) -> None:
    three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "slash")
        await type_in(pilot, "DEPOSITO")
        await press(pilot, "enter", "n")
        assert "2/6" in page(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TicketScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, QueueScreen)

    play(empty_place.console(), story)


def test_what_others_do_shows_and_what_is_read_stays_where_it_is(empty_place: Place) -> None:
    made = three(empty_place)
    bia = empty_place.desk("bia")
    note(bia, made[0], "linha\n" * 80)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "2", "g", "pagedown", "pagedown")
        main = ticket_of(pilot).main
        before = main.scroll_offset.y
        assert before > 0
        assign(bia, made[0], "bia")
        pilot.app.screen.post_message(StoreChanged())
        await settle(pilot)
        assert "dono bia" in page(pilot)
        assert main.scroll_offset.y == before

    play(empty_place.console(), story)


@pytest.mark.req("S3-53")
def test_a_flood_of_messages_is_one_line_until_it_is_opened(empty_place: Place) -> None:
    made = three(empty_place)
    for number in range(10):
        customer_reply(empty_place.desk("bia"), made[0], f"alguma novidade? {number}")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "2")
        assert "10 mensagens" in page(pilot)
        assert "novidade" not in page(pilot)
        await press(pilot, "enter")
        assert "novidade? 0" in page(pilot)

    play(empty_place.console(), story)


@pytest.mark.parametrize(("agent", "seen"), [("ana", True), ("bia", False)])
def test_a_confidential_ticket_stays_masked_until_somebody_who_may_opens_it(
    empty_place: Place, agent: str, seen: bool
) -> None:
    made = three(empty_place)
    classify(empty_place.desk("ana"), made[0], Classification(confidential=True))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        for tab in "12345":
            await press(pilot, tab)
            assert "nunca chegou" not in page(pilot)
            assert "Cliente Exemplo" not in page(pilot)
        await press(pilot, "1", "enter")
        assert ("nunca chegou" in page(pilot)) is seen

    play(empty_place.console(agent), story, size=(120, 40))


def test_triage_shows_its_reasons_and_t_carries_them_out(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "3")
        assert "Motivos" in page(pilot)
        await press(pilot, "t")
        assert empty_place.desk("ana").store.find(made[0]).admission.value == "admitted"

    play(empty_place.console(), story)


def test_a_file_is_saved_only_where_it_was_asked_for(empty_place: Place, tmp_path: Path) -> None:
    made = three(empty_place)
    attach(empty_place.desk("bia"), made[0], "../../nota.txt", b"conteudo")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "4", "enter")
        await press(pilot, "ctrl+u")
        await type_in(pilot, str(tmp_path / "copia.txt"))
        await press(pilot, "enter")
        assert any("copia.txt" in words for words in toasts(pilot))

    play(empty_place.console(), story)
    assert (tmp_path / "copia.txt").read_bytes() == b"conteudo"
