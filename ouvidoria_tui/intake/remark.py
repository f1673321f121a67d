"""What is said of a row that was taken, but not letter by letter as it stands in the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ouvidoria_tui.text import Text


@dataclass(frozen=True, slots=True)
class Remark:
    """Where (``line`` and ``column`` from 1; 0 = the whole file or row), a stable code, and what was done."""

    file: str
    line: int
    column: int
    code: str
    message: Text


#: Hears every remark of a reading, in the order of the file.
Tell = Callable[[Remark], None]


def unheard(remark: Remark) -> None:
    """Hears nothing: for whoever reads a file and wants its records only."""
