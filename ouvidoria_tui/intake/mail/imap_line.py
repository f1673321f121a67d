"""A connection to an IMAP server, opened, verified, logged in and in its folder; and the errors on the way."""

from __future__ import annotations

import imaplib
import ssl
from base64 import b64encode
from typing import Final

from ouvidoria_tui.errors import OuvidoriaError, UsageError
from ouvidoria_tui.intake.mail.imap_server import ImapServer, Security
from ouvidoria_tui.text import N_

#: What a line that breaks looks like; ``abort`` is imaplib's word for it.
BROKEN: Final = (imaplib.IMAP4.abort, OSError, EOFError)
_ROOM: Final = 64 * 1024


class _Bounded:
    """Refuses a literal larger than what was asked for: a server could fill the memory with one number."""

    largest: int = _ROOM

    def read(self, size: int) -> bytes:
        """Reads ``size`` bytes of the line."""
        if size > self.largest:
            raise imaplib.IMAP4.abort("the server sends more than was asked for")
        return super().read(size)  # type: ignore[misc,no-any-return]


class PlainLine(_Bounded, imaplib.IMAP4):
    """A line in the clear, or until STARTTLS."""


class TlsLine(_Bounded, imaplib.IMAP4_SSL):
    """A line with TLS from the first byte."""


Line = PlainLine | TlsLine


def open_line(server: ImapServer, largest: int) -> tuple[Line, int]:
    """A line in the server's folder, and the folder's UIDVALIDITY. ``largest`` literal in bytes.

    Raises ``BROKEN`` where trying again may help; ``UsageError`` (``IMAP_NOT_VERIFIED``, ``IMAP_LOGIN_REFUSED``,
    ``IMAP_FOLDER_MISSING``, ``IMAP_NO_STARTTLS``) where it will not.
    """
    line = _connect(server)
    line.largest = largest + _ROOM
    try:
        _log_in(line, server)
        return line, _enter(line, server)
    except BaseException:
        close_line(line)
        raise


def close_line(line: Line) -> None:
    """Says goodbye, if anybody listens."""
    try:
        line.logout()
    except (imaplib.IMAP4.error, OSError, EOFError):
        return


def refused(words: object) -> OuvidoriaError:
    """The error for a command that the server turned down. ``words`` are the server's, cut short."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return OuvidoriaError(
        "IMAP_REFUSED",
        N_("the mail server refused: {words}", words=text[:200]),
        N_("ask whoever runs the mail server"),
    )


def _connect(server: ImapServer) -> Line:
    try:
        if server.security is Security.TLS:
            return TlsLine(server.host, server.port, ssl_context=_context(server), timeout=server.timeout)
        line = PlainLine(server.host, server.port, timeout=server.timeout)
        if server.security is Security.STARTTLS:
            _start_tls(line, server)
        return line
    except ssl.SSLCertVerificationError as error:
        raise UsageError(
            "IMAP_NOT_VERIFIED",
            N_(
                "the certificate of {host} does not hold: {reason}",
                host=server.host,
                reason=error.verify_message,
            ),
            N_("name the file of the authority that signed it, if it is your own"),
        ) from None


def _start_tls(line: PlainLine, server: ImapServer) -> None:
    if "STARTTLS" not in line.capabilities:
        close_line(line)
        raise UsageError(
            "IMAP_NO_STARTTLS",
            N_("{host} offers no encryption on port {port}", host=server.host, port=server.port),
            N_("use TLS on port 993"),
        )
    line.starttls(_context(server))


def _context(server: ImapServer) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=server.ca_file)
    except (OSError, ValueError):
        raise UsageError(
            "IMAP_NO_AUTHORITY",
            N_("there are no certificates to be read in {file}", file=str(server.ca_file)),
            N_("name a file of certificates in PEM form"),
        ) from None


def _log_in(line: Line, server: ImapServer) -> None:
    """Nothing that the server says is repeated: some repeat what they were told."""
    user, secret = server.user, server.password.reveal()
    try:
        if "AUTH=PLAIN" in line.capabilities:
            line.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{secret}".encode())
        else:
            line.login(_quoted(user), secret)
    except imaplib.IMAP4.abort:
        raise imaplib.IMAP4.abort("the line broke during the login") from None
    except (imaplib.IMAP4.error, UnicodeError):
        raise UsageError(
            "IMAP_LOGIN_REFUSED",
            N_("{host} refuses the login of {user}", host=server.host, user=user),
            N_("check user and password; some providers want a password made for this program"),
        ) from None


def _enter(line: Line, server: ImapServer) -> int:
    status, _count = line.select(mailbox(server.folder))
    if status != "OK":
        raise folder_missing(server.folder)
    validity = line.response("UIDVALIDITY")[1]
    return int(validity[0]) if validity and validity[0] and validity[0].isdigit() else 0


def folder_missing(name: str) -> UsageError:
    """The error for a folder that the server does not have."""
    return UsageError(
        "IMAP_FOLDER_MISSING",
        N_("the mail server has no folder {folder}, or does not open it", folder=name),
        N_(
            "check its name as the server spells it; folders inside others are written INBOX/Name or INBOX.Name"
        ),
    )


def mailbox(name: str) -> str:
    """A folder's name as IMAP wants it: modified UTF-7 (RFC 3501, 5.1.3), in quotes."""
    out: list[str] = []
    wide = ""
    for letter in [*name, ""]:
        if letter and not " " <= letter <= "~":
            wide += letter
            continue
        if wide:
            coded = (
                b64encode(wide.encode("utf-16-be", "replace")).decode("ascii").rstrip("=").replace("/", ",")
            )
            out.append(f"&{coded}-")
            wide = ""
        out.append("&-" if letter == "&" else letter)
    return _quoted("".join(out))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
