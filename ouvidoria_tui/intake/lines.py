"""Numbered lines of a source, with the way back to an earlier one."""

from __future__ import annotations

from ouvidoria_tui.intake.record import MAX_ROW
from ouvidoria_tui.intake.remark import Remark, Tell
from ouvidoria_tui.intake.source import Source
from ouvidoria_tui.text import N_

_PIECE = 1024 * 1024


class TooLong(Exception):
    """A line, or the lines of one row together, exceed ``MAX_ROW``."""


class Lines:
    """Reads one line at a time; ``offset`` and ``number`` are of the line that comes next.

    ``spoilt`` is set when a line did not decode (its odd bytes come as escapes) until cleared. Where the encoding
    was found out and somebody hears it (``tell``), a line may have another encoding than the file.
    """

    def __init__(self, source: Source, tell: Tell | None = None) -> None:
        self._name = source.name
        self._tell = tell if source.guessed else None
        self._told = 0
        self._handle = source.handle
        self._encoding = source.encoding
        self._handle.seek(source.start)
        self.offset = source.start
        self.number = 1
        self.spoilt = False

    def read(self) -> str:
        """The next line with its end, ``""`` after the last. Raises ``TooLong`` in the midst of a line."""
        raw = self._handle.readline(MAX_ROW)
        self.offset += len(raw)
        if len(raw) >= MAX_ROW and not raw.endswith(b"\n"):
            raise TooLong
        if raw:
            self.number += 1
        try:
            return raw.decode(self._encoding)
        except UnicodeDecodeError:
            found = self._of_its_own(raw) if self._tell is not None else None
            if found is not None:
                return found
            self.spoilt = True
            return raw.decode(self._encoding, "backslashreplace")

    def _of_its_own(self, raw: bytes) -> str | None:
        """The line in the other of the two encodings that files mix, where nothing speaks against it."""
        other = "cp1252" if self._encoding == "utf-8" else "utf-8"
        if other == "cp1252" and not raw.decode("utf-8", "ignore").isascii():
            return None  # UTF-8 with a broken place: no other encoding makes sense of all of it
        try:
            text = raw.decode(other)
        except UnicodeDecodeError:
            return None
        line = self.number - 1
        if self._tell is not None and line > self._told:  # a line may be read again
            self._told = line
            message = N_(
                "read as {encoding}, unlike the rest of the file",
                encoding="Windows-1252" if other == "cp1252" else "UTF-8",
            )
            self._tell(Remark(self._name, line, 0, "LINE_ENCODING", message))
        return text

    def back(self, offset: int, number: int) -> None:
        """Continues at an earlier place."""
        self._handle.seek(offset)
        self.offset, self.number = offset, number

    def glance(self, length: int) -> str:
        """The next ``length`` bytes as text, for a reject; the place stays."""
        text = self._handle.read(length).decode(self._encoding, "backslashreplace")
        self._handle.seek(self.offset)
        return text

    def skip_line(self) -> None:
        """Passes the rest of the line, however long."""
        while piece := self._handle.readline(_PIECE):
            self.offset += len(piece)
            if piece.endswith(b"\n"):
                self.number += 1
                return

    def skip_row(self) -> bool:
        """Passes lines until their quotes are even: the end of a row; ``False`` if the file ends first."""
        odd = False
        while piece := self._handle.readline(_PIECE):
            self.offset += len(piece)
            odd ^= bool(piece.count(b'"') & 1)
            if piece.endswith(b"\n"):
                self.number += 1
                if not odd:
                    return True
        return not odd
