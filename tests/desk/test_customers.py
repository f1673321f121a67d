"""The register of customers: found, added, edited, merged; what the ledger keeps of it."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.contacts import add_contact
from ouvidoria_tui.desk.customer_merge import merge
from ouvidoria_tui.desk.customers import (
    add_customer,
    edit_customer,
    find_customer,
    set_customer_active,
    verify_customer,
)
from ouvidoria_tui.desk.register import register_customer
from ouvidoria_tui.domain.customer import Customer, Requester
from ouvidoria_tui.domain.customer_list import Wanted
from ouvidoria_tui.domain.ledger import Act, canonical
from ouvidoria_tui.errors import NotAllowed, NotFound, Refused, UsageError
from ouvidoria_tui.store.people_reads import customer_events, customers
from ouvidoria_tui.store.rebuild import rebuild
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import DAY, Bench

MARIA = {"name": "Maria José Aragão", "email": "Maria@Example.com", "document": "123.456.789-09"}


def last(bench: Bench) -> dict[str, object]:
    row = bench.store.conn.execute(
        "SELECT payload FROM event WHERE ticket_id = 0 ORDER BY id DESC LIMIT 1"
    ).fetchone()
    import json

    found: dict[str, object] = json.loads(row[0])
    return found


def listed(bench: Bench, words: str = "", **more: object) -> list[int]:
    wanted = Wanted(words, at=bench.clock.now(), **more)  # type: ignore[arg-type]
    return [row.customer.id for row in customers(bench.store.conn, wanted)]


@pytest.mark.parametrize(
    "words",
    ["aragao", "ARAGÃO maria", "mar jos", "maria@example.com", "123.456.789-09", "12345678909", "rui@exam"],
)
def test_a_customer_is_found_by_any_of_its_data(bench: Bench, words: str) -> None:
    maria = add_customer(bench.desk, MARIA)
    add_contact(bench.desk, str(maria.id), {"name": "Rui", "email": "rui@example.com"})
    add_customer(bench.desk, {"name": "Outra Pessoa", "email": "outra@example.org"})
    assert listed(bench, words) == [maria.id]


@pytest.mark.parametrize("words", ['"', "'); DROP TABLE customer; --", "NEAR(", "*", "a AND NOT", "\0x"])
def test_what_is_looked_for_is_never_a_language(bench: Bench, words: str) -> None:
    add_customer(bench.desk, MARIA)
    listed(bench, words)
    assert bench.store.conn.execute("SELECT count(*) FROM customer").fetchone()[0] == 1


@pytest.mark.parametrize("ref", ["1", "maria@example.com", "123.456.789-09", "12345678909"])
def test_a_customer_is_named_by_number_address_or_document(bench: Bench, ref: str) -> None:
    maria = add_customer(bench.desk, MARIA)
    assert find_customer(bench.desk, ref).id == maria.id


def test_nobody_is_found_under_an_unknown_name(bench: Bench) -> None:
    with pytest.raises(NotFound, match="CUSTOMER_NOT_FOUND"):
        find_customer(bench.desk, "nobody@example.com")


def test_a_document_of_two_customers_names_neither(bench: Bench) -> None:
    add_customer(bench.desk, {"name": "A", "document": "11"})
    add_customer(bench.desk, {"name": "B", "document": "1-1"})
    with pytest.raises(UsageError, match="CUSTOMER_AMBIGUOUS"):
        find_customer(bench.desk, "1.1")


def test_a_customer_is_registered_once(bench: Bench) -> None:
    add_customer(bench.desk, MARIA)
    with pytest.raises(Refused, match="CUSTOMER_EXISTS"):
        add_customer(bench.desk, MARIA)


def test_a_customer_of_nothing_is_none(bench: Bench) -> None:
    with pytest.raises(UsageError, match="CUSTOMER_WITHOUT_NAME"):
        add_customer(bench.desk, {"kind": "user"})


def test_a_plan_that_nobody_sells_is_refused(bench: Bench) -> None:
    with pytest.raises(NotFound, match="PLAN_NOT_FOUND"):
        add_customer(bench.desk, {**MARIA, "plan": "ouro"})


def test_the_ledger_keeps_which_fields_changed_and_no_personal_value(bench: Bench) -> None:
    add_customer(bench.desk, MARIA)
    edit_customer(bench.desk, "1", {"name": "Maria Aragão", "email": "m@example.com", "kind": "consumer"})
    said = last(bench)
    assert said["fields"] == ["name", "email", "kind"]
    assert said["changes"] == {"kind": [None, "consumer"]}
    every = "".join(canonical(dict(event.payload)) for event in customer_events(bench.store.conn, 1)).lower()
    assert not [word for word in ("maria", "arag", "example", "789") if word in every]


def test_an_edit_that_changes_nothing_is_no_event(bench: Bench) -> None:
    add_customer(bench.desk, MARIA)
    before = last(bench)
    assert edit_customer(bench.desk, "1", {"email": "MARIA@example.com"})[1] is False
    assert last(bench) == before


def test_an_empty_value_takes_the_old_one_away(bench: Bench) -> None:
    add_customer(bench.desk, MARIA)
    assert edit_customer(bench.desk, "1", {"document": " "})[0].document is None
    assert listed(bench, "12345678909") == []


@pytest.mark.parametrize(
    ("field", "value", "code"), [("email", "a@b", "BAD_ADDRESS"), ("name", "x" * 301, "TEXT_TOO_LONG")]
)
def test_a_value_that_cannot_be_is_refused(bench: Bench, field: str, value: str, code: str) -> None:
    add_customer(bench.desk, MARIA)
    with pytest.raises(UsageError, match=code):
        edit_customer(bench.desk, "1", {field: value})


def test_verifying_dates_the_customer_and_its_contacts(bench: Bench) -> None:
    add_customer(bench.desk, MARIA)
    bench.clock.at += DAY
    verify_customer(bench.desk, "1")
    customer = bench.store.customer(1)
    assert customer is not None
    assert {customer.verified_at, bench.store.contacts(1)[0].verified_at} == {bench.clock.now()}


def test_who_is_put_aside_is_not_listed_and_comes_back(bench: Bench) -> None:
    add_customer(bench.desk, MARIA)
    set_customer_active(bench.desk, "1", active=False)
    assert (listed(bench), listed(bench, inactive=True)) == ([], [1])
    set_customer_active(bench.desk, "1", active=True)
    assert listed(bench) == [1]


def test_an_agent_edits_and_does_not_merge(bench: Bench) -> None:
    add_customer(bench.of("caio"), MARIA)
    with pytest.raises(NotAllowed, match="ROLE_MAY_NOT"):
        merge(bench.of("caio"), "1", "1", apply=False)


def test_the_auditor_changes_no_customer(bench: Bench) -> None:
    with pytest.raises(NotAllowed, match="ROLE_MAY_NOT"):
        add_customer(bench.of("aldo"), MARIA)


def two(bench: Bench) -> tuple[str, str]:
    """A ticket of customer 1 and one of customer 2."""
    return bench.new(), bench.new()


def test_a_merge_is_shown_before_it_is_done(bench: Bench) -> None:
    two(bench)
    done = merge(bench.desk, "1", "2", apply=False)
    assert (len(done.tickets), done.contacts) == (1, (2,))
    assert find_customer(bench.desk, "2").id == 2


def test_tickets_contacts_and_names_follow_a_merge(bench: Bench) -> None:
    first, second = two(bench)
    known = Customer(0, "Cliente 2", document="99", source="crm", external_id="C2")
    register_customer(bench.desk, known)
    merge(bench.desk, "2", "3", apply=True)
    merge(bench.desk, "1", "2", apply=True)
    assert {bench.ticket(first).customer, bench.ticket(second).customer} == {1}
    assert {one.email for one in bench.store.contacts(1)} == {"c1@example.com", "c2@example.com"}
    assert bench.store.match_customer(known) == 1
    assert {find_customer(bench.desk, ref).id for ref in ("2", "3", "c2@example.com")} == {1}
    assert bench.store.customer(1) is not None
    assert bench.store.customer(1).document == "99"  # type: ignore[union-attr]
    assert listed(bench) == [1]


def test_a_merge_is_an_event_of_each_ticket_and_survives_a_rebuild(bench: Bench) -> None:
    _first, second = two(bench)
    merge(bench.desk, "1", "2", apply=True)
    assert bench.last(second).type is Act.CUSTOMER_LINKED
    assert dict(bench.last(second).changes) == {"customer": (2, 1)}
    assert not rebuild(bench.store).differences
    assert verify(bench.store.conn).ok


def test_the_history_tells_of_what_was_merged(bench: Bench) -> None:
    two(bench)
    merge(bench.desk, "1", "2", apply=True)
    told = [event.payload.get("change", "added") for event in customer_events(bench.store.conn, 1)]
    assert told == ["added", "added", "merged"]


def test_one_address_of_both_is_one_contact_with_the_voice_of_the_one_that_stays(bench: Bench) -> None:
    two(bench)
    kept = add_contact(bench.desk, "1", {"name": "Rui", "email": "rui@example.com"})
    other = add_contact(bench.desk, "2", {"mobile": "(11) 91234-5678", "email": "rui@example.com"})
    merge(bench.desk, "1", "2", apply=True)
    found = {one.id: one for one in bench.store.contacts(1)}
    assert (found[kept.id].mobile, found[kept.id].authorised) == ("(11) 91234-5678", False)
    assert found[other.id].active is False


def test_a_customer_is_not_merged_into_itself(bench: Bench) -> None:
    bench.new()
    with pytest.raises(Refused, match="SAME_CUSTOMER"):
        merge(bench.desk, "1", "c1@example.com", apply=True)


def test_every_kind_of_requester_can_be_said(bench: Bench) -> None:
    for number, kind in enumerate(Requester, 1):
        assert add_customer(bench.desk, {"name": f"P{number}", "kind": kind.value}).kind is kind
