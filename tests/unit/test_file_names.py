"""Names of files from outside: whatever they are, what is written is one plain file of one folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.present.file_names import LONGEST, safe_name
from ouvidoria_tui.present.saved_files import open_copy, save_into


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("../../x", "x"),
        ("C:\\Users\\x\\nota fiscal.pdf", "nota fiscal.pdf"),
        (".bashrc", "bashrc"),
        ("con.txt", "anexo-con.txt"),
        ("CON", "anexo-CON"),
        ("aux .pdf", "anexo-aux.pdf"),
        ("a\x1b[31m\u202e.pdf", "a_31m.pdf"),
        ("fatura\u202efdp.exe", "faturafdp.exe"),
        ("a\0b.pdf", "ab.pdf"),
        ("duas\nlinhas.pdf", "duas linhas.pdf"),
        ("-rf.pdf", "-rf.pdf"),
        ("", "anexo"),
        (".", "anexo"),
        ("..", "anexo"),
        ("...", "anexo"),
        ("a/", "anexo"),
        ("contrato assinado (2).pdf", "contrato assinado (2).pdf"),
    ],
)
def test_a_file_is_saved_under_a_name_that_is_only_a_name(name: str, safe: str) -> None:
    assert safe_name(name, "anexo") == safe


@pytest.mark.parametrize("letter", ["x", "ç", "漢"])
def test_a_long_name_keeps_its_ending_and_fits_in_bytes(letter: str) -> None:
    made = safe_name(letter * 300 + ".pdf")
    assert made.endswith(".pdf")
    assert LONGEST - 4 < len(made.encode()) <= LONGEST


@given(st.text())
@settings(max_examples=300)
def test_no_name_leaves_its_folder(name: str) -> None:
    made = safe_name(name)
    assert made == os.path.basename(made)
    assert made not in ("", ".", "..")
    assert made.isprintable()


def test_a_file_of_that_name_is_never_written_over(tmp_path: Path) -> None:
    saved = [save_into(tmp_path, "fatura.pdf", bytes([number])) for number in range(3)]
    assert [path.name for path in saved] == ["fatura.pdf", "fatura (2).pdf", "fatura (3).pdf"]
    assert [path.read_bytes() for path in saved] == [b"\0", b"\1", b"\2"]
    assert {path.stat().st_mode & 0o777 for path in saved} == {0o600}


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "nota.txt").symlink_to(tmp_path / "elsewhere")
    assert save_into(tmp_path, "nota.txt", b"x").name == "nota (2).txt"
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="NO_SUCH_FOLDER"):
        save_into(tmp_path / "no", "a", b"")


def opener(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop whose program for every file writes down what it was given."""
    program, told = folder / "bin" / "xdg-open", folder / "told"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {told}.new && mv {told}.new {told}\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return told


def test_what_is_opened_is_a_copy_that_nobody_else_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener(tmp_path, monkeypatch)
    path = open_copy("../../nota.txt", b"conteudo")
    assert path.read_bytes() == b"conteudo"
    assert path.is_relative_to(tmp_path)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_copies_of_yesterday_are_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener(tmp_path, monkeypatch)
    old = open_copy("a.txt", b"1")
    os.utime(old.parent, (0, 0))
    new = open_copy("b.txt", b"2")
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.parametrize(
    ("name", "data"),
    [("nota.pdf", b"MZ\x90\0"), ("fatura.desktop", b"x"), ("a.pdf", b"#!/bin/sh\n"), ("a.sh ", b"ls")],
)
def test_a_program_is_never_opened_whatever_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes
) -> None:
    opener(tmp_path, monkeypatch)
    with pytest.raises(Refused, match="FILE_WOULD_RUN"):
        open_copy(name, data)


def test_without_a_desktop_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="NO_OPENER"):
        open_copy("a.txt", b"x")
