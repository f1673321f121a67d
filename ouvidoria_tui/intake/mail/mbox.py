"""An mbox read line by line: mboxrd and mboxo, any line ends, cut anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from ouvidoria_tui.intake.mail.limits import Limits
from ouvidoria_tui.intake.mail.source_item import Skipped, SkipReason, SourceItem

_PIECE: Final = 64 * 1024
#: A time of day and a year: what "From now on, …" at the start of a paragraph does not have.
_FROM: Final = re.compile(
    rb"From [^\r\n]{0,300}?(?:\b\d{1,2}:\d{2}\b[^\r\n]{0,60}?\b\d{4}\b|\b\d{4}\b[^\r\n]{0,60}?\b\d{1,2}:\d{2}\b)"
)
_QUOTED: Final = re.compile(rb">+From ")
_FIELD: Final = re.compile(rb"[!-9;-~]{1,200}:|>From ")


def is_mbox(file: BinaryIO) -> bool:
    """Whether ``file`` (at its start, and there again afterwards) begins with a ``From `` line."""
    head = file.read(_PIECE)
    file.seek(0)
    return _FROM.match(head.lstrip(b"\r\n")) is not None


class _Message:
    """The lines of one message, kept up to the limit and counted beyond it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.raw = bytearray()

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size <= self.limit:
            self.raw += piece
        else:
            self.raw.clear()

    def item(self, label: str) -> SourceItem | Skipped:
        if self.size > self.limit:
            return Skipped(label, SkipReason.TOO_LARGE, self.size)
        for blank in (b"\r\n\r\n", b"\n\n"):
            if self.raw.endswith(blank):  # the empty line that belongs to the mailbox
                del self.raw[-len(blank) // 2 :]
                break
        return SourceItem(label, bytes(self.raw))


def read_mbox(file: BinaryIO, name: str, limits: Limits) -> Iterator[SourceItem | Skipped]:
    """Its messages, labelled ``name:1``, ``name:2``…, without their ``From `` line, ``>From `` undone by one ``>``.

    A ``From `` line divides if it has a date and stands after an empty line or before a header.
    """
    count = 0
    message: _Message | None = None
    blank, pending = True, b""
    for piece, starts in _pieces(file):
        if pending:
            if blank or _FIELD.match(piece):
                if message is not None:
                    yield message.item(f"{name}:{count}")
                count, message = count + 1, _Message(limits.size)
            elif message is not None:
                message.add(pending)
            pending = b""
        if starts and _FROM.match(piece) and piece.endswith(b"\n"):
            pending = piece
            continue
        if message is None:
            if not piece.strip():
                continue
            count, message = 1, _Message(limits.size)  # no mailbox: one message
        message.add(piece[1:] if starts and _QUOTED.match(piece) else piece)
        blank = starts and not piece.strip(b"\r\n")
    if message is not None:
        yield message.item(f"{name}:{count}")


def _pieces(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Lines, very long ones in pieces, and whether a piece begins a line."""
    starts = True
    while piece := file.readline(_PIECE):
        yield piece, starts
        starts = piece.endswith(b"\n")
