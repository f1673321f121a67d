"""Sending by real servers on this machine: ones that take, refuse, hang up, are slow, or cannot be trusted."""

from __future__ import annotations

import gc
import threading
import warnings
from email import message_from_bytes
from pathlib import Path

import pytest

from ouvidoria_tui.desk import outbox as journey
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.mail_settings import MailSettings
from ouvidoria_tui.domain.outbox import CLAIM_SECONDS, RETRIES
from ouvidoria_tui.outbound.checkup import road_checks
from ouvidoria_tui.outbound.password import VARIABLE
from ouvidoria_tui.outbound.road import Blocked, Carrier
from ouvidoria_tui.outbound.send import send
from ouvidoria_tui.outbound.smtp import SmtpCarrier
from tests.desk.bench import code_of
from tests.outbound.conftest import Post
from tests.outbound.servers import PEM, Mailbox, serving

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while")

SECRET = "s3nh4-muito-secreta"


def test_a_letter_leaves_once_and_is_known_to_have_left(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        reply(post.desk, post.new(), "Olá.\n.\nAté logo.")
        assert [done.letter.state for done in send(post.desk)] == ["sent"]
        assert list(send(post.desk)) == []
    ((sender, recipients, data),) = box.taken
    assert (sender, recipients) == ("ouvidoria@example.com", ["maria@example.com"])
    assert message_from_bytes(data).get_payload(decode=True) == "Olá.\r\n.\r\nAté logo.\r\n".encode()
    assert post.letters[0].sent_at == post.bench.clock.at


def test_a_recipient_that_is_refused_for_good_is_given_up_at_once(post: Post) -> None:
    with serving(Mailbox(recipients=["550 5.1.1 no\x1b[31m such user"])) as box:
        post.by_server(box.port)
        reply(post.desk, post.new(), "Resposta")
        list(send(post.desk))
    (letter,) = post.letters
    assert (letter.state, letter.attempts) == ("failed", 1)
    assert letter.last_error.startswith("550 5.1.1 no [31m such")
    assert letter.last_error.isprintable()


def test_a_recipient_that_is_refused_for_a_while_is_tried_again_later(post: Post) -> None:
    with serving(Mailbox(recipients=["451 greylisted"])) as box:
        post.by_server(box.port)
        reply(post.desk, post.new(), "Resposta")
        list(send(post.desk))
        (letter,) = post.letters
        now = post.bench.clock.at
        assert (letter.state, letter.last_error) == ("queued", "451 greylisted")
        assert letter.next_try_at == now + RETRIES[0]
        assert list(send(post.desk)) == []
        post.bench.clock.at = now + RETRIES[0]
        assert [done.letter.state for done in send(post.desk)] == ["sent"]
    assert len(box.taken) == 1


def test_a_letter_that_was_put_off_is_tried_now_where_a_person_says_so(post: Post) -> None:
    with serving(Mailbox(recipients=["451 greylisted"])) as box:
        post.by_server(box.port)
        reply(post.desk, post.new(), "Resposta")
        list(send(post.desk))
        assert list(send(post.desk)) == []
        assert journey.retry(post.desk, "1").result is Result.DONE
        assert [done.letter.state for done in send(post.desk)] == ["sent"]


def test_a_letter_that_never_gets_through_is_given_up_after_the_last_attempt(post: Post) -> None:
    with serving(Mailbox(recipients=["451 later"] * 99)) as box:
        post.by_server(box.port)
        reply(post.desk, post.new(), "Resposta")
        while post.states == ["queued"]:
            post.bench.clock.at = post.letters[0].next_try_at or 0
            list(send(post.desk))
    (letter,) = post.letters
    assert (letter.state, letter.attempts, letter.last_error) == ("failed", len(RETRIES) + 1, "451 later")


def test_a_line_that_drops_after_the_text_leads_to_the_same_message_again(post: Post) -> None:
    with serving(Mailbox(drops=1)) as box:
        post.by_server(box.port)
        reply(post.desk, post.new(), "Resposta")
        list(send(post.desk))
        assert post.states == ["queued"]
        post.bench.clock.at += RETRIES[0]
        list(send(post.desk))
    ids = [message_from_bytes(data)["Message-ID"] for data in box.letters]
    assert ids == [f"<{post.letters[0].message_id}>"] * 2


def test_a_server_that_says_nothing_is_not_waited_for_without_end(post: Post) -> None:
    asleep = threading.Event()
    with serving(Mailbox(during_data=lambda: _wait(asleep))) as box:
        post.by_server(box.port)
        reply(post.desk, post.new(), "Resposta")

        def hasty(settings: MailSettings) -> Carrier:
            return SmtpCarrier(settings, "", timeout=0.2)

        (done,) = send(post.desk, carriers=hasty)
        asleep.set()
    assert (done.letter.state, done.letter.last_error) == (
        "queued",
        "Connection unexpectedly closed: timed out",
    )


def _wait(event: threading.Event) -> None:
    event.wait(30)


def test_one_refusal_holds_up_no_other_letter(post: Post) -> None:
    with serving(Mailbox(answers=["554 looks like spam", "250 OK"])) as box:
        post.by_server(box.port)
        for name in ("a", "b"):
            reply(post.desk, post.new(email=f"{name}@example.com"), "Resposta")
        assert [done.letter.state for done in send(post.desk)] == ["failed", "sent"]


def test_a_server_that_is_gone_costs_the_letters_nothing(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
    reply(post.desk, post.new(), "Resposta")
    assert code_of(lambda: list(send(post.desk))) == "MAIL_SERVER_UNREACHABLE"
    (letter,) = post.letters
    assert (letter.state, letter.attempts) == ("queued", 0)
    assert "refused" in letter.last_error


def test_a_server_that_refuses_the_desk_itself_costs_the_letters_nothing(post: Post) -> None:
    with serving(Mailbox(sender="550 not yours")) as box:
        post.by_server(box.port)
        reply(post.desk, post.new(), "Resposta")
        assert code_of(lambda: list(send(post.desk))) == "MAIL_SENDER_REFUSED"
    assert post.states == ["queued"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_not_believed(post: Post, security: str) -> None:
    with serving(Mailbox(), starttls=security == "starttls", tls=security == "tls") as box:
        post.by_server(box.port, security=security)
        reply(post.desk, post.new(), "Resposta")
        assert code_of(lambda: list(send(post.desk))) == "MAIL_TLS_UNVERIFIED"
    assert box.taken == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_encrypted_letter_leaves_with_a_password(
    post: Post, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(PEM))
    monkeypatch.setenv(VARIABLE, SECRET)
    with serving(Mailbox(), starttls=security == "starttls", tls=security == "tls", password=SECRET) as box:
        post.by_server(box.port, host="localhost", security=security, user="ouvidoria")
        reply(post.desk, post.new(), "Resposta")
        list(send(post.desk))
    assert len(box.taken) == 1


def test_a_server_without_encryption_gets_neither_letter_nor_password(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    with serving(Mailbox()) as box:
        post.by_server(box.port, security="starttls", user="ouvidoria")
        reply(post.desk, post.new(), "Resposta")
        assert code_of(lambda: list(send(post.desk))) == "MAIL_SERVER_UNREACHABLE"
    assert box.taken == []


def test_a_wrong_password_is_told_and_never_written_down(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(PEM))
    kept = tmp_path / "senha"
    kept.write_text(SECRET + "\n")
    kept.chmod(0o600)
    with serving(Mailbox(), tls=True, password="outra") as box:
        post.by_server(box.port, host="localhost", security="tls", user="ana", password_file=str(kept))
        reply(post.desk, post.new(), "Resposta")
        assert code_of(lambda: list(send(post.desk))) == "MAIL_LOGIN_REFUSED"
    assert post.states == ["queued"]
    post.bench.store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert SECRET.encode() not in post.bench.store.path.read_bytes()


@pytest.mark.parametrize(
    ("mode", "text", "code"),
    [
        (0o644, SECRET, "MAIL_PASSWORD_READABLE"),
        (0o600, "\n", "MAIL_PASSWORD_MISSING"),
        (None, "", "MAIL_PASSWORD_MISSING"),
    ],
)
def test_a_password_file_that_cannot_be_trusted_is_not_used(
    post: Post, tmp_path: Path, mode: int | None, text: str, code: str
) -> None:
    kept = tmp_path / "senha"
    if mode is not None:
        kept.write_text(text)
        kept.chmod(mode)
    post.by_server(25, security="tls", user="ana", password_file=str(kept))
    reply(post.desk, post.new(), "Resposta")
    assert code_of(lambda: list(send(post.desk))) == code
    assert [check.health for check in road_checks(post.desk.store.outbox.settings(), reach=False)] == [
        "problem"
    ]


def test_a_desk_asks_whether_its_server_answers(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        settings = post.desk.store.outbox.settings()
        assert [check.health for check in road_checks(settings, reach=True)] == ["ok"]
    assert [check.health for check in road_checks(settings, reach=True)] == ["problem"]
    assert list(road_checks(settings, reach=False)) == []


def test_a_sender_that_died_has_its_letter_sent_again_under_the_same_name(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        reply(post.desk, post.new(), "Resposta")
        first = journey.claim(post.desk)
        assert first is not None
        assert list(send(post.desk)) == []
        post.bench.clock.at += CLAIM_SECONDS + 1
        (done,) = send(post.desk)
        assert (done.letter.state, done.letter.attempts) == ("sent", 2)
        assert done.letter.message_id == first.letter.message_id


def test_a_sender_that_was_given_up_says_nothing_of_what_is_anothers_now(post: Post) -> None:
    reply(post.desk, post.new(), "Resposta")
    first = journey.claim(post.desk)
    post.bench.clock.at += CLAIM_SECONDS + 1
    second = journey.claim(post.desk)
    assert first is not None
    assert second is not None
    journey.given_up(post.desk, first.letter, "late")
    assert post.states == ["sending"]
    journey.sent(post.desk, second.letter)
    assert post.states == ["sent"]


def test_a_letter_that_no_sender_ever_finishes_is_given_up(post: Post) -> None:
    reply(post.desk, post.new(), "Resposta")
    claims = 0
    while journey.claim(post.desk) is not None:
        claims += 1
        post.bench.clock.at += CLAIM_SECONDS + 1
    assert claims == len(RETRIES) + 1
    assert post.states == ["failed"]


def test_two_senders_at_once_send_each_letter_once(post: Post) -> None:
    from ouvidoria_tui.bootstrap import desk_over
    from ouvidoria_tui.store.store import SqliteStore

    for number in range(12):
        reply(post.desk, post.new(email=f"c{number}@example.com"), "Resposta")
    ready, faults = threading.Barrier(2), []

    def work() -> None:
        store = SqliteStore.open(post.bench.store.path)
        try:
            ready.wait(10)
            list(send(desk_over(store, agent="ana", clock=post.bench.clock)))
        except BaseException as error:  # told by the test's own thread
            faults.append(error)
        finally:
            store.close()

    with serving(Mailbox()) as box:
        post.by_server(box.port)
        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert faults == []
    assert sorted(to[0] for _from, to, _data in box.taken) == sorted(f"c{n}@example.com" for n in range(12))


def test_a_desk_sends_no_more_in_a_minute_than_it_was_told(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port, per_minute=2)
        for number in range(3):
            reply(post.desk, post.new(email=f"c{number}@example.com"), "Resposta")
        assert len(list(send(post.desk))) == 2
        post.bench.clock.at += 61
        assert len(list(send(post.desk))) == 1


def test_words_that_were_erased_do_not_leave(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        reply(post.desk, post.new(), "Resposta")
        post.bench.store.conn.execute(
            "UPDATE message SET text = '', subject = '', erased_at = 1 WHERE part = 'desk'"
        )
        list(send(post.desk))
    assert box.taken == []
    assert post.states == ["cancelled"]


def test_files_for_the_customer_go_with_the_next_letter_only(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        ref = post.new()
        attach(post.desk, ref, "do cliente.txt", b"nao")
        attach(post.desk, ref, "laudo técnico.pdf", b"%PDF", outgoing=True)
        reply(post.desk, ref, "Segue o laudo.")
        reply(post.desk, ref, "Mais alguma coisa?")
        list(send(post.desk))
    names = [
        [part.get_filename() for part in message_from_bytes(data).walk() if part.get_filename()]
        for data in box.letters
    ]
    assert names == [["laudo técnico.pdf"], []]


def test_a_desk_that_has_no_mail_or_is_a_sample_does_not_send(post: Post) -> None:
    from dataclasses import replace

    box = post.desk.store.outbox
    settings = box.settings()
    with post.desk.store.transaction():
        box.put_settings(replace(settings, demo=True))
    reply(post.desk, post.new(), "Resposta")
    assert post.states == ["held"]
    assert code_of(lambda: list(send(post.desk))) == "DEMO_NEVER_SENDS"
    assert code_of(lambda: journey.retry(post.desk, "1")) == "DEMO_NEVER_SENDS"
    with post.desk.store.transaction():
        box.put_settings(MailSettings())
    assert code_of(lambda: list(send(post.desk))) == "MAIL_NOT_SET"
    assert code_of(lambda: list(send(post.bench.of("caio")))) == "ROLE_MAY_NOT"


def test_a_letter_that_has_left_is_not_cancelled(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        reply(post.desk, post.new(), "Resposta")
        list(send(post.desk))
    assert code_of(lambda: journey.cancel(post.desk, "1")) == "LETTER_LEFT"
    assert code_of(lambda: journey.retry(post.desk, "1")) == "LETTER_LEFT"


def test_no_connection_is_left_open(post: Post) -> None:
    with serving(Mailbox(), starttls=True) as box:
        post.by_server(box.port, security="starttls")
        carrier = SmtpCarrier(post.desk.store.outbox.settings(), "")
        with warnings.catch_warnings():
            warnings.simplefilter("error", ResourceWarning)
            with pytest.raises(Blocked):
                carrier.connect()
            gc.collect()
