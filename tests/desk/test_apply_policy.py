from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.apply_policy import reassess_open, waiting
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.desk.reply import ask, customer_reply, reply
from ouvidoria_tui.domain.deadline import ClockState
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.errors import NotAllowed, Refused
from ouvidoria_tui.store.store import SqliteStore
from tests.store.policy_story import (
    ORGANIZACIONAL,
    apply,
    changed,
    in_business_hours,
    propose,
    versions_of,
)
from tests.store.stories import DAY, HOUR, START, desk_at, manifest, new_store

RESOLUTION = (
    'amount = "not defined"\npause_while = ["customer"]',
    'amount = 10\npause_while = ["customer"]',
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_at(new_store(tmp_path / "d.db"))


def later(desk: Desk, seconds: int) -> Desk:
    desk.clock.at += seconds  # type: ignore[attr-defined]
    return desk


def clock(desk: Desk, protocol: str, name: str = "first-response") -> ClockState:
    ticket = desk.store.find(protocol)
    return next(state for state in desk.store.clocks(ticket.id) if state.name == name)


def versions(desk: Desk) -> list[tuple[object, ...]]:
    assert isinstance(desk.store, SqliteStore)
    return [
        tuple(row)
        for row in desk.store.conn.execute(
            "SELECT clock, cause, old_due, new_due, policy FROM deadline_version ORDER BY id"
        )
    ]


def test_a_due_time_moves_with_the_policy_and_says_so_in_a_row(desk: Desk) -> None:
    protocol = manifest(desk, 1)
    apply(later(desk, HOUR), changed(("amount = 24", "amount = 36")))
    assert clock(desk, protocol).due_at == START + 36 * HOUR
    moved = ("first-response", "policy-applied", START + 24 * HOUR, START + 36 * HOUR, 2)
    assert versions(desk)[-1] == moved


def test_the_queue_shows_the_new_due_time(desk: Desk) -> None:
    protocol = manifest(desk, 1)
    apply(later(desk, HOUR), changed(("amount = 24", "amount = 12"), ("amount = 48", "amount = 60")))
    assert isinstance(desk.store, SqliteStore)
    row = desk.store.conn.execute("SELECT next_due_at, revision FROM ticket").fetchone()
    assert tuple(row) == (START + 12 * HOUR, desk.store.find(protocol).revision)


def test_paused_time_is_kept_when_the_policy_changes(desk: Desk) -> None:
    apply(desk, changed(RESOLUTION))
    protocol = manifest(desk, 1)
    ask(later(desk, DAY), protocol, "Qual a fatura?")
    customer_reply(later(desk, 5 * DAY), protocol, "A doze")
    apply(later(desk, HOUR), changed((RESOLUTION[0], RESOLUTION[1].replace("10", "12"))))
    # 12 days of the clock, one of them run before the pause: from Sunday 8 March, when it went on, 11 remain.
    assert (clock(desk, protocol, "resolution").spent, clock(desk, protocol, "resolution").due_at) == (
        DAY,
        START - 9 * HOUR + 6 * DAY + 12 * DAY,
    )


def test_what_is_paused_shows_what_remains_under_the_new_target(desk: Desk) -> None:
    apply(desk, changed(RESOLUTION))
    protocol = manifest(desk, 1)
    ask(later(desk, DAY), protocol, "Qual a fatura?")
    apply(later(desk, DAY), changed((RESOLUTION[0], RESOLUTION[1].replace("10", "12"))))
    assert clock(desk, protocol, "resolution").remaining == 11 * DAY


def test_a_breach_that_was_true_stays_although_the_new_target_is_longer(desk: Desk) -> None:
    protocol = manifest(desk, 1)
    apply(later(desk, 30 * HOUR), changed(("amount = 24", "amount = 48")))
    found = clock(desk, protocol)
    assert (found.missed_at, found.due_at) == (START + 24 * HOUR, START + 48 * HOUR)


def test_a_clock_that_has_ended_stays_as_it_ended(desk: Desk) -> None:
    protocol = manifest(desk, 1)
    reply(later(desk, 20 * HOUR), protocol, "Pronto")
    before = clock(desk, protocol)
    apply(later(desk, HOUR), changed(("amount = 24", "amount = 12")))
    assert clock(desk, protocol) == before


def test_an_earlier_cycle_is_not_late_under_a_rule_of_later(desk: Desk) -> None:
    protocol = manifest(desk, 1)
    reply(later(desk, 40 * HOUR), protocol, "Em 40 horas, de 48")
    customer_reply(later(desk, HOUR), protocol, "E agora?")
    apply(later(desk, HOUR), changed(("amount = 48", "amount = 30")))
    assert clock(desk, protocol, "keep-informed").missed_at is None


def test_a_clock_that_the_policy_no_longer_has_ends_without_a_due_time(desk: Desk) -> None:
    protocol = manifest(desk, 1)
    apply(later(desk, HOUR), changed(("amount = 24", 'amount = "not defined"')))
    found = clock(desk, protocol)
    assert (found.state, found.due_at, found.spent) == ("stopped", None, HOUR)
    assert versions(desk)[-1][:4] == ("first-response", "policy-applied", START + 24 * HOUR, None)


def test_a_clock_that_comes_back_goes_on_from_the_receipt(desk: Desk) -> None:
    protocol = manifest(desk, 1)
    apply(later(desk, HOUR), changed(("amount = 24", 'amount = "not defined"')))
    apply(later(desk, HOUR), ORGANIZACIONAL)
    assert (clock(desk, protocol).state, clock(desk, protocol).due_at) == ("running", START + 24 * HOUR)


def test_a_clock_that_is_new_begins_with_the_receipt(desk: Desk) -> None:
    protocol = manifest(desk, 1)
    apply(later(desk, 3 * DAY), changed(RESOLUTION))
    assert clock(desk, protocol, "resolution").started_at == START


def test_time_that_has_passed_keeps_the_hours_that_were_in_force(desk: Desk) -> None:
    apply(desk, in_business_hours(16))  # Monday 09:00, 09-17
    protocol = manifest(desk, 1)
    apply(later(desk, 2 * HOUR), in_business_hours(16, start="13:00"))  # at 11:00
    # Two hours by the old hours, four by the new ones on Monday (13-17), four on Tuesday and Wednesday, two more.
    assert clock(desk, protocol).due_at == START + 3 * DAY + 6 * HOUR


def test_a_holiday_of_the_past_stays_one_when_the_rule_forgets_it(desk: Desk) -> None:
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    state = ('country = "BR"', 'country = "BR"\nstate = "SP"')
    apply(later(desk, -2 * DAY), changed(state, text=in_business_hours(8)), {monday: "Um", tuesday: "Dois"})
    protocol = manifest(later(desk, 2 * DAY), 1)
    apply(later(desk, DAY), in_business_hours(8), {})  # Tuesday 09:00
    assert clock(desk, protocol).due_at == START + DAY + 8 * HOUR  # the whole of Tuesday, nothing of Monday


def test_the_very_policy_that_is_in_force_changes_nothing(desk: Desk) -> None:
    assert (propose(desk, ORGANIZACIONAL).new, desk.policy.version) == (False, 1)


def test_new_entries_of_registers_are_added_and_those_of_the_desk_stay(desk: Desk) -> None:
    text = ORGANIZACIONAL + '\n[[areas]]\nslug = "juridico"\nname = "Jurídico"\n'
    assert dict(propose(desk, text).registers) == {"area": ["juridico"]}
    assert "juridico" in desk.store.known_slugs("area")


def test_a_killed_re_assessment_goes_on_where_it_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ouvidoria_tui.desk.apply_policy.CHUNK", 2)
    protocols = [manifest(desk, number) for number in range(5)]
    propose(later(desk, HOUR), changed(("amount = 24", "amount = 36")))

    def killed(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reassess_open(desk, versions_of(desk), killed)
    assert waiting(versions_of(desk)) == 3
    assert reassess_open(desk, versions_of(desk)).tickets == 3
    assert {clock(desk, protocol).due_at for protocol in protocols} == {START + 36 * HOUR}
    assert len([row for row in versions(desk) if row[1] == "policy-applied"]) == 5


def test_once_more_after_the_end_changes_nothing(desk: Desk) -> None:
    manifest(desk, 1)
    apply(later(desk, HOUR), changed(("amount = 24", "amount = 36")))
    rows = versions(desk)
    assert reassess_open(desk, versions_of(desk)).tickets == 0
    assert versions(desk) == rows


def test_another_version_waits_until_the_tickets_are_done(desk: Desk) -> None:
    manifest(desk, 1)
    propose(desk, changed(("amount = 24", "amount = 36")))
    with pytest.raises(Refused, match="REASSESSMENT_UNFINISHED"):
        propose(desk, changed(("amount = 24", "amount = 12")))


def test_a_policy_against_the_law_is_refused(desk: Desk) -> None:
    text = changed(
        ("promise = true", "promise = true\npublic_body = true"),
        ('prior_ticket = "off"', 'prior_ticket = "required"'),
    )
    with pytest.raises(Refused, match="POLICY_HAS_ERRORS"):
        propose(desk, text)
    assert desk.policy.version == 1


def test_an_agent_of_the_desk_may_not_change_the_policy(desk: Desk) -> None:
    register_agent(desk, "bia", "Bia", Role.SUPERVISOR)
    assert isinstance(desk.store, SqliteStore)
    bia = desk_at(desk.store, agent="bia")
    with pytest.raises(NotAllowed):
        propose(bia, ORGANIZACIONAL)
    with pytest.raises(NotAllowed):
        reassess_open(bia, versions_of(bia))


def test_an_answer_recorded_late_is_followed_under_the_policy_in_force(desk: Desk) -> None:
    protocol = manifest(desk, 1)
    apply(later(desk, 30 * HOUR), changed(("amount = 24", "amount = 48")))
    reply(desk, protocol, "Por telefone", when=When(START + 20 * HOUR))
    found = clock(desk, protocol)
    assert (found.state, found.met_at, found.missed_at) == ("met", START + 20 * HOUR, START + 24 * HOUR)


def test_a_clock_that_is_counted_otherwise_is_derived_from_all_that_happened(desk: Desk) -> None:
    apply(desk, changed(RESOLUTION))
    protocol = manifest(desk, 1)
    ask(later(desk, HOUR), protocol, "Qual a fatura?")
    customer_reply(later(desk, 5 * DAY), protocol, "A doze")
    never = RESOLUTION[1].replace('["customer"]', "[]")
    apply(later(desk, HOUR), changed((RESOLUTION[0], never)))
    # The five days are no pause any more: the tenth day after Monday 2 March, every day being a business day.
    assert clock(desk, protocol, "resolution").due_at == START - 9 * HOUR + 11 * DAY
