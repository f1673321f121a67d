"""Whether words criticise the company or its sectors: whole words, accents and case folded, by the profile's list."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from ouvidoria_tui.domain.policy_tone import WORDS, ToneRule
from ouvidoria_tui.domain.tone import criticisms
from tests.plain_profile import plain


@pytest.mark.req("S4-03")
@pytest.mark.parametrize(
    "text",
    [
        "O suporte é incompetente.",
        "INCOMPETÊNCIA do setor",
        "foi por incompetencia",
        "Isso é culpa da área de cobrança.",
        "Lá eles não sabem o que fazem",
        "A empresa   não\npresta",
    ],
)
def test_criticism_is_found(text: str) -> None:
    assert criticisms(text, ToneRule())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Isso compete à área de cobrança, que tem competência para o caso.",
        "Pedimos desculpas: o erro foi nosso e já está corrigido.",
        "A culpa não é sua.",
        "Organizamos a fila.",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert criticisms(text, ToneRule()) == ()


def test_words_of_the_list_are_named_without_their_star() -> None:
    assert criticisms("Que irresponsáveis, esses incompetentes!", ToneRule()) == (
        "irresponsáve",
        "incompetente",
    )


def test_a_profile_replaces_the_list_or_adds_to_it() -> None:
    own = parse(plain("hospedagem") + '\n[tone]\nwords = ["lentidão"]\n', name="p").tone
    more = parse(plain("hospedagem") + '\n[tone]\nmore = ["lentidão"]\n', name="p").tone
    off = parse(plain("hospedagem") + "\n[tone]\nwords = []\n", name="p").tone
    assert own.words == ("lentidão",)
    assert more.words == (*WORDS, "lentidão")
    assert criticisms("incompetente", off) == ()


@pytest.mark.parametrize("written", ["words = 3", "words = [3]", "other = 1"])
def test_a_mistake_in_the_table_is_named(written: str) -> None:
    with pytest.raises(PolicyInvalid) as caught:
        parse(plain("hospedagem") + f"\n[tone]\n{written}\n", name="p")
    assert "tone" in str(caught.value.details["key"])
