"""Events and their chain: what is hashed, and how.

Every act is an :class:`Event`. Its ``payload`` holds facts and ``changes`` (``{field: [old, new]}``), never
free text and never personal data: those stand beside the event as a message, bound to it by a salted
commitment. Hashes are SHA-256 over canonical JSON (sorted keys, no white space, UTF-8):

- ``hash(event) = H({"ticket", "seq", "type", "actor", "os_user", "happened_at", "recorded_at", "payload", "prev"})``,
  ``prev`` being the hash of the ticket's previous event in hex, or an empty string;
- ``anchor(event) = H(previous anchor ‖ hash)`` over the raw bytes, in the order of recording, desk-wide.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256


class Act(StrEnum):
    """The type of an event: what happened."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    RETURNED = "returned"
    STARTED = "started"
    REPLIED = "replied"
    ASKED = "asked"
    NOTED = "noted"
    CUSTOMER_REPLIED = "customer-replied"
    CLOSED = "closed"
    REOPENED = "reopened"
    TRANSFERRED = "transferred"
    CLASSIFIED = "classified"
    TRIAGED = "triaged"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    HANDED_BACK = "handed-back"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    INTERRUPTED = "interrupted"
    DELAY_NOTICED = "delay-noticed"
    FORWARDED = "forwarded"
    AREA_ANSWERED = "area-answered"
    AREA_WAIVED = "area-waived"
    CONSENT_ASKED = "consent-asked"
    CONSENT_ANSWERED = "consent-answered"
    WARNED = "warned"
    BREACHED = "breached"
    ATTACHED = "attached"
    BOUNCED = "bounced"
    MAIL_CANCELLED = "mail-cancelled"
    MAIL_RETRIED = "mail-retried"
    PRIOR_RECORDED = "prior-recorded"
    POSITION_STATED = "position-stated"
    ASSESSED = "assessed"
    CONFLICT_DECLARED = "conflict-declared"
    CUSTOMER_VIEWED = "customer-viewed"
    TEAM_SET = "team-set"
    MEASURE_ADDED = "measure-added"
    MEASURE_DONE = "measure-done"
    MEASURES_NONE = "measures-none"
    IMPROVEMENT_ADDED = "improvement-added"
    IMPROVEMENT_DONE = "improvement-done"
    IMPROVEMENT_NONE = "improvement-none"
    QUALITY_CHECKED = "quality-checked"
    REPRODUCED = "reproduced"
    WRITTEN_CONFIRMED = "written-confirmed"
    REMINDED = "reminded"
    INFORMED = "informed"
    CODE_ISSUED = "code-issued"
    SURVEY_OFFERED = "survey-offered"
    SURVEY_ANSWERED = "survey-answered"
    DECIDED = "decided"
    PRAISE_NAMED = "praise-named"
    PRAISE_TOLD = "praise-told"
    ELEMENTS_CHECKED = "elements-checked"
    ANSWER_PROPOSED = "answer-proposed"
    ANSWER_REVIEWED = "answer-reviewed"
    MEDIATED = "mediated"
    IDENTITY_SHOWN = "identity-shown"
    UPDATED = "updated"
    CUSTOMER_LINKED = "customer-linked"
    CALLED = "called"
    MET = "met"
    CONVERTED = "converted"
    UNDONE = "undone"
    # two tickets, or a ticket and an incident
    MERGED = "merged"
    JOINED = "joined"
    UNMERGED = "unmerged"
    UNJOINED = "unjoined"
    LINKED = "linked"
    UNLINKED = "unlinked"
    INCIDENT_LINKED = "incident-linked"
    INCIDENT_UNLINKED = "incident-unlinked"
    INCIDENT_NOTICED = "incident-noticed"
    # desk-level: no ticket
    DESK_CREATED = "desk-created"
    POLICY_APPLIED = "policy-applied"
    AGENT_REGISTERED = "agent-registered"
    CUSTOMER_REGISTERED = "customer-registered"
    REGISTER_CHANGED = "register-changed"
    MAIL_DISCARDED = "mail-discarded"
    INCIDENT_OPENED = "incident-opened"
    INCIDENT_CLOSED = "incident-closed"
    DIGEST_SENT = "digest-sent"
    DIGEST_ACKNOWLEDGED = "digest-acknowledged"
    ANALYSIS_RECORDED = "analysis-recorded"
    TEMPLATE_CHANGED = "template-changed"
    TEMPLATE_RESET = "template-reset"
    INCIDENT_TOLD = "incident-told"
    NOTICE_MADE = "notice-made"
    NOTICE_EXTENDED = "notice-extended"
    NOTICE_GIVEN = "notice-given"


#: Acts that take an earlier one back: their payload names it (``undoes``), and clocks run as if it had not been.
TAKE_BACK = frozenset({Act.UNDONE, Act.UNMERGED})
#: Acts by which nobody is waited for on the ticket any more.
ENDINGS = frozenset({Act.CLOSED, Act.MERGED})


class Part(StrEnum):
    """What a message is, which decides who may read it."""

    MANIFESTATION = "manifestation"
    CUSTOMER = "customer"
    DESK = "desk"
    NOTE = "note"
    REASON = "reason"
    AREA = "area"
    CASE = "case"
    ATTACHMENT = "attachment"
    AREA_FILE = "area-file"
    SURVEY = "survey"


#: What is a file: its name stands where others have a subject.
FILE_PARTS = frozenset({Part.ATTACHMENT, Part.AREA_FILE})
#: What a customer may see of a timeline.
PUBLIC_PARTS = frozenset({Part.MANIFESTATION, Part.CUSTOMER, Part.DESK, Part.ATTACHMENT, Part.SURVEY})


@dataclass(frozen=True, slots=True)
class Message:
    """Free text that belongs to one event. ``salt`` makes its commitment unguessable."""

    part: Part
    text: str
    subject: str = ""
    salt: bytes = b""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it is recorded: what happened, when, with which facts and words.

    Where ``to_customer`` is true the words leave by mail as well, if the desk has mail and the customer an address.
    ``to_area`` names an area to whose address they leave instead.
    ``code`` is an access code that only the letter has, in the place of ``access_code.MASK``: it is never recorded.
    """

    type: Act
    happened_at: int
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    message: Message | None = None
    to_customer: bool = False
    to_area: str | None = None
    code: str = field(default="", repr=False)

    def payload(self) -> dict[str, object]:
        """The JSON value that is recorded: facts, changes, and the commitment to the message."""
        value: dict[str, object] = dict(self.facts)
        if self.changes:
            value["changes"] = {name: [old, new] for name, (old, new) in self.changes.items()}
        if self.message is not None:
            value["part"] = self.message.part.value
            value["text"] = commitment(self.message)
        return value


@dataclass(frozen=True, slots=True)
class Event:
    """One recorded act. ``ticket`` is ``None`` for an act of the desk as a whole; times are UTC epoch seconds."""

    id: int
    ticket: int | None
    seq: int
    type: Act
    actor: int
    os_user: str
    happened_at: int
    recorded_at: int
    payload: Mapping[str, object]
    prev: bytes
    hash: bytes
    anchor: bytes

    @property
    def changes(self) -> Mapping[str, tuple[object, object]]:
        """``{field: (old, new)}`` of the ticket's row."""
        changes = self.payload.get("changes")
        if not isinstance(changes, dict):
            return {}
        return {name: (pair[0], pair[1]) for name, pair in changes.items()}


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: object) -> str:
    """Canonical JSON: sorted keys, no white space, no NaN."""
    return _encode(value)


def commitment(message: Message) -> str:
    """Hex SHA-256 of salt, subject and text, each preceded by its length: binds the words to the event."""
    subject = message.subject.encode("utf-8", "surrogatepass")
    text = message.text.encode("utf-8", "surrogatepass")
    digest = sha256(message.salt)
    digest.update(b"%d:%d:" % (len(subject), len(text)))
    digest.update(subject)
    digest.update(text)
    return digest.hexdigest()


def event_hash(
    *,
    ticket: int | None,
    seq: int,
    type: str,  # noqa: A002 - the field's name in the canonical form
    actor: int,
    os_user: str,
    happened_at: int,
    recorded_at: int,
    payload: str,
    prev: bytes,
) -> bytes:
    """The hash of one event; ``payload`` is already canonical JSON."""
    # Built by hand, in sorted order of keys, because this runs for every event of an import:
    # the same bytes as canonical() of the whole mapping (a test compares them).
    text = (
        f'{{"actor":{actor},"happened_at":{happened_at},"os_user":{_encode(os_user)},"payload":{payload},'
        f'"prev":"{prev.hex()}","recorded_at":{recorded_at},"seq":{seq},'
        f'"ticket":{"null" if ticket is None else ticket},"type":"{type}"}}'
    )
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def next_anchor(previous: bytes, hash_: bytes) -> bytes:
    """The desk-wide anchor after an event: H(previous anchor ‖ event hash)."""
    return sha256(previous + hash_).digest()


def storable(text: str) -> str:
    """``text`` as it can be kept: verbatim, but for lone surrogates, which are no characters and become U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return text
