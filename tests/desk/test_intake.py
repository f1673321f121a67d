"""Taking mail in, with a real store: every message ends somewhere, nothing twice, nothing lost."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.mail_hooks import MailHooks
from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.domain.mail_decision import Ending, Reason
from ouvidoria_tui.domain.policy_mail import MailRule
from ouvidoria_tui.domain.ticket import Channel, CloseReason, Status
from ouvidoria_tui.errors import NotAllowed
from ouvidoria_tui.store.mail import under, waiting
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import DAY, HOUR, NOW, Bench
from tests.desk.mail_sample import Letter, letter, parse
from tests.desk.mail_taken import REGISTERED, count, endings, ends, follow_rule, the_ticket


def test_a_first_message_opens_a_ticket_with_its_words(bench: Bench) -> None:
    taken = ends(bench, letter(text="Fui cobrado duas vezes", at=NOW - HOUR))
    ticket = bench.ticket(the_ticket(taken[0]))
    assert (ticket.channel, ticket.arrived_at, ticket.subject) == (Channel.EMAIL, NOW - HOUR, "Cobrança")
    assert bench.words(ticket.protocol) == ["Fui cobrado duas vezes"]


def test_a_second_run_has_seen_everything(bench: Bench) -> None:
    letters = [
        letter("a@x"),
        letter("b@x", "Robô", machine="auto-reply"),
        letter("c@x", sender=None),
        Letter("bad", b"?"),
    ]
    first = ends(bench, *letters)
    events = count(bench, "event")
    assert endings(first) == [Ending.TICKET, Ending.MACHINE, Ending.QUARANTINE, Ending.QUARANTINE]
    assert endings(ends(bench, *letters)) == [Ending.SEEN] * 4
    assert count(bench, "event") == events


def test_one_message_by_two_roads_is_one(bench: Bench) -> None:
    other_road = letter("a@x", "Texto", received="by another host")
    assert endings(ends(bench, letter("a@x", "Texto"), other_road)) == [Ending.TICKET, Ending.SEEN]


def test_the_same_id_with_another_body_is_kept_and_flagged(bench: Bench) -> None:
    ends(bench, letter("a@x", "Um", subject="Um"), letter("a@x", "Dois", subject="Dois"))
    kept = under(bench.store.conn, "<a@x>")
    assert [one.marks for one in kept] == [(), ("same-id-other-body",)]


def test_a_message_without_an_id_is_taken_once(bench: Bench) -> None:
    same = letter(None, "Texto"), letter(None, "Texto", received="elsewhere")
    assert endings(ends(bench, *same)) == [Ending.TICKET, Ending.SEEN]


def test_a_reply_to_a_stored_message_goes_on_its_ticket(bench: Bench) -> None:
    taken = ends(bench, letter("a@x"), letter("b@x", "Mais", subject="Outro", answers=["a@x"]))
    assert endings(taken) == [Ending.TICKET, Ending.REPLY]
    assert taken[1].ticket == taken[0].ticket


def test_a_reply_to_our_own_message_reopens_a_closed_ticket(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    hooks = MailHooks(own_ticket={"ours@desk": bench.ticket(ref).id}.get)
    taken = ends(bench, letter(answers=["ours@desk"], sender="stranger@example.com"), hooks=hooks)
    assert (taken[0].ending, taken[0].ticket) == (Ending.REPLY, ref)
    assert bench.status(ref) is Status.CUSTOMER_REPLY


def test_a_reply_follows_a_merge(bench: Bench) -> None:
    first, second = bench.new(), bench.new()
    bench.store.conn.execute(
        "UPDATE ticket SET duplicate_of = ? WHERE protocol = ?", (bench.ticket(first).id, second)
    )
    hooks = MailHooks(own_ticket={"ours@desk": bench.ticket(second).id}.get)
    taken = ends(bench, letter(answers=["ours@desk"]), hooks=hooks)
    assert taken[0].ticket == first


@pytest.mark.parametrize("kind", ["auto-reply", "delivery-report", "list", "bulk", "loop"])
def test_a_machine_changes_nothing(bench: Bench, kind: str) -> None:
    ref = bench.at(Status.ANSWERED)
    events = count(bench, "event")
    hooks = MailHooks(own_ticket={"ours@desk": bench.ticket(ref).id}.get)
    taken = ends(bench, letter(answers=["ours@desk"], machine=kind), hooks=hooks)
    assert (taken[0].ending, taken[0].ticket) == (Ending.MACHINE, ref)
    assert (bench.status(ref), count(bench, "event")) == (Status.ANSWERED, events)


def test_a_delivery_report_is_passed_on(bench: Bench) -> None:
    told: list[str | None] = []

    def bounced(_desk: Desk, mail: Mail) -> None:
        told.append(mail.message_id)

    hooks = MailHooks(bounced=bounced)
    ends(bench, letter("r@x", machine="delivery-report"), letter("v@x", machine="auto-reply"), hooks=hooks)
    assert told == ["r@x"]


def test_a_protocol_of_somebody_else_is_not_believed(bench: Bench) -> None:
    ref = bench.new()
    taken = ends(bench, letter(subject=f"Re: [{ref}] Oi", sender="stranger@example.com"))
    assert taken[0].ending is Ending.TICKET
    assert taken[0].ticket != ref


def test_a_protocol_of_the_customer_is_believed(bench: Bench) -> None:
    ref = bench.new()
    taken = ends(bench, letter(subject=f"Outro [{ref}]", sender="c1@example.com"))
    assert (taken[0].ending, taken[0].ticket) == (Ending.REPLY, ref)


def test_a_forged_sender_does_not_reach_the_ticket_of_its_protocol(bench: Bench) -> None:
    ref = bench.new()
    taken = ends(bench, letter(subject=f"Oi [{ref}]", sender="c1@example.com", forged=True))
    ticket = bench.ticket(the_ticket(taken[0]))
    assert ticket.protocol != ref
    assert "authentication-failed" in ticket.flags


@pytest.mark.req("S2-23")
def test_the_same_subject_of_the_same_customer_is_the_same_ticket(bench: Bench) -> None:
    taken = ends(bench, letter("a@x"), letter("b@x", "Mais", subject="RES: Enc: cobranca"))
    assert endings(taken) == [Ending.TICKET, Ending.REPLY]


@pytest.mark.req("S2-24")
def test_another_subject_is_another_ticket(bench: Bench) -> None:
    taken = ends(bench, letter("a@x"), letter("b@x", "Mais", subject="Nota fiscal"))
    assert endings(taken) == [Ending.TICKET, Ending.TICKET]
    assert taken[0].ticket != taken[1].ticket


@pytest.mark.parametrize(("days", "same"), [(29, True), (31, False)])
def test_a_closed_ticket_is_continued_for_some_days(bench: Bench, days: int, same: bool) -> None:
    ref = the_ticket(ends(bench, letter("a@x"))[0])
    close(bench.desk, ref, CloseReason.WITHDRAWN)
    bench.clock.at += days * DAY
    taken = ends(bench, letter("b@x", "De novo"))
    assert (taken[0].ticket == ref) is same


def test_equally_good_answers_wait_for_a_person(bench: Bench) -> None:
    first, second = bench.new(), bench.new()
    ids = {"1@desk": bench.ticket(first).id, "2@desk": bench.ticket(second).id}
    taken = ends(bench, letter(answers=["1@desk", "2@desk"]), hooks=MailHooks(own_ticket=ids.get))
    assert (taken[0].ending, taken[0].reason) == (Ending.QUARANTINE, Reason.AMBIGUOUS)
    (kept,) = waiting(bench.store.conn)
    assert set(kept.steps[-1].tickets) == {first, second}


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"?", Reason.UNREADABLE),
        (b"large", Reason.LIMIT),
        (letter("f@x", fault=True).raw, Reason.FAULT),
        (letter("s@x", sender=None).raw, Reason.NO_SENDER),
        (letter("e@x", "", subject="").raw, Reason.EMPTY),
    ],
)
def test_one_bad_message_stops_nobody(bench: Bench, raw: bytes, reason: Reason) -> None:
    taken = ends(bench, letter("a@x"), Letter("bad", raw), letter("z@x", subject="Outro"))
    assert endings(taken) == [Ending.TICKET, Ending.QUARANTINE, Ending.TICKET]
    assert taken[1].reason is reason
    (kept,) = waiting(bench.store.conn)
    assert bench.store.blob(kept.raw_sha256) == raw


def test_a_fault_half_way_takes_back_that_message_only(bench: Bench) -> None:
    def bounced(desk: Desk, _mail: Mail) -> None:
        desk.store.put_blob(b"half")
        raise KeyError("fault")

    hooks = MailHooks(bounced=bounced)
    taken = ends(bench, letter("a@x"), letter("b@x", machine="delivery-report"), hooks=hooks)
    assert endings(taken) == [Ending.TICKET, Ending.QUARANTINE]
    assert taken[1].reason is Reason.FAULT
    assert bench.store.conn.execute("SELECT 1 FROM blob WHERE data = ?", (b"half",)).fetchone() is None


def test_a_dry_run_writes_nothing(bench: Bench) -> None:
    before = count(bench, "event"), count(bench, "mail"), count(bench, "blob")
    assert endings(ends(bench, letter("a@x"), Letter("bad", b"?"), dry_run=True)) == [
        Ending.TICKET,
        Ending.QUARANTINE,
    ]
    assert (count(bench, "event"), count(bench, "mail"), count(bench, "blob")) == before


def test_who_may_change_nothing_takes_no_mail(bench: Bench) -> None:
    with pytest.raises(NotAllowed):
        take(bench.of("aldo"), [letter()], parse)


def test_files_are_kept_by_content(bench: Bench) -> None:
    taken = ends(bench, letter("a@x", parts={"../../etc/passwd": "x", "nota.pdf": "x"}))
    ticket = bench.ticket(the_ticket(taken[0]))
    rows = bench.store.conn.execute(
        "SELECT name, sha256 FROM attachment WHERE ticket_id = ?", (ticket.id,)
    ).fetchall()
    assert [row[0] for row in rows] == ["../../etc/passwd", "nota.pdf"]
    assert len({row[1] for row in rows}) == 1


def test_the_senders_date_does_not_jump_the_queue(bench: Bench) -> None:
    taken = ends(bench, letter("a@x", dated_at=NOW - 900 * DAY))
    assert bench.ticket(the_ticket(taken[0])).arrived_at == NOW


def test_history_is_dated_as_it_says(bench: Bench) -> None:
    taken = ends(bench, letter("a@x", dated_at=NOW - 90 * DAY), historic=True)
    assert bench.ticket(the_ticket(taken[0])).arrived_at == NOW - 90 * DAY


def test_a_date_in_the_future_is_now(bench: Bench) -> None:
    taken = ends(bench, letter("a@x", at=NOW + DAY))
    assert bench.ticket(the_ticket(taken[0])).arrived_at == NOW


@pytest.mark.req("S2-15")
def test_the_address_decides_the_department(bench: Bench) -> None:
    department = next(iter(bench.store.known_slugs("department")), None) or "financeiro"
    follow_rule(bench, MailRule(addresses={"f@desk.example": department}))
    taken = ends(bench, letter("a@x", to=["x@example.com", "f@desk.example"]))
    assert bench.ticket(the_ticket(taken[0])).department == department


def test_the_desks_own_address_does_not_open_a_ticket(bench: Bench) -> None:
    follow_rule(bench, MailRule(addresses={"ana@example.com": None}))
    assert ends(bench, letter())[0].reason is Reason.OWN_ADDRESS


def test_an_unknown_sender_becomes_a_customer_whose_identity_is_open(bench: Bench) -> None:
    taken = ends(bench, letter(name="Ana"))
    ticket = bench.ticket(the_ticket(taken[0]))
    assert ticket.flags == ("identity-unverified",)
    assert ticket.customer is not None
    assert not bench.store.contacts(ticket.customer)[0].authorised


@pytest.mark.req("S2-17")
def test_a_registered_address_is_linked_and_another_is_not(bench: Bench) -> None:
    follow_rule(bench, REGISTERED)
    known = bench.ticket(bench.new()).customer
    taken = ends(bench, letter("a@x", sender="c1@example.com"), letter("b@x", sender="stranger@example.com"))
    linked, unlinked = (bench.ticket(the_ticket(one)) for one in taken)
    assert (linked.customer, linked.flags) == (known, ())
    assert (unlinked.customer, unlinked.flags) == (None, ("unauthorised",))


def test_an_unlinked_sender_goes_on_with_the_same_subject(bench: Bench) -> None:
    follow_rule(bench, REGISTERED)
    taken = ends(bench, letter("a@x"), letter("b@x", "Mais"), letter("c@x", "Eu", sender="bia@example.com"))
    assert endings(taken) == [Ending.TICKET, Ending.REPLY, Ending.TICKET]


def test_mail_leaves_the_ledger_whole_and_free_of_addresses(bench: Bench) -> None:
    ends(bench, letter("a@x", name="Ana Souza"), letter("b@x", "Mais"), letter("c@x", "Robô", machine="list"))
    assert verify(bench.store.conn).ok
    events = " ".join(row[0] for row in bench.store.conn.execute("SELECT payload FROM event"))
    assert not any(word in events for word in ("ana@example.com", "Souza", "Cobrança"))
