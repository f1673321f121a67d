from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.demo import build_demo
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import verify

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


def epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=SAO_PAULO).timestamp())


NOW = epoch("2026-11-25T10:00")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    path = build_demo(tmp_path_factory.mktemp("demo") / "d.db", clock=FixedClock(NOW), admin="ana.admin")
    found = SqliteStore.open(path)
    yield found
    found.close()


def numbers(store: SqliteStore, sql: str) -> dict[str, int]:
    return {str(row[0]): int(row[1]) for row in store.conn.execute(sql)}


def one(store: SqliteStore, sql: str) -> int:
    return int(store.conn.execute(sql).fetchone()[0])


def test_there_are_about_two_hundred_tickets_in_every_status(store: SqliteStore) -> None:
    found = numbers(store, "SELECT status, count(*) FROM ticket GROUP BY status")
    assert sum(found.values()) > 190
    assert set(found) == {"open", "assigned", "in-progress", "answered", "customer-reply", "closed"}


def test_the_ledger_passes_its_proof(store: SqliteStore) -> None:
    assert verify(store.conn).ok


def test_the_ledger_is_in_the_order_of_time(store: SqliteStore) -> None:
    back = "SELECT count(*) FROM event a JOIN event b ON b.id = a.id + 1 WHERE b.recorded_at < a.recorded_at"
    assert one(store, back) == 0


def test_nothing_happened_in_the_future_or_was_recorded_before_it_happened(store: SqliteStore) -> None:
    assert one(store, f"SELECT count(*) FROM event WHERE recorded_at > {NOW}") == 0
    assert one(store, "SELECT count(*) FROM event WHERE happened_at > recorded_at") == 0


def test_acts_are_recorded_when_they_happened_by_who_did_them(store: SqliteStore) -> None:
    acts = "type IN ('escalated', 'acknowledged', 'handed-back', 'transferred', 'attached')"
    assert one(store, f"SELECT count(*) FROM event WHERE {acts} AND happened_at <> recorded_at") == 0
    assert len(numbers(store, f"SELECT actor, count(*) FROM event WHERE {acts} GROUP BY actor")) > 3


def test_every_level_of_escalation_is_there(store: SqliteStore) -> None:
    levels = numbers(store, "SELECT level, count(*) FROM ticket WHERE status <> 'closed' GROUP BY level")
    assert {"1", "2", "3"} <= set(levels)


def test_some_are_triaged_and_some_wait_for_it(store: SqliteStore) -> None:
    found = numbers(
        store, "SELECT admission, count(*) FROM ticket WHERE status <> 'closed' GROUP BY admission"
    )
    assert found["admitted"] > 50
    assert found["pending"] > 20


def test_the_clocks_have_figures_and_stand_in_every_state(store: SqliteStore) -> None:
    assert {clock.rule.name for clock in store.policy().clocks} == {
        "first-response",
        "keep-informed",
        "resolution",
        "area",
    }
    states = numbers(store, "SELECT state, count(*) FROM clock GROUP BY state")
    assert {"running", "met", "missed", "paused"} <= set(states)


def test_reports_of_wrongdoing_are_not_in_the_search(store: SqliteStore) -> None:
    assert one(store, "SELECT count(*) FROM ticket WHERE confidential = 1") > 0
    secret = "SELECT m.id FROM message m JOIN ticket t ON t.id = m.ticket_id WHERE t.confidential = 1"
    found = f"SELECT count(*) FROM message_fts_docsize WHERE id IN ({secret})"
    assert one(store, found) == 0


def test_the_system_user_administers_it(store: SqliteStore) -> None:
    agent = store.agent("ana.admin")
    assert agent is not None
    assert agent.role == "administrator"


def test_nothing_is_touched_where_something_stands(tmp_path: Path) -> None:
    (tmp_path / "d.db").write_bytes(b"mine")
    with pytest.raises(Refused, match="STORE_EXISTS"):
        build_demo(tmp_path / "d.db", clock=FixedClock(NOW))
    assert (tmp_path / "d.db").read_bytes() == b"mine"


def test_a_fault_leaves_no_store_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise UsageError("SAMPLE_INVALID", None)  # type: ignore[arg-type]

    monkeypatch.setattr("ouvidoria_tui.demo._carry_out", broken)
    with pytest.raises(UsageError):
        build_demo(tmp_path / "d.db", clock=FixedClock(NOW))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "moment",
    ["2026-11-22T03:00", "2026-12-31T23:59", "2027-01-01T00:01", "2028-02-29T12:00"],
    ids=["a Sunday night", "the last minute of a year", "its first minute", "a leap day"],
)
def test_it_can_be_built_on_any_day(tmp_path: Path, moment: str) -> None:
    path = build_demo(tmp_path / "d.db", clock=FixedClock(epoch(moment)), admin="ana.admin")
    store = SqliteStore.open(path)
    proof = verify(store.conn)
    store.close()
    assert proof.ok
