"""What a person may be reached by, as it can be kept: an address, a telephone number and which kind it is."""

from __future__ import annotations

import re

from ouvidoria_tui.domain.ledger import storable
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

NAME_LIMIT, ADDRESS_LIMIT = 300, 254
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]+")
_NUMBER = re.compile(r"\+?[0-9 ().\-/]{6,30}", re.ASCII)
_DIGITS = re.compile(r"[0-9]", re.ASCII)


def checked_words(text: str, limit: int = NAME_LIMIT) -> str | None:
    """A name or number on one line; ``None`` where it is empty. Raises ``UsageError`` ``TEXT_TOO_LONG``."""
    words = " ".join(storable(text).split())
    if len(words) > limit:
        raise UsageError(
            "TEXT_TOO_LONG",
            N_("{size} characters are too many, {limit} are allowed", size=len(words), limit=limit),
            N_("give a shorter name"),
        )
    return words or None


def checked_address(text: str) -> str | None:
    """An e-mail address in lower case; ``None`` where it is empty. Raises ``UsageError`` ``BAD_ADDRESS``."""
    address = text.strip().lower()
    if not address:
        return None
    if len(address) > ADDRESS_LIMIT or not address.isprintable() or not _ADDRESS.fullmatch(address):
        raise UsageError(
            "BAD_ADDRESS",
            N_("{address} is not an e-mail address", address=address[:80]),
            N_("write it like name@example.com"),
        )
    return address


def checked_number(text: str) -> str | None:
    """A telephone number as it was written; ``None`` where it is empty. Raises ``UsageError`` ``BAD_PHONE``."""
    number = " ".join(text.split())
    if not number:
        return None
    if not _NUMBER.fullmatch(number) or not 8 <= len(_DIGITS.findall(number)) <= 15:
        raise UsageError(
            "BAD_PHONE",
            N_("{number} is not a telephone number", number=number[:40]),
            N_("write it like (11) 91234-5678 or +55 11 3123-4567"),
        )
    return number


def is_mobile(number: str) -> bool:
    """Whether a Brazilian number is a mobile one: nine digits that begin with 9, behind the area code if any.

    Of a number from elsewhere nobody can tell; it counts as a landline.
    """
    digits = "".join(_DIGITS.findall(number))
    if number.strip().startswith("+") and not digits.startswith("55"):
        return False
    if len(digits) == 13 and digits.startswith("55"):
        digits = digits[2:]
    digits = digits.removeprefix("0")
    return len(digits) in (9, 11) and digits[-9] == "9"
