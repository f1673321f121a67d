"""Status codes in the words of mail servers: ``5.1.1`` (RFC 3463) and ``550`` (RFC 5321)."""

from __future__ import annotations

import re
from typing import Final

_ENHANCED: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_BASIC: Final = re.compile(r"(?<![\d.])([45])[0-5]\d(?![\d.])")
#: Without any code, what says that waiting may help.
_LATER: Final = re.compile(
    r"over ?quota|quota exceeded|mailbox (?:is )?full|temporar|try again|deferred|delayed|timed? ?out"
    r"|connection refused|will (?:keep trying|be retried)|caixa (?:postal )?cheia|tente (?:novamente|mais tarde)",
    re.I,
)


def status_of(words: str) -> str | None:
    """The first enhanced status in ``words``, or ``None``."""
    found = _ENHANCED.search(words[:5_000])
    return found[0] if found else None


def verdict(status: str, words: str, *, failed: bool = True) -> bool:
    """Whether a failure is permanent: by its status, by the server's reply, else by what is said of it."""
    if not failed:
        return False
    if status[:1] in ("4", "5"):
        return status[0] == "5"
    basic = _BASIC.search(words[:5_000])
    if basic is not None:
        return basic[1] == "5"
    return _LATER.search(words[:5_000]) is None
