"""``d``: finding the same matter, looking at the merge, doing it, and taking it back."""

from __future__ import annotations

from textual.pilot import Pilot

from ouvidoria_tui.desk.link import link
from ouvidoria_tui.desk.merge import merge
from ouvidoria_tui.desk.merge_plan import Wanted
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.domain.ties import links_of
from ouvidoria_tui.tui.screens.choose import Choose
from ouvidoria_tui.tui.screens.review import Review
from tests.tui.conftest import Place, play, press, settle, type_in
from tests.tui.ticket_desk import page

TEXT = "Fui cobrado duas vezes na fatura de maio pelo mesmo boleto e ninguém responde"
LIA = Customer(0, "Lia", email="lia@example.com")


def two(place: Place, other: Customer = LIA) -> tuple[str, str]:
    """A ticket and a later one that reads like it."""
    desk = place.desk("ana")
    older = receive(desk, Manifestation("Cobrança em dobro", TEXT, customer=LIA)).protocol
    place.clock.at += 1800
    return older, receive(
        desk, Manifestation("Cobrança dobrada", TEXT + " meus chamados", customer=other)
    ).protocol


def status(place: Place, ref: str) -> Status:
    return place.desk("ana").store.find(ref).status


def test_the_ticket_is_merged_after_a_look_and_the_merge_is_undone(empty_place: Place) -> None:
    older, later = two(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "down", "enter", "d")
        assert isinstance(pilot.app.screen, Choose)
        assert older in page(pilot)
        assert "mesmo cliente" in page(pilot) or "same customer" in page(pilot)
        await press(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, Review)
        assert status(empty_place, later) is Status.OPEN
        await press(pilot, "f2")
        assert status(empty_place, later) is Status.CLOSED
        await press(pilot, "u")
        assert status(empty_place, later) is Status.OPEN

    play(empty_place.console(), story)


def test_esc_at_the_look_leaves_everything_as_it_is(empty_place: Place) -> None:
    _older, later = two(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "down", "d", "enter", "enter", "escape")

    play(empty_place.console(), story)
    assert status(empty_place, later) is Status.OPEN


def test_of_the_marked_ones_the_oldest_is_offered_first_and_the_others_go_into_it(empty_place: Place) -> None:
    older, later = two(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "space", "space", "d")
        await press(pilot, "enter", "enter", "f2")

    play(empty_place.console(), story)
    assert (status(empty_place, older), status(empty_place, later)) == (Status.OPEN, Status.CLOSED)


def test_different_customers_are_merged_only_with_a_reason(empty_place: Place) -> None:
    _older, later = two(empty_place, Customer(0, "Eva", email="eva@example.com"))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "down", "d", "enter", "enter")
        assert status(empty_place, later) is Status.OPEN
        await type_in(pilot, "mesma pessoa, dois cadastros")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Review)
        await press(pilot, "f2")

    play(empty_place.console(), story)
    assert status(empty_place, later) is Status.CLOSED


def test_a_merged_ticket_is_taken_back_from_its_own_screen(empty_place: Place) -> None:
    older, later = two(empty_place)
    desk = empty_place.desk("ana")
    merge(desk, later, Wanted(older))
    id_ = desk.store.find(later).id
    console = empty_place.console()

    async def story(pilot: Pilot[int]) -> None:
        console.open_ticket(id_)
        await settle(pilot)
        await press(pilot, "d")
        await type_in(pilot, "é outra fatura")
        await press(pilot, "enter")

    play(console, story)
    assert status(empty_place, later) is Status.OPEN


def test_any_ticket_can_be_linked_by_its_protocol(empty_place: Place) -> None:
    older, later = two(empty_place)
    third = receive(empty_place.desk("ana"), Manifestation("Site fora do ar", "Não abre")).protocol

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "d", "end", "down", "down", "enter")
        await type_in(pilot, third)
        await press(pilot, "enter", "down", "enter")

    play(empty_place.console(), story)
    store = empty_place.desk("ana").store
    assert links_of(store.events(store.find(older).id)) == (store.find(third).id,)
    assert status(empty_place, later) is Status.OPEN


def test_the_related_tab_shows_what_was_merged_and_linked_and_the_history_its_words(
    empty_place: Place,
) -> None:
    older, later = two(empty_place)
    desk = empty_place.desk("ana")
    third = receive(desk, Manifestation("Site fora do ar", "Não abre")).protocol
    merge(desk, later, Wanted(older))
    link(desk, older, third)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "5")
        assert later in page(pilot)
        assert third in page(pilot)
        await press(pilot, "2")
        assert f"({later})" in page(pilot)

    play(empty_place.console(), story, size=(120, 40))
