from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from subprocess import run

import pytest

from ouvidoria_tui.domain import clock_state
from ouvidoria_tui.domain.admissibility import FIRST_INSTANCE_SKIPPED, PRIOR_TICKET_DOUBTFUL
from ouvidoria_tui.domain.ticket import Admission, CloseReason, Status
from ouvidoria_tui.paths import data_folder
from ouvidoria_tui.present import words
from ouvidoria_tui.present.terms import CLOCK_NAMES, CLOCK_STATES, TERMS
from ouvidoria_tui.present.words import _, language, plural, say, set_language, status_label, term, term_of
from ouvidoria_tui.text import N_, NN_, Text


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


@pytest.mark.parametrize("tag", ["pt-BR", "pt_BR", "pt", "PT-br", "pt_BR.UTF-8"])
def test_every_spelling_of_the_tag_gives_portuguese(tag: str) -> None:
    set_language(tag)
    assert (language(), _("Complaint")) == ("pt-BR", "Reclamação")


@pytest.mark.parametrize("tag", ["en", "en_US.UTF-8", "C", "POSIX", "de", "", "../../etc"])
def test_any_other_tag_gives_english(tag: str) -> None:
    set_language(tag)
    assert (language(), _("Complaint")) == ("en", "Complaint")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "en"),
        ({"LANG": "pt_BR.UTF-8"}, "pt-BR"),
        ({"LC_ALL": "C", "LANG": "pt_BR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "pt_BR", "LANG": "en_US"}, "pt-BR"),
        ({"LANGUAGE": "de:pt_BR:en"}, "pt-BR"),
    ],
)
def test_without_a_tag_the_locale_decides(environ: dict[str, str], expected: str) -> None:
    set_language(None, environ)
    assert language() == expected


def test_nested_sentences_are_put_into_the_same_language() -> None:
    set_language("pt-BR")
    assert say(Text("{kind}!", {"kind": N_("Complaint")})) == "Reclamação!"


def test_a_place_that_nobody_filled_stays_as_written() -> None:
    assert say(Text("from {old} to {new}", {"old": "open"})) == "from open to {new}"


@pytest.mark.parametrize("template", ["{", "}", "{0}", "{a.b}", "{a[0]}", "{a:d}", "{a!r}", "{}"])
def test_a_malformed_sentence_never_crashes(template: str) -> None:
    assert isinstance(say(Text(template, {"a": "x"})), str)


def test_braces_in_a_value_are_not_places() -> None:
    assert _("{name}", name="{password} %s {0}") == "{password} %s {0}"


def test_plain_strings_pass_through() -> None:
    assert (say("as is"), say(None), say(3)) == ("as is", "", "3")


def test_an_empty_sentence_is_empty_in_every_language() -> None:
    set_language("pt-BR")
    assert _("") == ""


@pytest.mark.parametrize(("count", "expected"), [(0, "0 tickets"), (1, "1 ticket"), (2, "2 tickets")])
def test_a_number_chooses_the_form(count: int, expected: str) -> None:
    assert plural("{count} ticket", "{count} tickets", count) == expected
    assert say(NN_("{count} ticket", "{count} tickets", count)) == expected


@pytest.mark.parametrize("vocabulary", TERMS)
@pytest.mark.parametrize("tag", ["en", "pt-BR"])
def test_every_member_of_a_vocabulary_has_a_word(vocabulary: type[StrEnum], tag: str) -> None:
    set_language(tag)
    assert [
        member for member in vocabulary if member.value not in TERMS[vocabulary] or not term(member)
    ] == []


def test_two_vocabularies_may_share_a_slug() -> None:
    set_language("pt-BR")
    assert (term(Status.CLOSED), term(CloseReason.DUPLICATE), term(Admission.DUPLICATE)) == (
        "Encerrado",
        "duplicada",
        "duplicada",
    )


def test_an_unknown_slug_shows_itself() -> None:
    assert (term_of(Status, "frozen"), term_of(Status, None)) == ("frozen", "")


@pytest.mark.req("S3-45")
def test_the_profile_names_its_statuses() -> None:
    set_language("pt-BR")
    labels = {"pt-BR": {Status.OPEN: "EM ABERTO"}}
    assert (status_label("open", labels), status_label("answered", labels)) == ("EM ABERTO", "Respondido")


def test_a_label_of_another_language_is_not_shown() -> None:
    assert status_label("open", {"pt-BR": {Status.OPEN: "EM ABERTO"}}) == "Open"


def test_clocks_of_the_profile_show_their_own_names() -> None:
    assert (words.clock_name("first-response"), words.clock_name("visit-of_the-area")) == (
        "1st response",
        "visit of the area",
    )


PROFILES = sorted((data_folder() / "profiles").glob("*.toml"))


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.stem)
def test_every_clock_of_a_profile_has_a_name(profile: Path) -> None:
    clocks = tomllib.loads(profile.read_text(encoding="utf-8")).get("clocks", {})
    assert [name for name in clocks if name.replace("-", "_") not in CLOCK_NAMES] == []


@pytest.mark.parametrize("tag", ["en", "pt-BR"])
def test_every_state_of_a_clock_has_a_word(tag: str) -> None:
    set_language(tag)
    states = {value for name, value in vars(clock_state).items() if name.isupper() and isinstance(value, str)}
    assert {state for state in states if state not in CLOCK_STATES or not words.clock_state(state)} == set()


def test_the_desk_s_own_flags_are_words_and_tags_stay() -> None:
    set_language("pt-BR")
    own = words.flag_words([FIRST_INSTANCE_SKIPPED, PRIOR_TICKET_DOUBTFUL, "lote-7"]).split(", ")
    assert own == ["sem chamado anterior", "número do chamado anterior duvidoso", "lote-7"]


def test_a_clock_without_a_figure_says_so() -> None:
    assert (words.clock_state("undefined"), words.clock_state("stopped")) == ("not defined", "stopped")


def test_the_words_come_without_heavy_modules() -> None:
    code = (
        "import sys, ouvidoria_tui.present.words as w; w.set_language('pt'); w._('Open');"
        "print([m for m in ('babel', 'rich', 'textual', 'zoneinfo', 'hashlib', 'typer') if m in sys.modules])"
    )
    assert (
        run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_a_portuguese_sentence_says_a_clock_by_its_word_and_an_english_one_by_its_slug() -> None:
    text = N_("{clock} is extended only by agreement with the customer", clock="area:financeiro")
    assert say(text).startswith("area:financeiro")
    set_language("pt-BR")
    assert "resposta da área (financeiro)" in say(text)
