"""A message as a tree of parts, split by boundaries over bytes: bounded in number and depth, whatever they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from ouvidoria_tui.intake.mail import fields
from ouvidoria_tui.intake.mail.encoded_words import one_line
from ouvidoria_tui.intake.mail.fields import Headers
from ouvidoria_tui.intake.mail.limits import Limits, Remarks
from ouvidoria_tui.intake.mail.params import parameters
from ouvidoria_tui.intake.mail.transfer import transferred

_TYPE: Final = re.compile(r"[a-z0-9.+_-]+/[a-z0-9.+_*-]+")
_GUESS: Final = re.compile(rb"(?:\A|\n)--([^\s-][^\r\n]{0,150}?)[ \t]{0,99}\r?\n(?:[A-Za-z-]{3,40}:|\r?\n)")
_SHORT: Final = {"text": "text/plain", "plain": "text/plain", "html": "text/html"}


@dataclass
class Part:
    """One node: its headers, the bytes under them, and the parts that a multipart holds."""

    headers: Headers
    body: bytes
    content_type: str
    params: dict[str, str]
    depth: int = 0
    children: list[Part] = field(default_factory=list)

    @property
    def multipart(self) -> bool:
        """Whether it is a container that was opened."""
        return self.content_type.startswith("multipart/")

    @cached_property
    def data(self) -> bytes:
        """What the sender encoded."""
        return transferred(self.body, self.headers.first("content-transfer-encoding"))

    @cached_property
    def disposition(self) -> tuple[str, dict[str, str]]:
        """``inline``, ``attachment`` or ``""``, with the parameters."""
        return parameters(self.headers.first("content-disposition"))

    @cached_property
    def filename(self) -> str:
        """The name that the sender gave, on one line; never a path to be trusted. ``""`` where there is none."""
        return one_line(self.disposition[1].get("filename") or self.params.get("name", ""))[:255]

    def walk(self) -> Iterator[Part]:
        """Itself and all parts below, in the order of the message."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children))


def tree(raw: bytes, limits: Limits, remarks: Remarks) -> Part:
    """The message in ``raw`` with its multiparts opened (an attached message is not)."""
    root = _part(raw, "text/plain", 0, limits, remarks)
    count = 1
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        if not parent.multipart:
            continue
        if parent.depth >= limits.nesting:
            remarks.add("nesting-cut")
            parent.content_type = "application/octet-stream"
            continue
        kind = "message/rfc822" if parent.content_type == "multipart/digest" else "text/plain"
        for piece in _pieces(parent, remarks):
            if count >= limits.parts:
                remarks.add("parts-cut")
                return root
            count += 1
            parent.children.append(_part(piece, kind, parent.depth + 1, limits, remarks))
        waiting.extend(reversed(parent.children))
    return root


def _part(raw: bytes, default: str, depth: int, limits: Limits, remarks: Remarks) -> Part:
    headers, body = fields.split(raw, limits, remarks, inside=depth > 0)
    content_type, params = parameters(headers.first("content-type"))
    content_type = _SHORT.get(content_type, content_type)
    found = _TYPE.match(content_type)
    if content_type and found is None:
        remarks.add("content-type-guessed")
    return Part(headers, body, found[0] if found else default, params, depth)


def _pieces(parent: Part, remarks: Remarks) -> Iterator[bytes]:
    """The parts of a multipart; where its boundary is missing or not to be found, the one that stands in it."""
    boundary = parent.params.get("boundary", "").rstrip().encode("utf-8", "replace")
    encoding = parent.headers.first("content-transfer-encoding").lower()
    body = parent.data if encoding in ("base64", "quoted-printable") else parent.body
    found = False
    for piece in _split(body, boundary) if boundary else ():
        found = True
        yield piece
    if found:
        return
    guessed = _GUESS.search(body)
    if guessed and guessed[1] != boundary:
        remarks.add("boundary-guessed")
        yield from _split(body, guessed[1])
    elif body.strip():
        remarks.add("boundary-missing")
        yield b"\n" + body


def _split(body: bytes, boundary: bytes) -> Iterator[bytes]:
    mark = b"--" + boundary
    start = -1
    at = 0
    while (at := body.find(mark, at)) >= 0:
        after = at + len(mark)
        stop = body.find(b"\n", after)
        stop = len(body) if stop < 0 else stop + 1
        rest = body[after : min(stop, after + 200)].strip()
        if rest not in (b"", b"--") or (at and body[at - 1] not in b"\r\n"):
            at = after
            continue
        if start >= 0:
            yield _inner(body, start, at)
        start = stop
        if rest == b"--":
            return
        at = max(after, stop - 1)
    if start >= 0:
        yield body[start:]


def _inner(body: bytes, start: int, stop: int) -> bytes:
    """What lies between two delimiters, without the line end that belongs to the second."""
    if stop > start and body[stop - 1] == 10:
        stop -= 1
    if stop > start and body[stop - 1] == 13:
        stop -= 1
    return body[start:stop]
