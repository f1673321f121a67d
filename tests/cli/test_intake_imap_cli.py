"""`ouvidoria intake imap`: a mailbox is told of a batch only once it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Self

import pytest

from ouvidoria_tui.errors import OuvidoriaError, UsageError
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.intake.mail import imap as real
from ouvidoria_tui.intake.mail.imap import ImapBatch, ImapState
from ouvidoria_tui.intake.mail.imap_server import ImapServer, Which
from ouvidoria_tui.intake.mail.source_item import Skipped, SkipReason, SourceItem
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.text import N_
from tests.cli.shell import Shell
from tests.cli.test_intake_cli import message

ARGS = ("intake", "imap", "--host", "localhost", "--user", "sac", "--format", "json")


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    path = tmp_path / "d.db"
    found_desk(path, profile="hospedagem", admin="ana").close()
    monkeypatch.setenv("OUVIDORIA_IMAP_PASSWORD", "segredo")
    return Shell(path, capsys, monkeypatch)


@dataclass
class Mailbox:
    """A mailbox with two batches, which looks at each settling how many messages the desk has kept by then."""

    server: ImapServer
    limits: Any
    path: ClassVar[Path]
    settled: ClassVar[list[tuple[tuple[int, ...], int]]]
    servers: ClassVar[list[ImapServer]] = []
    states: ClassVar[list[ImapState]] = []
    closed: bool = field(default=False)

    def __enter__(self) -> Self:
        self.servers.append(self.server)
        return self

    def __exit__(self, *_error: object) -> None:
        self.closed = True

    def batches(self, state: ImapState) -> Iterator[ImapBatch]:
        self.states.append(state)
        first = SourceItem("imap:INBOX:1", message(1), 1_700_000_000)
        large = Skipped("imap:INBOX:2", SkipReason.TOO_LARGE, 10**9)
        yield ImapBatch((first, large), (1,), ImapState(1, 2))
        yield ImapBatch((SourceItem("imap:INBOX:3", message(3)),), (3,), ImapState(1, 3))

    def settle(self, batch: ImapBatch) -> None:
        store = SqliteStore.open(self.path)
        kept = store.conn.execute("SELECT count(*) FROM mail").fetchone()[0]
        store.close()
        self.settled.append((batch.uids, kept))


@pytest.fixture
def mailbox(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> type[Mailbox]:
    Mailbox.path, Mailbox.settled, Mailbox.servers = shell.path, [], []
    Mailbox.states = []
    monkeypatch.setattr(real, "ImapMailbox", Mailbox)
    return Mailbox


def test_a_batch_is_settled_only_once_it_is_kept(shell: Shell, mailbox: type[Mailbox]) -> None:
    said = shell(*ARGS)
    assert (said.code, said.json["read"], said.json["tickets"]) == (6, 2, 2)
    assert [one["source"] for one in said.json["skipped"]] == ["imap:INBOX:2"]
    assert mailbox.settled == [((1,), 1), ((3,), 2)]


def test_the_servers_date_is_the_arrival(shell: Shell, mailbox: type[Mailbox]) -> None:
    shell(*ARGS)
    arrived = {ticket["arrived_at"] for ticket in shell("queue", "--format", "json").json}
    assert "2023-11-14T19:13:20-03:00" in arrived


def test_a_dry_run_leaves_the_mailbox_alone(shell: Shell, mailbox: type[Mailbox]) -> None:
    assert shell(*ARGS, "--dry-run").json["tickets"] == 2
    assert mailbox.settled == []


def test_a_run_begins_where_the_last_one_of_its_kind_ended(shell: Shell, mailbox: type[Mailbox]) -> None:
    for more in ((), (), ("--all",), ("--folder", "SAC")):
        shell(*ARGS, *more)
    assert mailbox.states == [ImapState(), ImapState(1, 3), ImapState(), ImapState()]


def test_a_dry_run_moves_no_place(shell: Shell, mailbox: type[Mailbox]) -> None:
    shell(*ARGS, "--dry-run")
    shell(*ARGS)
    assert mailbox.states == [ImapState(), ImapState()]


def test_it_goes_on_until_it_is_told_to_stop_and_outlives_a_server_that_is_away(
    shell: Shell, mailbox: type[Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 1:
            monkeypatch.setattr(Mailbox, "batches", away)
        elif len(pauses) == 2:
            monkeypatch.setattr(Mailbox, "batches", empty)
        else:
            raise KeyboardInterrupt

    def away(_box: Mailbox, _state: ImapState) -> Iterator[ImapBatch]:
        raise OuvidoriaError("IMAP_UNREACHABLE", N_("localhost cannot be reached"))

    def empty(_box: Mailbox, _state: ImapState) -> Iterator[ImapBatch]:
        return iter(())

    monkeypatch.setattr("ouvidoria_tui.cli.again.time.sleep", pause)
    said = shell(*ARGS, "--every", "30")
    assert (said.code, pauses) == (130, [30, 30, 30])
    assert [json.loads(line)["read"] for line in said.out.splitlines()] == [2]
    assert "IMAP_UNREACHABLE" in said.err


def test_what_waiting_does_not_mend_ends_it(
    shell: Shell, mailbox: type[Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_box: Mailbox, _state: ImapState) -> Iterator[ImapBatch]:
        raise UsageError("IMAP_LOGIN_REFUSED", N_("the server does not let this user in"))

    monkeypatch.setattr(Mailbox, "batches", refused)
    said = shell(*ARGS, "--every", "30")
    assert (said.code, said.error["code"]) == (2, "IMAP_LOGIN_REFUSED")


def test_what_is_asked_for_reaches_the_server(shell: Shell, mailbox: type[Mailbox]) -> None:
    shell(*ARGS, "--folder", "SAC", "--move-to", "Lidas", "--all", "--security", "starttls")
    (server,) = mailbox.servers
    assert (server.folder, server.move_to, server.which, server.port) == ("SAC", "Lidas", Which.NEWER, 143)
    assert "segredo" not in repr(server)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--user", "sac"), "IMAP_NOT_SET"),
        (("--host", "x"), "IMAP_NOT_SET"),
        (("--host", "x.example", "--user", "sac", "--security", "none"), "IMAP_NOT_ENCRYPTED"),
        (("--host", "x", "--user", "sac", "--security", "maybe"), "BAD_CHOICE"),
        (("--host", "x", "--user", "sac", "--password-file", "/nowhere"), "IMAP_PASSWORD_MISSING"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_tried(
    shell: Shell, mailbox: type[Mailbox], args: tuple[str, ...], code: str
) -> None:
    said = shell("intake", "imap", *args, "--format", "json")
    assert (said.code, said.error["code"], mailbox.servers) == (2, code, [])
