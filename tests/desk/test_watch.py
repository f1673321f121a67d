"""The clock's round: what it finds, that it does it once, and that it never rings at night."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.demo import build_demo
from ouvidoria_tui.desk.assign import assign
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.importing import import_records
from ouvidoria_tui.desk.reply import customer_reply, note, reply
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.desk.watch import watch
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.record import Record
from ouvidoria_tui.domain.ticket import CloseReason, Status
from ouvidoria_tui.domain.watch_plan import Kind, Verdict
from ouvidoria_tui.errors import NotAllowed
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.watch_reads import WatchReads
from tests.desk.bench import DAY, HOUR, Bench, code_of
from tests.desk.clock_bench import POLICY, ZONE, acts, at, clock, found, of, proven, round_

DUE = "03-02 18:00"


@pytest.fixture
def desk(tmp_path: Path) -> Bench:
    """Monday, 10:00. A first answer is due at 18:00, the warning at 16:00."""
    return found(tmp_path, "03-02 10:00", text=POLICY)


def when(events: list[object]) -> list[str]:
    return [f"{datetime.fromtimestamp(event.happened_at, ZONE):%m-%d %H:%M}" for event in events]  # type: ignore[attr-defined]


def ledger(store: SqliteStore) -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.conn.execute("SELECT id, ticket_id, type, happened_at FROM event")]


def test_a_plan_writes_nothing(desk: Bench) -> None:
    desk.new()
    desk.clock.at = at("03-03 09:00")
    before = ledger(desk.store)
    assert round_(desk, apply=False, by="aldo")
    assert ledger(desk.store) == before


def test_the_plan_is_what_is_done(desk: Bench) -> None:
    desk.new()
    desk.clock.at = at("03-03 09:00")
    planned = [(item.kind, item.at, item.level) for item in round_(desk, apply=False)]
    assert planned == [(item.kind, item.at, item.level) for item in round_(desk)]


def test_whoever_reads_only_may_not_act(desk: Bench) -> None:
    with pytest.raises(NotAllowed):
        round_(desk, by="aldo")


def test_the_future_can_be_looked_at_and_not_acted_upon(desk: Bench) -> None:
    desk.new()
    assert of(round_(desk, apply=False, as_of=at("03-03 09:00")), Kind.BREACH)
    assert code_of(lambda: round_(desk, as_of=at("03-03 09:00"))) == "DATE_IN_FUTURE"


# --- warnings


def test_a_warning_is_given_once_when_its_moment_has_come(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at = at("03-02 15:59")
    assert not of(round_(desk), Kind.WARNING)
    desk.clock.at = at("03-02 16:05")
    (item,) = of(round_(desk), Kind.WARNING)
    assert (item.clock, item.at, item.result) == ("first-response", at("03-02 16:00"), Verdict.DONE)
    assert not of(round_(desk), Kind.WARNING)
    assert when(acts(desk, ref, Act.WARNED)) == ["03-02 16:05"]  # type: ignore[arg-type]
    assert proven(desk.store)


def test_no_warning_rings_outside_the_hours(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-02 10:00", text=POLICY.replace('hours"\namount = 8', 'hours"\namount = 12'))
    ref = bench.new()
    bench.clock.at = at("03-02 18:30")
    # Due on Tuesday at 12:00; the lead begins at 10:00, so the night has no warning.
    assert not of(round_(bench), Kind.WARNING)
    bench.clock.at = at("03-03 10:00")
    assert len(of(round_(bench), Kind.WARNING)) == 1
    assert len(acts(bench, ref, Act.WARNED)) == 1


def test_a_warning_that_was_slept_through_waits_for_the_opening(tmp_path: Path) -> None:
    wall = POLICY.replace('"business-hours"\namount = 8', '"hours"\namount = 30')
    bench = found(tmp_path, "03-02 10:00", text=wall.replace('"2h"', '"8h"'))
    bench.new()
    bench.clock.at = at("03-03 19:00")
    # Due on Tuesday at 16:00 by the wall; at seven in the evening it is late, and nobody is there.
    items = round_(bench)
    assert [item.result for item in of(items, Kind.ESCALATION)] == [Verdict.WAITING]
    assert not of(items, Kind.WARNING)


def test_a_warned_clock_is_looked_for_no_more(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at = at("03-02 16:05")
    round_(desk)
    row = desk.store.conn.execute("SELECT next_warn_at FROM ticket WHERE protocol = ?", (ref,)).fetchone()
    assert row[0] is None


# --- breaches


def test_a_breach_is_dated_when_it_happened_and_recorded_once(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at = at("03-03 09:20")
    round_(desk)
    round_(desk)
    (event,) = acts(desk, ref, Act.BREACHED)
    assert (event.happened_at, event.recorded_at) == (at(DUE), at("03-03 09:20"))
    assert event.payload["automatic"] is True
    assert clock(desk, ref, "first-response").missed_at == at(DUE)
    assert proven(desk.store)


def test_at_the_due_moment_it_is_not_late(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at = at(DUE)
    round_(desk)
    assert not acts(desk, ref, Act.BREACHED)


def test_a_breach_is_recorded_at_night_too(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at = at("03-02 23:00")
    round_(desk)
    assert when(acts(desk, ref, Act.BREACHED)) == [DUE]  # type: ignore[arg-type]


def test_after_a_week_of_downtime_every_breach_is_dated_when_it_happened(desk: Bench) -> None:
    late, answered, closed = desk.new(), desk.new(), desk.new()
    # First answer late on Tuesday; the customer writes again and is answered late once more on Friday.
    desk.clock.at = at("03-03 11:00")
    reply(desk.desk, answered, "Estamos vendo")
    desk.clock.at = at("03-03 12:00")
    customer_reply(desk.desk, answered, "E então?")
    desk.clock.at = at("03-06 09:00")
    reply(desk.desk, answered, "Resolvido", conclusive=True)
    note(desk.desk, closed, "Sem notícia")
    close(desk.desk, closed, CloseReason.WITHDRAWN)
    desk.clock.at = at("03-09 10:00")

    round_(desk)

    def breached(ref: str) -> list[tuple[object, str]]:
        events = acts(desk, ref, Act.BREACHED)
        return [(event.payload["clocks"], moment) for event, moment in zip(events, when(events), strict=True)]  # type: ignore[arg-type]

    first, keep = (["first-response"], DUE), ["keep-informed"]
    assert breached(late) == [first, (keep, "03-04 10:00")]
    assert breached(answered) == [first, (keep, "03-05 12:00")]
    assert breached(closed) == [first, (keep, "03-04 10:00")]
    before = ledger(desk.store)
    round_(desk)
    round_(desk)
    assert ledger(desk.store) == before
    assert proven(desk.store)


def test_a_note_after_the_due_time_hides_no_breach(desk: Bench) -> None:
    ref = desk.new()
    desk.clock.at = at("03-03 08:30")
    note(desk.desk, ref, "Vi tarde")
    round_(desk)
    assert when(acts(desk, ref, Act.BREACHED)) == [DUE]  # type: ignore[arg-type]


def test_history_that_was_brought_in_is_not_breached_anew(desk: Bench) -> None:
    record = Record(
        external_id="1",
        source="legado",
        received_at=at("01-05 10:00"),
        subject="Antigo",
        description="Relato",
        answered_at=at("01-20 10:00"),
        closed_at=at("01-21 10:00"),
        close_reason=CloseReason.SOLVED,
        status=Status.CLOSED,
    )
    list(import_records(desk.desk, [record]))
    desk.clock.at += DAY
    assert round_(desk) == []


def test_a_breach_neither_moves_the_ticket_nor_bars_an_act_dated_before(desk: Bench) -> None:
    from ouvidoria_tui.desk.act import When

    ref = desk.new()
    desk.clock.at = at("03-03 09:20")
    round_(desk)
    ticket = desk.ticket(ref)
    assert (ticket.status, ticket.turn) == (Status.OPEN, "desk")
    note(desk.desk, ref, "Telefonei ontem", when=When(at("03-02 11:00")))


def test_what_the_watch_noted_hides_no_act_from_undo(desk: Bench) -> None:
    ref = desk.new()
    assign(desk.desk, ref, "caio")
    desk.clock.at = at("03-02 19:00")
    round_(desk)
    undo(desk.desk, ref)
    assert desk.status(ref) is Status.OPEN


# --- idempotence


def test_a_hundred_rounds_over_the_sample_desk_act_as_one(tmp_path: Path) -> None:
    moment = int(datetime(2026, 11, 25, 10, 0, tzinfo=ZONE).timestamp())
    path = build_demo(tmp_path / "demo.db", clock=FixedClock(moment), admin="ana.admin")
    store = SqliteStore.open(path)
    bench = Bench(store, FixedClock(moment))
    items = list(watch(bench.of("ana.admin"), WatchReads(store.conn), apply=True))
    once, drafts = ledger(store), store.conn.execute("SELECT count(*) FROM draft").fetchone()[0]
    assert {item.kind for item in items} >= {Kind.BREACH, Kind.ESCALATION, Kind.TELL_TODAY}

    for _ in range(99):
        list(watch(bench.of("ana.admin"), WatchReads(store.conn), apply=True))

    assert ledger(store) == once
    assert store.conn.execute("SELECT count(*) FROM draft").fetchone()[0] == drafts
    assert proven(store)
    store.close()


def test_an_interrupted_round_is_finished_by_the_next(desk: Bench) -> None:
    refs = [desk.new() for _ in range(6)]
    desk.clock.at = at("03-03 09:20")
    items = watch(desk.desk, WatchReads(desk.store.conn), apply=True, chunk=2)
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert sum(bool(acts(desk, ref, Act.BREACHED)) for ref in refs) == 2
    round_(desk)
    assert [len(acts(desk, ref, Act.BREACHED)) for ref in refs] == [1] * 6


def test_the_tickets_are_found_by_index(desk: Bench) -> None:
    from ouvidoria_tui.store import watch_reads

    plan = desk.store.conn.execute(
        f"EXPLAIN QUERY PLAN {watch_reads._DUE} UNION {watch_reads._WARN}", (0, 0)
    ).fetchall()
    told = json.dumps([row["detail"] for row in plan])
    assert "ticket_open_due" in told
    assert "ticket_open_warn" in told
    assert 'SCAN ticket"' not in told


def test_it_costs_no_more_events_than_acts(desk: Bench) -> None:
    desk.new()
    desk.clock.at += HOUR
    before = ledger(desk.store)
    round_(desk)
    assert ledger(desk.store) == before
