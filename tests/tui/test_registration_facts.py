"""The facts of a ticket say what is wanting in its customer's registration, where the policy asks for it."""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.tui.reads_ticket import TicketPage, page
from ouvidoria_tui.tui.theme import glyphs
from ouvidoria_tui.tui.widgets.facts import fact_lines
from tests.tui.conftest import Place


def looked_at(place: Place, months: int) -> TicketPage:
    """The page of a new ticket whose customer has one contact, under a policy that verifies so often."""
    desk = place.desk()
    who = Customer(0, "Rita", email="rita@example.com")
    ref = receive(desk, Manifestation("Boleto", "Veio duas vezes.", customer=who)).protocol
    in_force = desk.store.policy()
    gates = replace(in_force.policy.gates, stale_months=months)
    desk.store._policy = replace(in_force, policy=replace(in_force.policy, gates=gates))  # type: ignore[attr-defined]
    return page(desk.store.find(ref).id)(desk)


def facts(found: TicketPage, *, hidden: bool = False) -> str:
    set_language("en")
    return "\n".join(
        "".join(text for text, _tone in line.spans)
        for line in fact_lines(found, 100, glyphs(ascii_only=False), hidden=hidden)
    )


def test_the_facts_name_what_is_wanting(place: Place) -> None:
    assert "secondary contact missing" in facts(looked_at(place, 12))


def test_what_nobody_asks_for_is_not_wanting(place: Place) -> None:
    assert "Registration" not in facts(looked_at(place, 0))


def test_of_a_hidden_ticket_nothing_of_its_customer_is_said(place: Place) -> None:
    assert "Registration" not in facts(looked_at(place, 12), hidden=True)
