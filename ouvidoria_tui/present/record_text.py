"""Long text on a page: clean, wrapped by cells, never wider than a comfortable line."""

from __future__ import annotations

from collections.abc import Iterator

from ouvidoria_tui.present.safe import cells, clean, cut

#: Lines wider than this are hard to read.
WIDEST = 88


def wrapped(text: str, width: int, indent: str = "") -> Iterator[str]:
    """Outside text as lines of at most ``width`` cells, its own line breaks kept, runs of empty lines folded.

    A word that is wider than a line is broken.
    """
    room = max(8, width - len(indent))
    empty = False
    for line in clean(text, newlines=True).strip("\n").split("\n"):
        if not line.strip():
            if not empty:
                yield ""
            empty = True
            continue
        empty = False
        for part in _lines(line.rstrip(), room):
            yield indent + part


def _lines(line: str, room: int) -> Iterator[str]:
    if len(line) <= room and cells(line) <= room:
        yield line
        return
    now = ""
    for word in line.split():
        if len(now) + len(word) < room and cells(now) + 1 + cells(word) <= room:
            now = f"{now} {word}" if now else word
            continue
        if now:
            yield now
        *heads, now = _pieces(word, room)
        yield from heads
    if now:
        yield now


def _pieces(word: str, room: int) -> Iterator[str]:
    # A window at a time: a word may be a megabyte long.
    at = 0
    while len(word) - at > room or cells(word[at:]) > room:
        head = cut(word[at : at + room], room, "")
        yield head
        at += len(head)
    yield word[at:]
