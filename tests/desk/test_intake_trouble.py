"""Mail while things break: a disk that fills, a line that drops. Nothing is taken twice and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ouvidoria_tui.bootstrap import mail_reader
from ouvidoria_tui.desk.intake import CHUNK, take
from ouvidoria_tui.desk.mail_take import Taken
from ouvidoria_tui.domain.mail_decision import Ending
from ouvidoria_tui.errors import OuvidoriaError, StoreError
from ouvidoria_tui.intake.mail.credentials import Secret
from ouvidoria_tui.intake.mail.imap import ImapMailbox, ImapState
from ouvidoria_tui.intake.mail.imap_server import ImapServer, Security, Which
from ouvidoria_tui.intake.mail.source_item import SourceItem
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import Bench
from tests.desk.mail_sample import letter, parse
from tests.unit.mail.imap_fake import FakeImap, fake

WHOLE = "PRAGMA max_page_count = 1073741823"


def _counts(bench: Bench) -> tuple[int, int]:
    """Messages kept, and tickets."""
    (row,) = bench.store.conn.execute("SELECT (SELECT count(*) FROM mail), (SELECT count(*) FROM ticket)")
    return int(row[0]), int(row[1])


def test_a_disk_that_fills_ends_the_run_and_the_next_one_goes_on_from_there(bench: Bench) -> None:
    letters = [
        letter(
            f"{number}@x", f"Relato {number}", subject=f"Assunto {number}", sender=f"p{number}@example.com"
        )
        for number in range(2 * CHUNK + 10)
    ]
    pages = bench.store.conn.execute("PRAGMA page_count").fetchone()[0]
    bench.store.conn.execute(f"PRAGMA max_page_count = {pages + 250}")
    told: list[Taken] = []
    with pytest.raises(StoreError) as caught:
        told.extend(take(bench.desk, letters, parse))
    assert (caught.value.code, caught.value.exit_code) == ("STORE_FULL", 7)
    # What was told is kept, and nothing else: a chunk is there or it is not.
    assert len(told) == CHUNK
    assert _counts(bench) == (CHUNK, CHUNK)
    assert verify(bench.store.conn).ok
    bench.store.conn.execute(WHOLE)
    again = list(take(bench.desk, letters, parse))
    assert sum(one.ending is Ending.SEEN for one in again) == CHUNK
    assert _counts(bench) == (len(letters), len(letters))


def _server(server: FakeImap) -> ImapServer:
    return ImapServer(
        host="127.0.0.1",
        port=server.port,
        user="mesa",
        password=Secret("x"),
        security=Security.NONE,
        which=Which.NEWER,
        batch=2,
        attempts=2,
        timeout=10.0,
    )


def _run(bench: Bench, server: FakeImap, kept: list[ImapState]) -> Iterator[Ending]:
    """One run as the command does it: a batch is kept, settled, and its place remembered."""
    with ImapMailbox(_server(server), pause=lambda _seconds: None) as mailbox:
        for batch in mailbox.batches(kept[-1] if kept else ImapState()):
            items = [item for item in batch.items if isinstance(item, SourceItem)]
            yield from (one.ending for one in take(bench.desk, items, mail_reader(bench.desk)))
            mailbox.settle(batch)
            kept.append(batch.state)


def test_a_line_that_drops_for_good_in_the_middle_of_a_message_costs_nothing(bench: Bench) -> None:
    messages = [
        b"From: p%d@example.com\r\nMessage-ID: <%d@x>\r\nSubject: S%d\r\n\r\n%s\r\n" % (n, n, n, b"oi " * 300)
        for n in range(5)
    ]
    kept: list[ImapState] = []
    # The second batch breaks in its second message, at each of two attempts.
    with fake(messages, drops=[-1, -1, -1, 400, -1, 400]) as server:
        told: list[Ending] = []
        with pytest.raises(OuvidoriaError, match="IMAP_UNREACHABLE"):
            told.extend(_run(bench, server, kept))
        assert (_counts(bench), kept) == ((2, 2), [ImapState(7, 2)])
        assert list(_run(bench, server, kept)) == [Ending.TICKET] * 3
        assert list(_run(bench, server, kept)) == []
    assert _counts(bench) == (5, 5)
    stored = {
        bytes(bench.store.blob(row[0])) for row in bench.store.conn.execute("SELECT raw_sha256 FROM mail")
    }
    assert stored == set(messages)
