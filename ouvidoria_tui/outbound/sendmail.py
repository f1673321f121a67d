"""sendmail, or whatever program answers to its name on this machine: one run a letter, without a shell."""

from __future__ import annotations

import os
import subprocess
from typing import Final, Self

from ouvidoria_tui.domain.mail_settings import MailSettings, is_address
from ouvidoria_tui.domain.outbox import Trouble, said_by_server
from ouvidoria_tui.outbound.blocked import program_missing
from ouvidoria_tui.outbound.message import Envelope
from ouvidoria_tui.outbound.password import VARIABLE
from ouvidoria_tui.outbound.road import Deferred, Rejected

TIMEOUT = 60.0
#: Exit codes of <sysexits.h> that waiting does not change: bad data, no such user, no such host, unavailable, refused.
_PERMANENT: Final = frozenset({65, 67, 68, 69, 77})


class SendmailCarrier:
    """Carries letters by the program of the settings."""

    def __init__(self, settings: MailSettings, *, timeout: float = TIMEOUT) -> None:
        self.program = settings.sendmail
        self.timeout = timeout

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        return None

    def carry(self, envelope: Envelope) -> None:
        """Nothing, once the program has taken the letter; raises ``Rejected``, ``Deferred``, ``Blocked``."""
        if not (is_address(envelope.sender) and is_address(envelope.recipient)):
            raise Rejected(Trouble.NOT_AN_ADDRESS)
        # The recipient stands behind "--" and not in -t's headers, so that nothing in the message adds one;
        # -i: a line with a single dot is text.
        call = [self.program, "-i", "-f", envelope.sender, "--", envelope.recipient]
        environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
        try:
            done = subprocess.run(
                call,
                input=envelope.data.replace(b"\r\n", b"\n"),
                capture_output=True,
                timeout=self.timeout,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Deferred(Trouble.NO_ANSWER) from error
        except OSError as error:
            raise program_missing(said_by_server(f"{self.program}: {error.strerror}")) from error
        if done.returncode:
            said = (done.stderr or done.stdout).decode("utf-8", "replace")
            words = said_by_server(f"{done.returncode} {said}")
            raise Rejected(words) if done.returncode in _PERMANENT else Deferred(words)
