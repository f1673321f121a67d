"""Taking back the last act: values as they were, clocks as if it had not been done, and both events stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import pytest

from ouvidoria_tui.desk.assign import assign, give_back, start, take
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.classify import Classification, classify, transfer
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.escalate import acknowledge, escalate, hand_back
from ouvidoria_tui.desk.reply import ask, customer_reply, note, reply
from ouvidoria_tui.desk.undo import FINAL, undo
from ouvidoria_tui.desk.undo import UNDOABLE as TAKEN_BACK
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import CloseReason, Severity, Status, Type
from ouvidoria_tui.errors import Refused
from tests.desk.bench import DAY, HOUR, Bench, code_of

#: What an undo may move on: when something happened last, how many events there are.
_MOVES_ON = ("acted_at", "updated_at", "revision", "head")


def values(bench: Bench, ref: str) -> dict[str, object]:
    return {name: value for name, value in asdict(bench.ticket(ref)).items() if name not in _MOVES_ON}


def prepared(bench: Bench, ref: str) -> None:
    escalate(bench.desk, ref, 1, "Prazo")


UNDOABLE: dict[str, tuple[Status, Callable[[Bench, str], object], Callable[[Bench, str], object]]] = {
    "assign": (Status.OPEN, lambda b, r: None, lambda b, r: assign(b.desk, r, "caio")),
    "assign to another": (Status.ASSIGNED, lambda b, r: None, lambda b, r: assign(b.desk, r, "caio")),
    "take": (Status.OPEN, lambda b, r: None, lambda b, r: take(b.desk, r)),
    "start": (Status.OPEN, lambda b, r: None, lambda b, r: start(b.desk, r)),
    "start after a reply": (Status.CUSTOMER_REPLY, lambda b, r: None, lambda b, r: start(b.desk, r)),
    "return": (Status.ASSIGNED, lambda b, r: None, lambda b, r: give_back(b.desk, r)),
    "close": (Status.ANSWERED, lambda b, r: None, lambda b, r: close(b.desk, r, CloseReason.NO_REPLY)),
    "close escalated": (Status.OPEN, prepared, lambda b, r: close(b.desk, r, CloseReason.NO_REPLY)),
    "reopen": (Status.CLOSED, lambda b, r: None, lambda b, r: reopen(b.desk, r, reason="Engano")),
    "transfer": (
        Status.OPEN,
        lambda b, r: None,
        lambda b, r: transfer(b.desk, r, sorted(b.store.known_slugs("department"))[0], "Errado"),
    ),
    "classify": (
        Status.OPEN,
        lambda b, r: None,
        lambda b, r: classify(b.desk, r, Classification(Type.REPORT, Severity.HIGH, cause="Cobrança")),
    ),
    "make confidential": (
        Status.OPEN,
        lambda b, r: None,
        lambda b, r: classify(b.desk, r, Classification(confidential=True)),
    ),
    "escalate": (Status.OPEN, lambda b, r: None, lambda b, r: escalate(b.desk, r, 2, "Prazo")),
    "escalate further": (Status.OPEN, prepared, lambda b, r: escalate(b.desk, r, 3, "Risco")),
    "acknowledge": (Status.OPEN, prepared, lambda b, r: acknowledge(b.desk, r)),
    "hand back": (Status.OPEN, prepared, lambda b, r: hand_back(b.desk, r, "Resolver")),
}


@pytest.mark.parametrize("name", UNDOABLE)
def test_everything_is_as_it_was_before_the_act(bench: Bench, name: str) -> None:
    status, before, act = UNDOABLE[name]
    ref = bench.at(status)
    before(bench, ref)
    was = (values(bench, ref), bench.store.clocks(bench.ticket(ref).id), bench.escalations(ref))
    bench.clock.at += HOUR
    act(bench, ref)
    undo(bench.desk, ref)
    assert (values(bench, ref), bench.store.clocks(bench.ticket(ref).id), bench.escalations(ref)) == was


@pytest.mark.parametrize("name", UNDOABLE)
def test_the_act_and_its_undoing_both_stay_in_the_ledger(bench: Bench, name: str) -> None:
    status, before, act = UNDOABLE[name]
    ref = bench.at(status)
    before(bench, ref)
    act(bench, ref)
    done = bench.last(ref)
    undo(bench.desk, ref)
    assert bench.last(ref).type is Act.UNDONE
    assert bench.last(ref).payload["undoes"] == done.seq
    assert bench.events(ref)[-2] == done


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, ref: reply(desk, ref, "Dito"),
        lambda desk, ref: ask(desk, ref, "Perguntado"),
        lambda desk, ref: note(desk, ref, "Anotado"),
        lambda desk, ref: customer_reply(desk, ref, "Ouvido"),
        lambda desk, ref: attach(desk, ref, "a.txt", b"a"),
        undo,
    ],
)
def test_what_was_said_or_undone_is_not_taken_back(bench: Bench, act: Callable[..., object]) -> None:
    ref = bench.new()
    start(bench.desk, ref)
    act(bench.desk, ref)
    assert code_of(lambda: undo(bench.desk, ref)) == "NOTHING_TO_UNDO"


def test_reopening_with_the_customers_words_is_not_taken_back(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    reopen(bench.desk, ref, information="Voltou")
    assert code_of(lambda: undo(bench.desk, ref)) == "NOTHING_TO_UNDO"


def test_the_registration_is_not_taken_back(bench: Bench) -> None:
    ref = bench.new()
    assert code_of(lambda: undo(bench.desk, ref)) == "NOTHING_TO_UNDO"


def test_an_act_of_somebody_else_is_not_taken_back(bench: Bench) -> None:
    ref = bench.new()
    start(bench.of("caio"), ref)
    assert code_of(lambda: undo(bench.of("dora"), ref)) == "NOTHING_TO_UNDO"


def test_an_act_is_not_taken_back_once_somebody_acted_after_it(bench: Bench) -> None:
    ref = bench.new()
    start(bench.of("caio"), ref)
    note(bench.of("dora"), ref, "Anotado")
    assert code_of(lambda: undo(bench.of("caio"), ref)) == "NOTHING_TO_UNDO"


@pytest.mark.parametrize("act", Act)
def test_every_act_is_taken_back_or_says_why_not(act: Act) -> None:
    assert (act in TAKEN_BACK) is not (act in FINAL)


def test_a_refusal_says_why_that_act_stays(bench: Bench) -> None:
    ref = bench.new()
    note(bench.desk, ref, "Anotado")
    with pytest.raises(Refused) as caught:
        undo(bench.desk, ref)
    assert caught.value.hint == FINAL[Act.NOTED]


def test_undoing_a_close_goes_round_the_table_of_moves(bench: Bench) -> None:
    ref = bench.at(Status.IN_PROGRESS)
    close(bench.desk, ref, CloseReason.WITHDRAWN)
    undo(bench.desk, ref)
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.closed_at, ticket.reopened) == (Status.IN_PROGRESS, None, 0)


def test_a_breach_stays_on_record_when_the_act_that_showed_it_is_undone(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += 30 * DAY
    close(bench.desk, ref, CloseReason.WITHDRAWN)
    late = {state.name: state.missed_at for state in bench.store.clocks(bench.ticket(ref).id)}
    assert any(late.values())
    undo(bench.desk, ref)
    assert {state.name: state.missed_at for state in bench.store.clocks(bench.ticket(ref).id)} == late


def test_words_that_became_confidential_are_found_again_when_that_is_undone(bench: Bench) -> None:
    ref = bench.new()

    def found() -> int:
        row = bench.store.conn.execute("SELECT count(*) FROM message_fts WHERE message_fts MATCH 'relato'")
        return int(row.fetchone()[0])

    assert found() == 1
    classify(bench.desk, ref, Classification(confidential=True))
    assert found() == 0
    undo(bench.desk, ref)
    assert found() == 1
