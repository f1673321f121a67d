"""The password of a mail server: from the environment or a file that only its owner reads; shown nowhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

VARIABLE: Final = "OUVIDORIA_IMAP_PASSWORD"
_LONGEST: Final = 4096


class Secret:
    """A password that no ``repr``, log or traceback of this program shows; ``reveal`` gives it to the server."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "Secret(…)"

    def reveal(self) -> str:
        """The password itself."""
        return self._value


def password(
    environ: Mapping[str, str], path: str | Path | None = None, *, variable: str = VARIABLE
) -> Secret:
    """The password in the file at ``path`` (its first line), else in ``variable``.

    Raises ``UsageError``: ``IMAP_PASSWORD_MISSING``, ``MAIL_PASSWORD_EXPOSED`` (others may read the file),
    ``MAIL_PASSWORD_UNUSABLE`` (it could not be sent).
    """
    value = environ.get(variable, "") if path is None else _first_line(Path(path))
    if not value:
        raise UsageError(
            "IMAP_PASSWORD_MISSING",
            N_("there is no password for the mail server"),
            N_("set {variable}, or name a file of mode 0600 that holds it", variable=variable),
        )
    if len(value) > _LONGEST or any(ord(letter) < 32 for letter in value):
        raise UsageError(
            "MAIL_PASSWORD_UNUSABLE",
            N_("the password for the mail server has line ends or controls in it, or is far too long"),
            N_("write the password alone on the first line"),
        )
    return Secret(value)


def _first_line(path: Path) -> str:
    try:
        with path.open("rb") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise UsageError(
                    "MAIL_PASSWORD_EXPOSED",
                    N_("others may read the password in {file}", file=str(path)),
                    N_("make it yours alone: chmod 600"),
                )
            raw = file.readline(_LONGEST + 2)
        return raw.decode("utf-8").rstrip("\r\n")
    except (OSError, ValueError):
        raise UsageError(
            "IMAP_PASSWORD_MISSING",
            N_("the file of the password cannot be read: {file}", file=str(path)),
            N_("set {variable}, or name a file of mode 0600 that holds it", variable=VARIABLE),
        ) from None
