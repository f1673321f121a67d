"""Messages one after the other from files, folders, mailboxes and standard input; never a whole mailbox in memory.

A message larger than the limit is passed over and reported with its size; one that went away, or that may not
be read, is reported, too. The rest is taken all the same.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ouvidoria_tui.errors import NotFound, UsageError
from ouvidoria_tui.intake.mail.limits import LIMITS, Limits
from ouvidoria_tui.intake.mail.maildir import is_maildir, read_maildir
from ouvidoria_tui.intake.mail.mbox import is_mbox, read_mbox
from ouvidoria_tui.intake.mail.source_item import Skipped, SkipReason, SourceItem
from ouvidoria_tui.text import N_

__all__ = ["Skipped", "SkipReason", "SourceItem", "read_paths", "read_stdin"]
_SUFFIXES = (".eml", ".txt", ".msg822")
_PIECE = 256 * 1024


def read_paths(
    paths: Iterable[str | Path], limits: Limits = LIMITS, *, folders: bool = False
) -> Iterator[SourceItem | Skipped]:
    """The messages in files, mbox files, Maildirs and folders of ``.eml`` files, in the order of ``paths``.

    A file is an mbox if it begins with a ``From `` line and is not named ``.eml``; with ``folders`` none is wanted.
    Raises ``NotFound`` (``MAIL_SOURCE_NOT_FOUND``) and ``UsageError`` (``MAIL_SOURCE_UNREADABLE
    MAIL_SOURCE_EMPTY``) for a path itself.
    """
    for path in paths:
        if not str(path):
            raise _not_there("''")  # pathlib takes it for the folder one stands in
        if folders and os.path.exists(path) and not os.path.isdir(path):
            raise _not_readable(path, errno.ENOTDIR)
        yield from _read_path(Path(path), limits)


def read_stdin(
    stream: BinaryIO, limits: Limits = LIMITS, *, mbox: bool = False
) -> Iterator[SourceItem | Skipped]:
    """The one message in ``stream``, as a mail alias pipes it; a whole mailbox only where ``mbox`` says so.

    Never by the look of it: a line ``From …`` in the middle would let its writer forge a second message.
    """
    if mbox:
        yield from read_mbox(stream, "-", limits)
    else:
        yield _one(stream, "-", limits)


def _read_path(path: Path, limits: Limits) -> Iterator[SourceItem | Skipped]:
    try:
        if path.is_dir():
            yield from _read_folder(path, limits)
            return
        with path.open("rb") as file:
            if (
                path.suffix.lower() != ".eml"
                and stat.S_ISREG(os.fstat(file.fileno()).st_mode)
                and is_mbox(file)
            ):
                yield from read_mbox(file, str(path), limits)
            else:
                yield _one(file, str(path), limits)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise _not_there(path) from None
    except OSError as error:
        raise _not_readable(path, error.errno or 0) from None


def _not_there(path: str | Path) -> NotFound:
    return NotFound(
        "MAIL_SOURCE_NOT_FOUND",
        N_("there is no file or folder {path}", path=str(path)),
        N_("check the path"),
    )


def _not_readable(path: str | Path, number: int) -> UsageError:
    return UsageError(
        "MAIL_SOURCE_UNREADABLE",
        N_("{path} cannot be read: {reason}", path=str(path), reason=os.strerror(number)),
        N_("check who may read it"),
    )


def _read_folder(path: Path, limits: Limits) -> Iterator[SourceItem | Skipped]:
    if is_maildir(path):
        yield from read_maildir(path, limits)
        return
    names = sorted(name for name in os.listdir(path) if name.lower().endswith(_SUFFIXES))
    if not names:
        raise UsageError(
            "MAIL_SOURCE_EMPTY",
            N_("{path} is no Maildir and holds no .eml file", path=str(path)),
            N_("name a Maildir (with new and cur in it), an mbox file or .eml files"),
        )
    for name in names:
        yield read_file(path / name, limits)


def read_file(path: Path, limits: Limits) -> SourceItem | Skipped:
    """The message that is the file ``path``; one that cannot be read is skipped with the reason."""
    try:
        with path.open("rb") as file:
            return _one(file, str(path), limits)
    except FileNotFoundError:
        return Skipped(str(path), SkipReason.VANISHED)
    except OSError:
        return Skipped(str(path), SkipReason.UNREADABLE)


def _one(stream: BinaryIO, label: str, limits: Limits) -> SourceItem | Skipped:
    raw = bytearray()
    size = 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size <= limits.size:
            raw += piece
        else:
            raw.clear()
    return Skipped(label, SkipReason.TOO_LARGE, size) if size > limits.size else SourceItem(label, bytes(raw))
