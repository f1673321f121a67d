"""Is outgoing mail well: the settings, what waits, and what a person has to look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ouvidoria_tui.domain.checkup import Check, Health
from ouvidoria_tui.domain.mail_settings import MailSettings
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.store.connection import connect, explained
from ouvidoria_tui.store.outbox import mail_settings, waiting
from ouvidoria_tui.text import N_, NN_

#: Seconds after which a letter that waits means that nobody sends.
_LATE = 3600


def mail_checks(conn: sqlite3.Connection, now: int) -> Iterator[Check]:
    """Whether mail is set, and how the outbox stands."""
    settings = mail_settings(conn)
    if settings.demo:
        yield Check("mail", Health.OK, N_("a sample desk: its letters are held and never leave"))
        return
    if not settings.ready:
        hint = N_("give them with `ouvidoria outbox settings --from ADDRESS --host SERVER`")
        yield Check("mail", Health.OK, N_("no settings: answers are kept and not sent by mail"), hint)
    else:
        road = settings.sendmail if settings.road == "sendmail" else f"{settings.host}:{settings.port}"
        yield Check("mail", Health.OK, N_("{address} by {road}", address=settings.from_address, road=road))
    count, since, lost = waiting(conn)
    if lost:
        yield Check(
            "outbox",
            Health.WARNING,
            NN_(
                "{count} letter did not reach its customer",
                "{count} letters did not reach their customers",
                lost,
            ),
            N_("`ouvidoria outbox list` says why; `ouvidoria outbox retry` or `cancel` ends the matter"),
        )
    elif since is not None and now - since > _LATE:
        yield Check(
            "outbox",
            Health.WARNING,
            NN_(
                "{count} letter waits, for more than an hour",
                "{count} letters wait, for more than an hour",
                count,
            ),
            N_("let cron run `ouvidoria --quiet outbox send` every minute"),
        )
    else:
        yield Check("outbox", Health.OK, NN_("{count} letter waits", "{count} letters wait", count))


def settings_at(path: Path) -> MailSettings:
    """The mail settings of the store at ``path``; not ``ready`` where it cannot be read."""
    try:
        with explained(path), closing(connect(path, read_only=True)) as conn:
            return mail_settings(conn)
    except OuvidoriaError:
        return MailSettings()
