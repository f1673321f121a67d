"""What a message is known by: its ids, the hash of what it says, the date that its sender claims."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from email.utils import mktime_tz, parsedate_tz
from typing import Final

from ouvidoria_tui.domain.mail import MailPart

_BRACKETED: Final = re.compile(r"<([^<>]{1,998})>")
_BARE: Final = re.compile(r"[^\s<>\"(),;]{1,500}@[^\s<>\"(),;]{1,500}")
_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f]+")
_LINE_END: Final = re.compile(r"[ \t\u00a0]+$|^>+(?=From )", re.M)
_LAST: Final = 253_402_300_800  # the year 10000
_MOST_IDS: Final = 100


def message_ids(values: Iterable[str]) -> tuple[str, ...]:
    """The ids in header values, without angle brackets, each once; of very many the first and the last ones."""
    found: dict[str, None] = {}
    for value in values:
        for one in _BRACKETED.findall(value) or _BARE.findall(value):
            if plain := _BLANKS.sub("", one):
                found[plain] = None
    ids = tuple(found)
    return ids if len(ids) <= _MOST_IDS else ids[:1] + ids[1 - _MOST_IDS :]


def body_hash(text: str, parts: Sequence[MailPart]) -> str:
    """A SHA-256 that does not change with the road: line ends, blanks at their end, ``>From`` of mailboxes."""
    plain = _LINE_END.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    whole = hashlib.sha256(plain.encode("utf-8", "replace"))
    for part in parts:
        data = part.data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip(b"\n")
        whole.update(b"\0" + part.content_type.encode("utf-8", "replace") + b"\0")
        whole.update(hashlib.sha256(data).digest())
    return whole.hexdigest()


def moment(value: str) -> int | None:
    """The epoch seconds of an RFC 5322 date, however old its form; ``None`` where it is none."""
    try:
        parsed = parsedate_tz(value[:200])
        found = None if parsed is None else mktime_tz(parsed)
    except (ValueError, OverflowError, IndexError, TypeError, AttributeError):
        return None
    return int(found) if found is not None and 0 <= found < _LAST else None
