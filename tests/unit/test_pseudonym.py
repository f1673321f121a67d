"""What gives a person away in words that go to others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.customer import Contact, Customer
from ouvidoria_tui.domain.pseudonym import Trait, named_in

JOANA = Customer(1, "Joana Prado de Lima", "joana@example.com", "123.456.789-09", external_id="C-7781")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("A denunciante Joana Prado relata", (Trait.NAME,)),
        ("JOANA  L\u00cdMA, do balcão", (Trait.NAME,)),
        ("escrevam a JOANA@example.com", (Trait.ADDRESS,)),
        ("CPF 12345678909", (Trait.DOCUMENT,)),
        ("CPF 123.456.789-09, conforme", (Trait.DOCUMENT,)),
        ("Lima e Prado, 123 456 789 09", (Trait.NAME, Trait.DOCUMENT)),
        ("Joana disse", ()),
        ("de lima, da praça", ()),
        ("protocolo 123.456", ()),
        ("Relata-se desvio de verba", ()),
        ("", ()),
    ],
)
def test_two_parts_of_a_name_an_address_or_a_document_give_away(words: str, found: tuple[Trait, ...]) -> None:
    assert named_in(words, JOANA) == found


def test_who_writes_for_the_customer_is_not_named_either() -> None:
    firm = Customer(1, "Padaria")
    contact = Contact(1, 1, "Rui Alves", "rui@example.com")
    assert named_in("Rui Alves ligou", firm, [contact]) == (Trait.NAME,)
    assert named_in("a padaria da esquina", firm, [contact]) == (Trait.NAME,)
    assert named_in("o padeiro", firm, [contact]) == ()


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_whatever_a_name_and_a_text_hold_the_name_itself_is_found(before: str, name: str, after: str) -> None:
    who = Customer(1, name)
    found = named_in(f"{before} {name} {after}", who)
    assert found == (() if not named_in(name, who) else (Trait.NAME,)) or found == (Trait.NAME,)
