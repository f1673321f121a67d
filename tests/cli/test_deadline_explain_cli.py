from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ouvidoria_tui.desk.reply import ask, customer_reply
from ouvidoria_tui.present.safe import cells
from tests.cli.reading_desk import DAY, HOUR, NOW, ReadingDesk, make_desk
from tests.store.policy_story import apply, in_business_hours


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    made = make_desk(tmp_path, monkeypatch, capsys)
    with made.desk(at=NOW - 80 * DAY) as opened:
        text = in_business_hours(300).replace('stop = "public-answer"', 'stop = "conclusion"', 1)
        apply(opened, text.replace("amount = 300", 'amount = 300\npause_while = ["customer"]', 1))
    return made


@pytest.fixture
def protocol(desk: ReadingDesk) -> str:
    """Arrived on Friday 2 October 10:00; paused from Tuesday 6, 10:00, to Wednesday 7, 10:00."""
    found = desk.new(at=NOW - 49 * DAY)
    with desk.desk(at=NOW - 45 * DAY) as opened:
        ask(opened, found, "Qual?")
    with desk.desk(at=NOW - 44 * DAY) as opened:
        customer_reply(opened, found, "Esta")
    return found


def explain(desk: ReadingDesk, *args: str, lang: str = "en") -> str:
    return desk.run("deadline", "explain", *args, lang=lang)[0]


def test_json_holds_every_stretch_under_its_keys(desk: ReadingDesk, protocol: str) -> None:
    found = json.loads(explain(desk, protocol, "--clock", "first-response", "--format", "json"))
    assert list(found) == ["protocol", "as_of", "clocks"]
    (clock,) = found["clocks"]
    assert list(clock) == [
        "protocol",
        "clock",
        "state",
        "unit",
        "amount",
        "target_seconds",
        "counted_seconds",
        "remaining_seconds",
        "started_at",
        "due_at",
        "due_on",
        "next_opening",
        "warn_at",
        "met_at",
        "missed_at",
        "policy",
        "calendar",
        "zone",
        "statutory",
        "source",
        "article",
        "mark",
        "assumed",
        "stretches",
        "versions",
    ]
    assert clock["stretches"][0] == {
        "from": "2026-10-02T10:00:00-03:00",
        "to": "2026-10-02T17:00:00-03:00",
        "seconds": 7 * HOUR,
        "counted_seconds": 7 * HOUR,
        "sum_seconds": 7 * HOUR,
        "reason": "open",
        "holiday": None,
        "turn": None,
        "event": 1,
        "act": None,
    }
    assert list(clock["versions"][0]) == ["event", "cause", "actor", "old", "new", "policy", "recorded_at"]


def test_the_figures_are_those_worked_out_by_hand(desk: ReadingDesk, protocol: str) -> None:
    (clock,) = json.loads(explain(desk, protocol, "--clock", "first-response", "--format", "json"))["clocks"]
    # 2 October 7 h, Monday 8 h, Tuesday 1 h; paused; Wednesday 7 h, then 29 business days of 8 h until Thursday
    # 19 November, less Monday 12 October and Monday 2 November; today, Friday 20, is a holiday.
    assert clock["counted_seconds"] == (7 + 8 + 1 + 7 + 29 * 8) * HOUR
    assert {one["holiday"] for one in clock["stretches"] if one["reason"] == "holiday"} == {
        "Nossa Senhora Aparecida",
        "Finados",
        "Dia Nacional de Zumbi e da Consciência Negra",
    }
    (pause,) = [one for one in clock["stretches"] if one["reason"] == "paused"]
    assert (pause["turn"], pause["event"], pause["seconds"], pause["counted_seconds"]) == (
        "customer",
        2,
        DAY,
        0,
    )


def test_flat_formats_hold_a_stretch_a_line(desk: ReadingDesk, protocol: str) -> None:
    found = list(csv.DictReader(io.StringIO(explain(desk, protocol, "--format", "csv"))))
    assert list(found[0]) == [
        "protocol",
        "clock",
        "from",
        "to",
        "seconds",
        "counted_seconds",
        "sum_seconds",
        "reason",
        "holiday",
        "turn",
        "event",
        "act",
    ]
    assert {one["clock"] for one in found} == {"first-response", "keep-informed"}


def test_the_page_folds_equal_days_and_names_holidays(desk: ReadingDesk, protocol: str) -> None:
    page = explain(desk, protocol, "--clock", "first-response", lang="pt-BR")
    assert "seg–sex 09h00–17h00 × 29 dias" in " ".join(page.split())
    assert "Finados" in page
    assert "255h" in page


@pytest.mark.parametrize("lang", ["en", "pt-BR"])
def test_no_line_of_the_page_is_wider_than_80(desk: ReadingDesk, protocol: str, lang: str) -> None:
    assert max(map(cells, explain(desk, protocol, lang=lang).splitlines())) <= 80


def test_a_clock_that_the_ticket_has_not_is_exit_3(desk: ReadingDesk, protocol: str) -> None:
    _out, err = desk.run("deadline", "explain", protocol, "--clock", "resolution", code=3)
    assert "first-response" in err
