"""The only place that reads the time. Everything else gets ``now`` as a parameter (UTC epoch seconds)."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Whatever can say what time it is."""

    def now(self) -> int:
        """The present moment in whole UTC epoch seconds."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """The present moment in whole UTC epoch seconds."""
        return int(time.time())


class FixedClock:
    """A clock that stands still until it is set: for tests and for figures "as of" a date."""

    def __init__(self, at: int) -> None:
        self.at = at

    def now(self) -> int:
        """The moment it was set to, in UTC epoch seconds."""
        return self.at
