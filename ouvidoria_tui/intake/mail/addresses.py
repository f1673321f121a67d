"""Mailboxes of an address header, read in one pass: quotes, comments, groups, encoded words, and what breaks them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ouvidoria_tui.domain.mail import Address
from ouvidoria_tui.intake.mail.encoded_words import WORD, decoded
from ouvidoria_tui.intake.mail.limits import Limits, Remarks

_TOKEN: Final = re.compile(
    rf"""(?P<word>{WORD.pattern})|"(?P<quoted>(?:[^"\\]|\\.)*)(?:"|\Z)|<(?P<angle>[^<>]*)(?:>|\Z)"""
    r"""|(?P<mark>[(),;:>])|(?P<text>[^"<>(),;:=]+|.)""",
    re.S,
)
_PLAIN: Final = re.compile(r"[^\s<>()\[\]\"',;:\\]+@[^\s<>()\"',;:\\]+")
_ESCAPE: Final = re.compile(r"\\(.)", re.S)
_ROUTE: Final = re.compile(r"@[^:]*:")
_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f]+")
_LONGEST: Final = 320  # 64 + @ + 255, RFC 5321 4.5.3.1


class _Mailbox:
    """What was read of one mailbox so far."""

    def __init__(self) -> None:
        self.phrase: list[str] = []
        self.comment: list[str] = []
        self.angle: str | None = None

    def value(self) -> Address | None:
        phrase, comment = decoded("".join(self.phrase)), decoded("".join(self.comment))
        if self.angle is not None:
            email = _email(self.angle)
            return Address(email, phrase.strip("'\" ") or comment) if email else None
        found = _PLAIN.search(phrase)
        if found is None:
            bare = phrase if " " not in phrase else ""  # a local name, as daemons write
            return Address(_email(bare), comment) if bare else None
        name = (phrase[: found.start()] + phrase[found.end() :]).strip("'\" []")
        return Address(_email(found[0]), name or comment)


def addresses(values: list[str], limits: Limits, remarks: Remarks) -> tuple[Address, ...]:
    """The mailboxes of all fields of one name, in their order, each once; group names are left out."""
    found: dict[Address, None] = {}
    for value in values:
        for one in _mailboxes(value):
            if len(found) >= limits.addresses:
                remarks.add("addresses-cut")
                return tuple(found)
            found[one] = None
    return tuple(found)


def _mailboxes(value: str) -> Iterator[Address]:
    box, depth = _Mailbox(), 0
    for token in _TOKEN.finditer(value):
        mark = token["mark"]
        if depth:
            depth += (mark == "(") - (mark == ")")
            if depth:
                box.comment.append(token[0])
        elif mark == "(":
            depth = 1
            box.comment.append(" " if box.comment else "")
        elif mark in (",", ";"):
            if (one := box.value()) is not None:
                yield one
            box = _Mailbox()
        elif mark == ":":
            box = _Mailbox()  # what stood before is the name of a group
        elif token["angle"] is not None:
            box.angle = token["angle"] if box.angle is None else box.angle
        elif token["quoted"] is not None:
            box.phrase.append(_ESCAPE.sub(r"\1", token["quoted"]))
        elif mark is None:
            box.phrase.append(token[0])
    if (one := box.value()) is not None:
        yield one


def _email(text: str) -> str:
    """An address in lower case without blanks, route or quotes; ``""`` for none."""
    plain = _ROUTE.sub("", decoded(text), count=1) if text.lstrip().startswith("@") else decoded(text)
    return _BLANKS.sub("", plain).strip("'\"<>").removeprefix("mailto:").lower()[:_LONGEST]
