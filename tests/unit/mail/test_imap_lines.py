"""The IMAP source over lines that break, and what it refuses before a byte is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.intake.mail.credentials import Secret, password
from ouvidoria_tui.intake.mail.imap import START, ImapMailbox, ImapState
from ouvidoria_tui.intake.mail.imap_answers import fetched
from ouvidoria_tui.intake.mail.imap_line import mailbox
from ouvidoria_tui.intake.mail.imap_server import ImapServer, Security, Which
from ouvidoria_tui.intake.mail.limits import Limits
from ouvidoria_tui.intake.mail.source_item import Skipped, SourceItem
from tests.unit.mail.imap_fake import FakeImap, fake

A, B, C = (b"Subject: %s\r\n\r\n" % name + name * 3_000 for name in (b"a", b"b", b"c"))


def at(server: FakeImap, *, attempts: int = 4, which: Which = Which.UNSEEN) -> ImapServer:
    return ImapServer(
        host="127.0.0.1",
        port=server.port,
        user="mesa",
        password=Secret("x"),
        security=Security.NONE,
        which=which,
        batch=2,
        attempts=attempts,
        timeout=10.0,
    )


def taken(source: ImapMailbox, state: ImapState = START) -> list[bytes]:
    return [
        item.raw for batch in source.batches(state) for item in batch.items if isinstance(item, SourceItem)
    ]


def test_a_line_that_drops_in_the_middle_of_a_message_is_taken_up_again() -> None:
    pauses: list[float] = []
    with fake([A, B, C], drops=[-1, 500, -1, -1, 10]) as server:
        with ImapMailbox(at(server), pause=pauses.append) as source:
            assert taken(source) == [A, B, C]
        assert (server.connections, pauses) == (3, [2.0, 2.0])


def test_after_the_last_attempt_it_says_that_the_server_cannot_be_reached() -> None:
    pauses: list[float] = []
    with (
        fake([A], drops=[5] * 9) as server,
        ImapMailbox(at(server, attempts=3), pause=pauses.append) as source,
        pytest.raises(OuvidoriaError, match="IMAP_UNREACHABLE"),
    ):
        taken(source)
    assert pauses == [2.0, 4.0]


def test_numbers_that_changed_while_the_line_was_down_are_not_trusted() -> None:
    with (
        fake([A, B], drops=[-1, 5], validities=[7, 8]) as server,
        ImapMailbox(at(server), pause=lambda _seconds: None) as source,
    ):
        (batch,) = source.batches(START)
    assert batch.state == ImapState(8, 2)


def test_a_batch_of_old_numbers_is_not_settled() -> None:
    with fake([A], validities=[7, 8]) as server, ImapMailbox(at(server)) as source:
        (batch,) = source.batches(START)
        source.close()
        source.settle(batch)
        assert server.seen == []


def test_nothing_is_flagged_until_it_is_settled() -> None:
    with fake([A]) as server, ImapMailbox(at(server)) as source:
        (batch,) = source.batches(START)
        assert server.seen == []
        source.settle(batch)
        assert server.seen == [r"UID STORE 1 +FLAGS.SILENT (\Seen)"]


def test_the_time_of_arrival_is_the_servers() -> None:
    with fake([A]) as server, ImapMailbox(at(server)) as source:
        (batch,) = source.batches(START)
    assert isinstance(batch.items[0], SourceItem)
    assert batch.items[0].received_at == 1_706_792_400  # 2024-02-01 13:00 UTC


def test_a_message_that_is_passed_over_is_told_once() -> None:
    with fake([A, B]) as server, ImapMailbox(at(server), Limits(size=len(A) - 1)) as source:
        (first,) = source.batches(START)
        (again,) = source.batches(first.state)
    assert all(isinstance(item, Skipped) for item in first.items)
    assert (len(first.items), again.items) == (2, ())


def test_plain_is_refused_but_on_loopback() -> None:
    with pytest.raises(OuvidoriaError, match="IMAP_NOT_ENCRYPTED"):
        ImapServer(host="mail.example.com", user="u", password=Secret("x"), security=Security.NONE)


def test_a_line_end_in_a_name_is_refused() -> None:
    with pytest.raises(OuvidoriaError, match="IMAP_NAME_UNUSABLE"):
        ImapServer(host="mail.example.com", user="u\r\nA1 LOGOUT", password=Secret("x"))


def test_a_server_without_starttls_is_not_told_the_password() -> None:
    with fake([A]) as server:
        plain = at(server)
        asked = ImapServer(plain.host, plain.user, plain.password, plain.port, Security.STARTTLS)
        with pytest.raises(OuvidoriaError, match="IMAP_NO_STARTTLS"):
            taken(ImapMailbox(asked))


def test_a_file_of_authorities_that_is_none_is_said_so(tmp_path: Path) -> None:
    server = ImapServer("127.0.0.1", "u", Secret("x"), 1, ca_file=str(tmp_path / "none"))
    with pytest.raises(OuvidoriaError, match="IMAP_NO_AUTHORITY"):
        taken(ImapMailbox(server))


def test_a_server_that_says_no_is_quoted() -> None:
    with (
        fake([A], refuses="UID SEARCH UID *") as server,
        ImapMailbox(at(server)) as source,
        pytest.raises(OuvidoriaError, match="IMAP_REFUSED: the mail server refused: not today"),
    ):
        taken(source)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("INBOX", '"INBOX"'),
        ("Não lidas", '"N&AOM-o lidas"'),
        ("A&B", '"A&-B"'),
        ('a"b', '"a\\"b"'),
        ("日本", '"&ZeVnLA-"'),
    ],
)
def test_folders_are_written_as_imap_wants_them(name: str, written: str) -> None:
    assert mailbox(name) == written


def test_answers_are_read_with_the_number_before_or_after_the_message() -> None:
    answer: list[object] = [
        (b"1 (UID 5 BODY[] {3}", b"abc"), b")",
        b"9 (FLAGS (\\Seen))",
        (b"2 (BODY[] {2}", b"de"), b" UID 6)",
        b'3 (UID 7 BODY[] "f\\"g")',
        b"4 (UID 8 BODY[] NIL)",
    ]  # fmt: skip
    assert [(one.uid, one.raw) for one in fetched(answer)] == [
        (5, b"abc"),
        (6, b"de"),
        (7, b'f"g'),
        (8, None),
    ]


def test_the_password_comes_from_the_environment_or_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("çegredo\n", encoding="utf-8")
    path.chmod(0o600)
    assert password({}, path).reveal() == "çegredo"
    assert password({"OUVIDORIA_IMAP_PASSWORD": "x"}).reveal() == "x"


def test_a_password_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("x", encoding="utf-8")
    path.chmod(0o640)
    with pytest.raises(OuvidoriaError, match="MAIL_PASSWORD_EXPOSED"):
        password({}, path)


@pytest.mark.parametrize(
    ("environ", "code"),
    [({}, "IMAP_PASSWORD_MISSING"), ({"OUVIDORIA_IMAP_PASSWORD": "a\r\nb"}, "MAIL_PASSWORD_UNUSABLE")],
)
def test_a_password_that_is_missing_or_has_lines_is_refused(environ: dict[str, str], code: str) -> None:
    with pytest.raises(OuvidoriaError, match=code):
        password(environ)


def test_a_missing_password_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(OuvidoriaError, match="IMAP_PASSWORD_MISSING"):
        password({}, tmp_path / "none")
