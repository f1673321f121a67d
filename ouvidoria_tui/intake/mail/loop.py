"""Whose loop mark a message carries: another desk's ouvidoria writes the same header, and its letters are mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

#: So much of a message is looked at; the desk writes its mark among the first headers.
_HEAD: Final = 256 * 1024
_END: Final = re.compile(rb"\r?\n\r?\n")


def carries_mark(raw: bytes, header: str, is_own: Callable[[str], bool]) -> bool:
    """Whether a ``header`` of the message has a value that ``is_own`` knows for the desk's own."""
    head = _END.split(raw[:_HEAD], 1)[0]
    found = re.findall(rb"(?im)^" + re.escape(header.encode("ascii")) + rb"[ \t]*:[ \t]*(\S{1,200})", head)
    return any(is_own(value.decode("ascii", "replace")) for value in found)
