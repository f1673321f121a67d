"""RFC 2047 encoded words, as broken as senders write them."""

from __future__ import annotations

import re
from typing import Final

from ouvidoria_tui.intake.mail.charset import decode
from ouvidoria_tui.intake.mail.transfer import base64_bytes, quoted_printable_bytes

#: A payload may hold blanks, and in Q question marks (both wrong, both real); what is tried is bounded.
WORD: Final = re.compile(
    r"=\?([^?*\s]{1,60})(?:\*[^?\s]{0,40})?\?"
    r"(?:[bB]\?([^?]*)\?=|[qQ]\?([^?]*|.{0,400}?)\?=(?![0-9A-F]{2}))",
    re.S,
)
_SPACE: Final = re.compile(r"\s+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]+")


def decoded(value: str) -> str:
    """The words of a header value, on one line; what is no encoded word stays as it is.

    Neighbours in the same charset are joined before they are decoded: senders cut letters in half.
    """
    return one_line(_words(value)) if "=?" in value else one_line(value)


def one_line(value: str) -> str:
    """``value`` with every run of blanks and controls as one space."""
    return _SPACE.sub(" ", _CONTROL.sub(" ", value)).strip()


def _words(value: str) -> str:
    found: list[str] = []
    pending: bytes = b""
    charset = ""
    at = 0
    for word in WORD.finditer(value):
        between = value[at : word.start()]
        label, data = word[1].lower(), _payload(word)
        if at and not between.strip() and label == charset:
            pending += data
        else:
            found.append(decode(pending, charset)[0])
            if between.strip() or not at:
                found.append(between)
            pending, charset = data, label
        at = word.end()
    found += (decode(pending, charset)[0], value[at:])
    return "".join(found)


def _payload(word: re.Match[str]) -> bytes:
    if word[2] is not None:
        return base64_bytes(word[2].encode("utf-8", "replace"))
    return quoted_printable_bytes(re.sub(r"[\r\n]", "", word[3]).replace("_", " ").encode("utf-8", "replace"))
