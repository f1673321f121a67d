"""What the desk's own server wrote on a message: when it came, and whether the sender's name holds."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from ouvidoria_tui.intake.mail.fields import Headers
from ouvidoria_tui.intake.mail.identity import moment

_BY: Final = re.compile(r"\bby\s+([^\s;()]{1,255})", re.I)
_COMMENT: Final = re.compile(r"\([^()]{0,1000}\)")
_RESULT: Final = re.compile(r"(?:^|;)\s*(dmarc|spf|dkim)\s*=\s*([a-z]+)", re.I)


def is_own(host: str, own_hosts: Collection[str]) -> bool:
    """Whether ``host`` is one of the desk's own, by its whole name."""
    plain = host.strip(" .\"'").lower()
    return bool(plain) and any(plain == own.strip(" .").lower() for own in own_hosts)


def received_at(headers: Headers, own_hosts: Collection[str]) -> int | None:
    """The moment in the topmost ``Received`` line, if one of ``own_hosts`` wrote it.

    Only the topmost: lines under it may be the sender's own invention, and would let him choose his place.
    """
    lines = headers.all("received")
    if not lines:
        return None
    by = _BY.search(lines[0])
    if by is None or not is_own(by[1], own_hosts):
        return None
    return moment(_COMMENT.sub(" ", lines[0].rpartition(";")[2]).strip())


def authentication_failed(headers: Headers, own_hosts: Collection[str]) -> bool:
    """Whether a server of the desk says that the sender is not who ``From`` claims (RFC 8601).

    DMARC decides where it was asked; otherwise SPF or DKIM failed and neither passed. A pass counts only
    in or above the line that it excuses, for what stands below may be the sender's.
    """
    passed: set[str] = set()
    for value in headers.all("authentication-results"):
        plain = _COMMENT.sub(" ", value)
        if not is_own(plain.partition(";")[0].strip().partition(" ")[0], own_hosts):
            continue
        found = [(method.lower(), result.lower()) for method, result in _RESULT.findall(plain)]
        passed |= {method for method, result in found if result == "pass"}
        failed = {method for method, result in found if result == "fail"}
        if "dmarc" in failed or (failed and not passed):
            return True
    return False
