"""Mail from an IMAP folder: small batches, a line that may break anywhere, and nothing flagged before it is kept.

The caller takes a batch, commits it, then settles it; whatever happens in between, a message comes again
rather than not at all.
"""

from __future__ import annotations

import imaplib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, TypeVar

from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.intake.mail.imap_answers import Fetched, fetched, uids
from ouvidoria_tui.intake.mail.imap_line import (
    BROKEN,
    Line,
    close_line,
    folder_missing,
    mailbox,
    open_line,
    refused,
)
from ouvidoria_tui.intake.mail.imap_server import ImapServer, Which
from ouvidoria_tui.intake.mail.limits import LIMITS, Limits
from ouvidoria_tui.intake.mail.source_item import Skipped, SkipReason, SourceItem
from ouvidoria_tui.text import N_

T = TypeVar("T")
_WINDOW: Final = 20_000  # UIDs asked for at once, so that an answer stays short
_PAUSE: Final = 2.0
_LONGEST_PAUSE: Final = 60.0


@dataclass(frozen=True, slots=True)
class ImapState:
    """How far a folder was taken, for the caller to keep: numbers of messages hold under one ``uid_validity`` only."""

    uid_validity: int = 0
    last_uid: int = 0


START: Final = ImapState()


@dataclass(frozen=True, slots=True)
class ImapBatch:
    """Messages to be kept together; ``state`` is what holds once they are. ``uids`` are those in ``items``.

    Of what is passed over, only what is new since the caller's state is among them.
    """

    items: tuple[SourceItem | Skipped, ...]
    uids: tuple[int, ...]
    state: ImapState


class _Renumbered(Exception):
    """The folder has got a new UIDVALIDITY: no number known so far means anything."""


class ImapMailbox:
    """One folder of one server. Opens its line when first needed, again when it broke; a context manager.

    Raises ``OuvidoriaError``: ``IMAP_UNREACHABLE`` after the last attempt, ``IMAP_REFUSED`` with the server's
    words, and what ``open_line`` raises. ``pause`` waits a number of seconds between attempts.
    """

    def __init__(
        self, server: ImapServer, limits: Limits = LIMITS, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._server = server
        self._limits = limits
        self._pause = pause
        self._line: Line | None = None
        self._validity: int | None = None

    def __enter__(self) -> ImapMailbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leaves the server; the next call comes back."""
        line, self._line, self._validity = self._line, None, None
        if line is not None:
            close_line(line)

    def batches(self, state: ImapState = START) -> Iterator[ImapBatch]:
        """The messages that are to be taken now, the oldest first. Ends when there are no more."""
        while True:
            try:
                for batch in self._batches(state):
                    state = batch.state
                    yield batch
                return
            except _Renumbered:
                state = ImapState()

    def settle(self, batch: ImapBatch) -> None:
        """Flags the messages of a batch as seen, or moves them; after the caller has kept them for good.

        Those of a folder renumbered since are left alone: their numbers may be those of others.
        """
        if not batch.uids:
            return
        if self._server.move_to is None:
            self._with_line(lambda line: self._store(line, batch, r"(\Seen)"))
        else:
            self._with_line(lambda line: self._move(line, batch, str(self._server.move_to)))

    def _batches(self, state: ImapState) -> Iterator[ImapBatch]:
        waiting = self._with_line(lambda line: self._search(line, state))
        if self._validity != state.uid_validity:
            state = ImapState(self._validity or 0, 0)
        told = state.last_uid
        while waiting:
            group = waiting[: self._server.batch]
            sizes = {one.uid: one.size for one in self._fetch(group, "(UID RFC822.SIZE)", state) if one.size}
            group = self._that_fit(group, sizes)
            waiting = waiting[len(group) :]
            small = [uid for uid in group if uid in sizes and sizes[uid] <= self._limits.size]
            whole = self._fetch(small, "(UID INTERNALDATE BODY.PEEK[])", state)
            bodies = {one.uid: one for one in whole if one.raw is not None}
            state = ImapState(state.uid_validity, max(state.last_uid, *group))
            found = [(uid, self._item(uid, sizes.get(uid), bodies.get(uid))) for uid in group]
            taken = tuple(uid for uid, item in found if isinstance(item, SourceItem))
            # What is passed over stays unread, and would be told at every turn.
            items = tuple(item for uid, item in found if isinstance(item, SourceItem) or uid > told)
            yield ImapBatch(items, taken, state)

    def _search(self, line: Line, state: ImapState) -> list[int]:
        """The numbers to take, from windows of numbers: one answer to all could be endless."""
        first = state.last_uid + 1 if state.uid_validity == self._validity else 1
        if self._server.which is Which.UNSEEN:
            first = 1
        found: list[int] = []
        last = max(uids(_checked(line.uid("SEARCH", "UID *"))), default=0)
        for start in range(first, last + 1, _WINDOW):
            window = f"UID {start}:{min(start + _WINDOW - 1, last)}"
            words = (
                f"{window} UNSEEN UNDELETED" if self._server.which is Which.UNSEEN else f"{window} UNDELETED"
            )
            found += uids(_checked(line.uid("SEARCH", words)))
        return sorted(uid for uid in found if uid >= first)

    def _fetch(self, group: Sequence[int], what: str, state: ImapState) -> list[Fetched]:
        def ask(line: Line) -> list[Fetched]:
            if self._validity != state.uid_validity:
                raise _Renumbered
            return fetched(_checked(line.uid("FETCH", _listed(group), what)))

        return self._with_line(ask) if group else []

    def _that_fit(self, group: list[int], sizes: dict[int, int]) -> list[int]:
        """The first of ``group`` that together are no more than a batch; one at least."""
        room, fit = self._server.batch_size, 0
        for uid in group:
            size = sizes.get(uid, 0)
            room -= size if size <= self._limits.size else 0
            if room < 0 and fit:
                break
            fit += 1
        return group[:fit]

    def _item(self, uid: int, size: int | None, body: Fetched | None) -> SourceItem | Skipped:
        label = f"imap:{self._server.folder}:{uid}"
        if size is not None and size > self._limits.size:
            return Skipped(label, SkipReason.TOO_LARGE, size)
        if body is None or body.raw is None:
            return Skipped(label, SkipReason.VANISHED, size or 0)
        return SourceItem(label, body.raw, body.received_at)

    def _store(self, line: Line, batch: ImapBatch, flags: str) -> None:
        if self._validity == batch.state.uid_validity:
            _checked(line.uid("STORE", _listed(batch.uids), "+FLAGS.SILENT", flags))

    def _move(self, line: Line, batch: ImapBatch, folder: str) -> None:
        """MOVE (RFC 6851), else copy and delete; never EXPUNGE, which would delete what others marked."""
        if self._validity != batch.state.uid_validity:
            return
        group = _listed(batch.uids)
        whole = "MOVE" in line.capabilities
        status, _data = line.uid("MOVE" if whole else "COPY", group, mailbox(folder))
        if status != "OK":
            raise folder_missing(folder)
        if not whole:
            self._store(line, batch, r"(\Seen \Deleted)")
            if "UIDPLUS" in line.capabilities:
                _checked(line.uid("EXPUNGE", group))

    def _with_line(self, work: Callable[[Line], T]) -> T:
        """``work`` over a line that holds; tried again, over a new one, each time that it breaks."""
        for turn in range(self._server.attempts):
            if turn:
                self._pause(min(_PAUSE * 2 ** (turn - 1), _LONGEST_PAUSE))
            try:
                if self._line is None:
                    self._line, self._validity = open_line(self._server, self._limits.size)
                return work(self._line)
            except BROKEN:
                self.close()
            except imaplib.IMAP4.error as error:
                raise refused(error) from None
        raise OuvidoriaError(
            "IMAP_UNREACHABLE",
            N_("{host} cannot be reached, or the line breaks again and again", host=self._server.host),
            N_("check the network and the name and port of the server; what was taken is kept"),
        )


def _checked(answer: tuple[str, list[Any]]) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise refused(data[0] if data else status)
    return data


def _listed(group: Sequence[int]) -> str:
    return ",".join(map(str, group))
