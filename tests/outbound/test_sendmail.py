"""Sending by a program: what it is called with, what its exit code means, and when it is not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.mail_settings import MailSettings
from ouvidoria_tui.outbound.checkup import road_checks
from ouvidoria_tui.outbound.message import Envelope
from ouvidoria_tui.outbound.password import VARIABLE
from ouvidoria_tui.outbound.road import Deferred, Rejected
from ouvidoria_tui.outbound.send import send
from ouvidoria_tui.outbound.sendmail import SendmailCarrier
from tests.desk.bench import code_of
from tests.outbound.conftest import Post

Program = Callable[[str], Path]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A script that keeps its arguments, its input and its environment, then does what it is told to."""

    def make(then: str) -> Path:
        path = tmp_path / "sendmail"
        path.write_text(
            f'#!/bin/sh\nfor one in "$@"; do echo "$one"; done >{tmp_path}/args\n'
            f"cat >{tmp_path}/input\nenv >{tmp_path}/env\n{then}\n"
        )
        path.chmod(0o700)
        return path

    return make


def test_the_program_gets_plain_arguments_and_the_message(
    post: Post, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "secreta")
    change_mail(post.desk, {"road": "sendmail", "sendmail": str(program("exit 0"))})
    reply(post.desk, post.new(), "Resposta")
    assert [done.letter.state for done in send(post.desk)] == ["sent"]
    called = (tmp_path / "args").read_text().split("\n")
    assert called == ["-i", "-f", "ouvidoria@example.com", "--", "maria@example.com", ""]
    message = (tmp_path / "input").read_bytes()
    assert b"\r" not in message
    assert b"Resposta" in message
    assert "secreta" not in (tmp_path / "env").read_text()


@pytest.mark.parametrize(("code", "state"), [(67, "failed"), (69, "failed"), (75, "queued"), (1, "queued")])
def test_what_the_program_says_decides(post: Post, program: Program, code: int, state: str) -> None:
    change_mail(
        post.desk, {"road": "sendmail", "sendmail": str(program(f"echo 'no such user' >&2; exit {code}"))}
    )
    reply(post.desk, post.new(), "Resposta")
    list(send(post.desk))
    (letter,) = post.letters
    assert (letter.state, letter.last_error) == (state, f"{code} no such user")


def test_a_program_that_hangs_is_not_waited_for_without_end(program: Program) -> None:
    carrier = SendmailCarrier(MailSettings(sendmail=str(program("exec sleep 30"))), timeout=0.5)
    with pytest.raises(Deferred):
        carrier.carry(Envelope("ouvidoria@example.com", "maria@example.com", b"x"))


@pytest.mark.parametrize(
    "address", ["-oQ/tmp@example.com", "a b@example.com", "a@example.com,b@example.com", ""]
)
def test_an_address_is_never_an_option_nor_two(program: Program, tmp_path: Path, address: str) -> None:
    carrier = SendmailCarrier(MailSettings(sendmail=str(program("exit 0"))))
    with pytest.raises(Rejected):
        carrier.carry(Envelope("ouvidoria@example.com", address, b"x"))
    assert not (tmp_path / "args").exists()


def test_a_program_that_is_gone_costs_the_letters_nothing(post: Post, program: Program) -> None:
    path = program("exit 0")
    change_mail(post.desk, {"road": "sendmail", "sendmail": str(path)})
    settings = post.desk.store.outbox.settings()
    assert [check.health for check in road_checks(settings, reach=False)] == ["ok"]
    os.unlink(path)
    reply(post.desk, post.new(), "Resposta")
    assert code_of(lambda: list(send(post.desk))) == "SENDMAIL_MISSING"
    assert post.states == ["queued"]
    assert [check.health for check in road_checks(settings, reach=False)] == ["problem"]
