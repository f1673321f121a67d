"""Text made comparable: without accents and case, as a slug, and a subject without its mail prefixes."""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse

__all__ = ["fold", "normal_subject", "slugify"]

# Letters that Unicode does not decompose but a Latin keyboard writes as these.
_PLAIN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# ``Re:``, ``RES[2]:``, ``Enc (3) :``, ``fwd^4:`` or a list's ``[tag]`` at the start; bounded, so linear.
_PREFIX = re.compile(
    r"\s*(?:(?:res?|enc|fwd?|rv|aw)\s{0,3}(?:[\[(^]?\s?\d{1,4}\s?[\])]?)?\s{0,3}:|\[[^\[\]]{1,80}\])\s*"
)


def fold(text: str) -> str:
    """``text`` in lower case, without accents and compatibility forms: ``SOLICITAÇÃO`` gives ``solicitacao``.

    Folding twice changes nothing more. Never fails, whatever the text holds; white space is kept.
    """
    if text.isascii():
        return text.lower()
    # Case folding may bring accents back (İ), a decomposition capitals (㎏, ™): hence both twice.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(filterfalse(unicodedata.combining, text))
        if text.isascii():
            return text.lower()
    return text


def slugify(text: str, limit: int = 60) -> str:
    """An ASCII kebab name of at most ``limit`` characters; empty where ``text`` cannot be written so."""
    slug = _NOT_SLUG.sub("-", fold(text).translate(_PLAIN)).strip("-")
    return slug[:limit].rstrip("-")


def normal_subject(text: str) -> str:
    """A subject as it is compared: folded, without ``Re: Res: Enc: Fwd:``, list tags and surplus white space.

    A subject that is only a tag keeps it, so that two different ones do not meet as an empty subject.
    """
    folded = fold(text)
    if not folded.isprintable():  # printable nearly always: letters, signs and plain spaces only
        folded = "".join(
            " " if char.isspace() else char for char in folded if char.isspace() or _is_seen(char)
        )
    start = 0
    while match := _PREFIX.match(folded, start):
        is_tag = match.group().lstrip().startswith("[")
        if is_tag and not folded[match.end() :].strip():
            break
        start = match.end()
    return " ".join(folded[start:].split())


def _is_seen(char: str) -> bool:
    """Whether a character leaves a mark on paper: not a control, a format mark or half a surrogate pair."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
