"""Files from outside put on this machine: new ones only, for their owner alone, opened only from a private copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

from ouvidoria_tui.domain.file_kind import kind_of, runs
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.present.file_names import numbered, safe_name
from ouvidoria_tui.text import N_

_PREFIX: Final = "ouvidoria-open-"
#: Private copies that are older, in seconds, are thrown away when the next one is made.
_KEPT: Final = 86_400
_MOST: Final = 1000


def save_file(path: Path, data: bytes) -> None:
    """Writes a new file for its owner only; ``Refused`` ``FILE_NOT_SAVED`` where there is one or it cannot be."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused(
            "FILE_NOT_SAVED",
            N_("the file was not saved as {path}: {reason}", path=str(path)[:200], reason=reason),
            N_("give another name or folder"),
        ) from error


def save_into(folder: Path, name: str, data: bytes, otherwise: str = "file") -> Path:
    """Where a file of that name was saved in ``folder``: as ``fatura (2).pdf`` where there is one already.

    The name may be anything. Raises ``NotFound`` ``NO_SUCH_FOLDER``, ``Refused`` ``FILE_NOT_SAVED``.
    """
    if not folder.is_dir():
        raise NotFound(
            "NO_SUCH_FOLDER",
            N_("there is no folder {path}", path=str(folder)[:200]),
            N_("make it first, or name another one with --to"),
        )
    safe = safe_name(name, otherwise)
    for number in range(1, _MOST):
        path = folder / (safe if number == 1 else numbered(safe, number))
        if not os.path.lexists(path):
            try:
                save_file(path, data)
            except Refused as error:
                if isinstance(error.__cause__, FileExistsError):
                    continue  # somebody was quicker
                raise
            return path
    raise Refused(
        "FILE_NOT_SAVED",
        N_("the file was not saved as {path}: {reason}", path=str(folder / safe)[:200], reason="EEXIST"),
        N_("give another name or folder"),
    )


def check_opens(name: str, data: bytes) -> None:
    """Nothing, where a file may be opened; ``Refused`` ``FILE_WOULD_RUN`` for a program, whatever it is called."""
    if runs(name, kind_of(data)):
        raise Refused(
            "FILE_WOULD_RUN",
            N_("{name} is a program or would start one; it is not opened", name=name[:100]),
            N_("save it with --save and have it looked at by who cares for security"),
        )


def open_copy(name: str, data: bytes, otherwise: str = "file") -> Path:
    """Opens a private copy with the desktop's own program; gives where the copy lies.

    The copy is in a folder that only its owner may enter and is thrown away a day later. Raises ``Refused``
    ``FILE_WOULD_RUN``, ``NO_OPENER``, ``FILE_NOT_SAVED``.
    """
    check_opens(name, data)
    opener = shutil.which("xdg-open") or shutil.which("open")
    if opener is None:
        raise Refused(
            "NO_OPENER",
            N_("this machine has no xdg-open, which knows the program for a file"),
            N_("save the file with --save and open it yourself"),
        )
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    base = base if base.is_dir() else Path(tempfile.gettempdir())
    _throw_old_away(base)
    path = save_into(Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base)), name, data, otherwise)
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen([opener, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as error:
        raise Refused(
            "NO_OPENER",
            N_("this machine has no xdg-open, which knows the program for a file"),
            N_("save the file with --save and open it yourself"),
        ) from error
    return path


def _throw_old_away(base: Path) -> None:
    for folder in base.glob(f"{_PREFIX}*"):
        try:
            known = folder.lstat()
            ours = known.st_uid == os.getuid() and not folder.is_symlink()
            if ours and known.st_mtime < time.time() - _KEPT:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue
