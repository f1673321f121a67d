"""`ouvidoria intake`: its records are contracts, its words harmless, and a mail server may call it at any time."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from ouvidoria_tui.cli.intake import TRY_LATER
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.store import SqliteStore
from tests.cli.shell import Shell

KEYS = ["read", "tickets", "replies", "machines", "quarantined", "seen"]


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    path = tmp_path / "d.db"
    store = found_desk(path, profile="hospedagem", admin="ana")
    store.add_agent("aldo", "Aldo", Role.AUDITOR, True, 0)
    store.close()
    return Shell(path, capsys, monkeypatch)


def message(number: int = 1, *more: str, sender: str = "rita@example.com", body: str = "Site fora") -> bytes:
    lines = [f"Message-ID: <{number}@example.com>", f"Subject: Assunto {number}", *more, "", body, ""]
    return "\r\n".join([f"From: {sender}", *lines] if sender else lines).encode()


def files(folder: Path, *messages: bytes) -> list[str]:
    names = []
    for number, raw in enumerate(messages, 1):
        (folder / f"{number}.eml").write_bytes(raw)
        names.append(str(folder / f"{number}.eml"))
    return names


MACHINE = message(3, "Auto-Submitted: auto-replied")
NOBODY = message(4, sender="")


def test_the_summary_adds_up_and_its_keys_are_a_contract(shell: Shell, tmp_path: Path) -> None:
    reply = message(2, "In-Reply-To: <1@example.com>")
    names = files(tmp_path, message(1), reply, MACHINE, NOBODY, message(1))
    said = shell("intake", "eml", *names, "--format", "json")
    assert (said.code, list(said.json)) == (0, [*KEYS, "quarantine", "skipped"])
    assert [said.json[key] for key in KEYS] == [5, 1, 1, 1, 1, 1]
    (waits,) = said.json["quarantine"]
    assert (list(waits), waits["reason"]) == (["id", "source", "message_id", "reason"], "no-sender")


@pytest.mark.parametrize("fmt", ["table", "tsv", "csv", "md", "jsonl"])
def test_every_format_says_the_same(shell: Shell, tmp_path: Path, fmt: str) -> None:
    said = shell("intake", "eml", *files(tmp_path, message(1), NOBODY), "--format", fmt)
    assert said.code == 0
    assert "2" in said.out
    assert (fmt == "jsonl") == ("4.eml" not in said.err and "no sender" not in said.err)


def test_a_second_run_has_seen_everything(shell: Shell, tmp_path: Path) -> None:
    names = files(tmp_path, message(1), MACHINE, NOBODY, b"\0 not mail")
    shell("intake", "eml", *names)
    again = shell("intake", "eml", *names, "--format", "json").json
    assert (again["read"], again["seen"]) == (4, 4)


def test_a_discarded_message_is_no_letter_that_is_missing(shell: Shell, tmp_path: Path) -> None:
    shell("intake", "eml", *files(tmp_path, NOBODY))
    assert shell("intake", "quarantine", "discard", "1", "--reason", "Propaganda").code == 0
    assert shell("db", "check").code == 0


def test_a_mailbox_and_a_maildir_are_read(shell: Shell, tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    stamp = b"From rita@example.com Mon Mar  2 10:00:00 2026\n"
    box.write_bytes(b"".join(stamp + message(number).replace(b"\r\n", b"\n") + b"\n" for number in (1, 2)))
    folder = tmp_path / "Maildir"
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True)
    (folder / "new" / "1").write_bytes(message(5))
    assert shell("intake", "mbox", str(box), "--format", "json").json["tickets"] == 2
    assert shell("intake", "maildir", str(folder), "--format", "json").json["tickets"] == 1


def test_a_dry_run_says_what_would_happen_and_writes_nothing(shell: Shell, tmp_path: Path) -> None:
    names = files(tmp_path, message(1), NOBODY)
    said = shell("intake", "eml", *names, "--dry-run", "--format", "json")
    assert (said.json["tickets"], said.json["quarantined"]) == (1, 1)
    assert "nothing was written" in said.err
    assert shell("queue", "--format", "json").json == []
    assert shell("intake", "quarantine", "--format", "json").json == []


def test_history_keeps_its_dates(shell: Shell, tmp_path: Path) -> None:
    old = message(1, "Date: Mon, 02 Mar 2020 10:00:00 -0300")
    shell("intake", "eml", *files(tmp_path, old), "--historic")
    (ticket,) = shell("queue", "--format", "json").json
    assert (ticket["arrived_at"], ticket["protocol"][:4]) == ("2020-03-02T10:00:00-03:00", "2020")


def test_a_missing_file_is_named_and_nothing_is_taken(shell: Shell, tmp_path: Path) -> None:
    said = shell("intake", "eml", *files(tmp_path, message(1)), str(tmp_path / "none.eml"))
    assert (said.code, "MAIL_SOURCE_NOT_FOUND" in said.err) == (3, True)
    assert shell("queue", "--format", "json").json == []


def test_who_may_not_opens_no_mailbox(shell: Shell, tmp_path: Path) -> None:
    said = shell("intake", "eml", str(tmp_path / "none.eml"), agent="aldo")
    assert said.code == 8


# --- why


def test_explain_tells_every_step(shell: Shell, tmp_path: Path) -> None:
    shell("intake", "eml", *files(tmp_path, message(1), message(2, "In-Reply-To: <1@example.com>")))
    (told,) = shell("intake", "explain", "<2@example.com>", "--format", "json").json
    assert (told["ending"], told["protocol"][:2]) == ("reply", "20")
    steps = ["seen", "machine", "sender", "area", "own-id", "stored-id"]
    assert [step["step"] for step in told["steps"]] == steps
    assert told["steps"][-1] == {
        "step": "stored-id",
        "found": "decided",
        "why": "in-reply-to",
        "tickets": [told["protocol"]],
    }
    words = shell("intake", "explain", "2@example.com", "--format", "table").out
    assert "it answers that message" in words


def test_an_unknown_message_is_not_found(shell: Shell) -> None:
    assert shell("intake", "explain", "none@example.com").code == 3
    assert shell("intake", "raw", "none@example.com").code == 3


def test_one_id_of_two_messages_shows_both_and_gives_no_bytes(shell: Shell, tmp_path: Path) -> None:
    shell("intake", "eml", *files(tmp_path, message(1), message(1, "X: y", body="Outra coisa")))
    told = shell("intake", "explain", "1@example.com", "--format", "json").json
    assert [one["marks"] for one in told] == [[], ["same-id-other-body"]]
    refused = shell("intake", "raw", "1@example.com")
    assert (refused.code, "MAIL_SEVERAL" in refused.err) == (2, True)


def test_the_bytes_come_out_as_they_came_in(shell: Shell, tmp_path: Path) -> None:
    raw = message(1, "X-Odd: \xff\u00e9", body="a\tb \x7f").replace(b"\r\n", b"\n") + b"\xff\xfe\0"
    (name,) = files(tmp_path, raw)
    shell("intake", "eml", name)

    class Out(io.StringIO):
        buffer = io.BytesIO()

    out = Out()
    shell.monkeypatch.setattr(sys, "stdout", out)
    assert run(["--db", str(shell.path), "--as", "ana", "intake", "raw", "1@example.com"]) == 0
    assert out.buffer.getvalue() == raw


@pytest.mark.parametrize("nasty", ["\x1b[31mx", "\u202eexe.txt", "[bold]x[/]", "a\rb", "=1+1"])
@pytest.mark.parametrize("fmt", ["table", "md"])
def test_hostile_headers_are_harmless_on_screen(shell: Shell, tmp_path: Path, nasty: str, fmt: str) -> None:
    from base64 import b64encode

    word = f"=?utf-8?b?{b64encode(nasty.encode()).decode()}?="
    raw = message(1, f"To: {word} <x@example.com>", sender="").replace(b"Assunto 1", word.encode())
    shell("intake", "eml", *files(tmp_path, raw))
    for words in (
        shell("intake", "quarantine", "--format", fmt).out,
        shell("intake", "explain", "1@example.com", "--format", fmt).out,
    ):
        assert not any(char in words for char in "\x1b\u202e\r")


# --- the quarantine


def test_the_quarantine_and_its_three_ways_out(shell: Shell, tmp_path: Path) -> None:
    nobodys = (message(number, sender="", body=f"Texto {number}") for number in (4, 5, 6))
    shell("intake", "eml", *files(tmp_path, message(1), *nobodys))
    (ticket,) = shell("queue", "--format", "json").json
    rows = shell("intake", "quarantine", "--format", "json").json
    assert list(rows[0]) == [
        "id", "arrived_at", "reason", "sender", "subject", "message_id", "size", "suggested",
    ]  # fmt: skip
    first, second, third = (str(row["id"]) for row in rows)
    on = shell("intake", "quarantine", "release", first, "--to", ticket["protocol"], "--format", "json")
    new = shell("intake", "quarantine", "release", second, "--new", "--format", "json")
    gone = shell("intake", "quarantine", "discard", third, "--reason", "Propaganda", "--format", "json")
    assert (on.code, new.code, gone.code) == (0, 0, 0)
    assert (on.json[0]["protocol"] == ticket["protocol"], new.json[0]["protocol"] == ticket["protocol"]) == (
        True,
        False,
    )
    assert gone.json == [{"id": int(third), "message_id": "6@example.com", "state": "discarded"}]
    assert shell("intake", "quarantine", "--format", "json").json == []
    (told,) = shell("intake", "explain", third, "--format", "json").json
    assert (told["state"], told["settled_reason"]) == ("discarded", "Propaganda")
    assert shell("verify").code == 0


@pytest.mark.parametrize(
    ("args", "code", "name"),
    [
        (["release", "1"], 2, "USAGE"),
        (["release", "1", "--new", "--to", "2026-000001-5"], 2, "USAGE"),
        (["release", "99", "--new"], 3, "MAIL_NOT_FOUND"),
        (["release", "1", "--new"], 4, "MAIL_SETTLED"),
        (["discard", "1", "--reason", " "], 2, "TEXT_REQUIRED"),
        (["discard", "1"], 2, "USAGE"),
        (["release", "2", "--to", "2026-999999-0"], 2, "BAD_PROTOCOL"),
    ],
)
def test_a_wrong_release_is_refused_with_its_code(
    shell: Shell, tmp_path: Path, args: list[str], code: int, name: str
) -> None:
    shell("intake", "eml", *files(tmp_path, message(1), NOBODY))
    said = shell("intake", "quarantine", *args)
    assert (said.code, name in said.err) == (code, True)


# --- a mail server's pipe


def test_a_pipe_takes_one_message(shell: Shell) -> None:
    said = shell("intake", "stdin", "--format", "json", stdin=message(1).decode())
    assert (said.code, said.json["tickets"]) == (0, 1)


def test_a_busy_store_asks_the_server_to_keep_the_message(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ouvidoria_tui.store import connection

    monkeypatch.setattr(connection, "BUSY_SECONDS", 0)
    other = SqliteStore.open(shell.path)
    try:
        with other.transaction():
            said = shell("intake", "stdin", "--format", "json", stdin=message(1).decode())
    finally:
        other.close()
    assert (said.code, said.error["code"]) == (TRY_LATER, "STORE_LOCKED")


def test_a_missing_store_asks_the_server_to_keep_the_message(shell: Shell) -> None:
    shell.path.unlink()
    assert shell("intake", "stdin", stdin=message(1).decode()).code == TRY_LATER


def test_a_fault_of_the_desk_asks_the_server_to_keep_the_message(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_args: object) -> None:
        raise RuntimeError("a fault nobody thought of")

    monkeypatch.setattr("ouvidoria_tui.bootstrap.mail_hooks", fault)
    said = shell("intake", "stdin", "--format", "json", stdin=message(1).decode())
    assert (said.code, said.error["code"]) == (TRY_LATER, "UNEXPECTED")


def test_nothing_on_the_pipe_waits_for_a_person(shell: Shell) -> None:
    said = shell("intake", "stdin", "--format", "json", stdin="")
    assert (said.code, said.json["quarantined"]) == (0, 1)


def test_the_record_of_explain_is_a_contract(shell: Shell, tmp_path: Path) -> None:
    shell("intake", "eml", *files(tmp_path, message(1)))
    line = shell("intake", "explain", "1@example.com", "--format", "jsonl").out
    assert list(json.loads(line)) == [
        "id", "message_id", "ending", "reason", "state", "protocol", "arrived_at", "taken_at", "source", "sender",
        "recipients", "subject", "size", "marks", "steps", "settled_at", "settled_reason",
    ]  # fmt: skip


def test_a_message_that_cannot_be_kept_is_refused_for_good(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ouvidoria_tui.cli import intake_sources

    monkeypatch.setattr(intake_sources, "READ_BYTES", 50)
    said = shell("intake", "stdin", "--format", "json", stdin=message(1).decode())
    assert (said.code, said.error["code"]) == (4, "MAIL_TOO_LARGE")


def test_a_file_that_cannot_be_kept_is_passed_over_and_told(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ouvidoria_tui.cli import intake_sources

    monkeypatch.setattr(intake_sources, "READ_BYTES", 120)
    said = shell(
        "intake", "eml", *files(tmp_path, message(1), message(2, body="x" * 200)), "--format", "json"
    )
    assert (said.code, said.json["read"]) == (6, 1)
    assert [(one["reason"], one["source"][-5:]) for one in said.json["skipped"]] == [("too-large", "2.eml")]


@pytest.mark.parametrize(("own", "ending"), [(True, "machines"), (False, "tickets")])
def test_only_the_desks_own_mark_is_a_loop(shell: Shell, tmp_path: Path, own: bool, ending: str) -> None:
    from ouvidoria_tui.domain.message_ids import loop_mark

    store = SqliteStore.open(shell.path)
    mark = loop_mark(b"12345678", store.mail_key() if own else b"another desk")
    store.close()
    said = shell(
        "intake", "eml", *files(tmp_path, message(1, f"X-Ouvidoria-Loop: {mark}")), "--format", "json"
    )
    assert said.json[ending] == 1
