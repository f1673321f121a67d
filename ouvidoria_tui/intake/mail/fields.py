"""The header block of a message or part, read line by line from bytes: nothing in it can make the reading fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ouvidoria_tui.intake.mail.charset import header_text
from ouvidoria_tui.intake.mail.limits import Limits, Remarks

_FIELD: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
#: Names by which a header block is told from text after a line that belongs to neither.
_KNOWN: Final = re.compile(
    rb"(?i)(?:from|to|cc|subject|date|message-id|mime-version|content-[a-z-]+|received|reply-to|return-path"
    rb"|sender|references|in-reply-to|x-[a-z-]+|dkim-signature|precedence|auto-submitted)[ \t]*:"
)
_FOLD: Final = re.compile(rb"[ \t]*[\r\n]+[ \t]*")
_BLANK: Final = re.compile(rb"\n\r?\n")
_EMPTY: Final = re.compile(rb"[ \t]{0,200}\r?(?:\n|\Z)")
#: Where a field ends: at a line end that no folded line follows.
_END: Final = re.compile(rb"\n(?![ \t])")


class Headers:
    """The fields of one header block in the order in which they stand; names are asked for in lower case."""

    def __init__(self, fields: list[tuple[str, bytes]]) -> None:
        self._fields: dict[str, list[bytes]] = {}
        for name, value in fields:
            self._fields.setdefault(name, []).append(value)

    def __bool__(self) -> bool:
        return bool(self._fields)

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def names(self) -> Iterator[str]:
        """Each name once."""
        return iter(self._fields)

    def all(self, name: str) -> list[str]:
        """Every value of a field, unfolded, without space around it, not yet decoded (RFC 2047)."""
        return [header_text(_FOLD.sub(b" ", value)).strip() for value in self._fields.get(name, ())]

    def first(self, name: str) -> str:
        """The first value that is not empty; ``""`` where there is none."""
        return next((value for value in self.all(name) if value), "")


def split(raw: bytes, limits: Limits, remarks: Remarks, *, inside: bool = False) -> tuple[Headers, bytes]:
    """The header block and the body that follows it; ``inside`` for a part of a message.

    A block ends at the first blank line, or where lines are no fields any more (then the body starts there).
    """
    fields: list[tuple[str, bytes]] = []
    at = first = 0 if inside else _start(raw)
    while at < len(raw):
        if empty := _EMPTY.match(raw, at):
            return Headers(fields), raw[empty.end() :]
        stop = _line_end(raw, at)
        if found := _FIELD.match(raw, at):
            end = _END.search(raw, stop - 1)
            stop = end.end() if end else len(raw)
            fields.append((found[1].decode("ascii").lower(), _cut(raw, found.end(), stop, limits, remarks)))
        elif fields and (raw[at] in b" \t" or _KNOWN.match(raw, stop)):
            remarks.add("header-broken")
            name, value = fields[-1]
            fields[-1] = (name, _cut(value + b" " + raw[at:stop], 0, None, limits, remarks))
        else:
            remarks.add("no-blank-line")
            return Headers(fields), raw[at:]
        at = stop
        if len(fields) >= limits.fields or at - first >= limits.headers:
            remarks.add("headers-cut")
            blank = _BLANK.search(raw, at - 1)
            return Headers(fields), raw[blank.end() :] if blank else b""
    return Headers(fields), b""


def _line_end(raw: bytes, at: int) -> int:
    return raw.find(b"\n", at) + 1 or len(raw)


def _cut(raw: bytes, at: int, stop: int | None, limits: Limits, remarks: Remarks) -> bytes:
    stop = len(raw) if stop is None else stop
    if stop - at > limits.field:
        remarks.add("header-cut")
    return raw[at : min(stop, at + limits.field)]


def _start(raw: bytes) -> int:
    """Where the fields begin: after blank lines, a BOM and the From_ line of a mailbox."""
    at = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    while raw[at : at + 1] in (b"\r", b"\n"):
        at += 1
    if raw[at : at + 5] == b"From " or raw[at : at + 6] == b">From ":
        at = raw.find(b"\n", at) + 1 or len(raw)
    return at
