from __future__ import annotations

import json
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run

Capture = pytest.CaptureFixture[str]


def ouvidoria(db: Path, *args: str) -> int:
    return run(["--lang", "en", "--db", str(db), "--as", "ana", *args])


def nowhere(*args: str) -> int:
    return ouvidoria(Path("/nonexistent/d.db"), *args)


class TestDeadline:
    def due(self, *args: str, profile: str = "organizacional") -> int:
        at = () if "--registered-at" in args else ("--registered-at", "2026-11-13T16:30")
        return nowhere("deadline", "due", "--profile", profile, *at, *args)

    @pytest.mark.req("S4-21")
    def test_hours_give_an_instant_and_the_source_is_told(self, capsys: Capture) -> None:
        assert self.due("--clock", "first-response") == 0
        captured = capsys.readouterr()
        assert captured.out == "2026-11-14T16:30:00-03:00\n"
        assert "S4-21" in captured.err

    @pytest.mark.req("S2-48")
    @pytest.mark.parametrize("clock", ["resolution", "no-such-clock"])
    def test_a_clock_without_a_figure_is_not_defined(self, clock: str, capsys: Capture) -> None:
        assert self.due("--clock", clock) == 0
        assert capsys.readouterr().out == "not defined\n"

    @pytest.mark.parametrize(
        ("args", "expected"),
        [
            (("--unit", "business-days", "--amount", "10", "--registered-at", "2026-11-13"), "2026-11-30"),
            (("--unit", "business", "--amount", "10", "--registered-at", "2026-12-23"), "2027-01-08"),
            (("--unit", "calendar", "--amount", "7", "--registered-at", "2026-12-18"), "2026-12-25"),
            (
                ("--unit", "calendar-days", "--amount", "60", "--roll", "--registered-at", "2026-03-02"),
                "2026-05-04",
            ),
            (("--unit", "business hours", "--amount", "24"), "2026-11-18T10:30:00-03:00"),
        ],
    )
    def test_unit_and_amount_serve_a_clock_that_the_profile_does_not_define(
        self, args: tuple[str, ...], expected: str, capsys: Capture
    ) -> None:
        assert self.due("--clock", "final", *args, profile="hospedagem") == 0
        assert capsys.readouterr().out == expected + "\n"

    def test_a_pause_moves_a_day_clock_by_whole_dates(self, capsys: Capture) -> None:
        args = ("--clock", "final", "--unit", "calendar", "--amount", "30", "--roll")
        span = ("--registered-at", "2026-03-02", "--pause", "2026-03-10/2026-03-16")
        assert self.due(*args, *span, profile="hospedagem") == 0
        assert capsys.readouterr().out == "2026-04-07\n"

    def test_the_record_holds_everything(self, capsys: Capture) -> None:
        args = ("--unit", "business-days", "--amount", "10", "--registered-at", "2026-11-13", "-f", "json")
        assert self.due("--clock", "resolution", *args, profile="hospedagem") == 0
        assert json.loads(capsys.readouterr().out) == [
            {
                "profile": "hospedagem",
                "clock": "resolution",
                "unit": "business-days",
                "amount": 10,
                "registered_at": "2026-11-13T00:00:00-03:00",
                "roll": False,
                "statutory": False,
                "source": None,
                "article": None,
                "mark": None,
                "checked_on": None,
                "assumed": None,
                "due": "2026-11-30",
                "due_at": "2026-11-30T18:00:00-03:00",
            }
        ]

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (("--clock", "x", "--unit", "fortnights", "--amount", "1"), "BAD_CHOICE"),
            (("--clock", "x", "--unit", "hours", "--amount", "0"), "TARGET_NOT_POSITIVE"),
            (("--clock", "x", "--unit", "hours"), "AMOUNT_REQUIRED"),
            (("--clock", "x", "--amount", "3"), "UNIT_REQUIRED"),
            (("--clock", "x", "--unit", "hours", "--amount", str(10**15)), "CALENDAR_HORIZON"),
            (("--clock", "first-response", "--pause", "2026-11-14"), "BAD_PAUSE"),
            (("--clock", "first-response", "--pause", "2026-11-16/2026-11-14"), "BAD_PAUSE"),
            (("--clock", "first-response", "--registered-at", "soon"), "BAD_TIME"),
        ],
    )
    def test_wrong_calls_have_their_code(self, args: tuple[str, ...], said: str, capsys: Capture) -> None:
        assert self.due(*args) == 2
        assert f"[{said}]" in capsys.readouterr().err
