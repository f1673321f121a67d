"""Notices to an audience: an entry in each history, a copy to each healthy address, and never one twice."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes, policy

import pytest

from ouvidoria_tui.bootstrap import mail_hooks
from ouvidoria_tui.desk.bounce import bounced
from ouvidoria_tui.desk.classify import Classification, classify, transfer
from ouvidoria_tui.desk.contacts import add_contact, authorise
from ouvidoria_tui.desk.customer_merge import merge as merge_customers
from ouvidoria_tui.desk.customers import add_customer, set_customer_active
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.notices import Run, Told, find_notice, plan_notice, send_notice
from ouvidoria_tui.desk.outbox import cancel, retry
from ouvidoria_tui.desk.register_entries import add_entry
from ouvidoria_tui.domain.customer import AddressState
from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.domain.mail_decision import Ending
from ouvidoria_tui.domain.notice import Audience, Missing, NoticeKind, Whom
from ouvidoria_tui.errors import NotAllowed, UsageError
from ouvidoria_tui.outbound.send import envelope_of, send
from ouvidoria_tui.report.notices import copies_of, entries_of
from ouvidoria_tui.report.registers import customer_events
from ouvidoria_tui.store.check import check_store
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import DAY, code_of
from tests.desk.mail_sample import letter, parse
from tests.outbound.conftest import Post
from tests.outbound.servers import Mailbox, serving


def told(audience: str = "plan:team", text: str = "Fora do ar das 2h às 4h.", **more: object) -> Told:
    return Told(Audience.parse(audience), NoticeKind.MAINTENANCE, "Manutenção", text, **more)  # type: ignore[arg-type]


def given(post: Post, what: Told, *, chunk: int = 500) -> Run:
    return list(send_notice(post.desk, what, chunk=chunk))[-1]


def customers(post: Post, *emails: str) -> list[int]:
    """Customers of the plan team, one for each address; an empty one has none."""
    if "team" not in post.desk.store.known_slugs("plan"):
        add_entry(post.desk, "plan", "team", {"name": "Team"})
    return [
        add_customer(post.desk, {"name": f"Cliente {n}", "email": email, "plan": "team"}).id
        for n, email in enumerate(emails)
    ]


def notices_of(post: Post, customer: int) -> list[Event]:
    events = customer_events(post.desk.store.conn, customer)  # type: ignore[attr-defined]
    return [event for event in events if event.type is Act.NOTICE_GIVEN]


@pytest.mark.req("S0-38")
def test_a_notice_is_an_entry_in_each_history_and_a_copy_for_each_address_and_the_counts_are_equal(
    post: Post,
) -> None:
    known = customers(post, "a@example.com", "b@example.com", "c@example.com")
    add_customer(post.desk, {"name": "Outra", "email": "o@example.com"})
    run = given(post, told())
    assert (run.number, run.tally.entries, run.tally.copies, run.tally.missing) == (1, 3, 3, {})
    assert [len(notices_of(post, one)) for one in known] == [1, 1, 1]
    assert sorted(letter.recipient for letter in post.letters) == [
        "a@example.com",
        "b@example.com",
        "c@example.com",
    ]
    conn = post.bench.store.conn
    assert (entries_of(conn, 1), copies_of(conn, 1)) == (3, {"queued": 3})
    assert verify(conn).ok
    assert all(finding.ok for finding in check_store(conn))


@pytest.mark.req("S0-38")
def test_where_the_counts_differ_each_difference_has_its_cause(post: Post) -> None:
    _well, _none, back, away, twin = customers(
        post, "a@example.com", "", "b@example.com", "c@example.com", "d@example.com"
    )
    post.desk.store.outbox.mark_address("b@example.com", AddressState.BOUNCING, 1)
    set_customer_active(post.desk, str(away), active=False)
    merge_customers(post.desk, str(back), str(twin), apply=True)
    post.desk.store.outbox.mark_address("d@example.com", AddressState.DEAD, 1)
    tally = given(post, told()).tally
    assert (tally.found, tally.entries, tally.copies) == (5, 3, 1)
    assert tally.missing == {
        Missing.NO_ADDRESS: 1,
        Missing.BOUNCED: 1,
        Missing.DEACTIVATED: 1,
        Missing.MERGED: 1,
    }


def test_where_the_customers_own_address_is_dead_the_copy_goes_to_who_may_speak_for_her(post: Post) -> None:
    (one,) = customers(post, "a@example.com")
    authorise(post.desk, add_contact(post.desk, str(one), {"name": "Sócia", "email": "s@example.com"}).id)
    post.desk.store.outbox.mark_address("a@example.com", AddressState.DEAD, 1)
    given(post, told())
    assert [letter.recipient for letter in post.letters] == ["s@example.com"]


@pytest.mark.req("S0-38")
def test_the_same_notice_again_changes_nothing_and_reaches_who_is_new(post: Post) -> None:
    customers(post, "a@example.com")
    given(post, told())
    again = given(post, told())
    assert (again.number, again.tally.had, again.tally.entries, len(post.letters)) == (1, 1, 0, 1)
    customers(post, "n@example.com")
    assert given(post, told()).tally.entries == 1
    assert len(post.desk.store.notices.all()) == 1


def test_a_run_that_died_is_taken_up_where_it_stopped(post: Post) -> None:
    customers(post, *(f"c{n}@example.com" for n in range(5)))
    next(send_notice(post.desk, told(), chunk=2))
    assert len(post.letters) == 2
    rest = given(post, told(), chunk=2)
    assert (rest.tally.had, rest.tally.entries, len(post.letters)) == (2, 3, 5)


def test_the_same_notice_to_a_further_audience_is_one_notice_that_names_both(post: Post) -> None:
    customers(post, "a@example.com")
    add_customer(post.desk, {"name": "Outra", "email": "o@example.com"})
    given(post, told())
    assert given(post, told("all")).tally.entries == 1
    assert find_notice(post.desk, 1).audiences == ("plan:team", "all")


def test_words_that_find_customers_are_kept_nowhere_since_they_may_be_a_name(post: Post) -> None:
    customers(post, "a@example.com", "b@example.com")
    assert given(post, told("Cliente 1")).tally.entries == 1
    assert find_notice(post.desk, 1).audiences == ("search",)


def test_an_audience_by_department_leaves_out_who_has_only_a_confidential_ticket_there(post: Post) -> None:
    (slug, *_rest) = post.desk.store.known_slugs("department")
    for email, confidential in (("a@example.com", False), ("b@example.com", True)):
        ref = post.new(email)
        transfer(post.desk, ref, slug, "é de lá")
        if confidential:
            classify(post.desk, ref, Classification(confidential=True))
    given(post, told(f"department:{slug}"))
    assert [letter.recipient for letter in post.letters] == ["a@example.com"]


@pytest.mark.req("S0-38")
def test_a_plan_of_a_notice_writes_nothing(post: Post) -> None:
    customers(post, "a@example.com", "")
    run = plan_notice(post.desk, told())
    assert (run.number, run.tally.entries, run.tally.copies) == (None, 2, 1)
    assert (post.letters, post.desk.store.notices.all()) == ([], [])


def test_what_is_dated_in_the_past_is_kept_and_not_mailed(post: Post) -> None:
    customers(post, "a@example.com")
    tally = given(post, told(day=date(2026, 3, 1))).tally
    assert (tally.entries, tally.copies, tally.missing) == (1, 0, {Missing.PAST_DATED: 1})
    assert post.letters == []


def test_a_sample_desk_holds_every_copy_and_one_without_mail_has_none(post: Post) -> None:
    customers(post, "a@example.com")
    change_mail(post.desk, {"demo": True})
    tally = given(post, told()).tally
    assert (tally.copies, tally.held, post.states) == (1, 1, ["held"])
    assert code_of(lambda: list(send(post.desk))) == "DEMO_NEVER_SENDS"


def test_a_desk_without_mail_writes_the_entries_and_says_why_there_is_no_copy(post: Post) -> None:
    customers(post, "a@example.com")
    post.bench.store.conn.execute("DELETE FROM meta WHERE key = 'mail-settings'")
    assert given(post, told()).tally.missing == {Missing.NO_MAIL: 1}


@pytest.mark.req("S0-38")
def test_a_copy_greets_its_customer_says_that_it_is_in_the_history_and_that_no_person_waits(
    post: Post,
) -> None:
    customers(post, "a@example.com")
    given(post, told())
    settings = post.desk.store.outbox.settings()
    envelope = envelope_of(post.desk, post.letters[0], settings)
    assert envelope is not None
    message = message_from_bytes(envelope.data, policy=policy.default)
    assert message["Subject"] == "Aviso: Manutenção"
    assert message["Auto-Submitted"] == "auto-generated"
    words = message.get_content()
    assert words.startswith("Olá, Cliente 0.")
    assert "histórico" in words
    assert "{{" not in words


def test_a_customers_name_cannot_open_a_place_or_a_header(post: Post) -> None:
    add_customer(post.desk, {"name": "Zé {{ motivo }}", "email": "z@example.com"})
    given(post, told("all"))
    envelope = envelope_of(post.desk, post.letters[0], post.desk.store.outbox.settings())
    assert envelope is not None
    assert envelope.data.count(b"Fora do ar") == 1
    assert b"{{ motivo }}" in envelope.data


def test_a_copy_leaves_comes_back_and_can_be_cancelled_like_any_letter(post: Post) -> None:
    customers(post, "a@example.com", "b@example.com")
    given(post, told())
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        cancel(post.desk, "2")
        assert [(done.letter.state, done.protocol) for done in send(post.desk)] == [("sent", "")]
        assert cancel(post.desk, "2").result == "unchanged"
        outcome = bounced(post.desk, post.letters[0].message_id, "a@example.com", "5.1.1", True)
        assert outcome is not None
        assert bounced(post.desk, post.letters[0].message_id, "a@example.com", "5.1.1", True) is not None
        retry(post.desk, "1")
    assert post.states == ["queued", "cancelled"]
    assert verify(post.bench.store.conn).ok
    assert all(finding.ok for finding in check_store(post.bench.store.conn))


def test_a_letter_of_a_notice_that_is_missing_is_found(post: Post) -> None:
    customers(post, "a@example.com")
    given(post, told())
    post.bench.store.conn.execute("DELETE FROM outbox")
    assert [finding.check for finding in check_store(post.bench.store.conn) if not finding.ok] == ["outbox"]


def test_whoever_answers_a_notice_opens_a_ticket(post: Post) -> None:
    customers(post, "a@example.com")
    given(post, told())
    answer = letter("r@example.com", answers=[post.letters[0].message_id], subject="Re: Aviso: Manutenção")
    (taken,) = take(post.desk, [answer], parse, hooks=mail_hooks(post.desk))
    assert taken.ending is Ending.TICKET


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (told("plan:nenhum"), "PLAN_NOT_FOUND"),
        (told("department:nenhum"), "DEPARTMENT_NOT_FOUND"),
        (told("ninguém"), "AUDIENCE_EMPTY"),
        (told("all", " "), "TEXT_REQUIRED"),
        (told("all", "Em {{ data }}."), "TEMPLATE_INCOMPLETE"),
        (Told(Audience.parse("all"), NoticeKind.OTHER, "a" * 151, "texto"), "TEXT_TOO_LONG"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_nothing_is_written(post: Post, what: Told, code: str) -> None:
    customers(post, "a@example.com")
    assert code_of(lambda: given(post, what)) == code
    assert post.desk.store.notices.all() == []


@pytest.mark.parametrize("written", ["", ":", "plan:", "plano: ", "foo:bar", "Plna: team"])
def test_words_that_name_no_audience_are_refused(written: str) -> None:
    assert code_of(lambda: Audience.parse(written)) == "AUDIENCE_UNKNOWN"


def test_a_mistyped_audience_is_never_a_search_and_the_nearest_is_named() -> None:
    with pytest.raises(UsageError) as caught:
        Audience.parse("plna:team")
    assert "plan:team" in str(caught.value.hint)
    assert Audience.parse("Ana da Silva: matriz").whom is Whom.SEARCH


@pytest.mark.req("S4-03")
def test_a_notice_that_criticises_is_held_until_it_is_confirmed_and_the_ledger_says_so(post: Post) -> None:
    customers(post, "a@example.com")
    harsh = told(text="O setor responsável é INCOMPETENTE.")
    assert code_of(lambda: given(post, harsh)) == "TONE_WARNING"
    assert post.letters == []
    list(send_notice(post.desk.confirming_tone(), harsh))
    made = [e for e in post.bench.store.conn.execute("SELECT payload FROM event WHERE type = 'notice-made'")]
    assert '"tone":"confirmed"' in made[0][0]


def test_an_agent_sends_no_notices(post: Post) -> None:
    customers(post, "a@example.com")
    with pytest.raises(NotAllowed):
        list(send_notice(post.bench.of("caio"), told()))


def test_the_days_of_a_notice_are_those_of_the_desk(post: Post) -> None:
    customers(post, "a@example.com")
    assert given(post, told(day=date(2026, 3, 2))).tally.copies == 1, "today has not passed"
    post.bench.clock.at += DAY
    assert given(post, told("all", "Outra", day=date(2026, 3, 2))).tally.copies == 0
