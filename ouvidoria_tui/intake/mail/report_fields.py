"""RFC 3464: what a delivery report says of each recipient, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ouvidoria_tui.domain.mail import FailedDelivery
from ouvidoria_tui.intake.mail import fields
from ouvidoria_tui.intake.mail.fields import Headers
from ouvidoria_tui.intake.mail.limits import Limits, Remarks
from ouvidoria_tui.intake.mail.mime import Part
from ouvidoria_tui.intake.mail.status import status_of, verdict

_KINDS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_BLANK: Final = re.compile(rb"(?:\r?\n[ \t]*){2,}")
_GOOD: Final = frozenset({"delivered", "relayed", "expanded"})
_ADDRESS: Final = re.compile(r"[^\s<>;,\"()]+@[^\s<>;,\"()]+|[^\s<>;,\"()]+")


def reported(root: Part, limits: Limits) -> Iterator[FailedDelivery]:
    """The recipients that a report's own part names as failed or delayed."""
    for part in root.walk():
        if part.content_type in _KINDS:
            for block in _BLANK.split(part.data)[: limits.parts]:
                headers, _rest = fields.split(block + b"\n\n", limits, Remarks())
                if (found := _recipient(headers)) is not None:
                    yield found


def _recipient(group: Headers) -> FailedDelivery | None:
    action = group.first("action").lower().split(" ")[0]
    address = _address(group.first("final-recipient")) or _address(group.first("original-recipient"))
    if not address or action in _GOOD:
        return None
    words = group.first("diagnostic-code")
    status = status_of(group.first("status")) or ""
    if not status or status.endswith(".0.0"):
        status = status_of(words) or status  # the words are often more exact than the code
    return FailedDelivery(address, status, verdict(status, words, failed=action != "delayed"))


def _address(value: str) -> str:
    """The address in ``rfc822; <ana@example.com>``."""
    found = _ADDRESS.search(value.rpartition(";")[2])
    return found[0].lower() if found else ""
