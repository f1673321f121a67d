"""Where an export goes: stdout, or a file that is there as a whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from ouvidoria_tui.cli.output import piped
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals

#: A disk with no room, a quota, a limit of the process.
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def binary_out(given: Globals, out: str | None) -> Iterator[BinaryIO]:
    """The open file of ``--out``, or stdout where it is none; a terminal is refused (``BINARY_TO_TERMINAL``)."""
    if out is not None and out != "-":
        with private(Path(out), given.path) as file:
            yield file
        return
    check_no_terminal(given, out)
    with piped():
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


def check_no_terminal(given: Globals, out: str | None) -> None:
    """Refuses what no terminal can show."""
    if (out is None or out == "-") and given.terminal:
        raise UsageError(
            "BINARY_TO_TERMINAL",
            N_("this format is for a file, not for a terminal"),
            N_("name a file with --out, or send it into a pipe"),
        )


@contextmanager
def private_text(path: Path, store: Path) -> Iterator[io.TextIOWrapper]:
    """:func:`private` for text, in UTF-8 with line ends as they are written."""
    with private(path, store) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        yield text
        text.flush()
        text.detach()


@contextmanager
def private(path: Path, store: Path) -> Iterator[BinaryIO]:
    """A file for its owner only (0600), there as a whole or not at all; an older one of that name is replaced.

    A pipe or a device is written as it is. Raises ``UsageError`` ``OUT_UNWRITABLE``; ``OUT_IS_THE_STORE``,
    because that file is the desk.
    """
    if path.exists() and store.exists() and path.samefile(store):
        raise UsageError(
            "OUT_IS_THE_STORE",
            N_("{path} is the store itself", path=str(path)),
            N_("name another file with --out"),
        )
    if path.exists() and not path.is_file() and not path.is_dir():
        with _room(path), path.open("wb") as file:
            yield file
        return
    path = path.resolve()
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.is_dir():
            raise IsADirectoryError(21, os.strerror(21))
        number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UsageError(
            "OUT_UNWRITABLE",
            N_("{path} cannot be written: {reason}", path=str(path), reason=error.strerror or ""),
            N_("name a file in a folder of your own"),
        ) from None
    try:
        with _room(path), os.fdopen(number, "wb") as file:
            yield file
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@contextmanager
def _room(path: Path) -> Iterator[None]:
    """Says of a disk that fills which file it was."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise UsageError(
            "OUT_UNWRITABLE",
            N_("{path} cannot be written: {reason}", path=str(path), reason=error.strerror or ""),
            N_("make room and repeat the command"),
        ) from None
