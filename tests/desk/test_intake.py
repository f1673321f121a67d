"""Taking mail in, with a real store: every message ends somewhere, nothing twice, nothing lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ouvidoria_tui.desk.assign import take as take_ticket
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.mail_hooks import Letter as AutomaticLetter
from ouvidoria_tui.desk.mail_hooks import MailHooks
from ouvidoria_tui.desk.mail_take import Taken
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.domain.mail_decision import Ending, Reason
from ouvidoria_tui.domain.mail_letters import NOT_REGISTERED, RECEIPT, Silence
from ouvidoria_tui.domain.policy_mail import Identity, MailLetters, MailRule
from ouvidoria_tui.domain.ticket import Channel, CloseReason, Status
from ouvidoria_tui.errors import NotAllowed, StoreError
from ouvidoria_tui.store.mail import under, waiting
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import DAY, HOUR, NOW, Bench
from tests.desk.mail_sample import Letter, letter, parse

REGISTERED = MailRule(identity=Identity.REGISTERED, letters=MailLetters(receipt=True))


def ends(bench: Bench, *letters: Letter, **more: object) -> list[Taken]:
    return list(take(bench.desk, letters, parse, **more))  # type: ignore[arg-type]


def endings(taken: Iterable[Taken]) -> list[Ending]:
    return [one.ending for one in taken]


def follow_rule(bench: Bench, rule: MailRule) -> None:
    """Puts the mail part of the policy in force in place of the profile's."""
    in_force = bench.store.policy()
    bench.store._policy = replace(in_force, policy=replace(in_force.policy, mail=rule))


def count(bench: Bench, table: str) -> int:
    return int(bench.store.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def the_ticket(taken: Taken) -> str:
    assert taken.ticket is not None
    return taken.ticket


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


# --- letters that the desk writes by itself


def posts(letters: list[AutomaticLetter]) -> MailHooks:
    return MailHooks(post=lambda _desk, one: letters.append(one))


def test_one_sender_gets_one_letter_an_hour(bench: Bench) -> None:
    follow_rule(bench, MailRule(letters=MailLetters(receipt=True)))
    letters: list[AutomaticLetter] = []
    first = ends(bench, letter("a@x"), letter("b@x", subject="Outro"), hooks=posts(letters))
    bench.clock.at += HOUR + 1
    ends(bench, letter("c@x", subject="Ainda outro"), hooks=posts(letters))
    assert [one.template for one in letters] == [RECEIPT, RECEIPT]
    assert first[1].silence is Silence.SENDER_LIMIT


def test_there_is_a_ceiling_a_day(bench: Bench) -> None:
    follow_rule(bench, MailRule(letters=MailLetters(receipt=True, a_day=2)))
    letters: list[AutomaticLetter] = []
    taken = ends(
        bench,
        *(letter(f"{one}@x", sender=f"p{one}@example.com") for one in range(4)),
        hooks=posts(letters),
    )
    assert len(letters) == 2
    assert [one.silence for one in taken] == [None, None, Silence.DAY_LIMIT, Silence.DAY_LIMIT]


@pytest.mark.parametrize(
    "more",
    [
        {"machine": "auto-reply"},
        {"machine": "list"},
        {"sender": "noreply@example.com"},
        {"sender": "nao-responda@example.com"},
        {"sender": "vendas-bounces@example.com"},
        {"forged": True},
    ],
)
def test_no_letter_goes_to_a_machine_or_to_nobody(bench: Bench, more: dict[str, str]) -> None:
    follow_rule(bench, REGISTERED)
    letters: list[AutomaticLetter] = []
    ends(bench, letter("a@x", **more), hooks=posts(letters))  # type: ignore[arg-type]
    assert letters == []


def test_who_is_not_registered_is_told_so(bench: Bench) -> None:
    follow_rule(bench, MailRule(identity=Identity.REGISTERED))
    letters: list[AutomaticLetter] = []
    ends(bench, letter("a@x"), hooks=posts(letters))
    assert [one.template for one in letters] == [NOT_REGISTERED]


def test_history_is_answered_with_silence(bench: Bench) -> None:
    follow_rule(bench, REGISTERED)
    letters: list[AutomaticLetter] = []
    ends(bench, letter("a@x"), hooks=posts(letters), historic=True)
    assert letters == []


# --- order, and others at the same time

#: A conversation in which everybody writes with full headers, and one message is named only by the next.
TALK = (
    letter("1@x", "Um", at=NOW - 5 * HOUR),
    letter("2@x", "Dois", at=NOW - 4 * HOUR, answers=["1@x"], references=["1@x"], subject="Re: Cobrança"),
    letter("3@x", "Três", at=NOW - 3 * HOUR, answers=["2@x"], references=["1@x", "2@x"], subject="Dúvida"),
    letter("4@x", "Quatro", at=NOW - 2 * HOUR, answers=["3@x"], references=["1@x", "2@x", "3@x"]),
    letter("5@x", "Cinco", at=NOW - HOUR, sender="socio@example.com", answers=["1@x"], references=["1@x"]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(TALK[:4]))
def test_a_conversation_is_one_ticket_in_any_order(
    founded: Path, tmp_path: Path, order: list[Letter]
) -> None:
    import shutil

    from ouvidoria_tui.clock import FixedClock

    path = tmp_path / "any.db"
    shutil.copyfile(founded, path)
    store = SqliteStore.open(path)
    try:
        bench = Bench(store, FixedClock(NOW))
        taken = ends(bench, *order)
        assert Counter(endings(taken)) == {Ending.TICKET: 1, Ending.REPLY: 3}
        assert len({one.ticket for one in taken}) == 1
        assert sorted(bench.words(the_ticket(taken[0]))) == ["Dois", "Quatro", "Três", "Um"]
    finally:
        store.close()


def test_somebody_elses_answer_that_comes_first_waits_for_its_question(bench: Bench) -> None:
    late, question = TALK[4], TALK[0]
    taken = ends(bench, late, question)
    assert endings(taken) == [Ending.TICKET, Ending.REPLY]


def test_answers_of_two_persons_to_one_circular_stay_apart(bench: Bench) -> None:
    taken = ends(
        bench,
        letter("1@x", "Eu", answers=["circular@company"]),
        letter("2@x", "Eu também", answers=["circular@company"], sender="bia@example.com"),
    )
    assert endings(taken) == [Ending.TICKET, Ending.TICKET]


def test_two_runs_at_once_take_a_message_once(bench: Bench) -> None:
    other = SqliteStore.open(bench.store.path)
    second = Bench(other, bench.clock)
    try:
        run = take(bench.desk, [letter("a@x")], lambda raw: (ends(second, letter("a@x")), parse(raw))[1])
        assert endings(run) == [Ending.SEEN]
    finally:
        other.close()
    assert count(bench, "mail") == 1


def test_a_busy_store_ends_the_run(bench: Bench) -> None:
    other = SqliteStore.open(bench.store.path)
    bench.store.conn.execute("PRAGMA busy_timeout = 0")
    try:
        with other.transaction(), pytest.raises(StoreError) as caught:
            ends(bench, letter())
    finally:
        other.close()
    assert caught.value.code == "STORE_LOCKED"


def test_an_answered_ticket_turns_to_the_desk(bench: Bench) -> None:
    ref = the_ticket(ends(bench, letter("a@x"))[0])
    take_ticket(bench.desk, ref)
    reply(bench.desk, ref, "Resposta")
    bench.clock.at += HOUR
    ends(bench, letter("b@x", "Não resolveu", answers=["a@x"]))
    assert bench.status(ref) is Status.CUSTOMER_REPLY


def test_thousands_of_answers_to_one_circular_are_looked_at_one_by_one(bench: Bench) -> None:
    answers = [
        letter(f"{number}@x", "Eu", answers=["circular@company"], sender=f"p{number}@example.com")
        for number in range(120)
    ]
    again = letter(
        "again@x", "E mais", answers=["circular@company"], sender="p7@example.com", subject="Outro"
    )
    taken = ends(bench, *answers, again)
    assert Counter(endings(taken)) == {Ending.TICKET: 120, Ending.REPLY: 1}
    assert taken[-1].ticket == taken[7].ticket


def test_the_circular_itself_waits_where_many_answers_came_before_it(bench: Bench) -> None:
    answers = [
        letter(f"{number}@x", "Eu", answers=["c@company"], sender=f"p{number}@example.com")
        for number in range(60)
    ]
    taken = ends(bench, *answers, letter("c@company", "Circular", sender="quem@company.example"))
    assert taken[-1].reason is Reason.AMBIGUOUS


def test_ten_thousand_references_cost_little_and_still_lead_home(bench: Bench) -> None:
    many = [f"r{number}@x" for number in range(10_000)]
    taken = ends(bench, letter("a@x"), letter("b@x", "Mais", subject="Outro", references=[*many, "a@x"]))
    assert taken[1].ticket == taken[0].ticket
    assert count(bench, "mail_reference") <= 100
