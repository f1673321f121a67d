from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.founding import profile_names

Capture = pytest.CaptureFixture[str]


def answers(capsys: Capture) -> dict[str, object]:
    return {one["id"]: one["result"] for one in map(json.loads, capsys.readouterr().out.splitlines())}


def test_every_fact_of_business_time_comes_out_of_the_batch(corpus: Path, capsys: Capture) -> None:
    path = corpus / "calendar_vectors.json"
    vectors = json.loads(path.read_text(encoding="utf-8"))
    assert run(["--db", "/nonexistent", "calendar", "batch", str(path)]) == 0
    found = answers(capsys)
    assert len(found) == len(vectors) > 1000
    assert {one["id"]: one["expected"] for one in vectors} == found


def test_the_same_facts_as_json_lines(corpus: Path, tmp_path: Path, capsys: Capture) -> None:
    vectors = json.loads((corpus / "calendar_vectors.json").read_text(encoding="utf-8"))
    lines = tmp_path / "vectors.jsonl"
    lines.write_text("".join(json.dumps(one) + "\n" for one in vectors), encoding="utf-8")
    assert run(["--db", "/nonexistent", "calendar", "batch", str(lines)]) == 0
    assert {one["id"]: one["expected"] for one in vectors} == answers(capsys)


PROFILES = {"loja": "loja-virtual", "suporte": "suporte-tecnico"}


def test_every_deadline_is_counted_right(corpus: Path, capsys: Capture) -> None:
    with (corpus / "deadline_vectors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = []
    for row in rows:
        profile = row["profile"].split(" ")[0]
        profile = PROFILES.get(profile, profile)
        # A norm that has no profile yet is counted by a desk that is open on weekdays: the figures are the row's.
        options = ["--profile", profile if profile in profile_names() else "hospedagem"]
        options += ["--clock", row["clock"]]
        options += ["--unit", row["unit"], "--amount", row["amount"]]
        options += ["--roll" if row["roll_to_business_day"] == "yes" else "--no-roll"]
        options += ["--pause", "2026-03-10/2026-03-16"] if row["id"] == "V06" else []
        options += ["--registered-at", row["registered_at"]]
        assert run(["--quiet", "deadline", "due", *options]) == 0
        found = capsys.readouterr().out.strip()
        if found[: len(row["expected_due"])] != row["expected_due"]:
            wrong.append((row["id"], row["expected_due"], found))
    assert len(rows) == 26
    assert wrong == []
