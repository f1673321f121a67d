"""What the desk needs to keep so that a customer can follow a ticket, be written to, and say how it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ouvidoria_tui.domain.template import Template


class Telling(Protocol):
    """Read and written inside the transaction that is open."""

    def access_failures(self, protocol: str, since: int) -> Sequence[int]:
        """When a wrong access code was given for a protocol since then, oldest first."""
        ...

    def note_access_failure(self, protocol: str, at: int) -> None:
        """Remembers a wrong access code; what is long past is forgotten."""
        ...

    def forget_access_failures(self, protocol: str) -> None:
        """Forgets the wrong access codes of a protocol."""
        ...

    def template(self, name: str, language: str) -> Template | None:
        """The newest version of a template; ``None`` where it was never changed."""
        ...

    def template_versions(self, name: str, language: str) -> Sequence[Template]:
        """The versions of a template after version 0, the newest first; a reset one has no text."""
        ...

    def survey(self, digest: str) -> tuple[int, int] | None:
        """The ticket's id and the number of the event of the survey whose token has that digest."""
        ...
