"""Which words of the desk are queued to leave, and which never are."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.bounce import bounced
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.delay_notice import delay_notice
from ouvidoria_tui.desk.importing import import_records
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.outbox import cancel, retry
from ouvidoria_tui.desk.reply import ask, customer_reply, note, reply
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.message_ids import read
from ouvidoria_tui.domain.record import Author, CustomerRecord, MessageRecord, Record
from ouvidoria_tui.domain.ticket import CloseReason
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.store.check import check_store
from ouvidoria_tui.store.rebuild import rebuild
from ouvidoria_tui.store.verify import verify
from ouvidoria_tui.text import N_
from tests.desk.bench import DAY, NOW, Bench, code_of
from tests.outbound.conftest import Post


def test_an_answer_is_kept_and_its_letter_queued_in_one_act(post: Post) -> None:
    ref = post.new()
    reply(post.desk, ref, "Resposta")
    (letter,) = post.letters
    assert (letter.state, letter.kind, letter.recipient) == ("queued", "reply", "maria@example.com")
    event = post.bench.last(ref)
    assert (letter.seq, letter.message_id) == (event.seq, event.payload["mail"])
    assert read(letter.message_id, post.desk.store.mail_key()) == post.bench.ticket(ref).id


def test_questions_and_notices_leave_as_well(post: Post) -> None:
    ref = post.new()
    ask(post.desk, ref, "Qual o domínio?")
    delay_notice(post.desk, ref, NOW + 9 * DAY, "Falta um laudo.")
    assert [letter.kind for letter in post.letters] == ["request", "notice"]


def test_what_is_not_for_the_customer_is_not_queued(post: Post) -> None:
    ref = post.new()
    note(post.desk, ref, "segredo")
    customer_reply(post.desk, ref, "Oi?")
    close(post.desk, ref, CloseReason.WITHDRAWN, note="motivo interno")
    reopen(post.desk, ref, reason="motivo interno")
    assert post.letters == []


@pytest.mark.parametrize("part", [Part.NOTE, Part.REASON, Part.CUSTOMER, Part.MANIFESTATION])
def test_no_other_part_is_queued_even_where_a_verb_asks_for_it(post: Post, part: Part) -> None:
    from ouvidoria_tui.desk.desk import record

    ticket = post.bench.ticket(post.new())
    draft = Draft(Act.NOTED, NOW, message=Message(part, "segredo"), to_customer=True)
    with post.desk.store.transaction():
        record(post.desk, ticket, [draft])
    assert post.letters == []


def test_what_was_said_earlier_by_another_way_is_not_sent_once_more(post: Post) -> None:
    ref = post.new()
    post.bench.clock.at += DAY
    reply(post.desk, ref, "Respondi por telefone", when=When(NOW + 60))
    assert post.letters == []


def test_a_desk_without_mail_queues_nothing(bench: Bench) -> None:
    ref = bench.new()
    reply(bench.desk, ref, "Resposta")
    assert "mail" not in bench.last(ref).payload
    assert Post(bench).letters == []


def test_a_customer_without_an_address_gets_no_letter(post: Post) -> None:
    reply(post.desk, post.new(email=None), "Resposta")
    assert post.letters == []


def test_mail_that_was_switched_off_queues_nothing_more(post: Post) -> None:
    change_mail(post.desk, {"road": ""})
    reply(post.desk, post.new(), "Resposta")
    assert post.letters == []


def test_an_imported_history_is_never_sent(post: Post) -> None:
    said = MessageRecord(NOW - 60, Author.DESK, "Resposta antiga")
    record = Record(
        source="antigo",
        external_id="1",
        subject="Antigo",
        description="x",
        received_at=NOW - DAY,
        customer=CustomerRecord(email="rui@example.com"),
        messages=(said,),
        answered_at=NOW - 60,
    )
    list(import_records(post.desk, [record]))
    assert post.letters == []


def test_an_answer_that_is_refused_leaves_no_letter(post: Post) -> None:
    ref = post.new()

    def broken() -> None:
        with post.desk.store.transaction():
            reply(post.desk, ref, "Resposta")
            raise UsageError("TEXT_REQUIRED", N_("{what} cannot be empty", what="--text"))

    assert code_of(broken) == "TEXT_REQUIRED"
    assert post.letters == []
    assert post.bench.last(ref).type is Act.RECEIVED


def test_an_address_that_is_none_is_seen_at_once(post: Post) -> None:
    ref = post.new()
    # No form takes such a thing any more; a register that came from elsewhere may hold it.
    post.desk.store.conn.execute("UPDATE customer SET email = '--not an address'")  # type: ignore[attr-defined]
    reply(post.desk, ref, "Resposta")
    assert [(letter.state, letter.last_error) for letter in post.letters] == [("failed", "not-an-address")]


def test_the_proofs_hold_with_letters_and_see_one_that_is_gone(post: Post) -> None:
    reply(post.desk, post.new(), "Resposta")
    store = post.bench.store
    assert verify(store.conn).ok
    assert rebuild(store).differences == ()
    assert all(finding.ok for finding in check_store(store.conn))
    store.conn.execute("DELETE FROM outbox")
    assert [finding.check for finding in check_store(store.conn) if not finding.ok] == ["outbox"]


def test_a_letter_that_no_event_knows_is_seen(post: Post) -> None:
    reply(post.desk, post.new(), "Resposta")
    store = post.bench.store
    store.conn.execute("UPDATE outbox SET message_id = 'other@example.com'")
    (finding,) = (one for one in check_store(store.conn) if not one.ok)
    assert (finding.check, len(finding.faults)) == ("outbox", 2)


def test_a_cancelled_letter_stays_on_the_record_and_its_answer_too(post: Post) -> None:
    ref = post.new()
    reply(post.desk, ref, "Resposta")
    assert cancel(post.desk, "1").result == "done"
    assert cancel(post.desk, "1").result == "unchanged"
    assert post.states == ["cancelled"]
    assert post.bench.last(ref).type is Act.MAIL_CANCELLED
    assert post.bench.words(ref)[-1] == "Resposta"
    assert retry(post.desk, "1").result == "done"
    assert post.states == ["queued"]
    assert post.bench.last(ref).type is Act.MAIL_RETRIED


@pytest.mark.parametrize(
    ("written", "code"), [("x", "BAD_LETTER"), ("٣", "BAD_LETTER"), ("9", "LETTER_NOT_FOUND")]
)
def test_a_number_that_is_no_letter_is_refused(post: Post, written: str, code: str) -> None:
    assert code_of(lambda: cancel(post.desk, written)) == code


def test_only_heads_cancel(post: Post) -> None:
    reply(post.desk, post.new(), "Resposta")
    assert code_of(lambda: cancel(post.bench.of("caio"), "1")) == "ROLE_MAY_NOT"
    assert code_of(lambda: change_mail(post.bench.of("bia"), {"road": ""})) == "ROLE_MAY_NOT"


def test_changed_settings_are_an_event_without_their_values(post: Post) -> None:
    change_mail(post.desk, {"user": "maria", "security": "starttls"})
    row = post.bench.store.conn.execute("SELECT payload FROM event ORDER BY id DESC LIMIT 1").fetchone()
    assert row[0] == '{"change":"security, user","register":"mail"}'


@pytest.mark.parametrize(
    "wanted",
    [
        {"from_address": "a b@example.com"},
        {"from_address": "a@example.com\r\nBcc: x@example.com"},
        {"from_name": "a\nb"},
        {"host": "mail.example.com"},
        {"host": "a b"},
        {"port": 0},
        {"user": "ana"},
        {"security": "tls", "user": "a\nb"},
        {"security": "tls", "password_file": "relative"},
        {"road": "sendmail", "sendmail": "sendmail"},
        {"per_minute": 0},
    ],
)
def test_settings_by_which_no_mail_could_leave_are_refused(post: Post, wanted: dict[str, object]) -> None:
    before = post.desk.store.outbox.settings()
    assert code_of(lambda: change_mail(post.desk, wanted)) == "BAD_MAIL_SETTING"
    assert post.desk.store.outbox.settings() == before


def test_a_letter_that_came_back_is_told_and_moves_nothing(post: Post) -> None:
    ref = post.new()
    reply(post.desk, ref, "Resposta", conclusive=True)
    (letter,) = post.letters
    before, clocks = post.bench.ticket(ref), post.desk.store.clocks(1)
    post.bench.clock.at += 60
    told = bounced(post.desk, f"<{letter.message_id.upper()}>", "maria@example.com", "5.1.1", True)
    assert told is not None
    assert told.result == "done"
    after, event = post.bench.ticket(ref), post.bench.last(ref)
    assert (after.status, after.turn, after.acted_at) == (before.status, before.turn, before.acted_at)
    assert post.desk.store.clocks(1) == clocks
    assert event.type is Act.BOUNCED
    assert event.payload == {"automatic": True, "letter": letter.seq, "permanent": True, "status": "5.1.1"}
    assert post.states == ["failed"]
    assert after.customer is not None
    (contact,) = post.desk.store.contacts(after.customer)
    assert (contact.address_state, contact.bounced_at) == ("dead", NOW + 60)
    again = bounced(post.desk, letter.message_id, "maria@example.com", "5.1.1", True)
    assert again is not None
    assert again.result == "unchanged"
    assert rebuild(post.bench.store).differences == ()


def test_a_delay_on_the_way_marks_the_address_as_bouncing(post: Post) -> None:
    ref = post.new()
    reply(post.desk, ref, "Resposta")
    bounced(post.desk, post.letters[0].message_id, "outra@example.com", "4.4.7 <script>", False)
    customer = post.bench.ticket(ref).customer
    assert customer is not None
    assert [contact.address_state for contact in post.desk.store.contacts(customer)] == ["bouncing"]
    assert "status" not in post.bench.last(ref).payload


def test_a_report_about_a_message_that_is_not_ours_is_not_believed(post: Post) -> None:
    ref = post.new()
    reply(post.desk, ref, "Resposta")
    real = post.letters[0].message_id
    forged = real.replace("@example.com", "@example.org")
    assert bounced(post.desk, forged, "maria@example.com", "5.1.1", True) is None
    assert bounced(post.desk, "x@example.com", "maria@example.com", "5.1.1", True) is None
    assert post.states == ["queued"]
