"""The lines of a page under construction: white space folded as a browser does, quotation marks on every line."""

from __future__ import annotations

import re
from typing import Final

_SPACE: Final = re.compile(r"[ \t\r\n\f\u00a0]+")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_DEEPEST: Final = 10


def space_folded(text: str) -> str:
    """``text`` with every run of blanks as one space."""
    return _SPACE.sub(" ", text)


class Page:
    """``quotes`` is the depth of quotation, ``pre`` of preformatted text, of what is written next."""

    def __init__(self) -> None:
        self.quotes = 0
        self.pre = 0
        self._lines: list[str] = []
        self._line: list[str] = []
        self._seen = False
        self._mark = 0

    def words(self, text: str) -> None:
        """Goes on with the line."""
        if self.pre:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._add(first)
            for other in others:
                self.end()
                self._add(other)
            return
        plain = space_folded(text)
        if plain.startswith(" ") and (not self._line or self._line[-1].endswith(" ")):
            plain = plain[1:]
        self._add(plain)

    def _add(self, text: str) -> None:
        if text:
            self._line.append(text)
            self._seen = self._seen or bool(text.strip())

    def end(self) -> None:
        """Ends the line, though it be empty."""
        self._lines.append(("> " * min(self.quotes, _DEEPEST) + "".join(self._line)).rstrip())
        self._line.clear()
        self._seen = False
        self._mark = 0

    def block(self, *, spaced: bool) -> None:
        """A block begins or ends here: on a line of its own, and ``spaced`` from what is before it."""
        if self._seen:
            self.end()
        self._line.clear()
        if spaced and self._lines and self._lines[-1].strip("> "):
            self.end()

    def end_quote(self) -> None:
        """A quotation ends; the outermost one is followed by an empty line."""
        self.block(spaced=False)
        while self._lines and self._lines[-1] and not self._lines[-1].strip("> "):
            self._lines.pop()
        self.quotes = max(0, self.quotes - 1)
        if not self.quotes and self._lines and self._lines[-1]:
            self.end()

    def mark(self) -> None:
        """Remembers this place for :meth:`since_mark`."""
        self._mark = len(self._line)

    def since_mark(self) -> str:
        """What was written in this line since the mark."""
        return "".join(self._line[self._mark :])

    def text(self) -> str:
        """All of it, with never more than one empty line in a row."""
        self.block(spaced=False)
        return _EMPTY_LINES.sub("\n\n", "\n".join(self._lines)).strip("\n")
