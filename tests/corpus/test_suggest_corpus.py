"""Suggestions measured on real history: rows held back, the rest imported, the cause of the held-back ones asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.corpus.held_back import FORM, PROBLEM, measure


@pytest.mark.parametrize(
    ("words", "accuracy", "precision"),
    [pytest.param(PROBLEM, 0.98, 0.98, id="problem"), pytest.param(FORM, 0.38, 0.50, id="form-fields")],
)
def test_the_cause_is_suggested_at_least_so_often(
    corpus: Path, tmp_path: Path, words: Sequence[str], accuracy: float, precision: float
) -> None:
    found = measure(corpus / "tables", tmp_path, words)
    assert found.asked >= 1000
    assert found.accuracy >= accuracy
    assert found.precision >= precision
    assert found.accuracy > found.baseline
