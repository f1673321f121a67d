"""Contacts: reached, authorised, revoked; what a sender wrote before is linked when somebody vouches for it."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.contacts import add_contact, authorise, edit_contact, revoke, verify_contact
from ouvidoria_tui.desk.link_sender import link, waiting
from ouvidoria_tui.desk.triage import apply
from ouvidoria_tui.domain.customer import AddressState, ContactRole
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.policy_mail import Identity, MailRule
from ouvidoria_tui.domain.ticket import Admission, Difficulty, Severity, Status
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.store.rebuild import rebuild
from tests.desk.bench import DAY, HOUR, Bench
from tests.desk.mail_sample import letter
from tests.desk.mail_taken import ends, follow_rule

RUI = {"name": "Rui", "email": "rui@example.com"}


@pytest.fixture
def desk(bench: Bench) -> Bench:
    """A desk where only authorised contacts speak; customer 1 has one, with the number 1."""
    follow_rule(bench, MailRule(identity=Identity.REGISTERED))
    bench.new()
    return bench


def test_a_contact_speaks_for_nobody_until_authorised(desk: Bench) -> None:
    assert add_contact(desk.desk, "1", RUI).authorised is False


@pytest.mark.parametrize("given", [{"name": "Rui"}, {"name": "Rui", "email": " "}])
def test_a_contact_has_a_way_to_be_reached(desk: Bench, given: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="CONTACT_WITHOUT_WAY"):
        add_contact(desk.desk, "1", given)


def test_an_address_is_one_contact_of_a_customer(desk: Bench) -> None:
    with pytest.raises(Refused, match="CONTACT_EXISTS"):
        add_contact(desk.desk, "1", {"email": "C1@example.com"})


@pytest.mark.parametrize("number", ["123", "not a number", "1" * 16, "\x1b[31m12345678"])
def test_a_number_that_is_none_is_refused(desk: Bench, number: str) -> None:
    with pytest.raises(UsageError, match="BAD_PHONE"):
        add_contact(desk.desk, "1", {"mobile": number})


def test_a_contact_that_is_not_there_is_said(desk: Bench) -> None:
    with pytest.raises(NotFound, match="CONTACT_NOT_FOUND"):
        verify_contact(desk.desk, 99)


def test_a_customer_has_one_primary_contact(desk: Bench) -> None:
    edit_contact(desk.desk, 1, {"role": "primary"})
    rui = add_contact(desk.desk, "1", {**RUI, "role": "primary"})
    roles = {one.id: one.role for one in desk.store.contacts(1)}
    assert roles == {1: ContactRole.OTHER, rui.id: ContactRole.PRIMARY}


def test_a_new_address_is_well_until_mail_comes_back(desk: Bench) -> None:
    with desk.store.transaction():
        desk.store.outbox.mark_address("c1@example.com", AddressState.DEAD, desk.clock.now())
    after, _changed = edit_contact(desk.desk, 1, {"email": "new@example.com"})
    assert (after.address_state, after.bounced_at) == (AddressState.OK, None)


def test_an_authorised_contact_authorises_another(desk: Bench) -> None:
    rui = add_contact(desk.desk, "1", RUI)
    assert authorise(desk.desk, rui.id, by=1)[0].authorised is True
    row = desk.store.conn.execute("SELECT payload FROM event ORDER BY id DESC LIMIT 1").fetchone()
    assert '"by":1' in row[0]


def test_who_does_not_speak_for_the_customer_authorises_nobody(desk: Bench) -> None:
    rui = add_contact(desk.desk, "1", RUI)
    rita = add_contact(desk.desk, "1", {"email": "rita@example.com"})
    desk.new()  # customer 2 with its own authorised contact
    stranger = desk.store.contacts(2)[0].id
    for voice in (rita.id, stranger):
        with pytest.raises(Refused, match="AUTHORISER_NOT_AUTHORISED"):
            authorise(desk.desk, rui.id, by=voice)


@pytest.mark.req("S3-56")
def test_what_a_revoked_contact_writes_is_a_strangers_and_what_was_written_stays(desk: Bench) -> None:
    rui = add_contact(desk.desk, "1", RUI)
    authorise(desk.desk, rui.id)
    before = ends(desk, letter("a@x", sender="rui@example.com", subject="Primeiro"))[0].ticket
    revoke(desk.desk, rui.id, left=True)
    after = ends(desk, letter("b@x", sender="rui@example.com", subject="Segundo"))[0].ticket
    assert before is not None
    assert after is not None
    assert (desk.ticket(before).customer, desk.ticket(before).flags) == (1, ())
    assert (desk.ticket(after).customer, desk.ticket(after).flags) == (None, ("unauthorised",))
    assert [one.id for one in desk.store.contacts(1)] == [1, rui.id]


def waits(desk: Bench) -> tuple[int, str]:
    """Rui's number and the ticket that he opened while nobody vouched for him."""
    rui = add_contact(desk.desk, "1", RUI)
    ref = ends(desk, letter("w@x", sender="rui@example.com", subject="Boleto"))[0].ticket
    assert ref is not None
    return rui.id, ref


def resolution(desk: Bench, ref: str) -> tuple[str, int | None]:
    clocks = desk.store.clocks(desk.ticket(ref).id)
    found = next(one for one in clocks if not one.statutory and one.amount is not None and not one.lapses)
    return found.state, found.due_at


@pytest.mark.req("S2-22")
def test_the_clocks_of_a_linked_ticket_begin_at_the_moment_of_the_link(desk: Bench) -> None:
    rui, ref = waits(desk)
    assert resolution(desk, ref) == ("paused", None)
    desk.clock.at += 3 * DAY
    authorise(desk.desk, rui)
    link(desk.desk, rui)
    fresh = ends(desk, letter("f@x", sender="rui@example.com", subject="Outro"))[0].ticket
    assert fresh is not None
    state, due = resolution(desk, ref)
    assert (state, due) == resolution(desk, fresh)
    assert due is not None


def test_a_link_gives_the_customer_and_takes_the_flag_in_one_event(desk: Bench) -> None:
    rui, ref = waits(desk)
    authorise(desk.desk, rui)
    link(desk.desk, rui)
    event = desk.last(ref)
    assert event.type is Act.CUSTOMER_LINKED
    assert dict(event.changes) == {"customer": (None, 1), "flags": (["unauthorised"], [])}
    assert event.payload["contact"] == rui
    assert not rebuild(desk.store).differences


def test_what_triage_held_back_for_its_sender_waits_for_triage_again(desk: Bench) -> None:
    rui, ref = waits(desk)
    held = Plan(
        ref,
        Admission.AWAITING_INFO,
        ("SENDER_UNAUTHORISED",),
        (),
        None,
        Severity.LOW,
        Difficulty.SIMPLE,
        team=False,
        messages=("P2",),
        revision=desk.ticket(ref).revision,
    )
    list(apply(desk.desk, [held]))
    assert desk.status(ref) is Status.ANSWERED
    authorise(desk.desk, rui)
    link(desk.desk, rui)
    assert (desk.ticket(ref).admission, desk.status(ref)) == (Admission.PENDING, Status.CUSTOMER_REPLY)


def test_nothing_is_linked_to_who_is_not_authorised(desk: Bench) -> None:
    rui, _ref = waits(desk)
    with pytest.raises(Refused, match="CONTACT_NOT_AUTHORISED"):
        link(desk.desk, rui)


def test_another_senders_ticket_is_not_linked(desk: Bench) -> None:
    rui, _ref = waits(desk)
    other = ends(desk, letter("o@x", sender="eve@example.com"))[0].ticket
    assert other is not None
    authorise(desk.desk, rui)
    (outcome,) = link(desk.desk, rui, [other])
    assert (outcome.code, desk.ticket(other).customer) == ("SENDER_DIFFERS", None)


def test_linking_twice_does_nothing_the_second_time(desk: Bench) -> None:
    rui, ref = waits(desk)
    authorise(desk.desk, rui)
    link(desk.desk, rui)
    desk.clock.at += HOUR
    contact = desk.store.people.contact(rui)
    assert contact is not None
    assert waiting(desk.desk, contact) == []
    assert [one.result for one in link(desk.desk, rui, [ref])] == ["unchanged"]
