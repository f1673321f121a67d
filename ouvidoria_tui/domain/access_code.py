"""Codes that prove who may see or answer: made of random bytes, told once, kept only as a hash.

A code has twelve letters and digits of 32 that nobody confuses (no ``0 O 1 I``): 60 bits. That many need no slow
hash: guessing one offline takes years, and online :func:`locked_until` ends it after five tries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from ouvidoria_tui.domain.ledger import Event

ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH: Final = 12
SALT_BYTES: Final = 16
#: What the kept text of a letter has where the letter itself, on its way out, has the code.
MASK: Final = "••••-••••-••••"

#: So many wrong codes for one protocol within ``WINDOW`` seconds lock it for ``LOCK`` seconds.
TRIES, WINDOW, LOCK = 5, 900, 1_800
#: What a code is compared with where there is none: a wrong one costs the same everywhere.
_NOBODYS: Final = f"{'0' * 32}:{'0' * 64}"
#: The fact under which an event carries the sealed code.
FACT: Final = "access"


def spell(random: bytes) -> str:
    """A code as it is read out, ``ABCD-EFGH-JKLM``; ``random`` holds :data:`LENGTH` bytes."""
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in random[:LENGTH])
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def plain(written: str) -> str:
    """A code in its one spelling, from what a person typed, in any case, with or without separators."""
    return "".join(char for char in written.upper() if char.isalnum())[: 2 * LENGTH]


def seal(code: str, salt: bytes) -> str:
    """What is kept of a code: salt and salted SHA-256, in hex."""
    return f"{salt.hex()}:{sha256(salt + plain(code).encode()).hexdigest()}"


def opens(sealed: str | None, written: str) -> bool:
    """Whether ``written`` is the code that was sealed; compared in constant time, also where there is none."""
    salt = bytes.fromhex((sealed or _NOBODYS).partition(":")[0])
    return compare_digest(seal(written, salt), sealed or _NOBODYS)


def digest(token: str) -> str:
    """What is kept of a code that must be found by itself (a survey's): SHA-256 in hex, without a salt."""
    return sha256(plain(token).encode()).hexdigest()


def sealed_of(events: Iterable[Event]) -> str | None:
    """The sealed code that opens a ticket now: the newest one voids those before it."""
    found = None
    for event in events:
        kept = event.payload.get(FACT)
        found = kept if isinstance(kept, str) else found
    return found


def locked_until(failures: Sequence[int], now: int) -> int | None:
    """When a protocol can be tried again after these wrong codes (oldest first); ``None``: now."""
    ends = [
        failures[last] + LOCK
        for last in range(TRIES - 1, len(failures))
        if failures[last] - failures[last - TRIES + 1] <= WINDOW
    ]
    return ends[-1] if ends and ends[-1] > now else None
