"""Cells that earlier programs have spoilt: UTF-8 that was read as Windows-1252 (``CobranÃ§a``), error values.

A cell is mended only where nothing else can be meant: the whole cell must read as UTF-8, every letter that comes
out must be one that Western European text has, and one of its pairs must be such that nobody writes it. ``IRMÃ”``
could be ``IRMÔ`` or a quotation's end: it stays.
"""

from __future__ import annotations

import re

#: What spreadsheets write in place of a value, in English and Portuguese.
ERRORS = frozenset(
    [
        "#N/A",
        "#N/D",
        "#REF!",
        "#VALUE!",
        "#VALOR!",
        "#DIV/0!",
        "#NAME?",
        "#NOME?",
        "#NUM!",
        "#NÚM!",
        "#NULL!",
        "#NULO!",
    ]
)

# The characters that Windows-1252 has at 0x80 to 0x9F, back to the code points of their bytes.
_TO_BYTES = {
    ord(bytes((byte,)).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
# After Â or Ã what is neither closing punctuation nor a blank; the beginnings of ’ “ – € and of pictures.
_PLAIN = re.compile("[ÂÃ][¡-ª¬-º¼-¿ƒ‡‰ŠŒŽˆšœžŸ€\x81\x8d\x8f\x90\x9d]|â€|â‚¬|ð[\x9fŸ]")
_LAYERS = 3


def mended(cell: str) -> str | None:
    """What ``cell`` said before it was spoilt, or ``None`` where it is sound or cannot be told for certain."""
    found = None
    for _layer in range(_LAYERS):
        once = _once(cell)
        if once is None:
            break
        found = cell = once
    return found


def _once(cell: str) -> str | None:
    if _PLAIN.search(cell) is None:
        return None
    try:
        text = cell.translate(_TO_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None
    return text if all(_expected(char) for char in text if char > "\x7f") else None


def _expected(char: str) -> bool:
    """Whether a letter or sign is one of Western European text, or a picture."""
    code = ord(char)
    # Â and Ã come out where a text was spoilt twice, with the signs that follow them.
    return 0x80 <= code <= 0x17F or 0x2010 <= code <= 0x2122 or code in _TO_BYTES or code >= 0x1F000
