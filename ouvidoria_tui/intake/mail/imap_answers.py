"""What an IMAP server answers to SEARCH and FETCH, as values."""

from __future__ import annotations

import re
from calendar import timegm
from dataclasses import dataclass
from typing import Final

_UID: Final = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d{1,20})\b")
_DATE: Final = re.compile(
    rb'INTERNALDATE "([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"'
)
_INLINE: Final = re.compile(rb'BODY\[\] "((?:[^"\\]|\\.)*)"', re.S)
_MONTHS: Final = (
    b"jan",
    b"feb",
    b"mar",
    b"apr",
    b"may",
    b"jun",
    b"jul",
    b"aug",
    b"sep",
    b"oct",
    b"nov",
    b"dec",
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message of a FETCH: ``raw`` is ``None`` where no body was asked for or given."""

    uid: int
    size: int
    received_at: int | None
    raw: bytes | None


def uids(answer: list[bytes | None]) -> list[int]:
    """The numbers in the answer to a SEARCH."""
    return [int(one) for line in answer if line for one in line.split() if one.isdigit()]


def fetched(answer: list[object]) -> list[Fetched]:
    """The messages in the answer to a FETCH, in the order of the server.

    imaplib gives a message with a literal as a pair and what follows it as bytes; one without as bytes alone.
    """
    found: list[Fetched] = []
    words, raw = b"", None
    for item in [*answer, b"0 ()"]:
        if isinstance(item, tuple):
            words, raw = words + b" " + item[0], item[1]
            continue
        if not isinstance(item, bytes):
            continue
        if raw is None and not item.startswith(b")"):  # a whole message in one line; it ends the one before
            _add(found, words, raw)
            words = item
        else:
            _add(found, words + b" " + item, raw)
            words, raw = b"", None
    return found


def _add(found: list[Fetched], words: bytes, raw: bytes | None) -> None:
    uid = _UID.search(words)
    if uid is None:
        return
    size = _SIZE.search(words)
    if raw is None and (inline := _INLINE.search(words)):
        raw = re.sub(rb"\\(.)", rb"\1", inline[1], flags=re.S)
    found.append(Fetched(int(uid[1]), int(size[1]) if size else len(raw or b""), _moment(words), raw))


def _moment(words: bytes) -> int | None:
    """INTERNALDATE as epoch seconds; ``time.strptime`` would read the month in the user's language."""
    date = _DATE.search(words)
    if date is None or date[2].lower() not in _MONTHS:
        return None
    month = _MONTHS.index(date[2].lower()) + 1
    there = timegm((int(date[3]), month, int(date[1]), int(date[4]), int(date[5]), int(date[6])))
    offset = (int(date[8]) * 60 + int(date[9])) * 60
    return there + (offset if date[7] == b"-" else -offset)
