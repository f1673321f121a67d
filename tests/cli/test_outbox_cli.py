"""The outbox on the command line: formats, exit codes, and what is said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.cli.outbox import KEYS
from ouvidoria_tui.demo import build_demo
from ouvidoria_tui.desk.bounce import bounced
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.store import SqliteStore
from tests.cli.shell import Shell
from tests.plain_profile import plain


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    path = tmp_path / "d.db"
    found_desk(path, profile="organizacional", text=plain("organizacional"), admin="ana").close()
    return Shell(path, capsys, monkeypatch)


def mailer(folder: Path, script: str = "cat >/dev/null") -> str:
    path = folder / "mailer"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return str(path)


def set_mail(shell: Shell, script: str = "cat >/dev/null") -> None:
    said = shell(
        "outbox", "settings", "--from", "o@example.com", "--sendmail", mailer(shell.path.parent, script)
    )
    assert said.code == 0


def answered(shell: Shell, email: str = "maria@example.com", *more: str) -> str:
    new = shell("new", "--subject", "S", "--text", "T", "--email", email, *more, "--format", "json")
    protocol = str(new.json["protocol"])
    assert shell("reply", protocol, "--text", "Resposta", "--conclusive").code == 0
    return protocol


def test_a_letter_is_listed_sent_and_listed_no_more(shell: Shell) -> None:
    set_mail(shell)
    protocol = answered(shell)
    (letter,) = shell("outbox", "list", "--format", "json").json
    assert list(letter) == list(KEYS)
    assert (letter["protocol"], letter["to"], letter["state"]) == (protocol, "maria@example.com", "queued")
    sent = shell("outbox", "send", "--format", "json")
    assert (sent.code, [one["state"] for one in sent.json]) == (0, ["sent"])
    assert shell("outbox", "--help").code == 0
    assert shell("outbox", "list", "--format", "json").json == []
    assert len(shell("outbox", "list", protocol, "--state", "all", "--format", "json").json) == 1


@pytest.mark.parametrize(
    ("script", "code"), [("exit 67", 4), ("exit 75", 4), ("grep -q '^To: b@' || exit 67", 6)]
)
def test_the_exit_code_says_whether_all_none_or_some_left(shell: Shell, script: str, code: int) -> None:
    set_mail(shell, script)
    answered(shell, "a@example.com")
    answered(shell, "b@example.com")
    assert shell("outbox", "send").code == code


def test_a_dry_run_sends_nothing(shell: Shell) -> None:
    set_mail(shell)
    answered(shell)
    said = shell("outbox", "send", "--dry-run", "--format", "json")
    assert (said.code, [one["state"] for one in said.json]) == (0, ["queued"])
    assert "1 letter would leave now." in said.err
    assert shell("outbox", "list", "--format", "json").json[0]["attempts"] == 0


@pytest.mark.parametrize(
    ("call", "code", "exit_code"),
    [
        (("send",), "MAIL_NOT_SET", 4),
        (("settings", "--from", "x"), "BAD_MAIL_SETTING", 2),
        (("settings", "--from", "a@example.com"), "BAD_MAIL_SETTING", 2),
        (("settings", "--host", "h", "--sendmail", "/x"), "ONE_OF_TWO", 2),
        (("settings", "--security", "ssl"), "BAD_CHOICE", 2),
        (("list", "--state", "lost"), "BAD_CHOICE", 2),
        (("list", "x"), "BAD_PROTOCOL", 2),
        (("cancel", "7"), "LETTER_NOT_FOUND", 3),
        (("cancel", "x"), "BAD_LETTER", 2),
        (("list", "--format", "xml"), "BAD_FORMAT", 2),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_code(
    shell: Shell, call: tuple[str, ...], code: str, exit_code: int
) -> None:
    more = () if "--format" in call else ("--format", "json")
    said = shell("outbox", *call, *more)
    assert said.code == exit_code
    assert code in said.err


def test_settings_are_shown_and_changed_and_hold_no_password(shell: Shell) -> None:
    said = shell(
        *("outbox", "settings", "--from", "o@example.com", "--host", "mail.example.com"),
        *("--security", "tls", "--user", "o", "--format", "json"),
    )
    (found,) = said.json
    assert (found["road"], found["port"], found["security"]) == ("smtp", 465, "tls")
    assert "password" not in found
    assert "Nothing changed." in shell("outbox", "settings", "--user", "o").err
    assert shell("outbox", "settings", "--off", "--format", "json").json[0]["road"] == ""


@pytest.mark.req("S2-28")
def test_the_ticket_says_loudly_that_its_conclusive_answer_came_back(shell: Shell) -> None:
    set_mail(shell)
    protocol = answered(shell)
    assert shell("show", protocol, "--format", "json").json["letters"][0]["state"] == "queued"
    shell("outbox", "send")
    assert shell("show", protocol, "--format", "json").json["letters"][0]["state"] == "sent"
    id_ = shell("outbox", "list", "--state", "sent", "--format", "json").json[0]["message_id"]
    store = SqliteStore.open(shell.path)
    bounced(desk_over(store, agent="ana"), id_, "maria@example.com", "5.1.1", True)
    store.close()
    page = " ".join(shell("show", protocol).out.split())
    assert "the conclusive answer did not reach the customer (came back: 5.1.1 maria@example.com)" in page
    assert "mail came back undelivered" in page
    record = shell("show", protocol, "--format", "json").json
    assert [message["text"] for message in record["messages"]] == ["Resposta"]
    assert record["letters"][0]["state"] == "failed"
    found = shell("queue", "has:failed-mail status:any", "--format", "json").json
    assert [one["protocol"] for one in found] == [protocol]
    assert "1 letter did not reach its customer" in shell("doctor").out
    assert shell("outbox", "cancel", "1").code == 0
    assert shell("queue", "has:failed-mail status:any", "--format", "json").json == []
    history = shell("history", protocol, "--audience", "customer").out
    assert "bounced" not in history
    assert "mail-cancelled" not in history


def test_whom_a_confidential_ticket_is_about_is_not_in_the_list(shell: Shell) -> None:
    set_mail(shell)
    shell("agent", "add", "rui", "--role", "agent")
    answered(shell, "maria@example.com", "--confidential")
    listed = shell("outbox", "list", "--format", "json", agent="rui")
    assert listed.json[0]["to"] is None
    assert "maria@" not in listed.out
    assert "[confidential]" in shell("outbox", "list", "--format", "table", agent="rui").out


def test_db_sql_masks_it_too(shell: Shell) -> None:
    set_mail(shell)
    answered(shell, "maria@example.com", "--confidential")
    said = shell("db", "sql", "SELECT recipient, last_error, message_id FROM outbox", "--format", "json")
    assert said.json[0]["recipient"] is None


def test_a_sample_desk_holds_its_letters_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(build_demo(tmp_path / "demo.db", admin="chefe"), capsys, monkeypatch)
    states = {
        one["state"]
        for one in shell("outbox", "list", "--state", "all", "--format", "json", agent="chefe").json
    }
    assert states == {"held"}
    said = shell("outbox", "send", "--format", "json", agent="chefe")
    assert (said.code, said.error["code"]) == (4, "DEMO_NEVER_SENDS")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_sender_that_goes_on_stops_when_it_is_told(
    shell: Shell, tmp_path: Path, how: signal.Signals
) -> None:
    fifo = tmp_path / "heard"
    os.mkfifo(fifo)
    set_mail(shell, f"cat >/dev/null; echo taken >{fifo}")
    answered(shell)
    call = [sys.executable, "-m", "ouvidoria_tui", "--db", str(shell.path), "--as", "ana"]
    running = subprocess.Popen(
        [*call, "outbox", "send", "--every", "3600"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    fifo.read_text()  # the letter is with the program: the sender is at work
    assert running.stderr is not None
    while "1 letter sent" not in running.stderr.readline():
        pass
    running.send_signal(how)
    _out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in err
    assert shell("outbox", "list", "--format", "json").json == []
