"""Old and incomplete registrations: said by triage when the customer writes, counted by doctor, listed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ouvidoria_tui.desk.contacts import add_contact, edit_contact
from ouvidoria_tui.desk.customers import verify_customer
from ouvidoria_tui.desk.triage import plan
from ouvidoria_tui.domain.checkup import Health
from ouvidoria_tui.domain.customer import AddressState
from ouvidoria_tui.domain.customer_list import Wanted
from ouvidoria_tui.domain.registration import Gap
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.store.health_people import people_checks
from ouvidoria_tui.store.people_reads import customers
from ouvidoria_tui.store.triage_reads import case_of
from tests.desk.bench import DAY, Bench

YEAR = 366 * DAY
RUI = {"name": "Rui", "email": "rui@example.com", "role": "secondary", "landline": "(11) 3123-4567"}


@pytest.fixture
def desk(bench: Bench) -> Bench:
    """A desk whose registrations are verified every twelve months; customer 1 is registered completely."""
    in_force = bench.store.policy()
    gates = replace(in_force.policy.gates, stale_months=12)
    bench.store._policy = replace(in_force, policy=replace(in_force.policy, gates=gates))
    bench.new()
    edit_contact(bench.desk, 1, {"mobile": "(11) 91234-5678", "role": "primary"})
    add_contact(bench.desk, "1", RUI)
    return bench


def planned(desk: Bench) -> Plan:
    from ouvidoria_tui.desk.receive import Manifestation, receive
    from ouvidoria_tui.domain.customer import Customer

    who = Customer(0, "Cliente 1", email="c1@example.com")
    ref = receive(desk.desk, Manifestation("Fatura", "Veio duas vezes.", customer=who)).protocol
    (found,) = plan(desk.desk, [case_of(desk.store.conn, ref)])
    return found


def wanting(found: Plan) -> list[str | None]:
    return [one.requirement for one in found.reasons if one.rule == "registration"]


def test_nothing_is_said_of_a_complete_registration(desk: Bench) -> None:
    found = planned(desk)
    assert (wanting(found), "registration-stale" in found.flags) == ([], False)


@pytest.mark.req("S3-52")
def test_an_old_registration_is_said_at_the_next_contact_until_somebody_verifies_it(desk: Bench) -> None:
    desk.clock.at += YEAR
    found = planned(desk)
    assert (wanting(found), "registration-stale" in found.flags) == (["S3-52"], True)
    verify_customer(desk.desk, "1")
    assert wanting(planned(desk)) == []


@pytest.mark.req("S3-54")
def test_a_mobile_number_alone_is_an_incomplete_registration(desk: Bench) -> None:
    edit_contact(desk.desk, 2, {"landline": ""})
    assert wanting(planned(desk)) == ["S3-54"]


@pytest.mark.req("S3-55")
def test_one_contact_alone_is_an_incomplete_registration(desk: Bench) -> None:
    from ouvidoria_tui.desk.contacts import revoke

    edit_contact(desk.desk, 1, {"landline": "(11) 3123-4567"})
    revoke(desk.desk, 2, left=True)
    assert wanting(planned(desk)) == ["S3-55"]


def test_an_address_from_which_mail_comes_back_is_said(desk: Bench) -> None:
    with desk.store.transaction():
        desk.store.outbox.mark_address("rui@example.com", AddressState.BOUNCING, desk.clock.now())
    found = planned(desk)
    assert [str(one.text) for one in found.reasons if one.rule == "registration"] == [
        "mail to a contact comes back"
    ]


def test_a_registration_changes_no_decision(desk: Bench) -> None:
    before = planned(desk)
    desk.clock.at += YEAR
    after = planned(desk)
    assert (after.decision, after.messages) == (before.decision, before.messages)


def test_the_list_of_what_is_wanting_names_the_gaps(desk: Bench) -> None:
    desk.new()
    wanted = Wanted(stale=True, months=12, at=desk.clock.now())
    rows = list(customers(desk.store.conn, wanted))
    assert [(row.customer.id, row.gaps) for row in rows] == [(2, (Gap.SECONDARY,))]


def test_doctor_counts_the_gaps(desk: Bench) -> None:
    (well,) = people_checks(desk.store.conn, 12, desk.clock.now())
    desk.new()
    (check,) = people_checks(desk.store.conn, 12, desk.clock.now() + YEAR)
    assert well.health is Health.OK
    assert (check.health, str(check.message)) == (
        Health.WARNING,
        "2 customers not verified, 1 without a secondary contact",
    )


def test_doctor_asks_nothing_that_the_policy_does_not_ask(desk: Bench) -> None:
    assert not list(people_checks(desk.store.conn, 0, desk.clock.now() + YEAR))


@pytest.mark.parametrize(
    ("kind", "known"), [("non-customer", False), ("customer-no-access", True), ("third-party-affected", True)]
)
def test_what_somebody_is_said_to_be_decides_whether_triage_knows_a_customer(
    desk: Bench, kind: str, known: bool
) -> None:
    from ouvidoria_tui.desk.customers import edit_customer

    ref = desk.new()
    edit_customer(desk.desk, "2", {"kind": kind, "document": "11"})
    assert case_of(desk.store.conn, ref).known_customer is known
