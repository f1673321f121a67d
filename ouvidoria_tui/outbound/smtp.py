"""SMTP: one verified connection for a run of letters; what the server said about each of them."""

from __future__ import annotations

import smtplib
import ssl
from typing import Self

from ouvidoria_tui.domain.mail_settings import MailSettings, Security
from ouvidoria_tui.domain.outbox import said_by_server
from ouvidoria_tui.outbound.blocked import login_refused, sender_refused, unreachable, unverified
from ouvidoria_tui.outbound.message import Envelope
from ouvidoria_tui.outbound.road import Deferred, Rejected

#: Seconds that a server may be silent.
TIMEOUT = 60.0


class SmtpCarrier:
    """Carries letters to the server of the settings; connects when the first letter is there."""

    def __init__(self, settings: MailSettings, password: str, *, timeout: float = TIMEOUT) -> None:
        self.settings = settings
        self.timeout = timeout
        self._password = password
        self._client: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                client.quit()
            except (OSError, smtplib.SMTPException):
                client.close()

    def carry(self, envelope: Envelope) -> None:
        """Nothing, once the server has taken the letter; raises ``Rejected``, ``Deferred``, ``Blocked``."""
        client = self.connect()
        try:
            client.sendmail(envelope.sender, [envelope.recipient], envelope.data)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            self._refused(code, words)
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code < 500:
                self._refused(error.smtp_code, error.smtp_error)
            raise sender_refused(self._said(error)) from error
        except smtplib.SMTPResponseException as error:
            self._refused(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise Deferred(self._said(error)) from error

    def connect(self) -> smtplib.SMTP:
        """The connection, open and known to the server; raises ``Blocked``."""
        if self._client is not None:
            return self._client
        try:
            self._client = self._open()
        except ssl.SSLCertVerificationError as error:
            raise unverified(self._said(error)) from error
        except smtplib.SMTPAuthenticationError as error:
            raise login_refused(self._said(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise unreachable(self._said(error)) from error
        return self._client

    def _open(self) -> smtplib.SMTP:
        settings, context = self.settings, ssl.create_default_context()
        client: smtplib.SMTP
        if settings.security == Security.TLS:
            client = smtplib.SMTP_SSL(settings.host, settings.port, timeout=self.timeout, context=context)
        else:
            client = smtplib.SMTP(settings.host, settings.port, timeout=self.timeout)
        try:
            if settings.security == Security.STARTTLS:
                client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
            if settings.user:
                client.login(settings.user, self._password)
        except BaseException:
            client.close()
            raise
        return client

    def _refused(self, code: int, words: bytes | str) -> None:
        said = self._said(f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}")
        if code == 421:
            self._drop()  # "closing transmission channel": the next letter needs another connection
        raise Rejected(said) if 500 <= code <= 599 else Deferred(said)

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _said(self, what: object) -> str:
        if isinstance(what, smtplib.SMTPResponseException):
            words = what.smtp_error
            text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
            what = f"{what.smtp_code} {text}"
        return said_by_server(str(what) or type(what).__name__, secret=self._password)
