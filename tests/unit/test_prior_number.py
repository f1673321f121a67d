"""The previous ticket's number in a customer's answer: the one that is meant, or none."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.prior_number import number_named, number_said
from ouvidoria_tui.domain.protocol import make_protocol
from tests.cases import cases

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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Meu chamado 48211 foi encerrado sem solução.", "48211"),
        ("CHAMADO Nº 48211", "48211"),
        ("O chamado anterior foi o 48211, e nada.", "48211"),
        ("Protocolo: SUP-44012", "SUP-44012"),
        ("ticket #771", "#771"),
        ("Solicitação n.º 48211", "48211"),
        ("solicitacao 48211", "48211"),
        ("Falei no atendimento pelo chat, 48211", "48211"),
        ("Abri o chamado 48211 em 10/10/2026 às 14h30 e paguei R$ 1500 (pedido 99123).", "48211"),
        ("chamado 48211 de novo: chamado 48211", "48211"),
        ("Sobre o protocolo 2026-000123-8: o chamado é 48211", "48211"),
        ("Boa tarde\n\nchamado 48211\n\nEm 10/10/2026, SAC <a@b.example> escreveu:\n> chamado 999", "48211"),
    ],
)
@pytest.mark.req("S1-27", "S2-14")
def test_a_first_message_that_names_one_ticket_gives_its_number(text: str, number: str) -> None:
    assert number_named(text, ANY) == (number, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "48211",
        "O número é 48211, nº 48211, #48211",
        "Meu pedido 48211 não chegou",
        "O chamado não resolveu.\n48211 foi o valor",
        "O atendimento foi muito ruim naquele dia, gastei 48211",
        "Abri chamado há 120 dias",
        "Abri um chamado em 2026",
        "chamado de 10/10/2026, 2026-10-10 ou 14h30",
        "atendimento: R$ 1500",
        "atendimento custou 1500,00 e 1500 reais",
        "atendimento 99999-1234 ou 0800-123-4567",
        "atendimento do telefone 11999991234",
        "protocolo da nota fiscal 48211",
        "chamado sobre o pedido 48211",
        "protocolo 2026-000123-8",
        "protocolo 20260001238",
        "> chamado 48211",
    ],
)
def test_in_a_first_message_nothing_else_is_a_number(text: str) -> None:
    assert number_named(text, ANY) == (None, False)


@pytest.mark.parametrize("text", ["chamados 48211 e 48300", "chamado 48211\nprotocolo 48300"])
def test_a_first_message_that_names_several_leaves_the_choice_to_a_person(text: str) -> None:
    assert number_named(text, ANY) == (None, True)
    assert number_named(text, ANY, lambda one: one == "48300") == ("48300", False)
    assert number_named(text, ANY, lambda one: True) == (None, True)
    assert number_named(text, ANY, lambda one: False) == (None, True)


@cases(200)
@given(
    st.integers(1990, 2090), st.integers(1, 9_999_999), st.sampled_from(["chamado", "protocolo", "ticket nº"])
)
def test_no_protocol_of_the_desk_is_ever_taken_for_a_first_instance_number(
    year: int, number: int, word: str
) -> None:
    protocol = make_protocol(year, number)
    assert number_named(f"{word} {protocol}", None) == (None, False)
    assert number_named(f"{word} {protocol.replace('-', '')}", None) == (None, False)


@cases(300)
@given(
    st.lists(
        st.sampled_from(["chamado", "nº", "48211", "R$", "dias", "pedido", "e", "> ", "\n", "2026-000123-8"])
        | st.text(string.printable, max_size=8)
    )
)
def test_what_a_first_message_gives_stands_in_it_behind_a_word_for_a_ticket(parts: list[str]) -> None:
    text = " ".join(parts)
    number, several = number_named(text, ANY)
    assert not (number and several)
    if number is not None:
        line = next(one for one in text.splitlines() if number in one and not one.lstrip().startswith(">"))
        before = line.lower()
        assert any(word in before for word in ("chamado", "ticket", "atendimento", "protocolo", "solicita"))


@pytest.mark.parametrize(
    "text",
    ["chamado 123 " * 2_000, "chamado " * 20_000, "chamado 1/" * 20_000, "1 " * 50_000],
    ids=["named", "words", "dates", "digits"],
)
def test_a_hostile_first_message_is_read_in_bounded_time(text: str) -> None:
    assert number_named(text, ANY)[0] in (None, "123")
