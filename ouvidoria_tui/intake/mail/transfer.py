"""Content-Transfer-Encodings undone; what is broken is read as far as it goes."""

from __future__ import annotations

import binascii
import re
from typing import Final

_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]+")
_UU_LINES: Final = 600_000  # of 45 bytes each: more than the largest message holds, unless it is made to tire
_UU_BEGIN: Final = re.compile(rb"(?m)^begin [0-7]{3,4} [^\r\n]*\r?\n")


def transferred(raw: bytes, encoding: str) -> bytes:
    """The bytes that the sender encoded with ``encoding`` (a header value; unknown ones leave ``raw``)."""
    wanted = encoding.split(";", 1)[0].strip().lower()
    if wanted == "base64":
        return base64_bytes(raw)
    if wanted == "quoted-printable":
        return quoted_printable_bytes(raw)
    if wanted in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uu(raw)
    return raw


def base64_bytes(raw: bytes) -> bytes:
    """Base64 without regard to what does not belong: blanks, padding in the middle, a last letter cut off."""
    try:
        return binascii.a2b_base64(raw, strict_mode=True)
    except binascii.Error:
        letters = _NOT_BASE64.sub(b"", raw)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def quoted_printable_bytes(raw: bytes) -> bytes:
    """Quoted-printable; a broken escape stays as it is written."""
    return binascii.a2b_qp(raw)


def _uu(raw: bytes) -> bytes:
    begin = _UU_BEGIN.search(raw)
    if begin is None:
        return raw
    out = bytearray()
    for line in raw[begin.end() :].split(b"\n", _UU_LINES)[:_UU_LINES]:
        if line.strip() in (b"end", b"`"):
            break
        try:
            out += binascii.a2b_uu(line.rstrip(b"\r"))
        except binascii.Error:
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3  # some encoders pad with blanks that others strip
            try:
                out += binascii.a2b_uu(line[:wanted])
            except binascii.Error:
                continue
    return bytes(out)
