"""Calls with the card of conduct, the tone of what leaves, and incidents, as an agent meets them in the console."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.desk.incident import open_incident
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import Channel, Status
from ouvidoria_tui.tui.screens.choose import Choose
from ouvidoria_tui.tui.screens.compose import ComposeScreen
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.screens.triage import TriageScreen
from ouvidoria_tui.tui.widgets.ticks import Ticks
from tests.tui.conftest import Place, play, press
from tests.tui.ticket_desk import page, three, write

HARSH = "O suporte foi incompetente."


def by_phone(place: Place) -> str:
    who = Customer(0, "Zé", email="z@example.com")
    what = Manifestation("Ligação", "A loja está fora do ar", channel=Channel.PHONE, customer=who)
    return receive(place.desk("ana"), what).protocol


@pytest.mark.req("S4-02")
def test_a_call_is_written_down_with_the_ticks_of_the_card(empty_place: Place) -> None:
    ref = by_phone(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "l")
        assert isinstance(pilot.app.screen, ComposeScreen)
        assert "falou com clareza" in page(pilot)
        assert "demonstrou empatia" in page(pilot)
        await write(pilot, "Contou que voltou")
        pilot.app.screen.query_one(Ticks).focus()
        await press(pilot, "space", "right", "right", "space", "f2")
        assert "2 de 5" in page(pilot)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, TicketScreen)

    play(empty_place.console(), story)
    store = empty_place.desk("ana").store
    last = store.events(store.find(ref).id)[-1]
    assert (last.type, last.payload["conduct"]) == (Act.CALLED, ["clear", "listened"])


def test_ticks_come_back_with_the_draft(empty_place: Place) -> None:
    by_phone(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "l")
        await write(pilot, "Meio texto")
        pilot.app.screen.query_one(Ticks).focus()
        await press(pilot, "space", "escape", "l")
        assert pilot.app.screen.query_one(Ticks).ticked == {"clear"}
        assert "Meio texto" in page(pilot)

    play(empty_place.console(), story)


@pytest.mark.req("S4-02")
def test_an_answer_to_who_came_by_phone_shows_the_card(empty_place: Place) -> None:
    by_phone(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        assert "Ao telefone: falou com clareza" in page(pilot)

    play(empty_place.console(), story)


@pytest.mark.req("S4-03")
def test_criticism_leaves_only_after_a_second_key(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, HARSH)
        await press(pilot, "f2")
        assert "colegas de outros setores: incompetente" in page(pilot)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Review)
        assert empty_place.desk("ana").store.find(made[0]).status is Status.OPEN
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, TicketScreen)

    play(empty_place.console(), story)
    store = empty_place.desk("ana").store
    ticket = store.find(made[0])
    assert (ticket.status, store.events(ticket.id)[-1].payload["tone"]) == (Status.ANSWERED, "confirmed")


def test_who_goes_back_instead_has_sent_nothing(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, HARSH)
        await press(pilot, "f2", "f2", "escape")
        assert isinstance(pilot.app.screen, ComposeScreen)

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(made[0]).status is Status.OPEN


@pytest.mark.req("S0-29", "S1-10")
@pytest.mark.parametrize("way", [("5", "enter", "I"), ("t", "I")])
def test_the_open_incidents_are_one_key_away_and_one_is_linked(
    empty_place: Place, way: tuple[str, ...]
) -> None:
    ref = by_phone(empty_place)
    open_incident(empty_place.desk("ana"), "Loja fora do ar [/b]")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, *way)
        assert isinstance(pilot.app.screen, Choose)
        assert "Loja fora do ar [/b]" in page(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TicketScreen | TriageScreen)

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(ref).incident == 1


@pytest.mark.req("S0-29")
def test_triage_says_which_incident_a_ticket_sounds_like(empty_place: Place) -> None:
    by_phone(empty_place)
    open_incident(empty_place.desk("ana"), "Loja fora do ar")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t")
        assert "sugestão: o incidente 1" in " ".join(page(pilot).split())

    play(empty_place.console(), story, size=(200, 60))


def test_without_an_incident_it_says_so(empty_place: Place) -> None:
    by_phone(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "I")
        assert isinstance(pilot.app.screen, TicketScreen)

    play(empty_place.console(), story)
