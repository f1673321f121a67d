"""How mail leaves a desk: under which address, by which road, how fast. No password is among it.

A password is read when mail is sent, from the environment or a file that only its owner can read.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Final

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_, Text

#: Hosts that are this machine: the only ones to which mail may go without encryption.
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}", re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")


class Road(StrEnum):
    """By what mail leaves."""

    SMTP = "smtp"
    SENDMAIL = "sendmail"


class Security(StrEnum):
    """How the connection to the mail server is protected. Certificates are always verified."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The settings of outgoing mail. ``road`` is empty where nothing was set: then nothing is ever queued.

    ``per_minute`` bounds all letters; ``automatic_per_hour`` and ``automatic_per_day`` those that rules write
    to one address. ``demo`` marks a sample desk: it queues, and never sends.
    """

    from_address: str = ""
    from_name: str = ""
    road: str = ""
    host: str = ""
    port: int = 587
    security: str = Security.STARTTLS.value
    user: str = ""
    password_file: str = ""
    sendmail: str = ""
    per_minute: int = 60
    automatic_per_hour: int = 1
    automatic_per_day: int = 5
    demo: bool = False

    @property
    def ready(self) -> bool:
        """Whether letters are queued at all."""
        return bool(self.road)

    @property
    def domain(self) -> str:
        """What stands behind the @ of the desk's address."""
        return self.from_address.rpartition("@")[2]

    def as_record(self) -> dict[str, object]:
        """The settings by name."""
        return asdict(self)


SETTINGS: Final = tuple(field.name for field in fields(MailSettings))


def is_address(written: str) -> bool:
    """Whether this is one plain e-mail address, which no program takes for an option and no header for two."""
    local, at, domain = written.rpartition("@")
    if not at or len(written) > 254 or written.startswith("-"):
        return False
    plain = _LOCAL.fullmatch(local) is not None and ".." not in local
    return plain and local[0] != "." and local[-1] != "." and is_host(domain)


def is_host(written: str) -> bool:
    """Whether this is the name of a host or an address of one."""
    return len(written) <= 253 and (_DOMAIN.fullmatch(written) is not None or written == "::1")


def checked(settings: MailSettings) -> MailSettings:
    """The settings, where mail could leave by them; ``UsageError`` ``BAD_MAIL_SETTING`` naming what is wrong."""
    if not is_address(settings.from_address):
        raise _bad(
            N_("{option} cannot be used", option="--from"),
            N_("give the desk's own e-mail address, like ouvidoria@example.com"),
        )
    if any(not char.isprintable() for char in settings.from_name) or len(settings.from_name) > 100:
        raise _bad(
            N_("{option} cannot be used", option="--from-name"),
            N_("give a name of up to 100 visible characters"),
        )
    if settings.road == Road.SMTP:
        _check_smtp(settings)
    elif not settings.road:
        raise _bad(
            N_("mail has no way to leave"),
            N_("give --host with the mail server, or --sendmail with a program"),
        )
    elif not settings.sendmail.startswith("/"):
        raise _bad(
            N_("{option} cannot be used", option="--sendmail"),
            N_("give the whole path of the program, like /usr/sbin/sendmail"),
        )
    for name in ("per_minute", "automatic_per_hour", "automatic_per_day"):
        if not 1 <= getattr(settings, name) <= 100_000:
            raise _bad(
                N_("{option} cannot be used", option=f"--{name.replace('_', '-')}"),
                N_("give a number from 1 to 100000"),
            )
    return settings


def _check_smtp(settings: MailSettings) -> None:
    if not is_host(settings.host):
        raise _bad(N_("{option} cannot be used", option="--host"), N_("give the name of the mail server"))
    if not 1 <= settings.port <= 65_535:
        raise _bad(
            N_("{option} cannot be used", option="--port"),
            N_("give a port from 1 to 65535; mail is sent by 587 or 465"),
        )
    if settings.security == Security.NONE and settings.host not in LOOPBACK:
        raise _bad(
            N_("{option} cannot be used", option="--security"),
            N_("only this machine's own server may be spoken to without encryption"),
        )
    if settings.security == Security.NONE and settings.user:
        raise _bad(
            N_("{option} cannot be used", option="--user"),
            N_("a password is only sent over an encrypted connection"),
        )
    if not all(char.isprintable() for char in settings.user):
        raise _bad(
            N_("{option} cannot be used", option="--user"), N_("give the name that the mail server knows")
        )
    if settings.password_file and not settings.password_file.startswith("/"):
        raise _bad(
            N_("{option} cannot be used", option="--password-file"), N_("give the whole path of the file")
        )


def _bad(message: Text, hint: Text) -> UsageError:
    return UsageError("BAD_MAIL_SETTING", message, hint)
