"""The mail server's password: from the environment, or a file that only its owner can read. Kept nowhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from typing import Final

from ouvidoria_tui.domain.mail_settings import MailSettings
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_, Text

VARIABLE: Final = "OUVIDORIA_SMTP_PASSWORD"
_LONGEST: Final = 4096


def password(settings: MailSettings, environ: Mapping[str, str] = os.environ) -> str:
    """The password; empty where the settings name no user.

    Raises ``Refused`` ``MAIL_PASSWORD_MISSING``, ``MAIL_PASSWORD_READABLE``; neither says anything of what it is.
    """
    if not settings.user:
        return ""
    given = environ.get(VARIABLE)
    if given:
        return given
    if not settings.password_file:
        raise _missing(N_("there is no password for the mail server"))
    return _from_file(settings.password_file)


def _from_file(path: str) -> str:
    try:
        with open(path, "rb") as file:
            # Of the file that was opened, not of what its name leads to a moment later.
            mode = os.fstat(file.fileno())
            if not stat.S_ISREG(mode.st_mode) or mode.st_mode & 0o077 or mode.st_uid not in (os.getuid(), 0):
                raise Refused(
                    "MAIL_PASSWORD_READABLE",
                    N_("others may read or have made {path}: its password is not used", path=path),
                    N_("make it yours alone: chmod 600 {path}", path=path),
                )
            line = file.read(_LONGEST).split(b"\n", 1)[0].rstrip(b"\r")
    except OSError as error:
        raise _missing(
            N_("{path} cannot be read: {reason}", path=path, reason=error.strerror or "")
        ) from error
    try:
        found = line.decode("utf-8")
    except UnicodeDecodeError:
        # Not "from error": the exception holds the bytes.
        raise _missing(N_("the first line of {path} is no UTF-8 text", path=path)) from None
    if not found:
        raise _missing(N_("the first line of {path} is empty", path=path))
    return found


def _missing(message: Text) -> Refused:
    return Refused(
        "MAIL_PASSWORD_MISSING",
        message,
        N_("set OUVIDORIA_SMTP_PASSWORD, or name a file of mode 600 with --password-file"),
    )
