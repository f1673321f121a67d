"""The file of rejects: the only place where a refused value is written, for it may be personal (LGPD)."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.intake.record import MAX_VALUE, Reject
from ouvidoria_tui.text import N_, Text


class RejectFile:
    """A JSON-lines file, readable by its owner only, written reject by reject.

    An older file of that name is replaced. A symbolic link is not followed. ``say`` puts the reason into
    words. Raises ``UsageError`` (``REJECTS_UNWRITABLE``) before anything is imported.
    """

    def __init__(self, path: str | Path, say: Callable[[Text], str] = str) -> None:
        self._say = say
        self.count = 0
        try:
            number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            try:
                if stat.S_ISREG(os.fstat(number).st_mode):
                    os.fchmod(number, 0o600)  # an older file may be open to others
                    os.ftruncate(number, 0)
            except BaseException:
                os.close(number)
                raise
        except (OSError, ValueError) as error:
            text = os.strerror(error.errno or 0) if isinstance(error, OSError) else str(error)
            raise UsageError(
                "REJECTS_UNWRITABLE",
                N_("the file of rejects cannot be written: {reason}", reason=text),
                N_("name a file in a folder of your own"),
            ) from None
        self._file = os.fdopen(number, "w", encoding="ascii", newline="\n")

    def add(self, reject: Reject) -> None:
        """Writes one reject as one line."""
        row = {
            "file": reject.file,
            "line": reject.line,
            "column": reject.column,
            "field": reject.field,
            "code": reject.code,
            "message": self._say(reject.message),
            "value": reject.value[:MAX_VALUE],
        }
        self._file.write(json.dumps(row) + "\n")
        self.count += 1

    def __enter__(self) -> RejectFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def write_rejects(path: str | Path, rejects: Iterable[Reject]) -> int:
    """Writes ``rejects`` to ``path`` (0600, JSON lines with the value); how many there were."""
    with RejectFile(path) as file:
        for reject in rejects:
            file.add(reject)
        return file.count
