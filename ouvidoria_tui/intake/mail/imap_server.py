"""How to reach a folder on an IMAP server, and what to do there with a message that was taken."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.intake.mail.credentials import Secret
from ouvidoria_tui.text import N_


class Security(StrEnum):
    """TLS from the first byte, TLS after a word in the clear (STARTTLS), or none."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Which(StrEnum):
    """Messages nobody has opened, or all that came after the last one taken."""

    UNSEEN = "unseen"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class ImapServer:
    """A folder on a server.

    ``ca_file`` holds the certificates to trust instead of the system's. ``move_to`` is where messages go once
    they were taken (else they are flagged as seen). ``timeout`` is in seconds of silence, ``batch`` a number of
    messages, ``batch_size`` their bytes together, ``attempts`` how often one step is tried over a line that breaks.
    """

    host: str
    user: str
    password: Secret
    port: int = 993
    security: Security = Security.TLS
    folder: str = "INBOX"
    which: Which = Which.UNSEEN
    move_to: str | None = None
    ca_file: str | None = None
    allow_plain: bool = False
    timeout: float = 60.0
    batch: int = 20
    batch_size: int = 8 * 1024 * 1024
    attempts: int = 4

    @property
    def place(self) -> str:
        """Under which name a caller remembers how far this folder was taken, in this way of taking."""
        return f"imap:{self.user}@{self.host}:{self.port}/{self.folder}#{self.which.value}"

    def __post_init__(self) -> None:
        """Raises ``UsageError`` (``IMAP_NOT_ENCRYPTED``, ``IMAP_NAME_UNUSABLE``) for what must not be tried."""
        for name in (self.host, self.user, self.folder, self.move_to or ""):
            if any(ord(letter) < 32 for letter in name):
                raise UsageError(
                    "IMAP_NAME_UNUSABLE",
                    N_("a host, user or folder of the mail server has line ends or controls in it"),
                    N_("write each name on one line"),
                )
        if self.security is Security.NONE and not self.allow_plain and not _loopback(self.host):
            raise UsageError(
                "IMAP_NOT_ENCRYPTED",
                N_("without TLS, the password and all mail would cross the network in the clear"),
                N_("use TLS or STARTTLS, or say that plain is meant"),
            )


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
