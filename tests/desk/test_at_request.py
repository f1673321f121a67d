"""Asking for the desk is enough to reach it: no gate turns that away, no escalation at request is refused."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.escalate import escalate
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.receive import Manifestation, check_reason, receive
from ouvidoria_tui.desk.triage import plan
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.policy import PriorTicket, TriageRule
from ouvidoria_tui.domain.policy_access import AccessRule
from ouvidoria_tui.domain.policy_gates import Gates, NonCustomer
from ouvidoria_tui.domain.ticket import Admission, EscalationReason, Status
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.report.batch import case_of, connection
from ouvidoria_tui.store.rebuild import compare
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import Bench, code_of

#: Gates of which none opens for somebody who is nobody's customer and names no earlier ticket.
SHUT = {
    "triage": TriageRule(prior_ticket=PriorTicket.REQUIRED, description_minimum=500),
    "gates": Gates(non_customer=NonCustomer.REDIRECT, non_customer_contact="comercial"),
}
ASKING = AccessRule(at_request=True)


def planned(bench: Bench, *, asked: bool) -> Plan:
    who = Customer(0, "Nina", email="nina@example.net")
    ref = receive(bench.desk, Manifestation("Ajuda", "Ajuda", customer=who, at_request=asked)).protocol
    (found,) = plan(bench.desk, [case_of(connection(bench.store), ref)])
    return found


@pytest.mark.req("S0-20")
def test_who_asked_for_the_desk_is_turned_away_by_no_gate(bench: Bench) -> None:
    bench.under(access=ASKING, **SHUT)
    found = planned(bench, asked=True)
    assert (found.decision, found.codes, found.messages) == (Admission.ADMITTED, (), ())
    assert "S0-20" in [reason.requirement for reason in found.reasons]
    assert [reason for reason in found.reasons if reason.rule == "prior-ticket" and reason.warning]
    assert planned(bench, asked=False).decision is not Admission.ADMITTED


def test_a_profile_by_which_asking_is_not_enough_asks_as_always(bench: Bench) -> None:
    bench.under(**SHUT)
    assert planned(bench, asked=True).decision is not Admission.ADMITTED


@pytest.mark.req("S0-20")
@pytest.mark.parametrize("status", list(Status))
def test_an_escalation_at_request_is_never_refused_whatever_the_status(bench: Bench, status: Status) -> None:
    bench.under(access=ASKING)
    ref = bench.at(status)
    outcome = escalate(bench.of("caio"), ref, 2, None, at_request=True)
    assert (outcome.result, bench.ticket(ref).level) == (Result.DONE, 2)
    assert bench.last(ref).payload["at_request"] is True
    assert "at-request" in bench.ticket(ref).flags
    assert bench.status(ref) is not Status.CLOSED
    assert verify(bench.store.conn).ok
    assert not compare(bench.store.conn).differences


@pytest.mark.req("S0-20")
def test_a_ticket_that_is_there_or_higher_already_stays_there(bench: Bench) -> None:
    bench.under(access=ASKING)
    ref = bench.new()
    escalate(bench.desk, ref, 3, "grave")
    assert escalate(bench.desk, ref, 2, None, at_request=True).result is Result.UNCHANGED
    assert bench.ticket(ref).level == 3


def test_elsewhere_a_request_is_told_and_the_ladder_holds(bench: Bench) -> None:
    ref = bench.new()
    escalate(bench.desk, ref, 2, None, at_request=True)
    assert code_of(lambda: escalate(bench.desk, ref, 1, None, at_request=True)) == "ESCALATION_NOT_UP"
    closed = bench.at(Status.CLOSED)
    assert code_of(lambda: escalate(bench.desk, closed, 2, None, at_request=True)) == "ILLEGAL_TRANSITION"


def test_an_escalation_of_the_desks_own_says_why(bench: Bench) -> None:
    ref = bench.new()
    assert code_of(lambda: escalate(bench.desk, ref, 2, None)) == "TEXT_REQUIRED"


@pytest.mark.req("S0-40")
def test_who_was_attended_before_says_whether_it_is_about_speed_or_quality(bench: Bench) -> None:
    bench.under(access=AccessRule(escalation_reason=True))
    assert code_of(lambda: check_reason(bench.desk, Manifestation("a", "b", prior_ticket="77"))) == (
        "ESCALATION_REASON_REQUIRED"
    )
    check_reason(bench.desk, Manifestation("a", "b"))
    what = Manifestation("a", "b", prior_ticket="77", escalation_reason=EscalationReason.SPEED)
    check_reason(bench.desk, what)
    ref = receive(bench.desk, what).protocol
    assert bench.ticket(ref).escalation_reason is EscalationReason.SPEED
    assert not compare(bench.store.conn).differences


@pytest.mark.req("S0-20")
def test_undoing_an_escalation_that_opened_a_closed_ticket_again_takes_back_both(bench: Bench) -> None:
    bench.under(access=ASKING)
    ref = bench.at(Status.CLOSED)
    before = bench.ticket(ref)
    escalate(bench.desk, ref, 2, None, at_request=True)
    undo(bench.desk, ref)
    after = bench.ticket(ref)
    assert (after.status, after.level, after.close_reason) == (Status.CLOSED, 0, before.close_reason)
    assert (after.reopened, after.flags) == (before.reopened, before.flags)
    assert not compare(bench.store.conn).differences
