"""Calls and meetings as facts from outside: kept with who was there and the card of conduct, moving nothing."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.conversations import Call, record_call, record_meeting
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.conduct import Conduct, ticks
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import Channel, Status
from ouvidoria_tui.errors import NotAllowed
from ouvidoria_tui.store.rebuild import compare
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import DAY, HOUR, NOW, Bench, code_of


@pytest.mark.req("S4-02", "S4-03")
def test_a_call_keeps_who_how_long_and_which_points_of_the_card(bench: Bench) -> None:
    ref = bench.new()
    call = Call("Maria", 12, conduct=(Conduct.CLEAR, Conduct.NO_CRITICISM))
    record_call(bench.of("caio"), ref, call, "Contou que a cobrança voltou.")
    event = bench.last(ref)
    assert event.type is Act.CALLED
    facts = {name: event.payload[name] for name in ("channel", "direction", "minutes", "conduct")}
    assert facts == {
        "channel": "phone",
        "direction": "in",
        "minutes": 12,
        "conduct": ["clear", "no-criticism"],
    }
    assert "Maria" not in str(event.payload), "a name is personal: it stands with the words"
    message = bench.store.messages(bench.ticket(ref).id)[event.seq]
    assert (message.subject, message.text, message.part) == ("Maria", "Contou que a cobrança voltou.", "note")


def test_a_card_that_was_not_filled_in_is_not_one_without_ticks(bench: Bench) -> None:
    ref = bench.new()
    record_call(bench.desk, ref, Call(), "Sem cartão")
    assert "conduct" not in bench.last(ref).payload
    record_call(bench.desk, ref, Call(conduct=()), "Cartão em branco")
    assert bench.last(ref).payload["conduct"] == []


@pytest.mark.req("S2-44", "S2-45")
def test_a_meeting_keeps_participants_and_minutes_in_the_timeline(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += DAY
    record_meeting(
        bench.desk, ref, [" Maria ", "Caio", ""], "Combinado o estorno.", minutes=45, at=NOW + HOUR
    )
    event = bench.last(ref)
    assert (event.type, event.happened_at, event.payload["minutes"]) == (Act.MET, NOW + HOUR, 45)
    assert bench.store.messages(bench.ticket(ref).id)[event.seq].subject == "Maria, Caio"


def test_a_call_moves_nothing_and_no_clock_hears_it(bench: Bench) -> None:
    ref = bench.at(Status.ANSWERED)
    ticket, clocks = bench.ticket(ref), bench.store.clocks(bench.ticket(ref).id)
    record_call(bench.desk, ref, Call(), "Ligou")
    after = bench.ticket(ref)
    assert (after.status, after.turn, after.acted_at) == (ticket.status, ticket.turn, ticket.acted_at)
    assert bench.store.clocks(ticket.id) == clocks


def test_a_call_is_recorded_late_even_before_later_acts_but_not_before_the_ticket(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += DAY
    reply(bench.desk, ref, "Resposta")
    record_call(bench.desk, ref, Call(), "Foi antes da resposta", at=NOW + HOUR)
    assert bench.last(ref).happened_at == NOW + HOUR
    assert code_of(lambda: record_call(bench.desk, ref, Call(), "x", at=NOW - 1)) == "DATE_OUT_OF_ORDER"
    assert code_of(lambda: record_call(bench.desk, ref, Call(), "x", at=NOW + 9 * DAY)) == "DATE_IN_FUTURE"
    assert verify(bench.store.conn).ok
    assert not compare(bench.store.conn).differences


def test_a_call_may_go_by_another_voice_and_on_a_closed_ticket(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    record_call(bench.desk, ref, Call(outgoing=True, channel=Channel.WHATSAPP), "Ligamos")
    assert bench.last(ref).payload["direction"] == "out"
    assert bench.status(ref) is Status.CLOSED


@pytest.mark.parametrize("minutes", [0, -1, 1441])
def test_no_conversation_lasts_so_long(bench: Bench, minutes: int) -> None:
    ref = bench.new()
    assert code_of(lambda: record_call(bench.desk, ref, Call(minutes=minutes), "x")) == "BAD_MINUTES"


def test_nothing_said_and_nobody_there_are_refused(bench: Bench) -> None:
    ref = bench.new()
    assert code_of(lambda: record_call(bench.desk, ref, Call(), " ")) == "TEXT_REQUIRED"
    assert code_of(lambda: record_meeting(bench.desk, ref, [" "], "Ata")) == "TEXT_REQUIRED"
    assert code_of(lambda: record_meeting(bench.desk, ref, ["Ana"], "")) == "TEXT_REQUIRED"


def test_an_auditor_records_nothing(bench: Bench) -> None:
    ref = bench.new()
    with pytest.raises(NotAllowed):
        record_call(bench.of("aldo"), ref, Call(), "x")


@pytest.mark.req("S4-04")
def test_the_card_asks_for_empathy_whatever_the_slip_of_the_source_says() -> None:
    assert Conduct.EMPATHY in Conduct
    assert ticks("all") == tuple(Conduct)


def test_ticks_are_told_by_name_in_any_order_and_wrong_ones_are_named() -> None:
    assert ticks(" no-criticism, CLEAR,clear ") == (Conduct.CLEAR, Conduct.NO_CRITICISM)
    assert ticks("none") == ()
    assert code_of(lambda: ticks("rude")) == "BAD_CHOICE"
    assert code_of(lambda: ticks(" , ")) == "BAD_CHOICE"
