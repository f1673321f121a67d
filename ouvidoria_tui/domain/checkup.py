"""What a check of the installation says: its name, how it ended, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.text import Text


class Health(StrEnum):
    """How a check ended. With a problem the desk cannot be worked at; a warning is to be looked at."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; ``hint`` is what to do where it is not well."""

    name: str
    health: Health
    message: Text
    hint: Text | None = None
