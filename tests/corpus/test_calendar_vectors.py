from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.calendar_batch import Batch
from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.domain.span import due, due_date
from ouvidoria_tui.intake import holidays

CORPUS = Path(os.environ.get("OUVIDORIA_CORPUS") or "/nowhere")
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="OUVIDORIA_CORPUS is not set")

UNITS = {
    "calendar": Unit.CALENDAR_DAYS,
    "business": Unit.BUSINESS_DAYS,
    "hours": Unit.HOURS,
    "business hours": Unit.BUSINESS_HOURS,
}
HOURS = {"loja": ("09:00", "17:00"), "suporte": ("09:00", "18:00")}


def vectors() -> list[dict[str, object]]:
    path = CORPUS / "calendar_vectors.json"
    found: list[dict[str, object]] = json.loads(path.read_text("utf-8"))
    return found


def test_every_fact_of_business_time_is_right() -> None:
    batch = Batch()
    found = vectors()
    wrong = [(v["id"], v["expected"], got) for v in found if (got := batch.run(v)) != v["expected"]]
    assert len(found) > 1000
    assert wrong == []


def deadlines() -> Iterator[dict[str, str]]:
    if CORPUS.is_dir():
        with (CORPUS / "deadline_vectors.csv").open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


@pytest.mark.parametrize("row", list(deadlines()), ids=lambda row: row["id"])
def test_every_deadline_is_counted_right(row: dict[str, str]) -> None:
    start_of_name = row["profile"].split(" ")[0]
    window = HOURS.get(start_of_name, ("08:00", "18:00"))
    week = {day: [window] for day in ("mon", "tue", "wed", "thu", "fri")}
    calendar = Calendar.from_windows("America/Sao_Paulo", week, holidays.brazil(range(2025, 2029)))
    unit = UNITS[row["unit"]]
    pauses = [(at("2026-03-10", calendar), at("2026-03-16", calendar))] if row["id"] == "V06" else []
    moment = due(
        unit,
        int(row["amount"]),
        at(row["registered_at"], calendar),
        calendar,
        row["roll_to_business_day"] == "yes",
        pauses,
    )
    expected = row["expected_due"]
    if len(expected) == 10:
        assert due_date(unit, moment, calendar) == date.fromisoformat(expected)
    else:
        assert moment == at(expected, calendar)


def at(text: str, calendar: Calendar) -> int:
    """Epoch seconds of a reading of the desk's clock; ten in the morning where only the date is written."""
    moment = datetime.fromisoformat(text if len(text) > 10 else text + "T10:00")
    return calendar.instant(moment.date(), moment.hour * 3600 + moment.minute * 60)
