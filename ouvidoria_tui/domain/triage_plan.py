"""The values of batch triage: the case it looks at, and the plan with its reasons that comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ouvidoria_tui.domain.first_line import Prior
from ouvidoria_tui.domain.ticket import Admission, Channel, Difficulty, Severity, Type
from ouvidoria_tui.text import Text

#: Gives the protocol of the oldest open ticket of a customer (id) with this normalised subject that arrived
#: before this one, or ``None``. The subject is as :func:`~ouvidoria_tui.domain.fold.normal_subject` makes it.
DuplicateOf = Callable[["Case", str], str | None]

#: Gives what the imported history of the first instance knows of a case's number, ``None`` where it is not there.
#: Without any history there is nothing to look up in: no such function is passed then.
PriorKnown = Callable[["Case"], Prior | None]


@dataclass(frozen=True, slots=True)
class Case:
    """What triage looks at; ``severity``, ``difficulty``, ``department`` only where a person chose them."""

    protocol: str
    subject: str
    text: str
    type: Type
    channel: Channel
    prior_ticket: str | None = None
    department: str | None = None
    customer: int | None = None
    severity: Severity | None = None
    difficulty: Difficulty | None = None
    arrived_at: int = 0
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the rule's name, its requirement, a sentence; ``warning`` where a person should look."""

    rule: str
    requirement: str | None
    text: Text
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What triage would do with one case.

    ``codes`` hold what decided against plain admission, ``messages`` the ids of the templates to send (P1,
    P2, D1), ``type`` a suggestion that is never applied, ``revision`` the ticket's when the plan was made.
    """

    protocol: str
    decision: Admission
    codes: tuple[str, ...]
    reasons: tuple[Reason, ...]
    department: str | None
    severity: Severity
    difficulty: Difficulty
    team: bool
    duplicate_of: str | None = None
    messages: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    type: Type | None = None
    revision: int = 0


@dataclass(slots=True)
class Draft:
    """The plan while it grows."""

    codes: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def hold(self, code: str, message: str, reason: Reason) -> None:
        """Holds the case back, or joins it to another; the customer is always told by ``message``."""
        self.codes.append(code)
        self.messages.append(message)
        self.reasons.append(reason)
