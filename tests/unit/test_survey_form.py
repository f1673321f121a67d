"""The form of the closing letter, as people send it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.survey import Form, Scores, read_form


def form(text: str, said: str | None = None) -> Form | None:
    return read_form(text, text if said is None else said)


@pytest.mark.parametrize(
    "text",
    [
        "Solução (1 a 5): 4\nAtendimento (1 a 5): 5",
        "solucao:4\natendimento :5",
        "> > SOLUÇÃO (1 A 5):   4  \n> > Atendimento (1 a 5): 5\r\n",
        "Service (1 to 5): 5\nSolution (1 to 5): 4\n",
        "* Solução: 4\n* Atendimento: 5",
    ],
)
def test_both_scores_are_read_in_either_language_and_also_quoted(text: str) -> None:
    found = form(text)
    assert found is not None
    assert (found.scores, found.rest) == (Scores(4, 5), "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Solução (1 a 5): \nAtendimento (1 a 5): ",
        "Solução: 4",
        "Solução: 44\nAtendimento: 5",
        "Solução: 0\nAtendimento: 5",
        "Solução: quatro\nAtendimento: 5",
        "A solução que vocês deram no mês passado não valeu nada: 4\nAtendimento: 5",
        "Solução 4\nAtendimento 5",
        f"{' ' * 5_000}Solução: 4\nAtendimento: 5",
    ],
)
def test_what_is_not_filled_in_is_no_answer(text: str) -> None:
    assert form(text) is None


def test_the_first_score_counts_and_the_comment_is_kept_verbatim() -> None:
    found = form("Solução: 2\nAtendimento: 3\nComentário: Não é “isso”: [b]\nSolução: 5")
    assert found == Form(Scores(2, 3), "Não é “isso”: [b]", "")


def test_what_was_written_beside_the_form_is_told_apart_from_what_was_quoted() -> None:
    text = "Voltou a falhar.\n\nEm 2 de março, Ouvidoria escreveu:\n> Solução: 1\n> Atendimento: 5\n> Olá.\n"
    found = form(text)
    assert found is not None
    assert found.rest == "Voltou a falhar."


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_breaks_it(text: str, said: str) -> None:
    found = read_form(text, said)
    assert found is None or found.scores.solution in range(1, 6)
