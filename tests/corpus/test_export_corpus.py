"""Real open data out of one store and into another: the same counts, the same rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.founding import found_desk

_ITS_OWN = ("registered_at", "revision", "clocks", "next_due")


def desk(path: Path) -> Path:
    found_desk(path, profile="organizacional", admin="ana").close()
    return path


def call(db: Path, *args: str) -> None:
    assert run(["--db", str(db), "--as", "ana", "--quiet", *args]) == 0


def rows(path: Path) -> list[dict[str, object]]:
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [{key: value for key, value in row.items() if key not in _ITS_OWN} for row in found]


MONTHS = ("2014-05", "2014-06", "2014-07", "2014-08")
#: The two large months say nothing of a workbook that the small ones do not, and take half a minute.
WAYS = [
    *((month, fmt) for month in MONTHS for fmt in ("jsonl", "csv")),
    ("2014-05", "xlsx"),
    ("2014-06", "xlsx"),
]


@pytest.mark.parametrize(("month", "fmt"), WAYS)
def test_a_month_goes_out_and_comes_in_elsewhere_as_it_was(
    corpus: Path, tmp_path: Path, month: str, fmt: str
) -> None:
    here, there = desk(tmp_path / "a.db"), desk(tmp_path / "b.db")
    call(
        here,
        "import",
        str(corpus / "tables" / f"consumidor-gov-{month}.csv"),
        "--mapping",
        "consumidor-gov",
    )
    call(here, "export", "--native", "--out", str(tmp_path / f"native.{fmt}"))
    call(there, "import", str(tmp_path / f"native.{fmt}"))
    for db in (here, there):
        call(db, "export", "--out", str(db.with_suffix(".jsonl")))
    assert rows(tmp_path / "a.jsonl") == rows(tmp_path / "b.jsonl")
