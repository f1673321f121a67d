from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.founding import found_desk

Capture = pytest.CaptureFixture[str]
WEEK = {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]}
#: Monday 23 November 2026, four in the afternoon, and an hour and a half of work: half an hour is left for Tuesday.
QUESTION = {"tz": "UTC", "week": WEEK, "op": "add", "start": "2026-11-23T16:00:00Z", "minutes": 90}
ANSWER = "2026-11-24T09:30:00+00:00"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    found_desk(tmp_path / "d.db", clock=FixedClock(1_795_000_000), admin="ana").close()
    return tmp_path / "d.db"


@pytest.fixture
def week(tmp_path: Path) -> str:
    path = tmp_path / "week.json"
    path.write_text(json.dumps({"tz": "UTC", "week": WEEK, "holidays": ["2026-11-24"]}))
    return str(path)


def ouvidoria(db: Path, *args: str) -> int:
    return run(["--lang", "en", "--db", str(db), "--as", "ana", *args])


def nowhere(*args: str) -> int:
    return ouvidoria(Path("/nonexistent/d.db"), *args)


def batch(tmp_path: Path, text: str, *args: str) -> int:
    (tmp_path / "questions").write_text(text, encoding="utf-8")
    return nowhere("calendar", "batch", str(tmp_path / "questions"), *args)


def answers(capsys: Capture) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


class TestDue:
    def test_the_policy_of_the_store_counts(self, db: Path, capsys: Capture) -> None:
        args = ("--calendar", "desk", "--start", "2026-11-13T16:30:00-03:00", "--minutes", "1440")
        assert ouvidoria(db, "calendar", "due", *args) == 0
        assert capsys.readouterr().out == "2026-11-18T10:30:00-03:00\n"

    def test_a_profile_needs_no_store(self, capsys: Capture) -> None:
        args = ("--profile", "loja-virtual", "--start", "2026-11-13T16:30:00-03:00", "--minutes", "1440")
        assert nowhere("calendar", "due", *args) == 0
        assert capsys.readouterr().out == "2026-11-18T16:30:00-03:00\n"

    def test_a_file_needs_no_store(self, week: str, capsys: Capture) -> None:
        args = ("--calendar-file", week, "--start", "2026-11-23T16:00:00Z", "--minutes", "90")
        assert nowhere("calendar", "due", *args) == 0
        assert capsys.readouterr().out == "2026-11-30T09:30:00+00:00\n"

    def test_no_minutes_give_the_start(self, week: str, capsys: Capture) -> None:
        args = ("--calendar-file", week, "--start", "2026-11-22T16:00:00Z", "--minutes", "0")
        nowhere("calendar", "due", *args)
        assert capsys.readouterr().out == "2026-11-22T16:00:00+00:00\n"

    def test_negative_minutes_count_backwards(self, week: str, capsys: Capture) -> None:
        args = ("--calendar-file", week, "--start", "2026-11-23T10:00:00Z", "--minutes", "-120")
        nowhere("calendar", "due", *args)
        assert capsys.readouterr().out == "2026-11-17T16:00:00+00:00\n"

    def test_an_instant_without_an_offset_is_the_calendars(self, db: Path, capsys: Capture) -> None:
        ouvidoria(db, "calendar", "due", "--start", "2026-11-13T16:30", "--minutes", "1")
        assert capsys.readouterr().out == "2026-11-13T16:31:00-03:00\n"


class TestBadFiles:
    """A file of four lines: the zone on the second, Monday on the third, the closed dates on the fourth."""

    @pytest.mark.parametrize(
        ("zone", "monday", "closed", "line", "code"),
        [
            ("America/Nowhere", [["09:00", "17:00"]], [], 2, "CALENDAR_UNKNOWN_ZONE"),
            ("UTC", [["09:00", "12:00"], ["11:00", "17:00"]], [], 3, "CALENDAR_OVERLAP"),
            ("UTC", [["09:00"]], [], 3, "CALENDAR_BAD_WINDOW"),
            ("UTC", [["9h", "17h"]], [], 3, "CALENDAR_BAD_WINDOW"),
            ("UTC", [], [], 3, "CALENDAR_NEVER_OPENS"),
            ("UTC", [["09:00", "17:00"]], ["2026-02-30"], 4, "BATCH_BAD_VECTOR"),
        ],
    )
    def test_what_is_wrong_is_said_with_its_line(
        self,
        tmp_path: Path,
        capsys: Capture,
        zone: str,
        monday: list[list[str]],
        closed: list[str],
        line: int,
        code: str,
    ) -> None:
        file = tmp_path / "week.json"
        tz, hours, days = map(json.dumps, (zone, {"mon": monday}, closed))
        file.write_text(f'{{\n "tz": {tz},\n "week": {hours},\n "holidays": {days}}}')
        args = ("--calendar-file", str(file), "--start", "2026-11-23T16:00:00Z", "--minutes", "90")
        assert nowhere("calendar", "due", *args) == 2
        err = capsys.readouterr().err
        assert f"week.json:{line}: " in err
        assert f"[{code}]" in err

    @pytest.mark.parametrize(
        "start", ["1969-12-31T10:00:00Z", "2200-01-02T10:00:00Z", "2199-12-31T23:00:00Z"]
    )
    def test_before_1970_and_after_2199_there_is_no_calendar(
        self, week: str, start: str, capsys: Capture
    ) -> None:
        args = ("--calendar-file", week, "--start", start, "--minutes", "90")
        assert nowhere("calendar", "due", *args) == 2
        assert "[CALENDAR_HORIZON]" in capsys.readouterr().err

    def test_dates_after_2100_are_dates_as_others(self, week: str, capsys: Capture) -> None:
        args = ("--calendar-file", week, "--start", "2150-11-23T10:00:00Z", "--minutes", "0")
        assert nowhere("calendar", "due", *args) == 0
        assert capsys.readouterr().out == "2150-11-23T10:00:00+00:00\n"

    def test_an_amount_beyond_the_horizon_is_refused(self, week: str, capsys: Capture) -> None:
        args = ("--calendar-file", week, "--start", "2026-11-23T10:00:00Z", "--minutes", "9" * 20)
        assert nowhere("calendar", "due", *args) == 2
        assert "[CALENDAR_HORIZON]" in capsys.readouterr().err


class TestBetween:
    def test_open_minutes(self, db: Path, capsys: Capture) -> None:
        args = ("--start", "2026-11-13T16:30:00-03:00", "--end", "2026-11-16T09:00:00-03:00")
        assert ouvidoria(db, "calendar", "between", *args) == 0
        assert capsys.readouterr().out == "150\n"

    def test_reversed_it_is_negative(self, db: Path, capsys: Capture) -> None:
        args = ("--start", "2026-11-16T09:00:00-03:00", "--end", "2026-11-13T16:30:00-03:00")
        ouvidoria(db, "calendar", "between", *args)
        assert capsys.readouterr().out == "-150\n"

    def test_seconds_are_not_dropped(self, week: str, capsys: Capture) -> None:
        args = ("--start", "2026-11-23T10:00:00Z", "--end", "2026-11-23T10:01:30Z")
        nowhere("calendar", "between", "--calendar-file", week, *args)
        assert capsys.readouterr().out == "1.50\n"


class TestOpen:
    @pytest.mark.req("S1-26")
    def test_a_holiday_closes_the_desk_and_is_named(self, capsys: Capture) -> None:
        args = ("--profile", "loja-virtual", "--at", "2026-11-20T10:00", "--format", "json")
        assert nowhere("calendar", "open", *args) == 0
        assert json.loads(capsys.readouterr().out) == [
            {
                "at": "2026-11-20T10:00:00-03:00",
                "open": False,
                "closed_as": "Dia Nacional de Zumbi e da Consciência Negra",
                "next_opening": "2026-11-23T09:00:00-03:00",
                "next_closing": "2026-11-23T17:00:00-03:00",
            }
        ]

    def test_a_working_day_is_open(self, db: Path, capsys: Capture) -> None:
        ouvidoria(db, "calendar", "open", "--at", "2026-11-19T10:00", "--format", "table")
        assert "open" in capsys.readouterr().out.splitlines()[-1]

    def test_now_is_asked_where_no_moment_is_given(self, db: Path) -> None:
        assert ouvidoria(db, "calendar", "open") == 0


class TestShow:
    def test_the_week_then_the_dates_of_a_year(self, db: Path, capsys: Capture) -> None:
        assert ouvidoria(db, "calendar", "show", "--year", "2026", "--format", "json") == 0
        rows = json.loads(capsys.readouterr().out)
        assert rows[0] == {
            "kind": "weekday",
            "day": "mon",
            "windows": [["08:00", "18:00"]],
            "name": None,
            "zone": "America/Sao_Paulo",
        }
        dates = {row["day"]: row["name"] for row in rows if row["kind"] == "date"}
        assert dates["2026-11-20"] == "Dia Nacional de Zumbi e da Consciência Negra"
        assert "2026-02-17" not in dates  # Carnival is not a national holiday

    @pytest.mark.parametrize("fmt", ["table", "tsv", "csv", "json", "jsonl", "md"])
    def test_every_format(self, week: str, fmt: str, capsys: Capture) -> None:
        assert nowhere("calendar", "show", "--calendar-file", week, "--year", "2026", "--format", fmt) == 0
        assert "2026-11-24" in capsys.readouterr().out


class TestBatch:
    def test_json_lines(self, tmp_path: Path, capsys: Capture) -> None:
        text = "\n".join(json.dumps({"id": name, "note": "ignored", **QUESTION}) for name in ("a", "b"))
        assert batch(tmp_path, text) == 0
        assert answers(capsys) == [{"id": "a", "result": ANSWER}, {"id": "b", "result": ANSWER}]

    def test_one_list(self, tmp_path: Path, capsys: Capture) -> None:
        assert batch(tmp_path, json.dumps([{"id": 1, **QUESTION}], indent=2)) == 0
        assert answers(capsys) == [{"id": 1, "result": ANSWER}]

    def test_one_object_over_several_lines(self, tmp_path: Path, capsys: Capture) -> None:
        assert batch(tmp_path, json.dumps({"id": 1, **QUESTION}, indent=2)) == 0
        assert answers(capsys) == [{"id": 1, "result": ANSWER}]

    def test_an_empty_list(self, tmp_path: Path, capsys: Capture) -> None:
        assert batch(tmp_path, "[]") == 0
        assert answers(capsys) == []

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
        given = io.TextIOWrapper(io.BytesIO(json.dumps({"id": None, **QUESTION}).encode()))
        monkeypatch.setattr(sys, "stdin", given)
        assert nowhere("calendar", "batch", "-") == 0
        assert answers(capsys) == [{"id": None, "result": ANSWER}]

    def test_between_gives_whole_seconds(self, tmp_path: Path, capsys: Capture) -> None:
        ask = {**QUESTION, "op": "between", "end": "2026-11-24T10:00:00Z"}
        batch(tmp_path, json.dumps({"id": 1, **ask}))
        assert answers(capsys) == [{"id": 1, "result": 7200}]

    def test_a_calendar_by_name_is_the_profiles(self, tmp_path: Path, capsys: Capture) -> None:
        ask = {"id": 1, "calendar": "desk", "op": "add", "start": "2026-11-13T16:30", "minutes": 60}
        assert batch(tmp_path, json.dumps(ask), "--profile", "hospedagem") == 0
        assert answers(capsys) == [{"id": 1, "result": "2026-11-13T17:30:00-03:00"}]

    def test_a_calendar_by_name_without_profile_needs_the_store(self, tmp_path: Path) -> None:
        ask = {"id": 1, "calendar": "desk", "op": "add", "start": "2026-11-13T16:30", "minutes": 60}
        assert batch(tmp_path, json.dumps(ask)) == 7

    def test_a_wrong_question_leaves_the_others_standing(self, tmp_path: Path, capsys: Capture) -> None:
        lines = [
            json.dumps({"id": 1, "op": "guess", **{k: v for k, v in QUESTION.items() if k != "op"}}),
            "{broken",
            json.dumps({"id": 3, **QUESTION}),
        ]
        assert batch(tmp_path, "\n".join(lines)) == 6
        captured = capsys.readouterr()
        found = [json.loads(line) for line in captured.out.splitlines()]
        assert [one["result"] for one in found] == [None, None, ANSWER]
        assert [one.get("error", {}).get("code") for one in found] == ["BATCH_BAD_VECTOR", "BAD_JSON", None]
        assert "line 2" in captured.err

    def test_where_every_question_is_wrong_the_call_is_wrong(self, tmp_path: Path) -> None:
        assert batch(tmp_path, '{"id": 1}\n{"id": 2}') == 2

    @pytest.mark.parametrize(
        "text",
        ["[" * 50_000, '{"id":' + "9" * 5000 + "}", '{"a":NaN}', "[1, 2]", '["\ud7ff"]', "nonsense"],
        ids=["deep", "long-number", "nan", "no-objects", "odd-text", "no-json"],
    )
    def test_hostile_input_is_refused_in_words(self, tmp_path: Path, text: str) -> None:
        assert batch(tmp_path, text) == 2

    def test_there_is_no_such_file(self, tmp_path: Path) -> None:
        assert nowhere("calendar", "batch", str(tmp_path / "none")) == 3


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("due", "--start", "soon", "--minutes", "1"), 2, "BAD_TIME"),
        (("due", "--start", "2026-11-23", "--minutes", "x"), 2, "USAGE"),
        (("due", "--minutes", "1"), 2, "USAGE"),
        (("due", "--calendar", "moon", "--start", "2026-11-23", "--minutes", "1"), 3, "CALENDAR_NOT_FOUND"),
        (("due", "--profile", "moon", "--start", "2026-11-23", "--minutes", "1"), 3, "PROFILE_NOT_FOUND"),
        (("due", "--start", "2026-11-23", "--minutes", str(10**12)), 2, "CALENDAR_HORIZON"),
        (("due", "--start", "1900-01-01", "--minutes", "1"), 2, "CALENDAR_HORIZON"),
        (("show", "--year", "1"), 2, "USAGE"),
        (("open", "--format", "xml"), 2, "BAD_FORMAT"),
    ],
)
def test_wrong_calls_have_their_code(
    db: Path, args: tuple[str, ...], code: int, said: str, capsys: Capture
) -> None:
    assert ouvidoria(db, "calendar", *args) == code
    assert f"[{said}]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "CALENDAR_FILE_INVALID"),
        ("[]", "CALENDAR_FILE_INVALID"),
        ("[" * 50_000, "CALENDAR_FILE_INVALID"),
        ('{"tz": "UTC", "week": {}}', "CALENDAR_NEVER_OPENS"),
        ('{"tz": "Lua", "week": {"mon": [["09:00", "17:00"]]}}', "CALENDAR_UNKNOWN_ZONE"),
        ('{"tz": "UTC", "week": {"seg": [["09:00", "17:00"]]}}', "CALENDAR_BAD_DAY"),
        ('{"tz": "UTC", "week": {"mon": [["9", "17:00"]]}}', "CALENDAR_BAD_WINDOW"),
        ('{"tz": "UTC", "week": {"mon": [["09:00", "17:00"]]}, "holidays": ["ontem"]}', "BATCH_BAD_VECTOR"),
    ],
)
def test_a_calendar_file_that_is_wrong(tmp_path: Path, text: str, said: str, capsys: Capture) -> None:
    (tmp_path / "c.json").write_text(text)
    args = ("--calendar-file", str(tmp_path / "c.json"), "--start", "2026-11-23", "--minutes", "1")
    assert nowhere("calendar", "due", *args) == 2
    assert f"[{said}]" in capsys.readouterr().err


def test_a_file_and_a_name_do_not_go_together(week: str) -> None:
    args = ("--calendar-file", week, "--calendar", "desk", "--start", "2026-11-23", "--minutes", "1")
    assert nowhere("calendar", "due", *args) == 2


@pytest.mark.parametrize(
    "command",
    [
        ("calendar", "due"),
        ("calendar", "between"),
        ("calendar", "open"),
        ("calendar", "show"),
        ("calendar", "batch"),
        ("deadline", "due"),
    ],
)
def test_help_has_an_example(command: tuple[str, str], capsys: Capture) -> None:
    assert run(["--lang", "en", *command, "--help"]) == 0
    assert f"ouvidoria {' '.join(command)}" in capsys.readouterr().out.partition("Examples")[2]


@pytest.mark.parametrize("group", ["calendar", "deadline"])
def test_a_group_alone_shows_its_help(group: str, capsys: Capture) -> None:
    assert run([group]) == 0
    assert "due" in capsys.readouterr().out
