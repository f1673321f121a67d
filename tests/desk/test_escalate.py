"""The ladder: up with a reason, seen by the one it went to, and back with an instruction."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.escalate import acknowledge, escalate, hand_back
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.domain.ticket import CloseReason, Status
from tests.desk.bench import HOUR, Bench, code_of


@pytest.mark.req("S2-12")
@pytest.mark.parametrize(("level", "addressee"), [(1, "area"), (2, "ombudsman"), (3, "board")])
def test_each_rung_has_its_addressee(bench: Bench, level: int, addressee: str) -> None:
    ref = bench.new()
    escalate(bench.desk, ref, level, "Prazo estourado")
    (standing,) = bench.escalations(ref)
    assert (bench.ticket(ref).level, standing.level, standing.addressee) == (level, level, addressee)


def test_every_rung_is_dated(bench: Bench) -> None:
    ref = bench.new()
    for level in (1, 2, 3):
        bench.clock.at += HOUR
        escalate(bench.desk, ref, level, "Mais um")
    raised = [(item.level, item.raised_at) for item in bench.escalations(ref)]
    assert raised == [(level, bench.clock.at - (3 - level) * HOUR) for level in (1, 2, 3)]


def test_escalating_keeps_the_status_and_the_owner(bench: Bench) -> None:
    ref = bench.at(Status.IN_PROGRESS, "caio")
    before = bench.ticket(ref)
    escalate(bench.of("caio"), ref, 2, "Prazo")
    after = bench.ticket(ref)
    assert (after.status, after.assignee) == (before.status, before.assignee)


def test_a_higher_rung_ends_the_lower_one(bench: Bench) -> None:
    ref = bench.new()
    escalate(bench.desk, ref, 1, "Prazo")
    escalate(bench.desk, ref, 3, "Risco")
    assert [item.ended_how for item in bench.escalations(ref)] == ["raised", None]


def test_the_same_rung_again_is_unchanged(bench: Bench) -> None:
    ref = bench.new()
    escalate(bench.desk, ref, 2, "Prazo")
    assert escalate(bench.desk, ref, 2, "Prazo").result is Result.UNCHANGED


def test_a_lower_rung_is_refused(bench: Bench) -> None:
    ref = bench.new()
    escalate(bench.desk, ref, 3, "Risco")
    assert code_of(lambda: escalate(bench.desk, ref, 1, "Menos")) == "ESCALATION_NOT_UP"


@pytest.mark.parametrize("level", [0, 4, -1, 99])
def test_a_rung_that_does_not_exist_is_refused(bench: Bench, level: int) -> None:
    ref = bench.new()
    assert code_of(lambda: escalate(bench.desk, ref, level, "Prazo")) == "BAD_LEVEL"


def test_escalating_and_handing_back_need_words(bench: Bench) -> None:
    ref = bench.new()
    assert code_of(lambda: escalate(bench.desk, ref, 1, " ")) == "TEXT_REQUIRED"
    escalate(bench.desk, ref, 1, "Prazo")
    assert code_of(lambda: hand_back(bench.desk, ref, "")) == "TEXT_REQUIRED"


def test_a_closed_ticket_is_not_escalated(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    assert code_of(lambda: escalate(bench.desk, ref, 1, "Tarde")) == "ILLEGAL_TRANSITION"


@pytest.mark.req("S2-12")
def test_the_one_it_went_to_has_seen_it_once(bench: Bench) -> None:
    ref = bench.new()
    escalate(bench.desk, ref, 2, "Prazo")
    assert acknowledge(bench.of("oto"), ref).result is Result.DONE
    assert acknowledge(bench.of("oto"), ref).result is Result.UNCHANGED
    (standing,) = bench.escalations(ref)
    assert standing.acknowledged_by == bench.of("oto").agent.id


def test_handed_back_it_is_at_the_desks_own_level(bench: Bench) -> None:
    ref = bench.new()
    escalate(bench.desk, ref, 2, "Prazo")
    hand_back(bench.of("oto"), ref, "Estornar e avisar")
    assert bench.ticket(ref).level == 0
    assert bench.escalations(ref)[0].ended_how == "handed-back"
    assert bench.words(ref)[-1] == "Estornar e avisar"


@pytest.mark.parametrize("act", [acknowledge, lambda desk, ref: hand_back(desk, ref, "Resolver")])
def test_what_was_not_escalated_is_neither_seen_nor_handed_back(bench: Bench, act: object) -> None:
    ref = bench.new()
    assert callable(act)
    assert code_of(lambda: act(bench.desk, ref)) == "NOT_ESCALATED"


def test_closing_ends_the_escalation(bench: Bench) -> None:
    ref = bench.new()
    escalate(bench.desk, ref, 2, "Prazo")
    close(bench.desk, ref, CloseReason.WITHDRAWN)
    assert bench.escalations(ref)[0].ended_how == "closed"
