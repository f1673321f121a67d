"""A customer who is back with the same matter: within the days of the policy triage says so, and flags the ticket."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.triage import apply, plan
from ouvidoria_tui.domain.advice import RECURRENCE
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.duplicates import DAY
from ouvidoria_tui.domain.ticket import CloseReason
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.paths import data_folder
from ouvidoria_tui.report.batch import Originals, case_of, connection

NOW = 1_795_179_600
LIA = Customer(0, "Lia", email="lia@example.com")


def desk_with(folder: Path, key: str) -> Desk:
    text = (data_folder() / "profiles" / "organizacional.toml").read_text("utf-8")
    profile = folder / "own.toml"
    profile.write_text(text.replace("[triage]\n", f"[triage]\n{key}\n", 1), "utf-8")
    clock = FixedClock(NOW)
    store = found_desk(folder / "d.db", profile=str(profile), clock=clock, admin="ana")
    return desk_over(store, agent="ana", clock=clock)


def again(desk: Desk, days: int) -> tuple[str, Plan]:
    """An earlier case that was closed, and the plan for the same subject so many days later."""
    first = receive(desk, Manifestation("Entrega", "Não chegou", customer=LIA)).protocol
    close(desk, first, CloseReason.WITHDRAWN)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.at += days * DAY
    second = receive(desk, Manifestation("Re: entrega", "Não chegou outra vez", customer=LIA)).protocol
    conn = connection(desk.store)
    (found,) = plan(desk, [case_of(conn, second)], original=Originals(conn))
    return first, found


@pytest.mark.parametrize(("days", "flagged"), [(29, True), (30, True), (31, False)])
def test_a_customer_who_is_back_within_the_days_is_a_recurrence(
    tmp_path: Path, days: int, flagged: bool
) -> None:
    desk = desk_with(tmp_path, "recurrence_days = 30")
    first, found = again(desk, days)
    said = [str(reason.text) for reason in found.reasons if reason.rule == RECURRENCE]
    assert (RECURRENCE in found.flags, bool(said)) == (flagged, flagged)
    assert not said or first in said[0]


def test_without_the_key_none_is_looked_for(tmp_path: Path) -> None:
    _first, found = again(desk_with(tmp_path, ""), 1)
    assert RECURRENCE not in found.flags


def test_the_applied_plan_leaves_its_flag_on_the_ticket(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, "recurrence_days = 30")
    _first, found = again(desk, 1)
    list(apply(desk, [found]))
    assert RECURRENCE in desk.store.find(found.protocol).flags
