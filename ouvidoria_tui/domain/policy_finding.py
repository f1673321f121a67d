"""A remark about a policy: what every check gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.text import Text


class FindingKind(StrEnum):
    """How much a finding weighs: an error must be corrected before the policy is applied."""

    ERROR = "error"
    WARNING = "warning"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about a policy; ``requirement`` is the requirement, ruling or law that it comes from."""

    severity: FindingKind
    key: str
    message: Text
    requirement: str | None = None
