"""The IMAP source against a real server: Dovecot. Skipped where it is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.intake.mail.credentials import Secret
from ouvidoria_tui.intake.mail.imap import START, ImapMailbox, ImapState
from ouvidoria_tui.intake.mail.imap_server import ImapServer, Security, Which
from ouvidoria_tui.intake.mail.limits import Limits
from ouvidoria_tui.intake.mail.source_item import Skipped, SourceItem
from tests.unit.mail import dovecot
from tests.unit.mail.dovecot import PASSWORD, Dovecot

pytestmark = pytest.mark.skipif(not dovecot.installed(), reason="dovecot or openssl is not installed")
TURNS = count()
MAIL = b"From: ana@example.com\r\nSubject: n%d\r\n\r\nfrom \x00\xe7\xff\r\n.\r\n>From here\r\n"


@pytest.fixture(scope="module")
def one_server() -> Iterator[Dovecot]:
    with dovecot.running() as one:
        yield one


@pytest.fixture
def server(one_server: Dovecot) -> Dovecot:
    return one_server.for_user(next(TURNS))


def at(server: Dovecot, **more: object) -> ImapServer:
    given: dict[str, object] = {
        "host": "localhost",
        "port": server.tls,
        "user": server.user,
        "password": Secret(PASSWORD),
        "ca_file": str(server.certificate),
        "attempts": 1,
        "timeout": 20.0,
    }
    return ImapServer(**{**given, **more})  # type: ignore[arg-type]


def raws(mailbox: ImapMailbox, state: ImapState = START) -> list[bytes]:
    return [
        item.raw for batch in mailbox.batches(state) for item in batch.items if isinstance(item, SourceItem)
    ]


def test_bytes_and_time_of_arrival_come_as_the_server_has_them(server: Dovecot) -> None:
    sent = MAIL.replace(b"\x00", b"") % 1
    server.deliver(sent, at=1_700_000_123)
    with ImapMailbox(at(server)) as mailbox:
        (batch,) = mailbox.batches()
    (item,) = batch.items
    assert isinstance(item, SourceItem)
    assert (item.raw, item.received_at) == (sent, 1_700_000_123)


def test_what_is_not_settled_comes_again_and_what_is_settled_does_not(server: Dovecot) -> None:
    server.deliver(b"Subject: a\r\n\r\na\r\n")
    with ImapMailbox(at(server)) as mailbox:
        (first,) = mailbox.batches()
        (again,) = mailbox.batches(first.state)
        assert again.items == first.items
        mailbox.settle(first)
        assert list(mailbox.batches()) == []


def test_newer_messages_only_are_taken_from_where_the_caller_was(server: Dovecot) -> None:
    server.deliver(b"Subject: a\r\n\r\na\r\n")
    with ImapMailbox(at(server, which=Which.NEWER)) as mailbox:
        (first,) = mailbox.batches()
        assert list(mailbox.batches(first.state)) == []
        server.deliver(b"Subject: b\r\n\r\nb\r\n")
        mailbox.close()
        assert raws(mailbox, first.state) == [b"Subject: b\r\n\r\nb\r\n"]


def test_a_folder_with_other_numbers_is_read_from_its_beginning(server: Dovecot) -> None:
    server.deliver(b"Subject: a\r\n\r\na\r\n")
    with ImapMailbox(at(server, which=Which.NEWER)) as mailbox:
        assert len(raws(mailbox, ImapState(uid_validity=7, last_uid=900))) == 1


def test_settled_messages_move_to_the_folder_that_was_named(server: Dovecot) -> None:
    server.deliver(b"Subject: a\r\n\r\na\r\n")
    folder = server.maildir / "Recebidas &AOE-"  # "Recebidas á" in modified UTF-7
    with ImapMailbox(at(server, move_to="Recebidas á")) as mailbox:
        (batch,) = mailbox.batches()
        with pytest.raises(OuvidoriaError, match="IMAP_FOLDER_MISSING"):
            mailbox.settle(batch)
        assert mailbox._line is not None
        mailbox._line.create('"Recebidas &AOE-"')
        mailbox.settle(batch)
        assert list(mailbox.batches()) == []
    assert len([*(folder / "cur").iterdir(), *(folder / "new").iterdir()]) == 1


def test_batches_are_small_and_large_messages_are_named_not_loaded(server: Dovecot) -> None:
    for number in range(5):
        server.deliver(b"Subject: %d\r\n\r\nx\r\n" % number)
    server.deliver(b"Subject: large\r\n\r\n" + b"x" * 5_000)
    with ImapMailbox(at(server, batch=2), Limits(size=1_000)) as mailbox:
        batches = list(mailbox.batches())
    assert [len(batch.items) for batch in batches] == [2, 2, 2]
    large = batches[-1].items[-1]
    assert isinstance(large, Skipped)
    assert (large.reason, large.size) == ("too-large", 5_018)
    assert batches[-1].uids == (5,)


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.NONE])
def test_the_plain_port_serves_with_starttls_and_without_on_loopback(
    server: Dovecot, security: Security
) -> None:
    server.deliver(b"Subject: a\r\n\r\na\r\n")
    with ImapMailbox(at(server, port=server.plain, security=security)) as mailbox:
        assert len(raws(mailbox)) == 1


def test_a_certificate_that_nobody_vouches_for_ends_it_before_the_login(server: Dovecot) -> None:
    with (
        ImapMailbox(at(server, ca_file=None)) as mailbox,
        pytest.raises(OuvidoriaError, match="IMAP_NOT_VERIFIED"),
    ):
        next(mailbox.batches())


def test_a_wrong_password_is_refused_and_never_repeated(server: Dovecot) -> None:
    mailbox = ImapMailbox(at(server, password=Secret("hunter2-wrong")))
    with pytest.raises(OuvidoriaError, match="IMAP_LOGIN_REFUSED") as caught:
        next(mailbox.batches())
    error = caught.value
    assert "hunter2" not in f"{error!r} {error} {error.details} {error.__cause__}"
    assert "hunter2" not in repr(at(server, password=Secret("hunter2-wrong")))


def test_a_folder_that_is_not_there_is_said_so(server: Dovecot) -> None:
    with (
        ImapMailbox(at(server, folder="Nada")) as mailbox,
        pytest.raises(OuvidoriaError, match="IMAP_FOLDER_MISSING"),
    ):
        next(mailbox.batches())


def test_a_message_of_some_megabytes_comes_whole(server: Dovecot) -> None:
    raw = b"Subject: large\r\n\r\n" + bytes(range(33, 127)) * 50_000 + b"\r\n"
    server.deliver(raw)
    with ImapMailbox(at(server)) as mailbox:
        assert raws(mailbox) == [raw]
