from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ouvidoria_tui.domain.fold import fold, normal_subject, slugify


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("SOLICITAÇÃO", "solicitacao"),
        ("plain", "plain"),
        (unicodedata.normalize("NFD", "Ação"), "acao"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("N\u00ba 3", "no 3"),
        ("", ""),
    ],
)
def test_fold_drops_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(max_examples=150)
@given(st.text(st.characters(codec=None)))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_fold_keeps_a_lone_surrogate_without_failing() -> None:
    assert fold("\ud800É") == "\ud800e"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Suporte Técnico", "suporte-tecnico"),
        ("  Cobrança & Faturas!! ", "cobranca-faturas"),
        ("Łódź / Ørsted", "lodz-orsted"),
        ("日本", ""),
    ],
)
def test_slugify_gives_ascii_kebab(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_slugify_cuts_without_a_dash_at_the_end() -> None:
    assert slugify("ab " * 40, limit=6) == "ab-ab"


@pytest.mark.parametrize(
    "text",
    [
        "Boleto não pago",
        "Re: boleto nao pago",
        "RES: Enc: ENC: Fwd: Fw: RV: Aw: Boleto  não\tpago",
        "Re[2]: RE(3): Boleto não pago",
        "[ouvidoria] Re: [lista] boleto não pago",
        "re : BOLETO NÃO PAGO ",
        "RES\uff1a Boleto n\u200bão pago",
    ],
)
def test_subjects_of_one_conversation_meet(text: str) -> None:
    assert normal_subject(text) == "boleto nao pago"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Rede: caiu", "rede: caiu"),
        ("Resposta: não veio", "resposta: nao veio"),
        ("[urgente]", "[urgente]"),
        ("Re: [urgente]", "[urgente]"),
        ("Re:", ""),
    ],
)
def test_a_subject_keeps_what_is_its_own(text: str, subject: str) -> None:
    assert normal_subject(text) == subject


def test_an_absurd_chain_of_prefixes_is_stripped_in_one_pass() -> None:
    assert normal_subject("re: " * 100_000 + "x") == "x"
