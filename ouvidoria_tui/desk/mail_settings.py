"""Changing how mail leaves the desk: an act of the desk as a whole, which says what changed and no value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.mail_settings import SETTINGS, MailSettings, checked
from ouvidoria_tui.domain.permission import Verb


def change_mail(desk: Desk, wanted: Mapping[str, Any]) -> tuple[MailSettings, bool]:
    """The settings with the ``wanted`` values, and whether anything changed; an empty ``road`` ends queueing.

    Raises ``NotAllowed``; ``UsageError`` ``BAD_MAIL_SETTING``.
    """
    desk.allow(Verb.REGISTER)
    with desk.store.transaction():
        before = desk.store.outbox.settings()
        after = replace(before, **wanted)
        if after == before:
            return before, False
        if wanted.get("road") != "":
            checked(after)
        desk.store.outbox.put_settings(after)
        changed = [name for name in SETTINGS if getattr(before, name) != getattr(after, name)]
        record_desk_act(desk, Act.REGISTER_CHANGED, {"register": "mail", "change": ", ".join(changed)})
    return after, True
