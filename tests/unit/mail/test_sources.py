"""Messages out of files, mailboxes, folders and pipes."""

from __future__ import annotations

import io
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.intake.mail import maildir, sources
from ouvidoria_tui.intake.mail.limits import LIMITS, Limits
from ouvidoria_tui.intake.mail.mbox import read_mbox
from ouvidoria_tui.intake.mail.source_item import Skipped, SkipReason, SourceItem
from ouvidoria_tui.intake.mail.sources import read_paths, read_stdin

FROM = b"From ana@example.com Mon Jan  1 10:00:00 2024\n"
ONE = b"Subject: one\n\nfirst\n"
TWO = b"Subject: two\n\nsecond\n"


def raws(items: Iterator[SourceItem | Skipped]) -> list[bytes]:
    return [one.raw for one in items if isinstance(one, SourceItem)]


def mbox(raw: bytes, limits: Limits = LIMITS) -> list[SourceItem | Skipped]:
    return list(read_mbox(io.BytesIO(raw), "box", limits))


def test_messages_of_an_mbox_are_numbered() -> None:
    found = mbox(FROM + ONE + b"\n" + FROM + TWO + b"\n")
    assert found == [SourceItem("box:1", ONE), SourceItem("box:2", TWO)]


def test_line_ends_of_the_network_are_kept() -> None:
    raw = (FROM + ONE + b"\n" + FROM + TWO).replace(b"\n", b"\r\n")
    assert raws(iter(mbox(raw))) == [ONE.replace(b"\n", b"\r\n"), TWO.replace(b"\n", b"\r\n")]


def test_a_quoted_from_line_loses_one_mark() -> None:
    assert raws(iter(mbox(FROM + b"Subject: x\n\n>From here\n>>From there\n"))) == [
        b"Subject: x\n\nFrom here\n>From there\n"
    ]


def test_a_paragraph_that_begins_with_from_divides_nothing() -> None:
    raw = b"Subject: x\n\n\nFrom now on, at 10:00, it is 2024 everywhere? No:\n\nFrom here\n"
    assert raws(iter(mbox(FROM + b"Subject: x\n\nFrom here on\n"))) == [b"Subject: x\n\nFrom here on\n"]
    assert len(mbox(FROM + raw.replace(b"at 10:00, ", b""))) == 1


def test_a_divider_without_an_empty_line_before_it_divides_if_a_header_follows() -> None:
    assert raws(iter(mbox(FROM + ONE + FROM + TWO))) == [ONE, TWO]


@pytest.mark.parametrize("cut", [1, 5, 10, 15])
def test_an_mbox_cut_in_the_middle_gives_what_there_is(cut: int) -> None:
    found = raws(iter(mbox((FROM + ONE + b"\n" + FROM + TWO)[:-cut])))
    assert found[0] == ONE
    assert TWO.startswith(b"".join(found[1:]))


def test_a_message_above_the_limit_is_passed_over_with_its_size() -> None:
    large = b"Subject: large\n\n" + b"x" * 300_000 + b"\n"
    found = mbox(FROM + ONE + b"\n" + FROM + large + b"\n" + FROM + TWO, Limits(size=1_000))
    assert found == [
        SourceItem("box:1", ONE),
        Skipped("box:2", SkipReason.TOO_LARGE, len(large) + 1),
        SourceItem("box:3", TWO),
    ]


def test_a_mailbox_is_never_whole_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "box"
    with path.open("wb") as file:
        for _turn in range(40):
            file.write(FROM + b"Subject: x\n\n" + (b"x" * 999 + b"\n") * 1_000 + b"\n")
    tracemalloc.start()
    count = sum(1 for _item in read_paths([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 40
    assert peak < 8_000_000 < path.stat().st_size


def test_files_mailboxes_and_folders_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(FROM + ONE)
    (tmp_path / "box").write_bytes(FROM + ONE + b"\n" + FROM + TWO)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "2.eml").write_bytes(TWO)
    (folder / "1.eml").write_bytes(ONE)
    found = read_paths([tmp_path / "a.eml", tmp_path / "box", folder])
    assert raws(found) == [FROM + ONE, ONE, TWO, ONE, TWO]


def test_a_pipe_is_one_message_whatever_stands_in_it() -> None:
    forged = ONE + b"\n" + FROM + TWO
    assert raws(read_stdin(io.BytesIO(FROM + forged))) == [FROM + forged]
    assert raws(read_stdin(io.BytesIO(FROM + forged), mbox=True)) == [ONE, TWO]


def test_a_pipe_above_the_limit_is_named_with_its_size() -> None:
    assert list(read_stdin(io.BytesIO(b"x" * 5_000), Limits(size=10))) == [
        Skipped("-", SkipReason.TOO_LARGE, 5_000)
    ]


def _maildir(path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (path / name).mkdir(parents=True)
    (path / "cur" / "1700000000.M1P1.host:2,S").write_bytes(ONE)
    (path / "new" / "1700000009.M1P2.host").write_bytes(TWO)
    return path


def test_a_maildir_gives_new_and_seen_messages_with_their_time_of_delivery(tmp_path: Path) -> None:
    box = _maildir(tmp_path / "box")
    (box / "cur" / "1700000001.M1P1.host:2,ST").write_bytes(b"trashed")
    found = [one for one in read_paths([box]) if isinstance(one, SourceItem)]
    assert [(one.raw, one.received_at) for one in found] == [(ONE, 1_700_000_000), (TWO, 1_700_000_009)]


def test_a_message_that_is_read_by_another_program_meanwhile_is_followed(tmp_path: Path) -> None:
    box = _maildir(tmp_path / "box")
    found = read_paths([box])
    next(found)
    os.rename(box / "new" / "1700000009.M1P2.host", box / "cur" / "1700000009.M1P2.host:2,S")
    assert raws(found) == [TWO]


def test_a_maildir_that_vanishes_is_said_so_message_by_message(tmp_path: Path) -> None:
    box = _maildir(tmp_path / "box")
    found = read_paths([box])
    next(found)
    for path in (*(box / "new").iterdir(), *(box / "cur").iterdir()):
        path.unlink()
    for folder in (*box.iterdir(), box):
        folder.rmdir()
    assert [one.reason for one in found if isinstance(one, Skipped)] == [SkipReason.VANISHED]


def test_a_large_message_of_a_maildir_is_not_loaded(tmp_path: Path) -> None:
    box = _maildir(tmp_path / "box")
    found = list(maildir.read_maildir(box, Limits(size=19)))
    assert [type(one) for one in found] == [Skipped, Skipped]


def test_a_path_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(OuvidoriaError, match="MAIL_SOURCE_NOT_FOUND"):
        list(read_paths([tmp_path / "none"]))


def test_no_path_is_not_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.eml").write_bytes(ONE)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OuvidoriaError, match="MAIL_SOURCE_NOT_FOUND"):
        list(read_paths([""]))


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "passwords").write_bytes(b"root:x:0:0\n")
    with pytest.raises(OuvidoriaError, match="MAIL_SOURCE_UNREADABLE"):
        list(read_paths([tmp_path / "passwords"], folders=True))


def test_a_folder_without_mail_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(OuvidoriaError, match="MAIL_SOURCE_EMPTY"):
        list(read_paths([tmp_path]))


def test_a_path_that_cannot_be_read_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_args: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(sources, "_one", deny)
    path = tmp_path / "a.eml"
    path.write_bytes(ONE)
    with pytest.raises(OuvidoriaError, match="MAIL_SOURCE_UNREADABLE"):
        list(read_paths([path]))
