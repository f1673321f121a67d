"""Suspension keeps what has run, interruption starts again, and a norm says how often."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.reply import ask, customer_reply
from ouvidoria_tui.desk.suspend import interrupt, resume, suspend
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import Status
from tests.desk.bench import DAY, Bench, code_of
from tests.desk.clock_bench import POLICY, clock, due, found, proven


@pytest.fixture
def public(tmp_path: Path) -> Bench:
    return found(tmp_path, "03-02 10:00", profile="publico-13460")


@pytest.fixture
def private(tmp_path: Path) -> Bench:
    return found(tmp_path, "03-02 10:00", text=POLICY)


def test_a_suspended_clock_keeps_what_has_run(private: Bench) -> None:
    ref = private.at(Status.IN_PROGRESS)
    private.clock.at += DAY
    suspend(private.desk, ref, "Ordem do juízo")
    private.clock.at += 7 * DAY
    state = clock(private, ref, "resolution")
    assert (state.state, state.due_at, state.remaining) == ("paused", None, 9 * DAY)

    resume(private.desk, ref)

    # Nine business days after Tuesday the tenth.
    assert due(clock(private, ref, "resolution")) == "03-23 18:00"
    assert proven(private.store)


def test_an_interrupted_clock_starts_again(private: Bench) -> None:
    ref = private.at(Status.IN_PROGRESS)
    private.clock.at += DAY
    interrupt(private.desk, ref, "Contrato novo")
    assert due(clock(private, ref, "resolution")) == "03-17 18:00"
    assert private.last(ref).type is Act.INTERRUPTED
    assert proven(private.store)


def test_an_interruption_ends_a_suspension(private: Bench) -> None:
    ref = private.at(Status.IN_PROGRESS)
    suspend(private.desk, ref, "Ordem do juízo")
    interrupt(private.desk, ref, "Contrato novo")
    assert clock(private, ref, "resolution").state == "running"


def test_the_first_response_is_never_suspended(private: Bench) -> None:
    ref = private.at(Status.IN_PROGRESS)
    suspend(private.desk, ref, "Ordem do juízo")
    assert clock(private, ref, "first-response").state == "running"
    refused = code_of(lambda: suspend(private.desk, ref, "De novo", clock="first-response"))
    assert refused == "CLOCK_NOT_SUSPENDABLE"


def test_whoever_speaks_a_suspended_clock_stands_still(private: Bench) -> None:
    ref = private.at(Status.IN_PROGRESS)
    suspend(private.desk, ref, "Ordem do juízo")
    ask(private.desk, ref, "Já saiu?")
    customer_reply(private.desk, ref, "Ainda não")
    assert clock(private, ref, "resolution").state == "paused"


@pytest.mark.parametrize("act", [suspend, interrupt])
def test_a_ticket_without_such_a_clock_says_so(tmp_path: Path, act: object) -> None:
    bench = found(tmp_path, "03-02 10:00")
    ref = bench.new()
    assert code_of(lambda: act(bench.desk, ref, "Motivo")) == "NO_CLOCK"  # type: ignore[operator]


def test_twice_suspended_is_once(private: Bench) -> None:
    ref = private.at(Status.IN_PROGRESS)
    suspend(private.desk, ref, "Ordem do juízo")
    assert suspend(private.desk, ref, "De novo").result is Result.UNCHANGED
    resume(private.desk, ref)
    assert resume(private.desk, ref).result is Result.UNCHANGED


def test_the_first_request_for_a_complement_suspends_until_the_answer(public: Bench) -> None:
    ref = public.new()
    public.clock.at += DAY
    ask(public.desk, ref, "Qual unidade?")
    assert clock(public, ref, "resolution").state == "paused"
    public.clock.at += 3 * DAY
    customer_reply(public.desk, ref, "A do centro")
    # 1 April and the three days of waiting: 4 April is a Saturday.
    assert due(clock(public, ref, "resolution")) == "04-07 00:00"
    assert proven(public.store)


def test_the_second_request_for_a_complement_suspends_no_more(public: Bench) -> None:
    ref = public.new()
    ask(public.desk, ref, "Qual unidade?")
    customer_reply(public.desk, ref, "A do centro")
    ask(public.desk, ref, "Que dia?")
    assert clock(public, ref, "resolution").state == "running"


def test_a_second_suspension_is_refused(public: Bench) -> None:
    ref = public.new()
    suspend(public.desk, ref, "Complemento pedido por telefone")
    resume(public.desk, ref)
    assert code_of(lambda: suspend(public.desk, ref, "De novo")) == "SUSPENSION_ALREADY_USED"


def test_no_desk_starts_a_clock_of_the_law_again(public: Bench) -> None:
    ref = public.new()
    assert code_of(lambda: interrupt(public.desk, ref, "Motivo")) == "CLOCK_NOT_INTERRUPTIBLE"


@pytest.mark.parametrize("name", ["suspend", "interrupt"])
def test_taken_back_the_clock_runs_as_if_it_had_not_been_done(private: Bench, name: str) -> None:
    ref = private.at(Status.IN_PROGRESS)
    before = clock(private, ref, "resolution")
    private.clock.at += DAY
    {"suspend": suspend, "interrupt": interrupt}[name](private.desk, ref, "Por engano")
    private.clock.at += DAY
    undo(private.desk, ref)
    after = clock(private, ref, "resolution")
    assert (after.due_at, after.suspensions) == (before.due_at, before.suspensions)
    assert proven(private.store)


def test_a_resumption_taken_back_leaves_it_suspended(private: Bench) -> None:
    ref = private.at(Status.IN_PROGRESS)
    suspend(private.desk, ref, "Ordem do juízo")
    resume(private.desk, ref)
    undo(private.desk, ref)
    assert clock(private, ref, "resolution").state == "paused"


def test_a_suspension_can_be_recorded_late(private: Bench) -> None:
    ref = private.at(Status.IN_PROGRESS)
    private.clock.at += 2 * DAY
    suspend(private.desk, ref, "Soubemos depois", when=When(private.clock.at - DAY))
    assert clock(private, ref, "resolution").remaining == 9 * DAY
