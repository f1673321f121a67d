"""Words on a ticket: answers, questions, notes, and what the customer writes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.consent import ask_consent
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import ask, customer_reply, note, reply
from ouvidoria_tui.desk.review import propose
from ouvidoria_tui.domain.deadline import ClockState
from ouvidoria_tui.domain.ledger import PUBLIC_PARTS, Act, Part
from ouvidoria_tui.domain.ticket import Status, Turn
from tests.desk.bench import DAY, HOUR, Bench, code_of

Speak = Callable[[Desk, str, str], Outcome]
HOSTILE = [
    "\x1b[31mvermelho\x1b[0m",
    "[bold]marcação[/bold]",
    "\u202eesrever",
    "=1+1",
    '" OR 1=1 --',
    "nulo\x00no meio",
    "😀" * 200,
    "a\u0301 e á\r\n\ttabulação",
    "  espaços à volta  ",
]


def clock(bench: Bench, ref: str, name: str) -> ClockState:
    return {state.name: state for state in bench.store.clocks(bench.ticket(ref).id)}[name]


@pytest.mark.req("S2-31")
@pytest.mark.parametrize("speak", [reply, ask])
def test_a_public_word_gives_the_turn_to_the_customer(bench: Bench, speak: Speak) -> None:
    ref = bench.new()
    speak(bench.desk, ref, "Qual a fatura?")
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.turn) == (Status.ANSWERED, Turn.CUSTOMER)


@pytest.mark.parametrize("speak", [reply, ask])
def test_a_public_word_meets_the_first_response(bench: Bench, speak: Speak) -> None:
    ref = bench.new()
    bench.clock.at += HOUR
    speak(bench.desk, ref, "Recebemos")
    assert clock(bench, ref, "first-response").met_at == bench.clock.at


def test_a_note_meets_no_clock_and_moves_nothing(bench: Bench) -> None:
    ref = bench.at(Status.IN_PROGRESS)
    before = bench.ticket(ref)
    note(bench.desk, ref, "Falei com o financeiro")
    after = bench.ticket(ref)
    assert (after.status, after.turn, after.answered_at) == (before.status, before.turn, None)
    assert clock(bench, ref, "first-response").state == "running"


def test_a_note_is_not_for_the_customer(bench: Bench) -> None:
    ref = bench.new()
    note(bench.desk, ref, "Só para nós")
    assert Part(str(bench.last(ref).payload["part"])) not in PUBLIC_PARTS


def test_answering_takes_what_nobody_has(bench: Bench) -> None:
    ref = bench.new()
    reply(bench.of("caio"), ref, "Resposta")
    assert bench.ticket(ref).assignee == bench.of("caio").agent.id


def test_a_second_answer_is_recorded_too(bench: Bench) -> None:
    ref = bench.at(Status.ANSWERED)
    reply(bench.desk, ref, "Complemento")
    assert bench.words(ref)[-2:] == ["Resposta", "Complemento"]


def test_only_a_conclusive_answer_concludes(bench: Bench) -> None:
    ref = bench.new()
    reply(bench.desk, ref, "Estamos vendo")
    assert bench.ticket(ref).concluded_at is None
    reply(bench.desk, ref, "Decidido", conclusive=True)
    assert bench.ticket(ref).concluded_at == bench.clock.at


@pytest.mark.parametrize("speak", [reply, ask])
def test_a_closed_ticket_is_not_answered(bench: Bench, speak: Speak) -> None:
    ref = bench.at(Status.CLOSED)
    assert code_of(lambda: speak(bench.desk, ref, "Tarde")) == "ILLEGAL_TRANSITION"


@pytest.mark.parametrize("speak", [reply, ask, note, customer_reply])
@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
def test_words_that_say_nothing_are_refused(bench: Bench, speak: Speak, words: str) -> None:
    ref = bench.new()
    assert code_of(lambda: speak(bench.desk, ref, words)) == "TEXT_REQUIRED"


@pytest.mark.req("S2-32")
def test_the_customers_words_after_an_answer_give_the_turn_to_the_desk(bench: Bench) -> None:
    ref = bench.at(Status.ANSWERED)
    customer_reply(bench.desk, ref, "Ainda não")
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.turn, ticket.unread) == (Status.CUSTOMER_REPLY, Turn.DESK, True)


@pytest.mark.req("S2-35")
def test_the_customers_words_reopen_a_closed_ticket_under_its_protocol(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    customer_reply(bench.desk, ref, "Voltou a acontecer")
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.reopened, ticket.closed_at) == (Status.CUSTOMER_REPLY, 1, None)
    assert ticket.close_reason is None


@pytest.mark.req("S0-17")
@pytest.mark.parametrize("words", HOSTILE)
def test_the_customers_own_words_are_kept_as_they_are(bench: Bench, words: str) -> None:
    ref = bench.new()
    customer_reply(bench.desk, ref, words)
    assert bench.words(ref)[-1] == words


def test_half_a_character_is_kept_as_a_sign_that_it_was_there(bench: Bench) -> None:
    ref = bench.new()
    customer_reply(bench.desk, ref, "meio \ud83d caractere")
    assert bench.words(ref)[-1] == "meio \ufffd\ufffd\ufffd caractere"


def test_a_letter_that_came_late_is_dated_when_it_was_written(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += DAY
    reply(bench.desk, ref, "Resposta")
    bench.clock.at += HOUR
    customer_reply(bench.desk, ref, "Escrito antes", at=bench.clock.at - 3 * HOUR)
    event = bench.last(ref)
    assert (event.happened_at, event.recorded_at) == (bench.clock.at - 3 * HOUR, bench.clock.at)


@pytest.mark.parametrize(("ahead", "code"), [(1, "DATE_IN_FUTURE"), (-2 * DAY, "DATE_OUT_OF_ORDER")])
def test_a_letter_was_not_written_in_the_future_nor_before_the_ticket(
    bench: Bench, ahead: int, code: str
) -> None:
    ref = bench.new()
    bench.clock.at += DAY
    assert code_of(lambda: customer_reply(bench.desk, ref, "Carta", at=bench.clock.at + ahead)) == code


def test_an_answer_given_earlier_needs_no_other_reason_than_its_words(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += HOUR
    reply(bench.desk, ref, "Por telefone", when=When(bench.clock.at - 600))
    assert bench.ticket(ref).answered_at == bench.clock.at - 600


@pytest.mark.req("S0-16")
def test_every_word_is_an_event_in_the_order_of_recording(bench: Bench) -> None:
    ref = bench.new()
    reply(bench.desk, ref, "Um")
    customer_reply(bench.desk, ref, "Dois")
    note(bench.desk, ref, "Três")
    assert [event.type for event in bench.events(ref)] == [
        Act.RECEIVED,
        Act.REPLIED,
        Act.CUSTOMER_REPLIED,
        Act.NOTED,
    ]
    assert bench.words(ref)[1:] == ["Um", "Dois", "Três"]


def test_no_words_and_no_names_stand_in_an_event(bench: Bench) -> None:
    ref = bench.new()
    reply(bench.desk, ref, "palavra-sigilosa")
    payloads = " ".join(str(event.payload) for event in bench.events(ref))
    assert "palavra-sigilosa" not in payloads
    assert "Cliente" not in payloads
    assert "example.com" not in payloads


@pytest.mark.parametrize(
    "speak",
    [
        reply,
        ask,
        lambda desk, ref, words: reply(desk, ref, words, conclusive=True),
        ask_consent,
        propose,
    ],
)
def test_words_for_the_customer_leave_with_no_place_of_a_template_open(bench: Bench, speak: Speak) -> None:
    ref = bench.at(Status.IN_PROGRESS)
    before = bench.ticket(ref)
    assert code_of(lambda: speak(bench.desk, ref, "Prezada Joana {{nome}}, {{ x }}")) == "TEMPLATE_INCOMPLETE"
    assert bench.ticket(ref) == before


def test_braces_of_the_customer_hinder_no_answer(bench: Bench) -> None:
    what = Manifestation("Erro no modelo {{ nome }}", "Aparece {{ nome }} na tela")
    ref = receive(bench.desk, what).protocol
    customer_reply(bench.desk, ref, "Ainda {{ nome }}")
    reply(bench.desk, ref, "Sobre “Erro no modelo {{ nome }}”: corrigido.")
    note(bench.desk, ref, "O campo {{ nome }} estava sem valor")
    assert bench.status(ref) is Status.ANSWERED
