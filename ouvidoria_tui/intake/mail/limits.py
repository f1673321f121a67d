"""How much of a message is read, and the notes on what was left out or had to be guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds the reading of one message; the raw bytes are kept by the caller, whatever is cut here.

    ``size`` of a message, ``field`` of one header and ``headers`` of all of them together are bytes; ``fields``,
    ``addresses`` and ``parts`` are counted; ``nesting`` is how deep multiparts may lie in one another; ``text``
    of the message is in characters, what is ``readable`` in its parts, markup and all, in bytes.
    """

    size: int = 25 * MIB
    field: int = 64 * KIB
    headers: int = 2 * MIB
    fields: int = 2_000
    addresses: int = 500
    parts: int = 300
    nesting: int = 20
    text: int = 1_000_000
    readable: int = 4 * MIB


LIMITS: Final = Limits()


class Remarks:
    """Slugs of what was guessed or left out, each once, in the order in which they came up."""

    def __init__(self) -> None:
        self._found: dict[str, None] = {}

    def add(self, slug: str) -> None:
        """Notes ``slug``; a second time changes nothing."""
        self._found[slug] = None

    def all(self) -> tuple[str, ...]:
        """What was noted."""
        return tuple(self._found)
