"""Protocol numbers: ``2026-000123-8`` is year, number in that year, and a Damm check digit over both."""

from __future__ import annotations

import re

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

# The totally anti-symmetric quasigroup of order 10 of H. M. Damm (2004): catches every single wrong digit
# and every swap of two neighbours.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_ONE = re.compile(r"((?:19|20)\d{2})-(\d{6,9})-(\d)(?!\d)", re.ASCII)
_WRITTEN = re.compile(r"(\d{4})[-./ ]?(\d{6,})[-./ ]?(\d)", re.ASCII)


def damm(digits: str) -> int:
    """The Damm check digit of a string of decimal digits."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][ord(digit) - 48]
    return interim


def make_protocol(year: int, number: int) -> str:
    """The protocol of the ``number``-th ticket of ``year``: six digits or more, then the check digit."""
    text = f"{number:06d}"
    return f"{year:04d}-{text}-{damm(f'{year:04d}{text}')}"


def parse_protocol(written: str) -> str:
    """The protocol in its one spelling, from what a person wrote, with or without separators.

    Raises ``UsageError`` with ``BAD_PROTOCOL`` where it is not a protocol or its check digit is wrong.
    """
    stripped = written.strip().strip("[]")
    match = _WRITTEN.fullmatch(stripped)
    if match is None:
        raise UsageError(
            "BAD_PROTOCOL",
            N_("this is not a protocol number: {written}", written=stripped[:40]),
            N_("write it like {example}", example=make_protocol(2026, 123)),
        )
    year, number, check = match.groups()
    if damm(year + number) != int(check):
        raise UsageError(
            "BAD_PROTOCOL",
            N_("the check digit of {written} does not match: one digit is mistyped", written=stripped[:40]),
            N_("read the number again from the receipt"),
        )
    return f"{year}-{number}-{check}"


def begins_protocol(text: str, start: int) -> bool:
    """Whether a protocol with its right check digit stands in ``text`` from ``start`` on."""
    found = _ONE.match(text, start)
    return found is not None and damm(found[1] + found[2]) == int(found[3])
