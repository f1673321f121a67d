"""What notices to many customers need of a store; ``store.notices`` has it."""

from __future__ import annotations

from typing import Protocol

from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.notice import Addressee, Audience, Notice


class Notices(Protocol):
    """Notices, and who is of an audience."""

    def all(self) -> list[Notice]:
        """Every notice, the newest first."""
        ...

    def audience(
        self, audience: Audience, number: int | None, after: int, limit: int, usual: Language
    ) -> list[Addressee]:
        """So many of the audience with ids beyond ``after``, in their order; who had notice ``number`` says so.

        ``usual`` is the language of customers who have none of their own.
        """
        ...
