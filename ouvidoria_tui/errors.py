"""Every way in which ouvidoria refuses or fails, each with its exit code.

OuvidoriaError
├── UsageError     2  bad arguments, a bad QUERY
├── NotFound       3  no such ticket, agent, profile
├── Refused        4  a rule says no: stable code, reason, next step
├── Conflict       5  someone else changed it since it was read
├── PartlyDone     6  some rows or tickets were refused, the rest stand
├── StoreError     7  the store is missing, locked, corrupt, newer, or fails its proof
├── NotAllowed     8  this agent's role may not do this
└── Alarm          9  a condition asked for with --fail-if is true

An error says a sentence (``message``) and the next step (``hint``), both as :class:`~ouvidoria_tui.text.Text`.
"""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.text import Text

__all__ = [
    "OuvidoriaError",
    "UsageError",
    "NotFound",
    "Refused",
    "Conflict",
    "PartlyDone",
    "StoreError",
    "NotAllowed",
    "Alarm",
]


class OuvidoriaError(Exception):
    """What every deliberate failure is: ``code`` (stable), ``message``, ``hint`` and ``exit_code``.

    ``details`` holds machine-readable extras (a line, a column, legal moves) that go into the JSON error.
    """

    exit_code = 1

    def __init__(
        self,
        code: str,
        message: Text,
        hint: Text | None = None,
        *,
        details: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(code, str(message))
        self.code = code
        self.message = message
        self.hint = hint
        self.details = dict(details or {})

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class UsageError(OuvidoriaError):
    """The call itself is wrong; nothing was tried."""

    exit_code = 2


class NotFound(OuvidoriaError):
    """What was named does not exist here."""

    exit_code = 3


class Refused(OuvidoriaError):
    """A rule of the desk says no."""

    exit_code = 4


class Conflict(OuvidoriaError):
    """The ticket changed since the caller read it; nothing was written."""

    exit_code = 5


class PartlyDone(OuvidoriaError):
    """Some of many were refused; the others stand."""

    exit_code = 6


class StoreError(OuvidoriaError):
    """The store cannot be used or does not pass its proof."""

    exit_code = 7


class NotAllowed(OuvidoriaError):
    """The agent is unknown, inactive, or of a role that may not do this."""

    exit_code = 8


class Alarm(OuvidoriaError):
    """A condition that the caller asked about is true."""

    exit_code = 9
