"""First come, first served: no sequence of acts moves a ticket in the queue (S3-39, S3-40, S3-53)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ouvidoria_tui.desk import triage as triaging
from ouvidoria_tui.desk.assign import give_back, start, take
from ouvidoria_tui.desk.classify import Classification, classify, transfer
from ouvidoria_tui.desk.escalate import escalate
from ouvidoria_tui.desk.override import override
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import ask, customer_reply, note
from ouvidoria_tui.domain.customer import Customer, Requester
from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.ticket import Admission, Severity
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.report.batch import case_of
from ouvidoria_tui.report.reading import page
from tests.cases import cases
from tests.desk.bench import Bench

Act = Callable[[Bench, str], object]

_LOUD = ("urgente", "URGENTE!!!", "É PARA HOJE, RESPONDAM", "e aí?", "cobrando de novo")


def _flood(bench: Bench, ref: str) -> None:
    for number in range(10):
        bench.clock.at += 20
        customer_reply(bench.desk, ref, f"{_LOUD[number % len(_LOUD)]} {number}")


def _triage(bench: Bench, ref: str) -> None:
    list(triaging.apply(bench.desk, triaging.plan(bench.desk, [case_of(bench.store.conn, ref)])))


def _transfer(bench: Bench, ref: str) -> None:
    department = sorted(bench.store.known_slugs("department"))[-1]
    transfer(bench.desk, ref, department, "veio ao setor errado")


#: What customers and the desk do to a ticket that stays open.
ACTS: dict[str, Act] = {
    "flood": _flood,
    "capitals": lambda bench, ref: customer_reply(bench.desk, ref, "RESPONDAM JÁ!!! " * 9),
    "reminder": lambda bench, ref: customer_reply(bench.desk, ref, "alguma novidade?"),
    "critical": lambda bench, ref: classify(bench.desk, ref, Classification(severity=Severity.CRITICAL)),
    "low": lambda bench, ref: classify(bench.desk, ref, Classification(severity=Severity.LOW)),
    "triage": _triage,
    "re-triage": lambda bench, ref: override(bench.desk, ref, Admission.ADMITTED, "vista de novo"),
    "held": lambda bench, ref: override(bench.desk, ref, Admission.AWAITING_INFO, "falta o número"),
    "take": lambda bench, ref: take(bench.desk, ref),
    "start": lambda bench, ref: start(bench.desk, ref),
    "give back": lambda bench, ref: give_back(bench.desk, ref),
    "transfer": _transfer,
    "escalate": lambda bench, ref: escalate(bench.desk, ref, 2, "a área não respondeu"),
    "ask": lambda bench, ref: ask(bench.desk, ref, "qual é o número do pedido?"),
    "note": lambda bench, ref: note(bench.desk, ref, "ligou três vezes hoje"),
}
TICKETS = 4
steps = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, TICKETS - 1)), min_size=1, max_size=12
)


def order(bench: Bench) -> list[str]:
    """The protocols of the open queue as the desk reads it."""
    found = page(bench.store.conn, parse("is:open"), limit=500, now=bench.clock.at, agent_id=None, zone="UTC")
    return [row.protocol for row in found.rows]


def brought(bench: Bench, arrivals: list[int]) -> list[str]:
    """A ticket for each arrival, so many minutes ago, registered in the order given."""
    made = []
    for minutes in arrivals:
        who = Customer(0, "Cliente", email=f"c{bench.clock.at}-{minutes}@example.com")
        what = Manifestation("Entrega", "o pedido foi pago e não chegou até hoje", customer=who)
        made.append(receive(bench.desk, what, at=bench.clock.at - minutes * 60).protocol)
    return made


@pytest.mark.req("S3-39")
@pytest.mark.req("S3-40")
@settings(cases(40), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(arrivals=st.permutations([1, 7, 7, 30]), did=steps)
def test_no_sequence_of_acts_moves_a_ticket_in_the_queue(
    bench: Bench, arrivals: list[int], did: list[tuple[str, int]]
) -> None:
    bench.clock.at += 7200
    refs = brought(bench, arrivals)
    due = sorted(zip((-minutes for minutes in arrivals), refs, strict=True))
    for name, which in did:
        bench.clock.at += 60
        try:
            ACTS[name](bench, refs[which])
        except Refused:
            continue  # not a move from where the ticket stands: nothing happened
        now_open = [ref for ref in order(bench) if ref in refs]
        assert now_open == [ref for _arrived, ref in due]


#: Who may stand behind four tickets: as different as people are.
PEOPLE = (
    Customer(0, "Ana Alta", "ana@example.com", "123.456.789-09", plan="enterprise", kind=Requester.CUSTOMER),
    Customer(0, "Zé", "ze@example.com", kind=Requester.NON_CUSTOMER),
    Customer(0, "ÁGUA S/A", "agua@example.com", "11.222.333/0001-81", plan="basico"),
    None,
)


@settings(cases(20), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(people=st.permutations(PEOPLE), arrivals=st.permutations([1, 7, 9, 30]))
def test_who_somebody_is_makes_no_difference_to_place_deadlines_or_triage(
    bench: Bench, people: list[Customer | None], arrivals: list[int]
) -> None:
    bench.clock.at += 7200
    made: list[tuple[int, str]] = []
    for minutes, who in zip(arrivals, people, strict=True):
        what = Manifestation("Entrega", "o pedido foi pago e não chegou até hoje", customer=who)
        made.append((-minutes, receive(bench.desk, what, at=bench.clock.at - minutes * 60).protocol))
    refs = [ref for _arrived, ref in sorted(made)]
    plans = triaging.plan(bench.desk, [case_of(bench.store.conn, ref) for ref in refs])
    judged = {(plan.decision, plan.severity, plan.difficulty, plan.department, plan.team) for plan in plans}
    left = {
        tuple((clock.name, (clock.due_at or 0) - bench.ticket(ref).arrived_at) for clock in clocks)
        for ref in refs
        for clocks in [bench.store.clocks(bench.ticket(ref).id)]
    }
    assert [ref for ref in order(bench) if ref in refs] == refs
    assert len(judged) == 1
    assert len({tuple(name for name, _due in one) for one in left}) == 1
    assert len({due for one in left for name, due in one if name == "first-response"}) == 1


@pytest.mark.parametrize("count", [1, 10])
def test_ten_messages_in_five_minutes_leave_place_and_due_times_as_one_does(bench: Bench, count: int) -> None:
    refs = brought(bench, [30, 20, 10])
    place = order(bench)
    before = {clock.name: clock.due_at for clock in bench.store.clocks(bench.ticket(refs[1]).id)}
    for number in range(count):
        bench.clock.at += 20
        customer_reply(bench.desk, refs[1], f"URGENTE {number}")
    after = {clock.name: clock.due_at for clock in bench.store.clocks(bench.ticket(refs[1]).id)}
    assert order(bench) == place
    assert {name: due for name, due in after.items() if name in before} == before
