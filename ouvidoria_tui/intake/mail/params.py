"""Parameters of Content-Type and Content-Disposition: quoted, split, percent-encoded (RFC 2231), or just wrong."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from ouvidoria_tui.intake.mail.charset import decode
from ouvidoria_tui.intake.mail.encoded_words import decoded

_PARAM: Final = re.compile(
    r"""([^\s=;"]{1,80})\s{0,20}=\s{0,20}(?:"((?:[^"\\]|\\.)*)(?:"|\Z)[^;]*|([^;]*))""", re.S
)
_COMMENT: Final = re.compile(r"\([^()]*\)")
_SECTION: Final = re.compile(r"(.*?)(?:\*(\d{1,3}))?(\*)?", re.S)
_ESCAPE: Final = re.compile(r"\\(.)", re.S)
_MOST: Final = 100
_LONGEST: Final = 2_000


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """The value before the first ``;`` in lower case, and its parameters by name in lower case, decoded."""
    main, _semicolon, rest = value.partition(";")
    main = _COMMENT.sub("", main).strip().strip("\"'").lower()
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for turn, found in enumerate(_PARAM.finditer(rest)):
        if turn >= _MOST:
            break
        text = _ESCAPE.sub(r"\1", found[2]) if found[2] is not None else found[3].strip()
        section = _SECTION.fullmatch(found[1].lower())
        if section is None or (section[2] is None and section[3] is None):
            plain.setdefault(found[1].lower(), text)
        else:
            at = int(section[2]) if section[2] else 0
            pieces.setdefault(section[1], {}).setdefault(at, (text, section[3] is not None))
    values = {name: decoded(text[:_LONGEST]) if "=?" in text else text for name, text in plain.items()}
    values.update({name: _joined(found) for name, found in pieces.items()})
    return main, values


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    """The continuations of one parameter in their order; the first names the charset of those encoded."""
    charset = ""
    raw = b""
    for turn, at in enumerate(sorted(pieces)):
        text, encoded = pieces[at]
        if encoded and turn == 0 and text.count("'") >= 2:
            charset, _language, text = text.split("'", 2)
        raw += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return decode(raw, charset or None)[0]
