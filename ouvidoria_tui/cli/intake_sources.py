"""Where `ouvidoria intake` finds messages, as items for the desk; what is passed over is told."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.intake_run import Passed, Round, Source
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.mail_hooks import Item
    from ouvidoria_tui.intake.mail.imap import ImapBatch
    from ouvidoria_tui.intake.mail.imap_server import ImapServer
    from ouvidoria_tui.intake.mail.limits import Limits
    from ouvidoria_tui.intake.mail.source_item import Skipped, SourceItem

#: A message that is larger than the policy wants is read all the same and kept in quarantine, up to this size.
READ_BYTES = 100 * 1024 * 1024


def from_paths(paths: Sequence[str], *, folders: bool = False) -> Source:
    """The messages in files, mailboxes and folders; with ``folders`` in these only."""

    def rounds(_desk: Desk, passed: Passed) -> Iterator[Round]:
        from ouvidoria_tui.intake.mail.sources import read_paths

        yield Round(_kept(read_paths(paths, _limits(), folders=folders), passed))

    return rounds


def from_stdin() -> Source:
    """The message in the standard input; ``Refused`` ``MAIL_TOO_LARGE`` where it cannot be kept at all."""

    def refuse(skipped: Skipped) -> None:
        raise Refused(
            "MAIL_TOO_LARGE",
            N_("the message has {size} bytes, {limit} are allowed", size=skipped.size, limit=READ_BYTES),
            N_("ask the sender for it in parts"),
        )

    def rounds(_desk: Desk, _passed: Passed) -> Iterator[Round]:
        from ouvidoria_tui.intake.mail.sources import read_stdin

        yield Round(_kept(read_stdin(sys.stdin.buffer, _limits()), refuse))

    return rounds


def from_imap(server: ImapServer) -> Source:
    """The messages in a folder of a server; a batch is settled there, and the place kept, once it is kept here."""

    def rounds(desk: Desk, passed: Passed) -> Iterator[Round]:
        from ouvidoria_tui.intake.mail.imap import ImapMailbox, ImapState

        def settle(batch: ImapBatch) -> None:
            mailbox.settle(batch)
            with desk.store.transaction():
                desk.store.mails.put_position(server.place, batch.state.uid_validity, batch.state.last_uid)

        state = ImapState(*desk.store.mails.position(server.place))
        with ImapMailbox(server, _limits()) as mailbox:
            for batch in mailbox.batches(state):
                yield Round(_kept(batch.items, passed), partial(settle, batch))

    return rounds


def _limits() -> Limits:
    from ouvidoria_tui.intake.mail.limits import LIMITS

    return replace(LIMITS, size=READ_BYTES)


def _kept(found: Iterable[SourceItem | Skipped], passed: Passed) -> Iterator[Item]:
    from ouvidoria_tui.intake.mail.source_item import Skipped

    for one in found:
        if isinstance(one, Skipped):
            passed(one)
        else:
            yield one
