"""`ouvidoria intake explain` and `raw`: why a message went where it went, and its bytes as they came."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.output import choose, emit, piped
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.mail_decision import Step
    from ouvidoria_tui.domain.mail_record import KeptMail


def print_explained(given: Globals, fmt: str | None, message_id: str) -> int:
    """Prints every message that came under ``message_id`` (or the number of one) with the steps considered."""
    from ouvidoria_tui.present.columns import machine_columns
    from ouvidoria_tui.present.record_mail import KEYS, mail_record
    from ouvidoria_tui.report.mail import connection, protocol_of, under

    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        conn, zone = connection(desk.store), desk.policy.policy.zone
        found = [(_shown(desk, mail), protocol_of(conn, mail.ticket)) for mail in under(conn, message_id)]
    if chosen == "table":
        _print(given, found, zone)
    else:
        emit(given, chosen, [mail_record(mail, ref, zone) for mail, ref in found], machine_columns(KEYS))
    return 0


def write_raw(given: Globals, message_id: str, reason: str | None) -> int:
    """Writes the bytes of a message to stdout as they came.

    ``UsageError`` ``MAIL_SEVERAL`` where several messages share the id; ``NotAllowed``
    and ``Refused`` ``IDENTITY_ACCESS_NEEDS_REASON``: the bytes say who wrote them.
    """
    from ouvidoria_tui.desk.identity import identity
    from ouvidoria_tui.report.mail import connection, under
    from ouvidoria_tui.report.reading import blob

    with given.desk(read_only=reason is None) as desk:
        conn = connection(desk.store)
        found = under(conn, message_id)
        if len(found) > 1:
            raise UsageError(
                "MAIL_SEVERAL",
                N_("{count} messages have this Message-ID", count=len(found)),
                N_("name one by its number: {numbers}", numbers=", ".join(str(mail.id) for mail in found)),
            )
        if found[0].ticket is not None:
            ticket = desk.store.get(found[0].ticket)
            if ticket.confidential:
                identity(desk, ticket.protocol, reason)
        raw = blob(conn, found[0].raw_sha256)
    with piped():
        given.out.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    return 0


def _shown(desk: Desk, mail: KeptMail) -> KeptMail:
    """The message without persons where its ticket is confidential, and without words to whom they are."""
    from ouvidoria_tui.domain.reading import may_open

    ticket = None if mail.ticket is None else desk.store.get(mail.ticket)
    if ticket is None or not ticket.confidential:
        return replace(mail, steps=tuple(_without_kept(desk, step) for step in mail.steps))
    subject = mail.subject if may_open(desk.agent, ticket) else ""
    return replace(mail, sender="", sender_name="", recipients=(), subject=subject)


def _without_kept(desk: Desk, step: Step) -> Step:
    """A step without the confidential tickets that it considered: whose they are is told by the sender beside it."""
    shown = (one for one in step.tickets if not desk.store.find(one).confidential)
    return replace(step, tickets=tuple(shown))


def _print(given: Globals, found: list[tuple[KeptMail, str | None]], zone: str) -> None:
    from ouvidoria_tui.present.record_mail import mail_facts, step_columns, steps_record
    from ouvidoria_tui.present.safe import one_line

    with piped():
        for place, (mail, protocol) in enumerate(found):
            if place:
                given.out.write("\n")
            facts = list(mail_facts(mail, protocol, zone))
            width = max(len(name) for name, _value in facts)
            for name, value in facts:
                given.out.write(f"{name:<{width}}  {one_line(value, 2_000)}\n")
            given.out.write("\n")
            emit(given, "table", steps_record(mail), step_columns())
