"""Competences with an end, absences with a delegate, and what they change for assigning, escalating and watching."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ouvidoria_tui.desk.assign import assign
from ouvidoria_tui.desk.escalate import addressee
from ouvidoria_tui.desk.staff import end_absence, give_competence, set_absence, take_competence
from ouvidoria_tui.domain.ladder import Addressee
from ouvidoria_tui.domain.policy import Absent, Level
from ouvidoria_tui.domain.staff import competent, stands_in
from ouvidoria_tui.errors import NotAllowed, NotFound, Refused, UsageError
from tests.desk.bench import Bench

#: The bench's own day is 2 March 2026.
TODAY, SOON = date(2026, 3, 2), date(2026, 3, 9)


def is_able(bench: Bench, login: str, at: date) -> bool:
    agent = bench.store.agent(login)
    assert agent is not None
    return competent(agent, "procedencia", at)


def test_a_competence_holds_until_its_last_day(bench: Bench) -> None:
    give_competence(bench.of("bia"), "caio", "Procedência", until=SOON, note="Curso de 2026")
    assert [is_able(bench, "caio", day) for day in (TODAY, SOON, date(2026, 3, 10))] == [True, True, False]
    assert is_able(bench, "dora", TODAY) is False


def test_a_competence_without_an_end_holds(bench: Bench) -> None:
    give_competence(bench.desk, "caio", "procedencia")
    assert is_able(bench, "caio", date(2099, 1, 1)) is True


def test_a_competence_is_taken_away(bench: Bench) -> None:
    give_competence(bench.desk, "caio", "procedencia")
    take_competence(bench.desk, "caio", "procedencia")
    assert is_able(bench, "caio", TODAY) is False
    with pytest.raises(NotFound, match="COMPETENCE_NOT_FOUND"):
        take_competence(bench.desk, "caio", "procedencia")


def test_the_note_of_a_competence_is_in_no_event(bench: Bench) -> None:
    give_competence(bench.desk, "caio", "procedencia", note="Curso particular")
    rows = bench.store.conn.execute("SELECT payload FROM event").fetchall()
    assert not [row[0] for row in rows if "particular" in row[0]]
    assert '"competence":"procedencia"' in rows[-1][0]


def test_an_agent_gives_herself_no_competence(bench: Bench) -> None:
    with pytest.raises(NotAllowed, match="ROLE_MAY_NOT"):
        give_competence(bench.of("caio"), "caio", "procedencia")


def test_an_agent_says_her_own_absence_and_no_others(bench: Bench) -> None:
    set_absence(bench.of("caio"), "caio", TODAY, SOON)
    with pytest.raises(NotAllowed, match="ROLE_MAY_NOT"):
        set_absence(bench.of("caio"), "dora", TODAY, SOON)


def test_giving_a_ticket_to_who_is_away_names_who_stands_in(bench: Bench) -> None:
    set_absence(bench.desk, "caio", TODAY, SOON, "dora")
    outcome = assign(bench.desk, bench.new(), "caio")
    assert outcome.result == "done"
    assert str(outcome.message) == "caio is away until 2026-03-09; dora stands in"


def test_a_policy_may_refuse_it(bench: Bench) -> None:
    in_force = bench.store.policy()
    bench.store._policy = replace(in_force, policy=replace(in_force.policy, absent=Absent.REFUSE))
    set_absence(bench.desk, "caio", TODAY, SOON)
    with pytest.raises(Refused, match="AGENT_ABSENT"):
        assign(bench.desk, bench.new(), "caio")


def test_nothing_is_said_once_she_is_back(bench: Bench) -> None:
    set_absence(bench.desk, "caio", TODAY, SOON)
    end_absence(bench.desk, "caio", TODAY)
    assert assign(bench.desk, bench.new(), "caio").message is None


def test_a_delegate_who_is_away_has_a_delegate_of_her_own(bench: Bench) -> None:
    set_absence(bench.desk, "caio", TODAY, SOON, "dora")
    set_absence(bench.desk, "dora", TODAY, SOON, "bia")
    assert stands_in(bench.store.agents(), "caio", TODAY) == "bia"


def test_two_who_stand_in_for_each_other_are_nobody(bench: Bench) -> None:
    set_absence(bench.desk, "caio", TODAY, SOON, "dora")
    set_absence(bench.desk, "dora", TODAY, SOON, "caio")
    assert stands_in(bench.store.agents(), "caio", TODAY) is None


def test_the_ladder_tells_the_delegate_of_an_absent_agent(bench: Bench) -> None:
    in_force = bench.store.policy()
    levels = (Level(2, "N2", "ombudsman", agent="oto"),)
    bench.store._policy = replace(in_force, policy=replace(in_force.policy, levels=levels))
    assert addressee(bench.desk, 2) == Addressee("oto")
    set_absence(bench.desk, "oto", TODAY, SOON, "bia")
    assert addressee(bench.desk, 2) == Addressee("bia", "oto")


@pytest.mark.parametrize("delegate", ["caio", "ina", "aldo"])
def test_who_cannot_work_cannot_stand_in(bench: Bench, delegate: str) -> None:
    with pytest.raises(Refused, match="DELEGATE_CANNOT_WORK"):
        set_absence(bench.desk, "caio", TODAY, SOON, delegate)


def test_an_absence_ends_after_it_begins(bench: Bench) -> None:
    with pytest.raises(UsageError, match="BAD_SPAN"):
        set_absence(bench.desk, "caio", SOON, TODAY)


def test_two_absences_do_not_overlap(bench: Bench) -> None:
    set_absence(bench.desk, "caio", TODAY, SOON)
    with pytest.raises(Refused, match="ABSENCE_OVERLAPS"):
        set_absence(bench.desk, "caio", date(2026, 3, 5), date(2026, 3, 6))
