"""Why no letter can leave by a road, each with what a person has to do about it."""

from __future__ import annotations

from ouvidoria_tui.errors import Refused
from ouvidoria_tui.outbound.road import Blocked
from ouvidoria_tui.text import N_, Text


def unreachable(words: str) -> Blocked:
    """The server is not there, or does not speak as the settings say."""
    return _blocked(
        words,
        "MAIL_SERVER_UNREACHABLE",
        N_("the mail server does not answer as it should: {reason}", reason=words),
        N_("`ouvidoria outbox settings` shows host, port and security; `ouvidoria doctor --mail` tries them"),
    )


def login_refused(words: str) -> Blocked:
    """The server does not know the user, or not with this password."""
    return _blocked(
        words,
        "MAIL_LOGIN_REFUSED",
        N_("the mail server refuses the user: {reason}", reason=words),
        N_("check the user, and the password in OUVIDORIA_SMTP_PASSWORD or its file"),
    )


def unverified(words: str) -> Blocked:
    """Whoever answers cannot prove to be the server of that name."""
    return _blocked(
        words,
        "MAIL_TLS_UNVERIFIED",
        N_("the mail server's certificate cannot be verified: {reason}", reason=words),
        N_("use the name that the certificate has; a private authority is named by SSL_CERT_FILE"),
    )


def sender_refused(words: str) -> Blocked:
    """The server does not let the desk write under its own address."""
    return _blocked(
        words,
        "MAIL_SENDER_REFUSED",
        N_("the mail server refuses the desk's own address: {reason}", reason=words),
        N_("check the address with `ouvidoria outbox settings`, or the user's rights on the server"),
    )


def program_missing(words: str) -> Blocked:
    """The program that should take the letters cannot be run."""
    return _blocked(
        words,
        "SENDMAIL_MISSING",
        N_("the program that sends mail cannot be run: {reason}", reason=words),
        N_("give its path with `ouvidoria outbox settings --sendmail PATH`"),
    )


def _blocked(words: str, code: str, message: Text, hint: Text) -> Blocked:
    return Blocked(words, Refused(code, message, hint))
