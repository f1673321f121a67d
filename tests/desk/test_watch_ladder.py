"""The ladder in time, and whom to tell today: only upwards, never at night, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.assign import assign
from ouvidoria_tui.desk.delay_notice import delay_notice
from ouvidoria_tui.desk.escalate import escalate, hand_back
from ouvidoria_tui.desk.register import deactivate_agent
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.watch_plan import Kind, Verdict
from tests.desk.bench import DAY, Bench
from tests.desk.clock_bench import POLICY, acts, at, found, of, proven, round_

DUE = "03-02 18:00"


@pytest.fixture
def desk(tmp_path: Path) -> Bench:
    """Monday, 10:00. A first answer is due at 18:00."""
    return found(tmp_path, "03-02 10:00", text=POLICY)


def test_it_goes_up_in_time_only_upwards_and_once(desk: Bench) -> None:
    ref = desk.new()
    levels = []
    for moment in ("03-03 08:00", "03-03 15:59", "03-03 16:00", "03-03 17:00", "03-05 10:00"):
        desk.clock.at = at(moment)
        round_(desk)
        levels.append(desk.ticket(ref).level)
    # Due on Monday at 18:00: the area at the next opening, N2 after 8 open hours, N3 after 20.
    assert levels == [1, 1, 2, 2, 3]
    assert [event.payload["level"] for event in acts(desk, ref, Act.ESCALATED)] == [1, 2, 3]
    assert proven(desk.store)


def test_the_night_does_not_ring(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at = at("03-02 18:30")
    items = of(round_(desk), Kind.ESCALATION)
    assert [item.result for item in items] == [Verdict.WAITING]
    assert desk.ticket(ref).level == 0


def test_a_holiday_makes_an_escalation_later(tmp_path: Path) -> None:
    holiday = POLICY.replace(
        "[calendars.desk.week]", '[calendars.desk.dates]\n"2026-03-03" = []\n\n[calendars.desk.week]'
    )
    bench = found(tmp_path, "03-02 10:00", text=holiday)
    ref = bench.new()
    bench.clock.at = at("03-04 15:00")
    round_(bench)
    assert bench.ticket(ref).level == 1
    bench.clock.at = at("03-04 16:00")
    round_(bench)
    assert bench.ticket(ref).level == 2


def test_after_downtime_it_goes_straight_to_the_rung_that_was_reached(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at = at("03-09 10:00")
    round_(desk)
    assert [event.payload["level"] for event in acts(desk, ref, Act.ESCALATED)] == [3]


def test_the_reason_stands_with_it(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at = at("03-03 09:00")
    round_(desk)
    assert "first-response" in desk.words(ref)[-1]
    assert "02/03/2026" in desk.words(ref)[-1]


def test_handed_back_it_is_not_taken_up_again_for_the_same_breach(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at = at("03-03 16:30")
    round_(desk)
    hand_back(desk.of("oto"), ref, "Respondam hoje")
    round_(desk)
    assert desk.ticket(ref).level == 0


def test_where_a_person_took_it_higher_nothing_is_left_to_do(desk: Bench) -> None:
    ref = desk.new()
    escalate(desk.desk, ref, 3, "Grave")
    desk.clock.at = at("03-03 16:30")
    assert not of(round_(desk), Kind.ESCALATION)


@pytest.mark.parametrize(
    ("rung", "gone", "told"),
    [
        ("", (), "oto"),
        ("absent_until = 2026-03-03\n", (), "bia"),
        ("absent_until = 2026-03-02\n", (), "oto"),
        ("", ("oto",), "bia"),
        ("", ("oto", "bia"), "ombudsman"),
    ],
    ids=["there", "absent", "back again", "not active", "nobody"],
)
def test_a_delegate_is_told_where_the_addressee_is_absent(
    tmp_path: Path, rung: str, gone: tuple[str, ...], told: str
) -> None:
    text = POLICY.replace('agent = "oto"\n', f'agent = "oto"\n{rung}')
    bench = found(tmp_path, "03-02 10:00", text=text)
    ref = bench.new()
    for login in gone:
        deactivate_agent(bench.desk, login)
    bench.clock.at = at("03-03 16:30")
    (item,) = of(round_(bench), Kind.ESCALATION)
    assert item.addressee == bench.escalations(ref)[0].addressee == told


def test_a_person_escalating_tells_the_delegate_too(tmp_path: Path) -> None:
    bench = found(
        tmp_path, "03-02 10:00", text=POLICY.replace('"oto"\n', '"oto"\nabsent_until = 2026-03-05\n')
    )
    ref = bench.new()
    escalate(bench.desk, ref, 2, "Grave")
    assert bench.escalations(ref)[0].addressee == "bia"


def test_a_policy_that_says_nothing_of_time_leaves_it_to_people(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-02 10:00", profile="organizacional")
    ref = bench.new()
    bench.clock.at += 9 * DAY
    round_(bench)
    assert bench.ticket(ref).level == 0


# --- who must be told today


def test_whom_to_tell_today_is_who_cannot_wait_for_tomorrows_opening(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at = at("03-02 10:30")
    (item,) = of(round_(desk, apply=False), Kind.TELL_TODAY)
    assert (item.protocol, item.clock, item.at) == (ref, "first-response", at(DUE))


def test_on_friday_the_weekend_counts(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-06 17:00", text=POLICY)
    bench.new()
    reply(bench.desk, bench.new(), "Resposta")
    # 48 hours of the wall end on Sunday, before anybody is back.
    (item,) = of(round_(bench), Kind.TELL_TODAY)
    assert (item.clock, item.at) == ("keep-informed", at("03-08 17:00"))


def test_a_notice_is_drafted_once_for_the_owner_and_nothing_is_sent(desk: Bench) -> None:
    ref = desk.new()
    assign(desk.desk, ref, "caio")
    (item,) = of(round_(desk), Kind.TELL_TODAY)
    assert (item.result, item.addressee) == (Verdict.DONE, "caio")
    (again,) = of(round_(desk), Kind.TELL_TODAY)
    assert again.result is Verdict.UNCHANGED
    drafts = desk.store.conn.execute("SELECT agent_id, kind, text FROM draft").fetchall()
    owner = desk.store.agent("caio")
    assert owner is not None
    assert [(row["agent_id"], row["kind"]) for row in drafts] == [(owner.id, "delay-noticed")]
    assert ref in drafts[0]["text"]
    assert not acts(desk, ref, Act.DELAY_NOTICED)


@pytest.mark.req("S4-22")
def test_whoever_was_told_is_told_again_only_when_the_promise_runs_out(desk: Bench) -> None:
    ref = desk.new()
    delay_notice(desk.desk, ref, at("03-05 00:00"), "A área pediu mais tempo")
    assert not of(round_(desk), Kind.TELL_TODAY)
    desk.clock.at = at("03-05 09:00")
    items = round_(desk)
    assert [item.clock for item in of(items, Kind.TELL_TODAY)] == ["first-response"]
    assert not of(items, Kind.ESCALATION)
    assert acts(desk, ref, Act.BREACHED)[0].payload["notified"] is True
