"""A text as redaction reads it: small letters without accents, plain digits and hyphens, and the way back.

Whatever is invisible is not there, whatever looks like a hyphen is one: what would hide a number from a pattern
hides it no more.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SIGNS = {
    **dict.fromkeys(
        "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\u02d7\u1806\u30fc\u207b", "-"
    ),
    **dict.fromkeys("\u2024\uff0e\u3002\u00b7\u2022\u2219\u30fb\uff61", "."),
    **dict.fromkeys("\u2044\u2215\uff0f", "/"),
    **dict.fromkeys("\ufe6b\uff20", "@"),
    **dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u2028\u2029\u0085\v\f\r", "\n"),
    **dict.fromkeys("\u2800\t", " "),
    **dict.fromkeys("\u115f\u1160\u3164\uffa0\u034f", ""),
}
#: Letters of other alphabets that look like Latin ones, in small letters.
_LOOKS_LIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u043a\u043c\u0442\u0432\u043d\u0501\u03bf\u03b1\u03b5\u03b9\u03ba\u03c1\u03c4\u03c5\u03bd\u0131\u00f8\u0142\u0111",
    "aeopcyxijskmtbhdoaeikptuviold",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """``plain`` is what is searched; ``capital`` tells which of its letters are capitals.

    Character ``i`` of ``plain`` came from ``text[starts[i]:ends[i]]``.
    """

    text: str
    plain: str
    capital: bytes
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``plain[start:end]`` (not empty) stands in the text, with the marks that hang on its last letter."""
        after = self.starts[end] if end < len(self.starts) else len(self.text)
        last = self.ends[end - 1]
        while last < after and unicodedata.category(self.text[last])[0] == "M":
            last += 1
        return self.starts[start], last


def read(text: str) -> Reading:
    """``text`` with everything made comparable; linear in its length."""
    plain: list[str] = []
    capital = bytearray()
    starts: list[int] = []
    ends: list[int] = []
    for place, char in enumerate(text):
        shown, upper = _plain(char)
        for one in shown:
            plain.append(one)
            capital.append(upper)
            starts.append(place)
            ends.append(place + 1)
    return Reading(text, "".join(plain), bytes(capital), tuple(starts), tuple(ends))


@lru_cache(maxsize=4096)
def _plain(char: str) -> tuple[str, bool]:
    if char in _SIGNS:
        return _SIGNS[char], False
    if char.isascii():
        return (char.lower(), char.isupper()) if char.isprintable() or char == "\n" else ("", False)
    category = unicodedata.category(char)
    if category in ("Cf", "Cc", "Cs", "Mn", "Me"):
        return "", False
    if category == "Zs":
        return " ", False
    if category == "Nd":
        return str(unicodedata.decimal(char)), False
    upper = char.isupper() or char.istitle()
    parts = (_SIGNS.get(one, one) for one in unicodedata.normalize("NFKD", char))
    kept = "".join(one for one in parts if not unicodedata.combining(one))
    upper = upper or (kept.isupper() and kept.isalpha())
    folded = unicodedata.normalize("NFKD", kept.casefold()).translate(_LOOKS_LIKE)
    return "".join(one for one in folded if not unicodedata.combining(one)), upper
