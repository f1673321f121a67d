"""Batch triage over a store: what the plan says is what is recorded, and the customer is told first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.override import override
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import customer_reply, note
from ouvidoria_tui.desk.triage import apply, flags_of, plan
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.ticket import Admission, CloseReason, Severity, Status, Ticket
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.errors import NotAllowed, Refused, UsageError
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.reading import connection
from ouvidoria_tui.store.search import Context
from ouvidoria_tui.store.triage_reads import Originals, case_of, count_pending, pending

NOW = 1_780_000_000
LONG = "o pedido foi cobrado e até hoje ninguém da loja me respondeu"
ANA = Customer(0, "Ana Exemplo", email="ana@example.com")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    store = found_desk(tmp_path / "d.db", profile="loja-virtual", clock=clock, admin="ana")
    yield desk_over(store, agent="ana", clock=clock)
    store.close()


def bring(
    desk: Desk, subject: str, text: str = LONG, prior: str | None = "1234", customer: Customer | None = None
) -> str:
    desk.clock.at += 60  # type: ignore[attr-defined]
    return receive(desk, Manifestation(subject, text, customer=customer, prior_ticket=prior)).protocol


def plans(desk: Desk, query: str = "", limit: int | None = None, page: int = 2) -> list[Plan]:
    conn = connection(desk.store)
    context = Context(desk.clock.now(), desk.agent.id, desk.policy.policy.zone)
    cases = pending(conn, parse(query), context, limit=limit, page=page)
    return list(plan(desk, cases, original=Originals(conn)))


def ticket(desk: Desk, protocol: str) -> Ticket:
    return desk.store.find(protocol)


def acts(desk: Desk, protocol: str) -> list[Act]:
    return [event.type for event in desk.store.events(ticket(desk, protocol).id)]


def test_tickets_that_wait_come_in_queue_order_over_several_pages(desk: Desk) -> None:
    brought = [bring(desk, f"Assunto {number}") for number in range(5)]
    assert [one.protocol for one in plans(desk)] == brought


def test_the_limit_counts_tickets_not_pages(desk: Desk) -> None:
    brought = [bring(desk, f"Assunto {number}") for number in range(5)]
    assert [one.protocol for one in plans(desk, limit=3)] == brought[:3]


def test_decided_and_closed_tickets_do_not_wait(desk: Desk) -> None:
    closed, decided, waiting = (bring(desk, f"Assunto {number}") for number in range(3))
    close(desk, closed, CloseReason.WITHDRAWN)
    override(desk, decided, Admission.ADMITTED, "conhecido")
    assert [one.protocol for one in plans(desk, "status:any")] == [waiting]
    assert count_pending(connection(desk.store), parse(""), Context(NOW, None, "UTC")) == 1


def test_planning_writes_nothing(desk: Desk) -> None:
    protocol = bring(desk, "Cobrança", prior=None)
    before = ticket(desk, protocol)
    plans(desk)
    assert ticket(desk, protocol) == before


def test_an_admitted_ticket_has_what_its_plan_says(desk: Desk) -> None:
    protocol = bring(desk, "Cobrança em dobro", "fui cobrado duas vezes e ninguém me respondeu ainda")
    (one,) = plans(desk)
    ((_plan, outcome),) = apply(desk, [one])
    after = ticket(desk, protocol)
    assert outcome.result == "done"
    assert (after.admission, after.department, after.severity, after.difficulty, after.status) == (
        Admission.ADMITTED,
        one.department,
        one.severity,
        one.difficulty,
        Status.OPEN,
    )


def test_the_event_names_codes_rules_and_requirements_and_no_free_text(desk: Desk) -> None:
    protocol = bring(desk, "Cobrança", "curto", prior=None)
    (one,) = plans(desk)
    list(apply(desk, [one]))
    payload = desk.store.events(ticket(desk, protocol).id)[1].payload
    assert payload["decision"] == "awaiting-info"
    assert payload["codes"] == ["PRIOR_TICKET_REQUIRED", "DESCRIPTION_TOO_SHORT"]
    assert payload["rules"] == [reason.rule for reason in one.reasons]
    assert payload["requirements"] == [reason.requirement for reason in one.reasons]
    assert "text" not in payload


@pytest.mark.req("S1-03", "S1-16")
def test_without_the_number_the_customer_is_asked_and_it_is_their_turn(desk: Desk) -> None:
    protocol = bring(desk, "Entrega", prior=None, customer=ANA)
    list(apply(desk, plans(desk)))
    after = ticket(desk, protocol)
    assert (after.admission, after.status) == (Admission.AWAITING_INFO, Status.ANSWERED)
    assert acts(desk, protocol) == [Act.RECEIVED, Act.TRIAGED, Act.ASKED]
    letter = desk.store.messages(after.id)[3]
    assert protocol in letter.subject
    assert letter.text.startswith("Olá, Ana Exemplo.")
    assert "{{" not in letter.text


def test_two_gaps_are_two_letters_and_one_move(desk: Desk) -> None:
    protocol = bring(desk, "Entrega", "curto", prior=None)
    list(apply(desk, plans(desk)))
    events = desk.store.events(ticket(desk, protocol).id)
    asked = [event for event in events if event.type is Act.ASKED]
    assert [event.payload["template"] for event in asked] == ["P1", "P2"]
    assert [bool(event.changes) for event in asked] == [True, False]


def test_an_automatic_letter_satisfies_no_clock(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "clocks.toml"
    profile = (Path(__file__).parents[2] / "data/profiles/organizacional.toml").read_text("utf-8")
    path.write_text(profile.replace('prior_ticket = "off"', 'prior_ticket = "required"'), "utf-8")
    store = found_desk(tmp_path / "c.db", profile=str(path), clock=clock, admin="ana")
    desk = desk_over(store, agent="ana", clock=clock)
    protocol = bring(desk, "Entrega", prior=None)
    before = store.clocks(ticket(desk, protocol).id)
    list(apply(desk, plans(desk)))
    after = ticket(desk, protocol)
    assert acts(desk, protocol)[-1] is Act.ASKED
    assert after.answered_at is None
    assert len(before) > 0
    assert store.clocks(after.id) == before


@pytest.mark.req("S3-47")
def test_a_second_ticket_on_the_subject_is_closed_and_points_to_the_first(desk: Desk) -> None:
    first = bring(desk, "Entrega atrasada", customer=ANA)
    second = bring(desk, "RES: entrega ATRASADA", customer=ANA)
    list(apply(desk, plans(desk)))
    after = ticket(desk, second)
    assert ticket(desk, first).admission is Admission.ADMITTED
    assert (after.admission, after.duplicate_of) == (Admission.DUPLICATE, ticket(desk, first).id)
    assert (after.status, after.close_reason) == (Status.CLOSED, CloseReason.DUPLICATE)


@pytest.mark.req("S4-33")
def test_the_letter_comes_before_the_closing_of_a_duplicate(desk: Desk) -> None:
    first = bring(desk, "Entrega", customer=ANA)
    second = bring(desk, "Entrega", customer=ANA)
    list(apply(desk, plans(desk)))
    assert acts(desk, second) == [Act.RECEIVED, Act.TRIAGED, Act.REPLIED, Act.MERGED]
    assert first in desk.store.messages(ticket(desk, second).id)[3].text


def test_of_three_on_one_subject_the_oldest_is_the_original_of_both(desk: Desk) -> None:
    first, *others = (bring(desk, "Entrega", customer=ANA) for _ in range(3))
    assert [one.duplicate_of for one in plans(desk)] == [None, first, first]
    list(apply(desk, plans(desk)))
    assert {ticket(desk, other).status for other in others} == {Status.CLOSED}


def test_the_same_subject_of_somebody_else_is_no_duplicate(desk: Desk) -> None:
    bring(desk, "Entrega", customer=ANA)
    bring(desk, "Entrega", customer=Customer(0, "Outra Pessoa", email="outra@example.com"))
    bring(desk, "Entrega")
    assert {one.decision for one in plans(desk)} == {Admission.ADMITTED}


def test_a_ticket_that_changed_since_its_plan_is_a_conflict_and_the_others_stand(desk: Desk) -> None:
    changed, same = bring(desk, "Um"), bring(desk, "Dois")
    made = plans(desk)
    note(desk, changed, "o cliente ligou")
    outcomes = {one.protocol: outcome for one, outcome in apply(desk, made)}
    assert (outcomes[changed].result, outcomes[changed].code) == ("conflict", "TICKET_CHANGED")
    assert outcomes[same].result == "done"
    assert ticket(desk, changed).admission is Admission.PENDING


def test_an_original_that_was_closed_since_is_a_conflict(desk: Desk) -> None:
    first, second = bring(desk, "Um", customer=ANA), bring(desk, "Um", customer=ANA)
    made = plans(desk, f"protocol:{second}")
    close(desk, first, CloseReason.WITHDRAWN)
    ((_plan, outcome),) = apply(desk, made)
    assert (outcome.result, outcome.code) == ("conflict", "ORIGINAL_CLOSED")
    assert ticket(desk, second).status is Status.OPEN


def test_applying_a_plan_again_changes_nothing(desk: Desk) -> None:
    bring(desk, "Um", "curto", prior=None)
    bring(desk, "Dois", customer=ANA)
    bring(desk, "Dois", customer=ANA)
    made = plans(desk)
    list(apply(desk, made))
    revisions = [ticket(desk, one.protocol).revision for one in made]
    assert {outcome.result for _plan, outcome in apply(desk, made)} == {"unchanged"}
    assert [ticket(desk, one.protocol).revision for one in made] == revisions


@pytest.mark.parametrize(
    "bent",
    [
        {"decision": Admission.INELIGIBLE},
        {"decision": Admission.AWAITING_INFO},
        {"decision": Admission.DUPLICATE, "messages": ("D1",)},
        {"duplicate_of": "same"},
    ],
)
def test_a_plan_that_triage_never_makes_is_refused(desk: Desk, bent: dict[str, object]) -> None:
    protocol = bring(desk, "Um", customer=ANA)
    (one,) = plans(desk)
    if bent.get("duplicate_of") == "same":
        bent = {"decision": Admission.DUPLICATE, "messages": ("D1",), "duplicate_of": protocol}
    ((_plan, outcome),) = apply(desk, [replace(one, **bent)])  # type: ignore[arg-type]
    assert outcome.code == "PLAN_INVALID"
    assert ticket(desk, protocol).revision == 1


def test_a_template_that_does_not_exist_is_refused_and_nothing_is_recorded(desk: Desk) -> None:
    protocol = bring(desk, "Um", prior=None)
    (one,) = plans(desk)
    ((_plan, outcome),) = apply(desk, [replace(one, messages=("../../etc",))])
    assert outcome.code == "TEMPLATE_NOT_FOUND"
    assert ticket(desk, protocol).revision == 1


def test_flags_follow_from_the_reasons_of_a_plan_read_from_a_file(tmp_path: Path, clock: FixedClock) -> None:
    store = found_desk(tmp_path / "h.db", profile="hospedagem", clock=clock, admin="ana")
    desk = desk_over(store, agent="ana", clock=clock)
    protocol = bring(desk, "Um", prior=None)
    (one,) = plans(desk)
    assert one.flags == ("first-instance-skipped",)
    assert flags_of(replace(one, flags=()), ticket(desk, protocol)) == one.flags


def test_what_a_person_chose_before_triage_stays(desk: Desk) -> None:
    protocol = bring(desk, "Um")
    classify(desk, protocol, Classification(severity=Severity.CRITICAL))
    list(apply(desk, plans(desk)))
    assert ticket(desk, protocol).severity is Severity.CRITICAL


def test_words_that_look_like_a_place_do_not_hold_a_letter_up(desk: Desk) -> None:
    protocol = bring(desk, "Sobre {{ nome }} e {{x}}", prior=None)
    ((_plan, outcome),) = apply(desk, plans(desk))
    assert outcome.result == "done"
    assert "{{ nome }}" in desk.store.messages(ticket(desk, protocol).id)[3].text


def test_an_auditor_may_look_and_not_apply(desk: Desk) -> None:
    bring(desk, "Um")
    auditor = desk.as_agent(replace(desk.agent, role=Role.AUDITOR))
    made = plans(auditor)
    with pytest.raises(NotAllowed):
        list(apply(auditor, made))


def test_one_ticket_can_be_looked_at_whatever_was_decided(desk: Desk) -> None:
    protocol = bring(desk, "Um")
    list(apply(desk, plans(desk)))
    assert case_of(connection(desk.store), protocol.replace("-", "")).protocol == protocol


class TestOverride:
    def test_it_records_the_decision_and_its_reason(self, desk: Desk) -> None:
        protocol = bring(desk, "Um", prior=None)
        list(apply(desk, plans(desk)))
        customer_reply(desk, protocol, "o número é 77")
        outcome = override(desk, protocol, Admission.ADMITTED, "o número veio por telefone")
        after = ticket(desk, protocol)
        assert (outcome.result, after.admission) == ("done", Admission.ADMITTED)
        assert desk.store.messages(after.id)[after.revision].text == "o número veio por telefone"

    def test_the_same_decision_is_unchanged(self, desk: Desk) -> None:
        protocol = bring(desk, "Um")
        override(desk, protocol, Admission.REDIRECTED, "é com o comercial")
        assert override(desk, protocol, Admission.REDIRECTED, "é com o comercial").result == "unchanged"

    def test_it_needs_a_reason(self, desk: Desk) -> None:
        protocol = bring(desk, "Um")
        with pytest.raises(UsageError) as caught:
            override(desk, protocol, Admission.ADMITTED, "  ")
        assert caught.value.code == "TEXT_REQUIRED"

    def test_pending_is_no_decision(self, desk: Desk) -> None:
        with pytest.raises(UsageError) as caught:
            override(desk, bring(desk, "Um"), Admission.PENDING, "x")
        assert caught.value.code == "DECISION_PENDING"

    def test_a_duplicate_needs_an_older_twin(self, desk: Desk) -> None:
        first = bring(desk, "Um", customer=ANA)
        second = bring(desk, "Um", customer=ANA)
        with pytest.raises(Refused) as caught:
            override(desk, first, Admission.DUPLICATE, "x")
        assert caught.value.code == "ORIGINAL_MISSING"
        override(desk, second, Admission.DUPLICATE, "x")
        assert ticket(desk, second).duplicate_of == ticket(desk, first).id

    def test_another_decision_takes_the_link_away(self, desk: Desk) -> None:
        bring(desk, "Um", customer=ANA)
        second = bring(desk, "Um", customer=ANA)
        override(desk, second, Admission.DUPLICATE, "x")
        override(desk, second, Admission.ADMITTED, "não é o mesmo caso")
        assert ticket(desk, second).duplicate_of is None

    def test_a_closed_ticket_is_reopened_first(self, desk: Desk) -> None:
        protocol = bring(desk, "Um")
        close(desk, protocol, CloseReason.WITHDRAWN)
        with pytest.raises(Refused) as caught:
            override(desk, protocol, Admission.ADMITTED, "x")
        assert caught.value.code == "TICKET_CLOSED"
