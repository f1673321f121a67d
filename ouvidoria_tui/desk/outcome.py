"""What a verb gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.text import Text


class Result(StrEnum):
    """How an act ended."""

    DONE = "done"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One act on one ticket: what was asked, how it ended, and where the ticket stands now.

    ``error`` is set where the act was refused; ``details`` holds extras such as the place in the queue. What was
    ``told`` to a customer or an area with it cannot be taken back.
    """

    protocol: str
    verb: str
    result: Result
    status: Status | None = None
    revision: int | None = None
    code: str | None = None
    message: Text | None = None
    error: OuvidoriaError | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    told: bool = False
