"""The desk's own Message-IDs: each says which ticket it belongs to, and proves that the desk wrote it.

``<ticket.seq.nonce.mac@domain>``: the ticket's number in the store (0: a notice, which has none) and the event's on
the ticket, in decimal; a nonce; and a truncated HMAC-SHA256 over all of it, under a key that only the store has.
Anyone may write such an id into a header; only one with the right mac is believed. Everything is lower case, because
mail systems on the way may fold letters, and ids stand without their angle brackets.
"""

from __future__ import annotations

import re
from base64 import b32encode
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac

#: Bytes of entropy that a new store's key is made of, and that each id's nonce is made of.
KEY_BYTES, NONCE_BYTES = 32, 8
#: Bytes of the mac that are kept: enough that nobody guesses one by mail.
_MAC_BYTES = 15

_OURS = re.compile(
    r"(0|[1-9][0-9]{0,17})\.([1-9][0-9]{0,8})\.([a-z2-7]{8,32})\.([a-z2-7]{24})@([a-z0-9.-]{1,253})"
)
_MARK = re.compile(r"([a-z2-7]{8,32})\.([a-z2-7]{24})")
#: What a mac is for: one of a Message-ID can never be passed off as a loop mark.
_ID, _LOOP = b"message-id", b"loop"


def make(ticket: int, seq: int, *, domain: str, nonce: bytes, key: bytes) -> str:
    """The Message-ID of the message that event ``seq`` sends on ``ticket`` (0: on none); ``nonce`` is random."""
    head = f"{ticket}.{seq}.{_written(nonce)}"
    domain = domain.lower()
    mac = _mac(key, _ID, f"{head}@{domain}")
    made = f"{head}.{mac}@{domain}"
    if _OURS.fullmatch(made) is None:
        raise ValueError(f"no Message-ID can be made of {ticket}, {seq}, {domain!r} and {len(nonce)} bytes")
    return made


def read(message_id: str, key: bytes) -> int | None:
    """The ticket of an id that this desk made (0: none), with or without angle brackets; ``None`` for any other."""
    match = _OURS.fullmatch(message_id.strip().removeprefix("<").removesuffix(">").lower())
    if match is None:
        return None
    ticket, seq, nonce, mac, domain = match.groups()
    true = compare_digest(mac, _mac(key, _ID, f"{ticket}.{seq}.{nonce}@{domain}"))
    return int(ticket) if true else None


def loop_mark(nonce: bytes, key: bytes) -> str:
    """What the desk writes into ``X-Ouvidoria-Loop``, so that it knows its own letters when they come back."""
    written = _written(nonce)
    return f"{written}.{_mac(key, _LOOP, written)}"


def is_loop_mark(value: str, key: bytes) -> bool:
    """Whether a header's value is a mark that this desk made."""
    match = _MARK.fullmatch(value.strip().lower())
    return match is not None and compare_digest(match[2], _mac(key, _LOOP, match[1]))


def _written(data: bytes) -> str:
    return b32encode(data).decode("ascii").rstrip("=").lower()


def _mac(key: bytes, purpose: bytes, text: str) -> str:
    digest = hmac(key, purpose + b"\0" + text.encode(), sha256).digest()
    return _written(digest[:_MAC_BYTES])
