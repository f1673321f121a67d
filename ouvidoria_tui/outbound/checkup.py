"""Can mail leave from here: the password, and on request the server itself, which is greeted and sent nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ouvidoria_tui.domain.checkup import Check, Health
from ouvidoria_tui.domain.mail_settings import MailSettings, Road
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.outbound.password import password
from ouvidoria_tui.outbound.road import Blocked
from ouvidoria_tui.outbound.smtp import SmtpCarrier
from ouvidoria_tui.text import N_

#: Seconds that a server may be silent while somebody waits for the answer.
_PATIENCE = 10.0


def road_checks(settings: MailSettings, *, reach: bool) -> Iterator[Check]:
    """Nothing where no mail leaves; else the program or the password, and with ``reach`` the server."""
    if not settings.ready or settings.demo:
        return
    if settings.road == Road.SENDMAIL:
        yield _program(settings.sendmail)
        return
    try:
        secret = password(settings)
    except Refused as error:
        yield Check("mail password", Health.PROBLEM, error.message, error.hint)
        return
    if settings.user:
        yield Check("mail password", Health.OK, N_("there is one"))
    if reach:
        yield _server(settings, secret)


def _program(path: str) -> Check:
    if os.path.isfile(path) and os.access(path, os.X_OK):
        return Check("mail program", Health.OK, N_("{path} can be run", path=path))
    return Check(
        "mail program",
        Health.PROBLEM,
        N_("{path} is no program that can be run", path=path),
        N_("give its path with `ouvidoria outbox settings --sendmail PATH`"),
    )


def _server(settings: MailSettings, secret: str) -> Check:
    try:
        with SmtpCarrier(settings, secret, timeout=_PATIENCE) as carrier:
            carrier.connect()
    except Blocked as error:
        return Check("mail server", Health.PROBLEM, error.refusal.message, error.refusal.hint)
    return Check("mail server", Health.OK, N_("{host} answers", host=settings.host))
