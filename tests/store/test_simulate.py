from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.domain.deadline import compile_clocks
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.report.answer import Question
from ouvidoria_tui.report.ask import ask
from ouvidoria_tui.report.simulate import Simulation, simulate
from tests.store.policy_story import ORGANIZACIONAL, changed
from tests.store.report_desk import NOW, ReportDesk


@pytest.fixture
def desk(tmp_path: Path) -> ReportDesk:
    return ReportDesk(tmp_path / "d.db").five_tickets()


def simulated(desk: ReportDesk, text: str, *by: str) -> Simulation:
    policy = parse(text, name="novo")
    question = Question("sla", NOW, by=by)
    return simulate(
        desk.store.conn,
        desk.store.policy(),
        question,
        policy,
        compile_clocks(policy, desk.store.policy().closed),
    )


@pytest.mark.parametrize("by", [(), ("department",), ("clock", "month"), ("type", "status")])
def test_the_policy_in_force_gives_the_figures_of_today(desk: ReportDesk, by: tuple[str, ...]) -> None:
    found = simulated(desk, ORGANIZACIONAL, *by)
    today = ask(desk.store.conn, desk.store.policy(), Question("sla", NOW, by=by))
    assert [row["present"] for row in found.rows] == [
        {name: row[name] for name in found.figures} for row in today.rows
    ]
    for row in found.rows:
        assert {name: row[name] for name in found.figures} == row["present"]
    assert {name: found.totals[name] for name in found.figures} == found.totals["present"]


def test_another_target_is_counted_by_hand(desk: ReportDesk) -> None:
    found = simulated(desk, changed(("amount = 24", "amount = 50")))
    (first,) = [row for row in found.rows if row["clock"] == "first-response"]
    # 90, 2,880 and 1,440 minutes are in time now; of the two without an answer the older has run 51 hours.
    assert (first["met"], first["missed"], first["running"]) == (3, 1, 1)


def test_a_clock_that_only_one_policy_has_stands_beside_nothing(desk: ReportDesk) -> None:
    new = ('amount = "not defined"', "amount = 1")
    found = simulated(desk, changed(new, ("amount = 24", 'amount = "not defined"')))
    by_clock = {row["clock"]: row for row in found.rows}
    assert by_clock["resolution"]["present"] is None
    assert by_clock["first-response"]["total"] is None


def test_nothing_is_written(desk: ReportDesk, tmp_path: Path) -> None:
    before = list(desk.store.conn.iterdump())
    profile = tmp_path / "p.toml"
    profile.write_text(changed(("amount = 24", "amount = 1")), encoding="utf-8")
    assert run(["--db", str(desk.path), "--as", "ana", "--quiet", "deadline", "simulate", str(profile)]) == 0
    with sqlite3.connect(desk.path) as conn:
        assert list(conn.iterdump()) == before


def test_the_record_has_its_keys(
    desk: ReportDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ["deadline", "simulate", "organizacional", "--period", "2026-10", "--format", "json"]
    assert run(["--db", str(desk.path), "--as", "ana", "--lang", "en", *args]) == 0
    record = json.loads(capsys.readouterr().out)
    assert list(record) == [
        "name",
        "definition",
        "period",
        "as_of",
        "by",
        "tickets",
        "rows",
        "totals",
        "simulated",
        "policy",
    ]
    assert record["tickets"] == 4
    assert list(record["rows"][0])[:7] == [
        "clock",
        "total",
        "met",
        "missed",
        "running",
        "on_time_notified",
        "met_pct",
    ]
