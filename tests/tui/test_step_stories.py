"""Steps of which the customer is told: said before they are taken, and not to be undone."""

from __future__ import annotations

from textual.pilot import Pilot

from ouvidoria_tui.desk.assign import assign
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import CloseReason
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.review import Review
from tests.tui.conftest import Place, play, press, settle, type_in
from tests.tui.ticket_desk import page, three, toasts

WANTED = {"from_address": "ouvidoria@desk.example", "road": "sendmail", "sendmail": "/usr/sbin/sendmail"}


def told(place: Place, ref: str) -> int:
    """How often the customer was told of a step."""
    store = place.desk("ana").store
    return sum(one.type is Act.INFORMED for one in store.events(store.find(ref).id))


def test_a_move_that_writes_to_the_customer_is_asked_for_and_offers_no_undoing(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    change_mail(empty_place.desk("ana"), WANTED)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "D")
        await type_in(pilot, "financeiro")
        await press(pilot, "enter")
        await type_in(pilot, "É cobrança")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Confirm)
        assert "carta" in page(pilot)
        assert told(empty_place, ref) == 0
        await press(pilot, "enter")
        assert not any("desfaz" in words for words in toasts(pilot))

    play(empty_place.console(), story)
    assert told(empty_place, ref) == 1


def test_what_the_customer_brought_is_no_step_of_the_desk(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    change_mail(empty_place.desk("ana"), WANTED)
    close(empty_place.desk("ana"), ref, CloseReason.WITHDRAWN)

    async def story(pilot: Pilot[int]) -> None:
        pilot.app.open_ticket(empty_place.desk("ana").store.find(ref).id)  # type: ignore[attr-defined]
        await settle(pilot)
        await press(pilot, "X", "enter")
        await type_in(pilot, "Achei o recibo")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Review)
        assert "uma carta avisa o cliente" not in " ".join(page(pilot).split())
        await press(pilot, "f2")

    play(empty_place.console(), story)
    assert told(empty_place, ref) == 0


def test_without_mail_a_move_is_made_at_once_and_undone(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "D")
        await type_in(pilot, "financeiro")
        await press(pilot, "enter")
        await type_in(pilot, "É cobrança")
        await press(pilot, "enter")
        assert any("desfaz" in words for words in toasts(pilot))
        await press(pilot, "u")

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(ref).department != "financeiro"


def test_words_of_a_question_come_back_until_the_act_is_done(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "D")
        await type_in(pilot, "financeiro")
        await press(pilot, "enter")
        await type_in(pilot, "É cobrança em dobro")
        await press(pilot, "escape", "D")
        await type_in(pilot, "financeiro")
        await press(pilot, "enter")
        assert "É cobrança em dobro" in page(pilot)
        assign(empty_place.desk("ana"), ref, "bia")
        await press(pilot, "enter")
        assert empty_place.desk("ana").store.find(ref).department != "financeiro"
        await press(pilot, "f5", "D")
        await type_in(pilot, "financeiro")
        await press(pilot, "enter")
        assert "É cobrança em dobro" in page(pilot)
        await press(pilot, "enter")
        assert empty_place.desk("ana").store.find(ref).department == "financeiro"
        await press(pilot, "D")
        await type_in(pilot, "financeiro")
        await press(pilot, "enter")
        assert "É cobrança em dobro" not in page(pilot)

    play(empty_place.console(), story)


def test_opening_again_says_that_the_customer_hears_of_it(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    change_mail(empty_place.desk("ana"), WANTED)
    close(empty_place.desk("ana"), ref, CloseReason.WITHDRAWN)

    async def story(pilot: Pilot[int]) -> None:
        pilot.app.open_ticket(empty_place.desk("ana").store.find(ref).id)  # type: ignore[attr-defined]
        await settle(pilot)
        await press(pilot, "X", "down", "enter")
        await type_in(pilot, "Foi engano")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Review)
        assert "uma carta avisa o cliente" in " ".join(page(pilot).split())
        await press(pilot, "f2")

    play(empty_place.console(), story)
    assert told(empty_place, ref) == 1
