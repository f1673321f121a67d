"""Cells that would run as a formula are marked on the way out and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.formula import STARTS, neutral, plain


@pytest.mark.parametrize("text", ["=1+1", "+55 11", "-1", "@SUM(A1)", "\t=1", "\r=1", "'quoted'"])
def test_a_cell_that_would_run_gets_one_apostrophe(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Cobrança", " =1", "1-2", '"=1'])
def test_any_other_cell_is_left_as_it_is(text: str) -> None:
    assert neutral(text) == text


def test_an_apostrophe_that_marks_nothing_stays() -> None:
    assert plain("'tis") == "'tis"
    assert plain("'") == "'"


@given(st.text() | st.text(alphabet="".join(sorted(STARTS)) + "a"))
def test_what_went_out_comes_back(text: str) -> None:
    assert plain(neutral(text)) == text


@given(st.text(alphabet="".join(sorted(STARTS)) + "a", min_size=1))
def test_nothing_that_goes_out_can_run(text: str) -> None:
    assert neutral(text)[0] in {"'", "a"}
