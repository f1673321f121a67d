from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ouvidoria_tui.desk.assign import take
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.reply import ask, customer_reply, reply
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.ticket import CloseReason, Severity
from ouvidoria_tui.store.rebuild import compare, rebuild
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import verify
from tests.store.policy_story import apply, changed, in_business_hours, propose
from tests.store.stories import DAY, HOUR, START, desk_at, dump, eventful, manifest, new_store

RESOLUTION = (
    'amount = "not defined"\npause_while = ["customer"]',
    'amount = 4\npause_while = ["customer"]\nwarn_before = "4h"\n[[clocks.resolution.targets]]\n'
    'severity = "critical"\namount = 2',
)


def go_on(desk: Desk, protocols: list[str]) -> None:
    """Acts of every kind that moves clocks, on tickets that have been re-assessed."""
    clock = desk.clock
    for number, protocol in enumerate(protocols):
        clock.at += HOUR  # type: ignore[attr-defined]
        status = desk.store.find(protocol).status.value
        if status == "closed":
            reopen(desk, protocol, information="De novo")
        elif number % 3 == 0:
            ask(desk, protocol, "Qual?")
            clock.at += 2 * DAY  # type: ignore[attr-defined]
            customer_reply(desk, protocol, "Esta", at=clock.now() - DAY)
        elif number % 3 == 1:
            classify(desk, protocol, Classification(severity=Severity.CRITICAL))
            undo(desk, protocol)
        else:
            reply(desk, protocol, "Pronto", conclusive=True)
            close(desk, protocol, CloseReason.SOLVED)


def protocols_of(store: SqliteStore) -> list[str]:
    return [row[0] for row in store.conn.execute("SELECT protocol FROM ticket ORDER BY id")]


def same_after_rebuild(store: SqliteStore) -> None:
    before = dump(store.conn)
    assert compare(store.conn).differences == ()
    assert rebuild(store).differences == ()
    assert dump(store.conn) == before
    assert verify(store.conn).ok


def test_rows_are_rebuilt_the_same_after_a_policy_was_applied_and_acted_under(tmp_path: Path) -> None:
    store = eventful(tmp_path / "d.db")
    desk = desk_at(store, START + 20 * DAY)
    apply(desk, changed(("amount = 24", "amount = 36"), RESOLUTION))
    go_on(desk, protocols_of(store))
    same_after_rebuild(store)


def test_rows_are_rebuilt_the_same_through_changes_of_hours_and_holidays(tmp_path: Path) -> None:
    store = eventful(tmp_path / "d.db")
    desk = desk_at(store, START + 20 * DAY)
    apply(desk, in_business_hours(16))
    go_on(desk, protocols_of(store))
    desk.clock.at += 3 * DAY  # type: ignore[attr-defined]
    text = changed(('country = "BR"', 'country = "BR"\nstate = "SP"'), text=in_business_hours(8, end="15:00"))
    apply(desk, text, {date(2026, 3, 27): "Dia da desk", date(2026, 4, 3): "Outro"})
    go_on(desk, protocols_of(store))
    apply(desk, changed(("amount = 24", "amount = 12")))
    go_on(desk, protocols_of(store)[::-1])
    same_after_rebuild(store)


def test_rows_are_rebuilt_the_same_where_tickets_were_acted_on_before_their_re_assessment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ouvidoria_tui.desk.apply_policy import reassess_open
    from tests.store.policy_story import versions_of

    monkeypatch.setattr("ouvidoria_tui.desk.apply_policy.CHUNK", 3)
    store = eventful(tmp_path / "d.db")
    desk = desk_at(store, START + 20 * DAY)
    propose(desk, in_business_hours(16))
    go_on(desk, protocols_of(store))
    manifest(desk, 99)
    reassess_open(desk, versions_of(desk))
    go_on(desk, protocols_of(store))
    same_after_rebuild(store)


def test_rebuilding_heals_a_clock_that_was_re_assessed(tmp_path: Path) -> None:
    store = new_store(tmp_path / "d.db")
    desk = desk_at(store, START)
    manifest(desk, 1)
    desk.clock.at += HOUR  # type: ignore[attr-defined]
    apply(desk, changed(("amount = 24", "amount = 36")))
    before = dump(store.conn)
    store.conn.execute("UPDATE clock SET due_at = due_at + 1")
    assert [item.table for item in rebuild(store).differences] == ["clock"]
    assert dump(store.conn) == before


def test_a_closed_ticket_is_frozen_and_rebuilt_as_it_was(tmp_path: Path) -> None:
    store = new_store(tmp_path / "d.db")
    desk = desk_at(store, START)
    protocol = manifest(desk, 1)
    take(desk, protocol)
    close(desk, protocol, CloseReason.WITHDRAWN, note="Desistiu")
    before = dump(store.conn)
    tally = apply(desk, changed(("amount = 24", "amount = 36")))
    assert (tally.tickets, dump(store.conn)) == (0, before)
    same_after_rebuild(store)
