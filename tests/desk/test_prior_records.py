"""The records of the first attendance: a dispute is judged by them where the policy says so (S1-21)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ouvidoria_tui.desk.assess import assess, position
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.case import work_of
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.prepare import prior_records
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.first_line import FirstLineTicket
from ouvidoria_tui.domain.ledger import Part
from ouvidoria_tui.domain.ticket import Merit, Status, Type
from ouvidoria_tui.errors import Refused
from tests.desk.bench import Bench, code_of
from tests.desk.clock_bench import POLICY, found, proven

NEEDED = "PRIOR_RECORDS_REQUIRED"


@pytest.fixture
def strict(tmp_path: Path) -> Bench:
    return found(tmp_path, "03-02 10:00", text=f"{POLICY}\n[work]\nprior_records = true\n")


def heard(bench: Bench, number: str | None = None) -> str:
    ref = receive(bench.desk, Manifestation("Fatura", "Cobrança em dobro.", prior_ticket=number)).protocol
    position(bench.desk, ref, Side.CUSTOMER, "Fui cobrada duas vezes.")
    position(bench.desk, ref, Side.COMPANY, "A segunda foi um erro.")
    return ref


def tried(bench: Bench, ref: str) -> list[str | None]:
    """How an assessment ends, and a conclusive answer."""
    codes: list[str | None] = []
    acts: tuple[Callable[[], object], ...] = (
        lambda: assess(bench.desk, ref, Merit.FOUNDED, "O extrato mostra."),
        lambda: reply(bench.desk, ref, "Será estornado.", conclusive=True),
    )
    for act in acts:
        try:
            act()
            codes.append(None)
        except Refused as error:
            codes.append(error.code)
    return codes


@pytest.mark.req("S1-21")
def test_without_the_records_a_dispute_is_neither_assessed_nor_answered_for_good(strict: Bench) -> None:
    ref = heard(strict, "48211")

    assert tried(strict, ref) == [NEEDED, NEEDED]
    reply(strict.desk, ref, "Estamos analisando.")  # any other word to the customer needs none


@pytest.mark.req("S1-21")
def test_what_the_records_say_opens_the_way_and_stays_inside(strict: Bench) -> None:
    ref = heard(strict)

    prior_records(strict.desk, ref, "Chat de 10/10: o atendente prometeu o estorno.")

    assert tried(strict, ref) == [None, None]
    ticket = strict.ticket(ref)
    kept = strict.store.messages(ticket.id)[work_of(strict.desk, ticket).prior or 0]
    assert (kept.part, kept.text) == (Part.CASE, "Chat de 10/10: o atendente prometeu o estorno.")
    assert proven(strict.store)


def test_a_file_of_the_ticket_may_hold_them(strict: Bench) -> None:
    ref = heard(strict)
    assert code_of(lambda: prior_records(strict.desk, ref, file=1)) == "NO_SUCH_ATTACHMENT"
    attach(strict.desk, ref, "chamado-48211.txt", b"registro")
    number = strict.events(ref)[-1].seq

    prior_records(strict.desk, ref, file=number)

    event = strict.events(ref)[-1]
    assert (event.payload["file"], strict.words(ref)[-1]) == (number, "chamado-48211.txt")
    assert tried(strict, ref) == [None, None]


def test_why_there_are_none_is_enough(strict: Bench) -> None:
    ref = heard(strict)
    assert code_of(lambda: prior_records(strict.desk, ref, none="  ")) == "TEXT_REQUIRED"

    prior_records(strict.desk, ref, none="O chat daquele mês não foi guardado.")

    assert strict.events(ref)[-1].payload["none"] is True
    assert tried(strict, ref) == [None, None]


@pytest.mark.req("S1-02", "S1-21")
def test_the_imported_history_of_the_first_instance_holds_them_already(strict: Bench) -> None:
    with strict.store.transaction():
        strict.store.put_first_line_tickets([FirstLineTicket("48211", "sac")])

    assert tried(strict, heard(strict, "48211")) == [None, None]
    assert tried(strict, heard(strict, "48212")) == [NEEDED, NEEDED]
    assert tried(strict, heard(strict)) == [NEEDED, NEEDED]


@pytest.mark.parametrize("type_", [Type.PRAISE, Type.REQUEST, Type.SUGGESTION])
def test_only_a_dispute_has_an_earlier_attendance_to_judge(strict: Bench, type_: Type) -> None:
    ref = heard(strict)
    classify(strict.desk, ref, Classification(type=type_))

    assert tried(strict, ref) == [None, None]


def test_taken_back_they_are_missing_again(strict: Bench) -> None:
    ref = heard(strict)
    prior_records(strict.desk, ref, "Chat de 10/10.")

    undo(strict.desk, ref)

    assert tried(strict, ref) == [NEEDED, NEEDED]
    assert proven(strict.store)


def test_a_policy_that_is_silent_asks_for_nothing_and_a_closed_ticket_takes_none(bench: Bench) -> None:
    assert tried(bench, heard(bench)) == [None, None]
    closed = bench.at(Status.CLOSED)
    assert code_of(lambda: prior_records(bench.desk, closed, "Chat.")) == "ILLEGAL_TRANSITION"
