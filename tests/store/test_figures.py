from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.classify import Classification, classify, transfer
from ouvidoria_tui.desk.close import reopen
from ouvidoria_tui.desk.reply import ask as ask_customer
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.ticket import Difficulty
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.report.answer import Question, Report
from ouvidoria_tui.report.ask import ask
from ouvidoria_tui.report.period import local_date, parse_period
from ouvidoria_tui.store.figures import Scope, grouping, volume
from tests.store.report_desk import NOW, ZONE, ReportDesk, at

CLOCK_FIGURES = ("total", "met", "missed", "late", "running", "met_pct", "p50_minutes", "p90_minutes")


@pytest.fixture
def five(tmp_path: Path) -> ReportDesk:
    return ReportDesk(tmp_path / "desk.db").five_tickets()


def answer(
    room: ReportDesk,
    name: str = "sla",
    *,
    by: tuple[str, ...] = (),
    period: str | None = None,
    as_of: str | None = None,
    clock: str | None = None,
) -> Report:
    now = room.clock.at
    span = None if period is None else parse_period(period, ZONE, local_date(now, ZONE))
    moment = now if as_of is None else at(as_of)
    question = Question(name, moment, moment < now, span, by, clock)
    return ask(room.store.conn, room.desk.policy, question)


def table(report: Report, *figures: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in (*report.dimensions, *figures)) for row in report.rows]


@pytest.mark.req("S4-21")
def test_a_maximum_response_time_is_reported_as_met_or_missed(five: ReportDesk) -> None:
    found = table(answer(five, clock="first-response"), *CLOCK_FIGURES)
    assert found == [("first-response", 5, 2, 2, 1, 1, 50.0, 1440, 2880)]


def test_every_clock_has_its_row_in_the_order_of_the_policy(five: ReportDesk) -> None:
    # Keep informed: 48 h. Ticket 2 was told after 48 h to the second; ticket 3 waits for 51 h.
    found = table(answer(five), "total", "met", "missed", "running")
    assert found == [("first-response", 5, 2, 2, 1), ("keep-informed", 5, 3, 1, 1)]


def test_rows_are_given_by_department_and_the_nameless_last(five: ReportDesk) -> None:
    found = table(answer(five, by=("department",), clock="first-response"), *CLOCK_FIGURES)
    assert found == [
        ("financeiro", "first-response", 2, 1, 1, 1, 0, 50.0, 90, 2880),
        ("vendas", "first-response", 2, 0, 1, 0, 1, 0.0, None, None),
        (None, "first-response", 1, 1, 0, 0, 0, 100.0, 1440, 1440),
    ]


@pytest.mark.parametrize(
    ("by", "cells"),
    [
        pytest.param("channel", {("phone", 2), ("email", 3)}, marks=pytest.mark.req("S4-11")),
        ("month", {("2026-09", 1), ("2026-10", 4)}),
        ("status", {("closed", 1), ("answered", 2), ("assigned", 1), ("open", 1)}),
        ("type", {("complaint", 5)}),
        pytest.param("agent", {("ana", 4), (None, 1)}, marks=pytest.mark.req("S4-11")),
        ("severity", {(None, 5)}),
    ],
)
def test_any_dimension_counts_the_same_clocks(
    five: ReportDesk, by: str, cells: set[tuple[str | None, int]]
) -> None:
    report = answer(five, by=(by,), clock="first-response")
    assert ({(row[by], row["total"]) for row in report.rows}, report.totals["total"]) == (cells, 5)


@pytest.mark.req("S3-38")
def test_the_time_that_answers_took_is_given_by_difficulty(five: ReportDesk) -> None:
    for number, grade in ((2, Difficulty.COMPLEX), (5, Difficulty.SIMPLE)):
        classify(five.desk, five.protocols[number], Classification(difficulty=grade))
    found = table(answer(five, by=("difficulty",), clock="first-response"), "p50_minutes")
    assert found[:2] == [("simple", "first-response", 1440), ("complex", "first-response", 2880)]


def test_the_clock_may_stand_first(five: ReportDesk) -> None:
    found = table(answer(five, by=("clock", "month")), "total")
    assert found == [
        ("first-response", "2026-09", 1),
        ("first-response", "2026-10", 4),
        ("keep-informed", "2026-09", 1),
        ("keep-informed", "2026-10", 4),
    ]


def test_totals_are_those_of_the_rows(five: ReportDesk) -> None:
    report = answer(five, by=("department", "channel"), clock="first-response")
    for figure in ("total", "met", "missed", "late", "running"):
        assert sum(int(str(row[figure])) for row in report.rows) == report.totals[figure], figure


def test_percentiles_of_all_are_not_those_of_parts(five: ReportDesk) -> None:
    report = answer(five, by=("department",), clock="first-response")
    assert (report.totals["p50_minutes"], report.totals["p90_minutes"]) == (1440, 2880)


def test_times_of_different_clocks_are_not_mixed(five: ReportDesk) -> None:
    assert answer(five).totals["p50_minutes"] is None


@pytest.mark.parametrize(
    ("period", "total"),
    [("2026-10", 4), ("2026-09", 1), ("2026-10-05", 2), ("2026-10-06..2026-10-08", 2), ("2026-11", 0)],
)
def test_a_period_bounds_the_arrival_at_the_desk(five: ReportDesk, period: str, total: int) -> None:
    # Ticket 5 arrived on 30 September at 23:30, when it was October in Greenwich.
    assert answer(five, period=period, clock="first-response").totals["total"] == total


def test_before_its_due_time_a_clock_that_was_missed_later_runs(five: ReportDesk) -> None:
    found = table(answer(five, as_of="10-06 08:59", clock="first-response"), *CLOCK_FIGURES)
    assert found == [("first-response", 3, 2, 0, 0, 1, 100.0, 90, 1440)]


def test_at_its_due_time_a_clock_is_not_missed_yet(five: ReportDesk) -> None:
    assert answer(five, as_of="10-06 09:00", clock="first-response").totals["missed"] == 0


def test_a_breach_that_nobody_has_looked_at_is_counted(five: ReportDesk) -> None:
    assert answer(five, as_of="10-07 09:01", clock="first-response").totals["missed"] == 2


def test_an_answer_of_tomorrow_is_not_known_today(five: ReportDesk) -> None:
    totals = answer(five, as_of="10-06 10:00", clock="first-response").totals
    assert (totals["missed"], totals["late"]) == (1, 0)


@pytest.mark.req("S2-48")
def test_a_clock_without_a_figure_is_named_and_not_counted(five: ReportDesk) -> None:
    report = answer(five, clock="resolution")
    assert (report.not_defined, report.rows, report.totals["met_pct"]) == (("resolution",), (), None)


def test_a_clock_of_a_request_inside_the_ticket_is_defined(tmp_path: Path) -> None:
    room = ReportDesk(tmp_path / "desk.db", profile="publico-13460")
    rules = {rule.name: rule for rule in room.desk.policy.policy.clocks}
    assert not rules["forwarding"].on_ticket
    assert "forwarding" not in answer(room).not_defined


def test_an_unknown_clock_names_those_there_are(five: ReportDesk) -> None:
    with pytest.raises(UsageError) as caught:
        answer(five, clock="nonsense")
    assert (caught.value.code, "first-response" in str(caught.value.hint)) == ("CLOCK_UNKNOWN", True)


def test_an_unknown_dimension_names_those_there_are(five: ReportDesk) -> None:
    with pytest.raises(UsageError) as caught:
        answer(five, "volume", by=("clock",))
    assert (caught.value.code, "month" in str(caught.value.hint)) == ("BY_UNKNOWN", True)


@pytest.mark.req("S0-12")
def test_the_mean_time_to_a_solution_stands_beside_its_target_and_breaches_nothing(tmp_path: Path) -> None:
    room = ReportDesk(tmp_path / "desk.db", profile="hospedagem")
    for number, days in ((1, 2), (2, 12)):
        room.arrives(number, "10-01 10:00", "financeiro")
        room.answers(number, f"10-{1 + days:02d} 10:00", conclusive=True)
    report = answer(room)
    assert report.average is not None
    assert (report.average.days, report.average.target_days, report.average.tickets) == (7.0, 5, 2)
    assert report.totals["missed"] == 0


def test_the_mean_in_business_days_leaves_the_weekend_out(tmp_path: Path) -> None:
    profile = tmp_path / "ours.toml"
    text = Path("data/profiles/hospedagem.toml").read_text("utf-8")
    profile.write_text(
        text.replace('days = 5\nunit = "calendar-days"', 'days = 5\nunit = "business-days"'), "utf-8"
    )
    room = ReportDesk(tmp_path / "desk.db", profile=str(profile))
    room.arrives(1, "10-01 10:00", "financeiro")  # Thursday
    room.answers(1, "10-06 10:00", conclusive=True)  # Tuesday
    average = answer(room).average
    assert average is not None
    assert average.days == 3.0


def test_volume_says_what_has_become_of_what_arrived(five: ReportDesk) -> None:
    found = table(answer(five, "volume"), "received", "answered", "closed", "reopened", "open")
    assert found == [("2026-09", 1, 1, 0, 0, 1), ("2026-10", 4, 2, 1, 0, 3)]


def test_volume_of_a_past_day_knows_nothing_of_later_days(five: ReportDesk) -> None:
    found = table(answer(five, "volume", as_of="10-05 10:45"), "received", "answered", "closed", "open")
    assert found == [("2026-09", 1, 1, 0, 1), ("2026-10", 2, 1, 0, 2)]


def test_a_ticket_that_was_reopened_since_was_closed_then(five: ReportDesk) -> None:
    five.clock.at = at("10-08 12:30")
    reopen(five.desk, five.protocols[1], information="há mais um boleto")
    then = answer(five, "volume", by=("department",), as_of="10-07 12:00")
    now = answer(five, "volume", by=("department",))
    assert [(r.totals["closed"], r.totals["reopened"]) for r in (then, now)] == [(1, 0), (0, 1)]


def test_an_answer_that_was_followed_by_another_counts_from_the_first(five: ReportDesk) -> None:
    five.answers(2, "10-08 12:10")
    assert answer(five, "volume", as_of="10-07 12:00").totals["answered"] == 3


def test_backlog_counts_what_is_open_with_its_age(five: ReportDesk) -> None:
    found = table(answer(five, "backlog"), "total", "overdue", "unowned", "p50_minutes", "oldest_at")
    assert found == [
        ("financeiro", 1, 0, 0, 75 * 60, at("10-05 09:00")),
        ("vendas", 2, 1, 1, 4 * 60, at("10-06 09:00")),
        (None, 1, 0, 0, 180 * 60 + 30, at("09-30 23:30")),
    ]


def test_the_oldest_of_all_is_the_oldest_of_any(five: ReportDesk) -> None:
    assert answer(five, "backlog").totals["oldest_at"] == at("09-30 23:30")


def test_backlog_of_a_past_day_holds_what_was_open_then_and_invents_no_owner(five: ReportDesk) -> None:
    totals = answer(five, "backlog", as_of="10-05 10:45").totals
    assert (totals["total"], totals["overdue"], totals["unowned"]) == (3, None, None)


def test_a_report_says_of_which_ledger_it_speaks(five: ReportDesk) -> None:
    before = answer(five).head
    five.answers(4, "10-08 12:10")
    assert (len(before), before != answer(five).head) == (64, True)


@pytest.mark.parametrize("name", ["sla", "backlog", "volume"])
def test_the_query_of_a_report_can_be_run_as_it_is_shown(five: ReportDesk, name: str) -> None:
    report = answer(five, name, by=("department",), period="2026-10-05..2026-10-08")
    for query in report.queries:
        assert five.store.conn.execute(query).fetchall()


def test_an_empty_desk_has_no_figures_and_no_percentages(tmp_path: Path) -> None:
    room = ReportDesk(tmp_path / "desk.db")
    assert table(answer(room, clock="first-response"), *CLOCK_FIGURES) == [
        ("first-response", 0, 0, 0, 0, 0, None, None, None)
    ]
    assert (answer(room, "volume").rows, answer(room, "backlog").totals["total"]) == ((), 0)


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ((), ()),
        (("month",), ("month",)),
        (("department",), ("month", "department")),
        (("status", "month"), ("month", "department", "status")),
        (("channel",), ("month", "channel")),
        (("month", "agent"), ("month", "agent")),
    ],
)
def test_tickets_are_grouped_along_the_index_where_it_has_what_is_asked(
    by: tuple[str, ...], groups: tuple[str, ...]
) -> None:
    assert grouping(by) == groups


@pytest.mark.parametrize("scope", [Scope(NOW), Scope(NOW, months=("2026-10", "2026-10"))])
def test_figures_by_month_department_and_status_are_read_from_the_index_alone(
    five: ReportDesk, scope: Scope
) -> None:
    statement = volume(("status", "department", "month"), scope)
    plan = [
        str(row[3])
        for row in five.store.conn.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.params)
    ]
    assert len(plan) == 1
    assert "COVERING INDEX ticket_report" in plan[0]


# --- the first contact, and wrong departments


@pytest.mark.req("S2-26")
def test_what_one_answer_solved_is_counted_beside_all_that_was_solved(five: ReportDesk) -> None:
    # 1 is solved with one answer; 2 needs a question before, 4 comes back after it was solved.
    five.clock.at = at("10-08 13:00")
    ask_customer(five.desk, five.protocols[3], "Qual é o pedido?")
    for number in (2, 3, 4):
        five.answers(number, "10-08 14:00", conclusive=True)
        five.closes(number, "10-08 15:00")
    reopen(five.desk, five.protocols[4], information="Voltou a acontecer.")
    five.answers(4, "10-08 16:00", conclusive=True)
    five.closes(4, "10-08 17:00")

    found = answer(five, "first-contact")

    figures = ("solved", "first_contact", "first_contact_pct")
    assert table(found, *figures) == [("financeiro", 2, 1, 50.0), ("vendas", 2, 0, 0.0)]
    assert [found.totals[name] for name in figures] == [4, 1, 25.0]
    then = answer(five, "first-contact", as_of="10-05 23:00")
    assert [then.totals[name] for name in figures] == [1, 1, 100.0]


@pytest.mark.req("S2-37")
def test_a_wrong_department_costs_the_time_before_the_move(five: ReportDesk) -> None:
    # 3 arrived Tue 06 09:00 in vendas: 51 h until Thu 12:00; then 30 minutes in financeiro. 4 arrived 08:00.
    three, four = five.protocols[3], five.protocols[4]
    before = five.store.find(three)
    transfer(five.desk, three, "financeiro", "é cobrança")
    transfer(five.desk, four, "financeiro", "é cobrança")
    five.clock.at = at("10-08 12:30")
    transfer(five.desk, three, "vendas", "não era")
    transfer(five.desk, four, "vendas", "por engano")
    undo(five.desk, four)

    found = answer(five, "transfers")

    figures = ("transfers", "tickets", "lost_minutes", "p50_minutes", "p90_minutes")
    assert table(found, *figures) == [
        ("vendas", "financeiro", 2, 2, 51 * 60 + 4 * 60, 4 * 60, 51 * 60),
        ("financeiro", "vendas", 1, 1, 30, 30, 30),
    ]
    assert [found.totals[name] for name in figures[:3]] == [3, 2, 55 * 60 + 30]
    assert answer(five, "transfers", as_of="10-08 11:00").totals["transfers"] == 0
    after = five.store.find(three)
    assert (after.arrived_at, after.lane) == (before.arrived_at, before.lane)
