"""A proposal takes what names and values agree on, and leaves the rest commented out with its reason."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.document import is_document
from ouvidoria_tui.intake.guess import Guess, Sure, confident, date_formats, guess
from ouvidoria_tui.intake.mapping_file import load_mapping

NATIVE = load_mapping("native")


def guesses(**columns: list[str]) -> dict[str, Guess]:
    rows = list(zip(*columns.values(), strict=True))
    return {one.column: one for one in guess(tuple(columns), rows, NATIVE)}


def test_known_names_with_fitting_values_are_certain() -> None:
    found = guesses(Assunto=["a", "b"], Abertura=["05/10/2026", "25/10/2026 10:00"])
    assert (found["Assunto"].target, found["Assunto"].sure) == ("subject", Sure.CERTAIN)
    assert (found["Abertura"].target, found["Abertura"].formats) == ("received_at", ("dd/mm/yyyy",))
    assert confident(list(found.values()), "tickets") is None


def test_a_date_column_without_dates_is_left_out() -> None:
    found = guesses(Assunto=["a", "b"], Abertura=["ontem", "hoje"])
    assert found["Abertura"].sure is Sure.DOUBTFUL
    assert confident(list(found.values()), "tickets") == "received_at"


def test_values_that_are_known_are_mapped_and_the_others_named() -> None:
    found = guesses(Tipo=["Queixa"] * 9 + ["Bronca"])
    assert (found["Tipo"].values, found["Tipo"].unknown) == ({"Queixa": "complaint"}, ("Bronca",))
    assert found["Tipo"].sure is Sure.CERTAIN


def test_a_vocabulary_that_is_foreign_is_left_out() -> None:
    assert guesses(Tipo=["X1", "X2"])["Tipo"].sure is Sure.DOUBTFUL


def test_an_id_that_repeats_is_none() -> None:
    assert guesses(Protocolo=["1", "1"])["Protocolo"].sure is Sure.DOUBTFUL


def test_a_field_is_given_once() -> None:
    found = guesses(Assunto=["a"], Título=["b"])
    assert sorted(one.sure for one in found.values()) == [Sure.CERTAIN, Sure.DOUBTFUL]


def test_addresses_under_a_name_that_says_nothing_are_offered_and_not_taken() -> None:
    found = guesses(Campo7=["a@example.com", "b@example.com"])
    assert (found["Campo7"].target, found["Campo7"].sure) == ("customer.email", Sure.DOUBTFUL)


@pytest.mark.parametrize(
    ("values", "formats", "share"),
    [
        (["05/10/2026", "25/10/2026"], ("dd/mm/yyyy",), 1.0),
        (["10/25/2026", "10/05/2026"], ("mm/dd/yyyy",), 1.0),
        (["10/25/2026", "25/10/2026"], ("dd/mm/yyyy",), 0.0),
        (["2026-10-05", "05/10/2026"], ("iso", "dd/mm/yyyy"), 1.0),
        (["46301", "46302,5"], ("excel",), 1.0),
        (["05/10/26 09:00"], ("dd/mm/yy",), 1.0),
        (["ontem"], (), 0.0),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_values(
    values: list[str], formats: tuple[str, ...], share: float
) -> None:
    found, fits, _why = date_formats(values)
    assert (found, fits) == (formats, share)


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("529.982.247-25", True),
        ("529.982.247-26", False),
        ("111.111.111-11", False),
        ("11.222.333/0001-81", True),
        ("12.ABC.345/01DE-35", True),
        ("", False),
    ],
)
def test_the_check_digits_of_documents_are_known(number: str, right: bool) -> None:
    assert is_document(number) is right
