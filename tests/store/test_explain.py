from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ouvidoria_tui.domain.explain import counted
from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.report.explain import explanations
from ouvidoria_tui.store.policy_timeline import PolicyTimeline
from ouvidoria_tui.store.store import SqliteStore
from tests.store.policy_story import apply, changed, in_business_hours
from tests.store.stories import DAY, START, clock_of, desk_at, eventful, manifest, new_store
from tests.store.test_rebuild_policy import RESOLUTION, go_on, protocols_of


def every_clock_adds_up(store: SqliteStore, now: int) -> int:
    seen = 0
    for protocol in protocols_of(store):
        ticket, found = explanations(store.conn, store.policy(), protocol, now)
        assert len(found) == len(store.clocks(ticket.id))
        for one in found:
            assert one.counted == counted(one.state, one.clock, now), (protocol, one.state)
            assert [item.new for item in one.versions][-1:] == [one.state.due_at] or not one.versions
            seen += 1
    return seen


def test_every_clock_of_an_eventful_desk_adds_up(tmp_path: Path) -> None:
    store = eventful(tmp_path / "d.db")
    assert every_clock_adds_up(store, START + 25 * DAY) > 20


def test_every_clock_adds_up_through_changes_of_policy(tmp_path: Path) -> None:
    store = eventful(tmp_path / "d.db")
    desk = desk_at(store, START + 20 * DAY)
    apply(desk, in_business_hours(16))
    go_on(desk, protocols_of(store))
    apply(desk, changed(RESOLUTION, text=in_business_hours(8, end="15:00")))
    go_on(desk, protocols_of(store)[::-1])
    apply(desk, changed(("amount = 24", 'amount = "not defined"')))
    go_on(desk, protocols_of(store))
    assert every_clock_adds_up(store, clock_of(desk).now() + 3 * DAY) > 20


def test_the_life_of_a_clock_ends_in_its_row(tmp_path: Path) -> None:
    from ouvidoria_tui.domain.explain_trace import traces

    store = eventful(tmp_path / "d.db")
    desk = desk_at(store, START + 20 * DAY)
    apply(desk, in_business_hours(16))
    go_on(desk, protocols_of(store))
    policies = PolicyTimeline(store.conn)
    for protocol in protocols_of(store):
        ticket = store.find(protocol)
        told = traces(
            store.events(ticket.id), policies.version_at, policies.clocks, policies.points_of([ticket.id])
        )
        for state in store.clocks(ticket.id):
            found = told[state.name].state
            assert found is not None
            # A breach of an earlier policy stays in the row, whatever the rules of today make of it.
            assert replace(found, missed_at=state.missed_at, late_at=state.late_at) == state


def test_a_clock_that_the_ticket_has_not_is_not_found(tmp_path: Path) -> None:
    store = new_store(tmp_path / "d.db")
    protocol = manifest(desk_at(store), 1)
    with pytest.raises(NotFound, match="CLOCK_NOT_ON_TICKET"):
        explanations(store.conn, store.policy(), protocol, START, "resolution")
