from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ouvidoria_tui.domain.classify import Classifier, compile_rules
from ouvidoria_tui.domain.policy import KeywordRule


def rules(*words: tuple[str, ...]) -> Classifier:
    return compile_rules(KeywordRule(f"r{place}", entry) for place, entry in enumerate(words))


def found(classifier: Classifier, subject: str, text: str = "") -> list[tuple[str, str]]:
    return [(hit.rule.name, hit.word) for hit in classifier.match(subject, text)]


@pytest.mark.parametrize(
    "text",
    [
        "cobrança",
        "COBRANÇA!",
        "a cobranca.",
        "(cobrança)",
        "x_cobrança_y",
        unicodedata.normalize("NFD", "Cobrança"),
    ],
)
def test_case_accents_and_punctuation_are_set_aside(text: str) -> None:
    assert found(rules(("Cobrança",)), text) == [("r0", "Cobrança")]


@pytest.mark.parametrize("text", ["descobrança", "cobranças", "co brança"])
def test_only_whole_words_match(text: str) -> None:
    assert found(rules(("cobrança",)), text) == []


@pytest.mark.parametrize(
    "text", ["fora do ar", "FORA  DO\nAR", "fora-do-ar", "está fora do ar, fora", "fora do fora do ar"]
)
def test_a_phrase_matches_across_white_space_and_hyphens(text: str) -> None:
    assert found(rules(("fora do ar",)), text) == [("r0", "fora do ar")]


@pytest.mark.parametrize("text", ["fora ar do", "fora do", "fora do armário"])
def test_a_phrase_needs_all_its_words_in_order(text: str) -> None:
    assert found(rules(("fora do ar",)), text) == []


def test_a_phrase_does_not_run_from_the_subject_into_the_text() -> None:
    assert found(rules(("fora do ar",)), "fora do", "ar") == []


def test_hits_come_in_the_order_of_the_rules_and_each_word_once() -> None:
    classifier = rules(("site", "loja"), ("fatura",))
    assert found(classifier, "fatura", "loja fatura site loja") == [
        ("r0", "site"),
        ("r0", "loja"),
        ("r1", "fatura"),
    ]


def test_one_word_may_belong_to_several_rules() -> None:
    assert found(rules(("2ª via",), ("2ª via", "via")), "quero a 2a via") == [
        ("r0", "2ª via"),
        ("r1", "2ª via"),
        ("r1", "via"),
    ]


def test_a_rule_word_without_letters_matches_nothing() -> None:
    assert found(rules(("!!!", "")), "!!! ???") == []


def test_an_endless_word_matches_nothing_and_hides_nothing() -> None:
    assert found(rules(("vírus",)), "ã" * 50_000 + " vírus") == [("r0", "vírus")]


def test_no_rules_match_nothing() -> None:
    assert found(rules(), "anything") == []


def test_what_stands_after_a_hundred_thousand_characters_is_not_read() -> None:
    assert found(rules(("vírus",)), "", "é " * 60_000 + "vírus") == []


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=())), st.text())
def test_no_text_breaks_the_classifier(subject: str, text: str) -> None:
    assert found(rules(("palavra-que-nao-vem",)), subject, text) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["fora", "do", "ar", "site", "não"]), max_size=30))
def test_a_phrase_is_found_exactly_where_it_stands(words: list[str]) -> None:
    text = " ".join(words)
    assert bool(found(rules(("fora do ar",)), text)) == (" fora do ar " in f" {text} ")
