"""The part of a JSON document that is at hand, with its place in the file."""

from __future__ import annotations

import codecs
import re

from ouvidoria_tui.intake.record import MAX_VALUE
from ouvidoria_tui.intake.source import CHUNK, Source

_BLANK = re.compile(r"[ \t\r\n]*")


class Window:
    """The part of the text that is at hand: ``text`` from ``pos`` on is unread."""

    def __init__(self, source: Source) -> None:
        self._handle = source.handle
        self._handle.seek(source.start)
        # A byte that does not decode becomes half a surrogate pair, which the checks of a record refuse.
        self._decoder = codecs.getincrementaldecoder(source.encoding)("surrogateescape")
        self._line, self._column, self._mark = 1, 1, 0
        self.offset = source.start
        self.text = ""
        self.pos = 0
        self.ended = False

    def more(self) -> bool:
        """Reads on, forgetting what lies before ``pos`` (which moves to 0); ``False`` at the end."""
        if self.ended:
            return False
        self.place(self.pos)
        chunk = self._handle.read(max(CHUNK, len(self.text) - self.pos))
        self.offset += len(chunk)
        self.ended = not chunk
        self.text = self.text[self.pos :] + self._decoder.decode(chunk, final=not chunk)
        self.pos = self._mark = 0
        return not self.ended

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of ``at``; places are asked for in order."""
        breaks = self.text.count("\n", self._mark, at)
        if breaks:
            self._line += breaks
            self._column = at - self.text.rfind("\n", self._mark, at)
        else:
            self._column += at - self._mark
        self._mark = at
        return self._line, self._column

    def peek(self) -> str:
        """The next character that is no blank, ``""`` at the end; ``pos`` is on it."""
        while True:
            match = _BLANK.match(self.text, self.pos)
            self.pos = match.end() if match else self.pos
            if self.pos < len(self.text):
                return self.text[self.pos]
            if not self.more():
                return ""

    def glance(self, at: int) -> str:
        """Some text from ``at`` on, for a reject."""
        return self.text[at : at + MAX_VALUE]
