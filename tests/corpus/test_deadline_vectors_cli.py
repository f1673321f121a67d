"""The deadlines of the corpus, as a person asks for them: through the profiles, on the command line."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run

CORPUS = Path(os.environ.get("OUVIDORIA_CORPUS") or "/nowhere")
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="OUVIDORIA_CORPUS is not set")

PROFILES = {"loja": "loja-virtual", "suporte": "suporte-tecnico"}
UNITS = {
    "calendar": "calendar-days",
    "business": "business-days",
    "hours": "hours",
    "business hours": "business-hours",
}
#: The first words of a clock in the corpus, and the slug that it has here.
CLOCKS = {
    "final": "resolution",
    "answer": "resolution",
    "extension": "resolution",
    "agreed": "resolution",
    "full": "resolution",
    "company": "resolution",
    "area": "area",
    "customer": "complement",
    "first position": "first-position",
    "first response": "first-response",
    "average": "average",
}
PAUSES = {"V06": "2026-03-10/2026-03-16"}


def rows() -> Iterator[dict[str, str]]:
    if CORPUS.is_dir():
        with (CORPUS / "deadline_vectors.csv").open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def slug(clock: str) -> str:
    return next(name for words, name in CLOCKS.items() if clock.startswith(words))


def ask(row: dict[str, str], clock: str, capsys: pytest.CaptureFixture[str]) -> str:
    profile = row["profile"].split(" ")[0]
    pause = PAUSES.get(row["id"])
    code = run(
        [
            "deadline",
            "due",
            *("--profile", PROFILES.get(profile, profile)),
            *("--clock", clock),
            *("--unit", UNITS[row["unit"]]),
            *("--amount", row["amount"]),
            *(("--pause", pause) if pause else ()),
            *("--registered-at", row["registered_at"]),
        ]
    )
    assert code == 0
    return capsys.readouterr().out.strip()


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row["id"])
def test_a_deadline_comes_out_right_through_its_profile(
    row: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(row, slug(row["clock"]), capsys)[: len(row["expected_due"])] == row["expected_due"]


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row["id"])
def test_a_deadline_of_a_clock_without_a_slug_is_counted_as_its_profile_counts(
    row: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(row, "another clock", capsys)[: len(row["expected_due"])] == row["expected_due"]
