"""What a ticket is: its closed vocabularies and the row that every screen and command shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """The six statuses (S2-29 to S2-34); screens show the profile's labels, everything else these slugs."""

    OPEN = "open"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in-progress"
    ANSWERED = "answered"
    CUSTOMER_REPLY = "customer-reply"
    CLOSED = "closed"


class Turn(StrEnum):
    """Who has to move next (C-02)."""

    DESK = "desk"
    CUSTOMER = "customer"
    AREA = "area"
    NONE = "none"


class Type(StrEnum):
    """The kind of manifestation (S0-01, S4-08)."""

    COMPLAINT = "complaint"
    CRITICISM = "criticism"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    REQUEST = "request"
    REPORT = "report"


class Channel(StrEnum):
    """The way in."""

    PORTAL = "portal"
    EMAIL = "email"
    PHONE = "phone"
    CHAT = "chat"
    WHATSAPP = "whatsapp"
    LETTER = "letter"
    IN_PERSON = "in-person"
    SOCIAL = "social"
    INTERNAL = "internal"


class Severity(StrEnum):
    """How grave the problem is (S4-19). Ordered from light to grave; it never moves the place in the queue."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Difficulty(StrEnum):
    """How hard the problem is to solve (S4-18)."""

    SIMPLE = "simple"
    MEDIUM = "medium"
    COMPLEX = "complex"


class Admission(StrEnum):
    """What triage found: does this belong at the desk?"""

    PENDING = "pending"
    ADMITTED = "admitted"
    AWAITING_INFO = "awaiting-info"
    REDIRECTED = "redirected"
    INELIGIBLE = "ineligible"
    DUPLICATE = "duplicate"


class Merit(StrEnum):
    """The assessment of the complaint (procedência, S4-17)."""

    NOT_ASSESSED = "not-assessed"
    FOUNDED = "founded"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"


class CloseReason(StrEnum):
    """Why a ticket was closed (C-27)."""

    SOLVED = "solved"
    NO_REPLY = "no-reply"
    DUPLICATE = "duplicate"
    INELIGIBLE = "ineligible"
    REDIRECTED = "redirected"
    WITHDRAWN = "withdrawn"


class EscalationReason(StrEnum):
    """What about the first instance brought somebody to the desk (S0-40)."""

    SPEED = "speed"
    QUALITY = "quality"
    OTHER = "other"


class Lane(StrEnum):
    """Separate first-come-first-served queues that only a rule may choose (C-06), in the order they are served."""

    LEGAL_PRIORITY = "legal-priority"
    EMERGENCY = "emergency"
    ORDINARY = "ordinary"


SEVERITY_ORDER = {Severity.LOW: 0, Severity.MEDIUM: 1, Severity.HIGH: 2, Severity.CRITICAL: 3}


@dataclass(frozen=True, slots=True)
class Ticket:
    """One manifestation as it stands now: the fold of its events, without its free text.

    Times are UTC epoch seconds. ``revision`` is the number of events so far, ``head`` the hash of the last
    one. ``occurred_at`` is when that happened of which the customer tells, ``complained_department`` the one that
    had not solved it (S2-13). ``department``, ``area``, ``plan`` and ``cause`` are slugs of their registers;
    ``customer`` and ``assignee`` are ids of theirs.
    """

    id: int
    protocol: str
    status: Status
    turn: Turn
    type: Type
    channel: Channel
    arrived_at: int
    registered_at: int
    subject: str = ""
    department: str | None = None
    area: str | None = None
    plan: str | None = None
    cause: str | None = None
    customer: int | None = None
    assignee: int | None = None
    severity: Severity | None = None
    difficulty: Difficulty | None = None
    lane: Lane = Lane.ORDINARY
    level: int = 0
    admission: Admission = Admission.PENDING
    merit: Merit = Merit.NOT_ASSESSED
    outcome: str | None = None
    close_reason: CloseReason | None = None
    prior_ticket: str | None = None
    duplicate_of: int | None = None
    incident: int | None = None
    confidential: bool = False
    unread: bool = False
    flags: tuple[str, ...] = ()
    answered_at: int | None = None
    concluded_at: int | None = None
    customer_wrote_at: int | None = None
    public_word_at: int | None = None
    closed_at: int | None = None
    reopened: int = 0
    acted_at: int = 0
    updated_at: int = 0
    revision: int = 0
    head: bytes = b""
    complained_department: str | None = None
    occurred_at: int | None = None
    escalation_reason: EscalationReason | None = None
