"""`ouvidoria attachments`: listed with what they are, saved over nothing, opened only when asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Shell

KEYS = ["seq", "name", "size", "sha256", "direction", "type", "at", "channel"]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    store = found_desk(tmp_path / "d.db", profile="organizacional", admin="ana")
    store.add_agent("agente", "Agente", Role.AGENT, True, 0)
    desk = desk_over(store, agent="ana")
    ref = receive(desk, Manifestation("Cobrança", "texto")).protocol
    attach(desk, ref, "../../fatura\u202efdp.pdf", b"%PDF-1.4")
    attach(desk, ref, "carta.pdf", b"MZ programa", outgoing=True)
    secret = receive(desk, Manifestation("Denúncia", "texto", confidential=True)).protocol
    attach(desk, secret, "prova.txt", b"segredo")
    monkeypatch.setenv("PROTOCOLS", f"{ref} {secret}")
    store.close()
    return Shell(tmp_path / "d.db", capsys, monkeypatch)


@pytest.fixture
def refs(call: Shell) -> list[str]:
    import os

    return os.environ["PROTOCOLS"].split()


def test_the_list_tells_what_each_file_is_by_its_bytes(call: Shell, refs: list[str]) -> None:
    rows = call("attachments", refs[0], "--format", "json").json
    assert [list(row) for row in rows] == [KEYS, KEYS]
    assert [(row["seq"], row["type"], row["direction"]) for row in rows] == [
        (2, "application/pdf", "in"),
        (3, "application/vnd.microsoft.portable-executable", "out"),
    ]


def test_names_act_on_no_terminal(call: Shell, refs: list[str]) -> None:
    assert "\u202e" not in call("attachments", refs[0], "--format", "table").out


def test_a_file_is_saved_in_the_folder_that_was_named(call: Shell, refs: list[str], tmp_path: Path) -> None:
    for _twice in range(2):
        assert call("attachments", refs[0], "--save", "2", "--to", str(tmp_path)).code == 0
    assert (tmp_path / "faturafdp.pdf").read_bytes() == b"%PDF-1.4"
    assert (tmp_path / "faturafdp (2).pdf").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("args", "code", "exit_code"),
    [
        (("--save", "9"), "NO_SUCH_ATTACHMENT", 3),
        (("--save", "2", "--to", "/no/such/folder"), "NO_SUCH_FOLDER", 3),
        (("--save", "2", "--open", "2"), "OPTIONS_EXCLUDE", 2),
        (("--to", "/tmp"), "OPTIONS_EXCLUDE", 2),
        (("--open", "2"), "OPENING_NEEDS_YES", 4),
        (("--open", "3", "--yes"), "FILE_WOULD_RUN", 4),
    ],
)
def test_what_is_refused_says_why(
    call: Shell, refs: list[str], args: tuple[str, ...], code: str, exit_code: int
) -> None:
    said = call("attachments", refs[0], *args)
    assert (said.code, code in said.err) == (exit_code, True)


def test_a_file_is_opened_as_a_copy_where_it_is_asked_for(
    call: Shell, refs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert call("attachments", refs[0], "--open", "2", "--yes").code == 0
    (copy,) = tmp_path.glob("ouvidoria-open-*/*")
    assert copy.read_bytes() == b"%PDF-1.4"


def test_files_of_a_confidential_ticket_are_closed_to_others(call: Shell, refs: list[str]) -> None:
    assert call("attachments", refs[1], "--format", "json", agent="agente").json[0]["name"] is None
    assert call("attachments", refs[1], "--save", "2", agent="agente").code == 8
