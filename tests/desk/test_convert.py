"""A conversation that proves complex goes on as a ticket: same protocol, same place, every word kept."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.conversations import Call
from ouvidoria_tui.desk.convert import convert
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.triage import apply, plan
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.conduct import Conduct
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.policy_access import AccessRule
from ouvidoria_tui.domain.ticket import Admission, Channel, CloseReason, Difficulty, Status
from ouvidoria_tui.report.batch import case_of, connection
from ouvidoria_tui.store.rebuild import compare
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import DAY, Bench, code_of

RECORD = AccessRule(record_channel=Channel.PORTAL)
TRANSCRIPT = "Cliente: meu site caiu\nAtendente: vou verificar"


def came(bench: Bench, channel: Channel, difficulty: Difficulty | None = None, **more: object) -> Outcome:
    what = Manifestation("Site fora", TRANSCRIPT, channel=channel, difficulty=difficulty, **more)  # type: ignore[arg-type]
    return receive(bench.desk, what)


def types(bench: Bench, ref: str) -> list[Act]:
    return [event.type for event in bench.events(ref)]


@pytest.mark.req("S0-22")
def test_a_chat_goes_on_as_a_ticket_with_its_transcript_its_files_its_protocol_and_its_place(
    bench: Bench,
) -> None:
    ref = came(bench, Channel.CHAT).protocol
    attach(bench.desk, ref, "chat.txt", TRANSCRIPT.encode())
    before = bench.ticket(ref)
    bench.clock.at += DAY
    convert(bench.desk, ref, "Precisa de análise do servidor")
    after, event = bench.ticket(ref), bench.last(ref)
    assert (after.channel, after.protocol, after.arrived_at) == (Channel.PORTAL, ref, before.arrived_at)
    assert bench.words(ref)[0] == TRANSCRIPT
    assert Act.ATTACHED in types(bench, ref)
    assert {name: event.payload[name] for name in ("from", "to", "why")} == {
        "from": "chat",
        "to": "portal",
        "why": "by-hand",
    }
    assert bench.words(ref)[-1] == "Precisa de análise do servidor"
    assert verify(bench.store.conn).ok
    assert not compare(bench.store.conn).differences


@pytest.mark.req("S0-32")
def test_a_call_that_is_complex_is_registered_as_a_ticket_with_the_record_of_the_call(bench: Bench) -> None:
    bench.under(access=RECORD)
    call = Call(minutes=9, conduct=(Conduct.CLEAR,))
    outcome = came(bench, Channel.PHONE, Difficulty.COMPLEX, call=call)
    assert outcome.details["converted"] is Channel.PORTAL
    assert types(bench, outcome.protocol) == [Act.RECEIVED, Act.CALLED, Act.CONVERTED]
    ticket = bench.ticket(outcome.protocol)
    assert (ticket.channel, ticket.difficulty) == (Channel.PORTAL, Difficulty.COMPLEX)
    assert bench.events(outcome.protocol)[1].payload["minutes"] == 9


def test_without_particulars_of_the_call_it_is_on_record_all_the_same(bench: Bench) -> None:
    bench.under(access=RECORD)
    ref = came(bench, Channel.PHONE, Difficulty.COMPLEX).protocol
    assert Act.CALLED in types(bench, ref)


@pytest.mark.req("S0-35")
@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.CHAT, Channel.WHATSAPP, Channel.IN_PERSON])
def test_what_is_found_complex_later_belongs_in_a_ticket(bench: Bench, channel: Channel) -> None:
    bench.under(access=RECORD)
    ref = came(bench, channel).protocol
    assert bench.ticket(ref).channel is channel
    classify(bench.desk, ref, Classification(difficulty=Difficulty.COMPLEX))
    assert bench.ticket(ref).channel is Channel.PORTAL
    assert bench.last(ref).payload["why"] == "complex"


@pytest.mark.req("S0-35")
def test_triage_that_finds_it_complex_lets_it_go_on_as_a_ticket(bench: Bench) -> None:
    bench.under(access=RECORD)
    ref = came(bench, Channel.CHAT, Difficulty.COMPLEX).protocol
    bench.under(access=AccessRule())
    other = came(bench, Channel.CHAT, Difficulty.COMPLEX).protocol
    assert bench.ticket(other).channel is Channel.CHAT
    bench.under(access=RECORD)
    (found,) = plan(bench.desk, [case_of(connection(bench.store), other)])
    ((_plan, outcome),) = apply(bench.desk, [found])
    assert outcome.result is Result.DONE
    assert (bench.ticket(ref).channel, bench.ticket(other).channel) == (Channel.PORTAL, Channel.PORTAL)


def test_what_is_simple_or_in_writing_stays_where_it_is(bench: Bench) -> None:
    bench.under(access=RECORD)
    assert bench.ticket(came(bench, Channel.PHONE, Difficulty.SIMPLE).protocol).channel is Channel.PHONE
    assert bench.ticket(came(bench, Channel.EMAIL, Difficulty.COMPLEX).protocol).channel is Channel.EMAIL


def test_a_policy_that_says_nothing_forces_nothing(bench: Bench) -> None:
    assert bench.ticket(came(bench, Channel.PHONE, Difficulty.COMPLEX).protocol).channel is Channel.PHONE


def test_converting_again_is_unchanged_and_can_be_undone(bench: Bench) -> None:
    ref = came(bench, Channel.CHAT).protocol
    convert(bench.desk, ref, "complexo")
    assert convert(bench.desk, ref, "complexo").result is Result.UNCHANGED
    undo(bench.desk, ref)
    assert bench.ticket(ref).channel is Channel.CHAT


@pytest.mark.req("S0-25")
def test_an_email_becomes_a_ticket_one_by_one(bench: Bench) -> None:
    ref, stays = came(bench, Channel.EMAIL).protocol, came(bench, Channel.EMAIL).protocol
    convert(bench.desk, ref, "precisa de análise")
    assert (bench.ticket(ref).channel, bench.ticket(stays).channel) == (Channel.PORTAL, Channel.EMAIL)


def test_a_closed_contact_and_one_without_a_reason_are_refused(bench: Bench) -> None:
    ref = came(bench, Channel.CHAT).protocol
    assert code_of(lambda: convert(bench.desk, ref, " ")) == "TEXT_REQUIRED"
    close(bench.desk, ref, CloseReason.WITHDRAWN)
    assert code_of(lambda: convert(bench.desk, ref, "tarde")) == "ILLEGAL_TRANSITION"
    assert bench.status(ref) is Status.CLOSED


@pytest.mark.req("S0-35")
def test_undoing_a_finding_takes_back_what_followed_from_it_and_never_half(bench: Bench) -> None:
    bench.under(access=RECORD)
    ref = came(bench, Channel.CHAT).protocol
    before = bench.ticket(ref)
    classify(bench.desk, ref, Classification(difficulty=Difficulty.COMPLEX))
    undo(bench.desk, ref)
    after = bench.ticket(ref)
    assert (after.channel, after.difficulty) == (Channel.CHAT, before.difficulty)
    undone = [one.payload["act"] for one in bench.events(ref) if one.type is Act.UNDONE]
    assert undone == ["converted", "classified"]
    assert verify(bench.store.conn).ok
    assert not compare(bench.store.conn).differences


@pytest.mark.req("S0-35")
def test_undoing_a_triage_that_found_it_complex_takes_back_both(bench: Bench) -> None:
    ref = came(bench, Channel.CHAT, Difficulty.COMPLEX).protocol
    bench.under(access=RECORD)
    (found,) = plan(bench.desk, [case_of(connection(bench.store), ref)])
    list(apply(bench.desk, [found]))
    assert bench.ticket(ref).channel is Channel.PORTAL
    undo(bench.desk, ref)
    after = bench.ticket(ref)
    assert (after.channel, after.admission) == (Channel.CHAT, Admission.PENDING)


@pytest.mark.req("S0-35")
def test_what_was_complex_when_it_was_registered_stays_a_ticket(bench: Bench) -> None:
    bench.under(access=RECORD)
    ref = came(bench, Channel.CHAT, Difficulty.COMPLEX).protocol
    assert code_of(lambda: undo(bench.desk, ref)) == "NOTHING_TO_UNDO"
    assert bench.ticket(ref).channel is Channel.PORTAL
