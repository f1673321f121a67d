"""The previous ticket's number in a customer's answer: the one that is meant, or none."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.prior_number import number_said

ANY = "[#A-Za-z./ -]*[0-9][#A-Za-z0-9./ -]*"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("48211", "48211"),
        ("O número é 48211.", "48211"),
        ("chamado nº 48211, aberto em 10/10/2026", "48211"),
        ("Falei pelo chat no dia 03/02, protocolo SUP-44012", "SUP-44012"),
        ("É o #771", "#771"),
        ("Paguei R$ 150 e R$ 1500; chamado: 48211", "48211"),
        ("Liguei do 11 99999-1234. O ticket é 20211234567", "20211234567"),
        ("48211\n> Sua manifestação tem o protocolo 2026-000123-8\n> chamado 999", "48211"),
        ("Sobre o 2026-000123-8: o chamado é 48211", "48211"),
    ],
)
def test_the_number_that_is_meant_is_found(text: str, number: str) -> None:
    assert number_said(text, ANY) == (number, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Não tenho número nenhum.",
        "Foi no dia 10/10/2026.",
        "Foi em 2026-10-10, paguei R$ 150.",
        "2026-000123-8",
        "Espero há 15 dias e liguei 3 vezes",
        "> chamado 48211",
    ],
)
def test_dates_amounts_and_the_desks_own_protocol_are_no_number(text: str) -> None:
    assert number_said(text, ANY) == (None, False)


def test_several_numbers_leave_a_choice_to_a_person() -> None:
    assert number_said("chamado 48211 e chamado 48300", ANY) == (None, True)


def test_of_several_the_one_that_the_history_knows_is_meant() -> None:
    assert number_said("chamados 48211 e 48300", ANY, lambda one: one == "48300") == ("48300", False)


def test_a_number_that_is_not_of_the_pattern_is_none() -> None:
    assert number_said("chamado 48211", r"[A-Z]{3}-\d+") == (None, False)


@pytest.mark.parametrize("text", ["1" * 100_000, "chamado " * 20_000, "1/" * 50_000, "9-" * 50_000])
def test_hostile_texts_are_read_in_bounded_time_and_give_nothing(text: str) -> None:
    assert number_said(text, r"\d{3,9}")[0] is None
