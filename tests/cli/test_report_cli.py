from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.clock import SystemClock
from tests.store.report_desk import NOW, ReportDesk

KEYS = ["name", "definition", "period", "as_of", "rows", "totals"]
FIGURES = ["total", "met", "missed", "running", "on_time_notified", "met_pct", "p50_minutes", "p90_minutes"]
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs a command against the five tickets at Thursday noon: exit code, stdout, stderr."""
    room = ReportDesk(tmp_path / "desk.db").five_tickets()
    room.store.close()
    monkeypatch.setattr(SystemClock, "now", lambda _self: NOW)

    def one(*args: str, lang: str = "en") -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["--db", str(room.path), "--as", "ana", "--lang", lang, *args])
        said = capsys.readouterr()
        return code, said.out, said.err

    return one


def record(call: Call, *args: str) -> dict[str, Any]:
    code, out, _err = call("report", *args, "--format", "json")
    assert code == 0
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_the_keys_of_a_report_are_a_contract(call: Call) -> None:
    found = record(call, "sla", "--by", "department")
    assert [key for key in found if key in KEYS] == KEYS
    assert [key for key in found["rows"][0]][:10] == ["department", "clock", *FIGURES]
    assert list(found["totals"])[:8] == FIGURES


def test_sla_is_the_report_where_none_is_named(call: Call) -> None:
    assert record(call)["name"] == "sla"


def test_figures_are_those_counted_by_hand(call: Call) -> None:
    row = record(call, "--clock", "first-response")["rows"][0]
    assert [row[name] for name in FIGURES] == [5, 2, 2, 1, 0, 50.0, 1440, 2880]


def test_period_and_moment_are_said_with_the_desks_offset(call: Call) -> None:
    found = record(call, "volume", "--period", "2026-10", "--as-of", "2026-10-06")
    assert (found["period"], found["as_of"]) == ("2026-10-01..2026-10-31", "2026-10-06T23:59:59-03:00")


def test_a_date_of_today_means_now(call: Call) -> None:
    assert record(call, "--as-of", "2026-10-08")["as_of"] == "2026-10-08T12:00:00-03:00"


def test_a_report_carries_its_query_its_policy_and_the_head_of_the_ledger(call: Call) -> None:
    found = record(call, "backlog")
    assert found["policy"] == {"key": "organizacional", "version": 1}
    assert len(found["head"]) == 64
    assert found["query"][0].startswith("SELECT ticket.arrived_month")


def test_machine_rows_hold_slugs_and_null(call: Call) -> None:
    rows = record(call, "backlog")["rows"]
    assert [row["department"] for row in rows] == ["financeiro", "vendas", None]
    assert rows[0]["oldest_at"] == "2026-10-05T09:00:00-03:00"


@pytest.mark.parametrize(("fmt", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_flat_formats_hold_the_rows_alone(call: Call, fmt: str, delimiter: str) -> None:
    code, out, err = call("report", "volume", "--format", fmt)
    rows = list(csv.reader(io.StringIO(out), delimiter=delimiter))
    assert (code, rows) == (
        0,
        [
            ["month", "received", "answered", "closed", "reopened", "duplicates", "open"],
            ["2026-09", "1", "1", "0", "0", "0", "1"],
            ["2026-10", "4", "2", "1", "0", "0", "3"],
        ],
    )
    assert "Ledger head" in err


def test_jsonl_is_a_row_a_line(call: Call) -> None:
    _code, out, _err = call("report", "volume", "--format", "jsonl")
    assert [json.loads(line)["month"] for line in out.splitlines()] == ["2026-09", "2026-10"]


def test_people_read_names_totals_and_what_is_counted(call: Call) -> None:
    code, out, _err = call(
        "report", "sla", "--by", "department", "--clock", "first-response", "--format", "table"
    )
    lines = out.splitlines()
    assert (code, lines[0]) == (0, "Report sla, everything that arrived, as of 2026-10-08 12:00")
    assert [line.split()[0] for line in lines[4:8]] == ["Financeiro", "Vendas", "—", "Total"]
    assert lines[7].split()[1:] == ["5", "2", "2", "1", "50.0", "24h", "48h", "1"]
    assert "Missed: a" in out


def test_portuguese_figures_have_a_decimal_comma(call: Call) -> None:
    _code, out, _err = call("report", "--clock", "first-response", "--format", "table", lang="pt-BR")
    assert "50,0" in out.splitlines()[4]


def test_a_narrow_terminal_is_not_overrun(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from ouvidoria_tui.cli.session import Globals

    monkeypatch.setattr(Globals, "width", property(lambda _self: 80))
    _code, out, _err = call("report", "--by", "department,channel", "--format", "table")
    assert max(map(len, out.splitlines()[:-1])) <= 80  # the ledger's head is never cut


@pytest.mark.req("S2-48")
def test_a_clock_without_a_figure_prints_that_it_is_not_defined(call: Call) -> None:
    _code, out, _err = call("report", "--clock", "resolution", "--format", "table")
    assert "Not defined by the profile organizacional: solution" in out


def test_an_alarm_comes_after_the_figures(call: Call) -> None:
    code, out, err = call("report", "volume", "--fail-if", "open>3", "--format", "csv")
    assert (code, out.startswith("month,"), "[ALARM]" in err) == (9, True, True)


def test_no_alarm_where_the_condition_is_not_true(call: Call) -> None:
    assert call("report", "volume", "--fail-if", "open>4")[0] == 0


def test_a_figure_without_a_value_raises_no_alarm_and_says_so(call: Call) -> None:
    code, _out, err = call("report", "--clock", "resolution", "--fail-if", "met_pct<95", "--format", "tsv")
    assert (code, "met_pct has no value here" in err) == (0, True)


def test_with_json_the_alarm_is_json_too(call: Call) -> None:
    code, out, err = call("report", "--fail-if", "missed>0", "--format", "json")
    assert (code, json.loads(out)["totals"]["missed"], json.loads(err)["error"]["code"]) == (9, 3, "ALARM")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("causes",), "REPORT_UNKNOWN"),
        (("--by", "nonsense"), "BY_UNKNOWN"),
        (("--period", "nonsense"), "BAD_PERIOD"),
        (("--clock", "nonsense"), "CLOCK_UNKNOWN"),
        (("--fail-if", "nonsense"), "BAD_EXPRESSION"),
        (("--as-of", "nonsense"), "BAD_TIME"),
        (("volume", "--clock", "resolution"), "NOT_FOR_THIS_REPORT"),
        (("--format", "nonsense"), "BAD_FORMAT"),
    ],
)
def test_a_bad_call_prints_no_figures(call: Call, args: tuple[str, ...], code: str) -> None:
    exit_code, out, err = call("report", *args)
    assert (exit_code, out, f"[{code}]" in err) == (2, "", True)


def test_figures_of_the_future_are_refused_like_every_date_to_come(call: Call) -> None:
    code, out, err = call("report", "--as-of", "2026-10-09")
    assert (code, out, "[DATE_IN_FUTURE]" in err) == (4, "", True)


def test_an_unknown_report_names_those_that_exist(call: Call) -> None:
    assert "sla, backlog, volume" in call("report", "causes")[2]


def test_several_dimensions_with_commas_or_repeated_are_the_same(call: Call) -> None:
    one = record(call, "volume", "--by", "department,channel")
    two = record(call, "volume", "--by", "department", "--by", "channel")
    assert one["rows"] == two["rows"]
