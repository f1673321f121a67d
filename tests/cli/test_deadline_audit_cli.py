from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from ouvidoria_tui.desk.reply import ask, customer_reply
from ouvidoria_tui.desk.suspend import resume, suspend
from ouvidoria_tui.present.safe import cells
from tests.cli.reading_desk import DAY, NOW, ReadingDesk, make_desk
from tests.store.policy_story import apply, in_business_hours

KEYS = [
    "protocol",
    "clock",
    "unit",
    "why",
    "paused_at",
    "customer_wrote_at",
    "since",
    "until",
    "minutes",
    "wall_minutes",
    "by",
    "pause_event",
    "customer_event",
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    made = make_desk(tmp_path, monkeypatch, capsys)
    with made.desk(at=NOW - 80 * DAY) as opened:
        text = in_business_hours(300).replace('stop = "public-answer"', 'stop = "conclusion"', 1)
        apply(opened, text.replace("amount = 300", 'amount = 300\npause_while = ["customer"]', 1))
    return made


@pytest.fixture
def suspended(desk: ReadingDesk) -> str:
    """Suspended by bia on Tuesday 6 October, written to on Wednesday at 10:00, resumed on Thursday at 10:00."""
    found = desk.new(at=NOW - 49 * DAY)
    with desk.desk("bia", at=NOW - 45 * DAY) as opened:
        suspend(opened, found, "Aguardando laudo", clock="first-response")
    with desk.desk(at=NOW - 44 * DAY) as opened:
        customer_reply(opened, found, "Segue o laudo")
    with desk.desk(at=NOW - 43 * DAY) as opened:
        resume(opened, found)
    return found


@pytest.fixture
def late(desk: ReadingDesk) -> str:
    """Asked on Tuesday 6 October; a letter of Wednesday 10:00 was recorded on Thursday at 10:00."""
    found = desk.new(at=NOW - 49 * DAY)
    with desk.desk(at=NOW - 45 * DAY) as opened:
        ask(opened, found, "Qual?")
    with desk.desk(at=NOW - 43 * DAY) as opened:
        customer_reply(opened, found, "Por carta", at=NOW - 44 * DAY)
    return found


def audited(desk: ReadingDesk, *args: str) -> Any:
    return json.loads(desk.run("deadline", "audit", *args, "--format", "json")[0])


def test_json_holds_every_span_under_its_keys_and_adds_them_up(desk: ReadingDesk, suspended: str) -> None:
    found = audited(desk)
    assert list(found) == ["name", "definition", "period", "as_of", "rows", "totals"]
    (row,) = found["rows"]
    assert list(row) == KEYS
    assert row == {
        "protocol": suspended,
        "clock": "first-response",
        "unit": "business-hours",
        "why": "suspension",
        "paused_at": "2026-10-06T10:00:00-03:00",
        "customer_wrote_at": "2026-10-07T10:00:00-03:00",
        "since": "2026-10-07T10:00:00-03:00",
        "until": "2026-10-08T10:00:00-03:00",
        "minutes": 8 * 60,
        "wall_minutes": 24 * 60,
        "by": "bia",
        "pause_event": 2,
        "customer_event": 3,
    }
    sums = {"spans": 1, "minutes": 480, "wall_minutes": 1440}
    assert found["totals"] == {
        "looked_at": 1,
        "tickets": 1,
        "spans": 1,
        "still_paused": 0,
        "clocks": [{"clock": "first-response", **sums}],
        "why": [{"why": "suspension", **sums}],
    }


def test_a_letter_recorded_late_is_listed_after_the_clock_was_corrected(desk: ReadingDesk, late: str) -> None:
    (row,) = audited(desk)["rows"]
    assert (row["protocol"], row["why"], row["minutes"]) == (late, "recorded-late", 480)
    assert (row["by"], row["pause_event"], row["customer_event"]) == ("ana", 2, 3)


def test_what_is_paused_still_has_no_end(desk: ReadingDesk) -> None:
    found = desk.new(at=NOW - 9 * DAY)
    with desk.desk(at=NOW - 8 * DAY) as opened:
        suspend(opened, found, "Aguardando", clock="first-response")
    with desk.desk(at=NOW - 7 * DAY) as opened:
        customer_reply(opened, found, "Pronto")
    told = audited(desk)
    assert (told["rows"][0]["until"], told["totals"]["still_paused"]) == (None, 1)
    assert told["rows"][0]["wall_minutes"] == 7 * 24 * 60


def test_flat_formats_have_the_same_keys(desk: ReadingDesk, suspended: str) -> None:
    out, _err = desk.run("deadline", "audit", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert list(row) == KEYS


def test_a_query_and_a_period_choose_the_tickets(desk: ReadingDesk, suspended: str, late: str) -> None:
    assert len(audited(desk)["rows"]) == 2
    assert [row["protocol"] for row in audited(desk, f"protocol:{late}")["rows"]] == [late]
    assert audited(desk, "--period", "2026-11")["rows"] == []
    assert audited(desk, "--period", "2026-10")["totals"]["looked_at"] == 2


def test_a_narrow_terminal_gets_every_column_that_answers_the_question(
    desk: ReadingDesk, suspended: str, late: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ouvidoria_tui.cli.session.Globals.width", 80)
    lines = desk.run("deadline", "audit", "--format", "table")[0].splitlines()
    assert all(cells(line) <= 80 for line in lines)
    assert lines[0].split() == ["Protocol", "Clock", "Wrote", "Until", "Counts", "Why", "By"]
    assert "10-07 10:00" in lines[2]
    assert lines[2].split()[-1] == "bia"


def test_mistakes_are_usage_errors(desk: ReadingDesk) -> None:
    assert "BAD_PERIOD" in desk.run("deadline", "audit", "--period", "soon", code=2)[1]
    assert "BAD_FORMAT" in desk.run("deadline", "audit", "--format", "xml", code=2)[1]
    desk.run("deadline", "audit", "status:nosuch", code=2)


def test_nothing_to_audit_is_said(desk: ReadingDesk) -> None:
    err = desk.run("deadline", "audit", "--format", "table")[1]
    assert "no clock was paused" in err
