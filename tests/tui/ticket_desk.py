"""A desk with the few tickets that the stories of the ticket's screens are about."""

from __future__ import annotations

from textual.pilot import Pilot

from ouvidoria_tui.desk.escalate import escalate
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.screens.writing import Writing
from ouvidoria_tui.tui.widgets.text_box import TextBox
from tests.tui.conftest import Place, lines, settle

WORDS = "O pedido saiu do depósito e nunca chegou. " * 6


def three(place: Place) -> list[str]:
    """Three tickets of one customer, half an hour apart; their protocols."""
    desk = place.desk("ana")
    register_agent(desk, "bia", "Bia", Role.AGENT)
    register_agent(desk, "ouvidora", "Iracema", Role.OMBUDSMAN)
    who = Customer(0, "Cliente Exemplo", email="cliente@example.com")
    made = []
    for subject in ("Entrega não realizada", "Segunda via", "Cobrança em dobro"):
        place.clock.at += 1800
        outcome = receive(desk, Manifestation(subject, WORDS, channel=Channel.EMAIL, customer=who))
        made.append(outcome.protocol)
    return made


def escalated(place: Place) -> list[str]:
    """The same three, of which two were taken to N2."""
    made = three(place)
    for protocol in made[:2]:
        escalate(place.desk("bia"), protocol, 2, "a área não respondeu em dez dias")
    return made


def page(pilot: Pilot[int]) -> str:
    """What stands on the screen."""
    return "\n".join(lines(pilot))


def toasts(pilot: Pilot[int]) -> list[str]:
    """The notices so far."""
    return [note.message for note in pilot.app._notifications]


def ticket_of(pilot: Pilot[int]) -> TicketScreen:
    """The ticket that is in front."""
    screen = pilot.app.screen
    assert isinstance(screen, TicketScreen)
    return screen


async def write(pilot: Pilot[int], text: str) -> None:
    """Writes into the text of the screen in front, in the place of what is there."""
    screen = pilot.app.screen
    assert isinstance(screen, Writing)
    screen.query_one(TextBox).put(text)
    await settle(pilot)
