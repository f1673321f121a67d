"""A Maildir: what is in ``new`` and ``cur``, while others deliver, read, move and delete in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ouvidoria_tui.intake.mail.limits import Limits
from ouvidoria_tui.intake.mail.source_item import Skipped, SkipReason, SourceItem

#: A name begins with the second of delivery, written by the server that delivered.
_DELIVERED: Final = re.compile(r"(\d{9,10})\.")
_TRASHED: Final = re.compile(r":2,[A-Z]*T")


def is_maildir(path: Path) -> bool:
    """Whether ``path`` has a ``new`` or a ``cur`` in it."""
    return (path / "new").is_dir() or (path / "cur").is_dir()


def read_maildir(path: Path, limits: Limits) -> Iterator[SourceItem | Skipped]:
    """Its messages in the order of delivery; those marked as trashed are left out.

    A message that another program moves from ``new`` to ``cur`` in between is followed; nothing is changed.
    """
    found: dict[str, Path] = {}
    for folder in (path / "new", path / "cur"):
        found.update((_unique(one.name), one) for one in _listed(folder))
    for unique in sorted(found, key=lambda name: (_delivered(name) or 0, name)):
        yield _read(path, unique, found[unique], limits)


def _read(root: Path, unique: str, path: Path, limits: Limits) -> SourceItem | Skipped:
    for turn in range(2):
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                if size > limits.size:
                    return Skipped(str(path), SkipReason.TOO_LARGE, size)
                raw = file.read(limits.size + 1)
            if len(raw) > limits.size:
                return Skipped(str(path), SkipReason.TOO_LARGE, len(raw))
            return SourceItem(str(path), raw, _delivered(unique))
        except FileNotFoundError:
            moved = next((one for one in _listed(root / "cur") if _unique(one.name) == unique), None)
            if turn or moved is None:
                break
            path = moved
        except OSError:
            return Skipped(str(path), SkipReason.UNREADABLE)
    return Skipped(str(path), SkipReason.VANISHED)


def _listed(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [
                Path(entry.path)
                for entry in entries
                if not entry.name.startswith(".") and not _TRASHED.search(entry.name) and entry.is_file()
            ]
    except OSError:  # gone, or never there: a Maildir may be removed while it is read
        return []


def _unique(name: str) -> str:
    return name.partition(":")[0]


def _delivered(name: str) -> int | None:
    found = _DELIVERED.match(name)
    return int(found[1]) if found else None
