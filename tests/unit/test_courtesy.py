"""Only a thank-you that says nothing else is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.courtesy import is_bare_thanks

THANKS = [
    "obrigado",
    "Obrigada!",
    "OBRIGADO",
    "ok, obrigada!",
    "Ok, muito obrigado 🙏",
    "valeu",
    "vlw!!! 👍🏽",
    "grata",
    "Recebido, agradeço.",
    "Agradeço o retorno.",
    "Bom dia!\n\nMuito obrigada pela atenção.",
    "Obrigado, Maria!",
    "Prezados,\nmuito obrigado pelo atendimento.\n\nAtenciosamente,\nMaria Exemplo",
    "Obrigado\n\nAtt,\nJoão",
    "muito\u00a0obrigado",
    "obrigada\u200b",
    "Thank you so much!",
    "Muchas gracias",
]
MORE = [
    "",
    "ok",
    "👍",
    "sim, obrigado",
    "não, obrigado",
    "Obrigado, mas ainda não recebi o estorno.",
    "Obrigado. Quando recebo?",
    "obrigado?",
    "Obrigado por nada",
    "Obrigada pela demora",
    "Obrigado! Meu número é 11 5555-0100",
    "Obrigado, 30 reais",
    "Obrigado, segue o comprovante",
    "Pode encerrar, obrigado",
    "Cancelem, obrigado",
    "Obrigado, Cancelem",
    "Obrigado\nCancelem",
    "Obrigado\nPendente",
    "Fico no aguardo, obrigado",
    "Desde já agradeço",
    "Obrigado, mas continua errado",
    "obrigado ③",
    "Agradeço que devolvam o valor",
    "Agradeço a devolução do dinheiro",
    "Recebi",
    "obrigado " * 30,
    "не получил",
]


@pytest.mark.parametrize("said", THANKS)
def test_a_bare_thank_you_is_recognised(said: str) -> None:
    assert is_bare_thanks(said)


@pytest.mark.parametrize("said", MORE)
def test_what_says_more_is_none(said: str) -> None:
    assert not is_bare_thanks(said)


@given(
    st.sampled_from(THANKS),
    st.sampled_from([" não", " mas", " quando?", " 2", " falta", " cancelar", " estorno"]),
)
def test_a_word_more_makes_it_a_message(said: str, more: str) -> None:
    assert not is_bare_thanks(said + more)


@given(st.text(st.characters()))
def test_any_text_is_answered(said: str) -> None:
    assert is_bare_thanks(said) in (True, False)
