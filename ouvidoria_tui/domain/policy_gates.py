"""What a policy asks before a manifestation is the desk's matter, as values: the rules of batch triage.

Every rule has a name, the words or topics by which it is recognised, and the requirement that it comes from.
``policy_gates_reader`` makes them from ``[[gates.…]]``; ``domain.gates`` decides by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from ouvidoria_tui.domain.ticket import Channel, Difficulty, Type


class NonCustomer(StrEnum):
    """What becomes of somebody who is no customer; who was harmed is always heard (C-08)."""

    ACCEPT = "accept"
    REDIRECT = "redirect"


class RefusalCode(StrEnum):
    """Why a matter is not the desk's, where a person could have known."""

    FEATURE_NOT_AVAILABLE = "FEATURE_NOT_AVAILABLE"
    COMMERCIAL_NEGOTIATION = "COMMERCIAL_NEGOTIATION"


@dataclass(frozen=True, slots=True)
class Wording:
    """How a matter is told from its words: any of ``words``, and none of ``unless``.

    Words and phrases are whole and accent-folded; one that ends in ``*`` stands for every word that begins so.
    With ``stem`` a single word stands for all its forms in Portuguese.
    """

    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    stem: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """What a manifestation may be about; channels and plans are restricted by topics.

    What somebody asks for under a topic with ``registered_address`` goes to an address of the register only (S3-12).
    """

    name: str
    title: str
    wording: Wording
    requirement: str | None = None
    registered_address: bool = False


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """One row of the channel matrix (C-10): what may come by ``channel``. An empty condition holds for everything.

    ``plan_from`` is the lowest plan that has the channel, ``calendar`` the hours in which it is served, and
    ``customers`` says that it is for those whom the company knows. A row that is not ``allowed`` closes the
    channel for what it names. A channel without rows is open for everything.

    ``unspecified`` marks a source that does not say which plans have the channel: all have it, and the check of
    the policy names the gap (C-21). What does not fit a row that ``becomes_ticket`` goes on as a ticket here
    (S0-22) instead of being sent elsewhere.
    """

    channel: Channel
    allowed: bool = True
    topics: frozenset[str] = frozenset()
    types: frozenset[Type] = frozenset()
    difficulties: frozenset[Difficulty] = frozenset()
    plans: frozenset[str] = frozenset()
    plan_from: str | None = None
    calendar: str | None = None
    customers: bool = False
    unspecified: bool = False
    becomes_ticket: bool = False
    requirement: str | None = None


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A department that only some plans have (S2-10, S2-11), or that is for work under a ``contract`` (S2-09)."""

    department: str
    plans: frozenset[str] = frozenset()
    plan_from: str | None = None
    contract: bool = False
    requirement: str | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """One of the causes that a redirect counts apart (S1-07)."""

    name: str
    title: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Redirect:
    """A matter that somebody else solves: another department of the desk, or a ``contact`` outside of it.

    With ``department`` the ticket moves there and stays open (template R4 unless another is named). Otherwise
    the customer is told where to turn by ``template``, and the ticket ends as redirected. With
    ``stays_with_prior`` whoever names a previous ticket has been there already, and is heard here.
    """

    name: str
    title: str
    wording: Wording
    template: str
    department: str | None = None
    contact: str | None = None
    causes: tuple[Cause, ...] = ()
    stays_with_prior: bool = False
    requirement: str | None = None

    @property
    def target(self) -> str:
        """Where to: the slug of the department, or the rule's own name."""
        return self.department or self.name


@dataclass(frozen=True, slots=True)
class Ineligible:
    """A matter on which the desk cannot decide. ``unless`` in its wording makes it one (S1-32: it was announced).

    ``convert`` is what it is offered to be instead (C-16: a suggestion).
    """

    name: str
    code: RefusalCode
    wording: Wording
    template: str
    contact: str | None = None
    convert: Type | None = None
    requirement: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an analysis by the second tier needs (S3-20 to S3-34).

    It is asked of tickets of ``difficulties`` or ``topics``: so many characters of ``details``, an image, the steps
    up to the fault, and a channel of ``channels``. ``competence`` is what an assignee must have.
    """

    name: str = "tier-two"
    topics: frozenset[str] = frozenset()
    difficulties: frozenset[Difficulty] = frozenset()
    channels: frozenset[Channel] = frozenset()
    image: bool = False
    steps: int = 0
    details: int = 0
    template: str = "P3"
    competence: str | None = None
    department: str | None = None
    requirement: str | None = None


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Notes that cost nobody anything (C-24): a share of capitals in percent, so many messages
    within five minutes.
    """

    capitals: int = 0
    letters: int = 20
    flood: int = 0


@dataclass(frozen=True, slots=True)
class Emergency:
    """By which words an emergency is recognised (S3-19), and whether it has a ``lane`` of its own (C-06)."""

    wording: Wording
    lane: bool = False
    requirement: str | None = None


@dataclass(frozen=True, slots=True)
class PlanChannels:
    """The primary channels that the customers of a plan have (S1-18)."""

    plan: str
    channels: frozenset[Channel]


@dataclass(frozen=True, slots=True)
class Prior:
    """What a previous ticket must be like: by which channels, and ended without satisfying (S1-17, S1-19).

    A plan of ``plans`` has only the channels named there; every other plan has all of ``channels``.
    """

    channels: tuple[Channel, ...] = ()
    plans: tuple[PlanChannels, ...] = ()
    unsatisfied: bool = False
    requirement: str | None = None

    def channels_of(self, plan: str | None) -> tuple[Channel, ...]:
        """The primary channels of a customer of ``plan``, in the order of the policy."""
        row = next((one for one in self.plans if one.plan == plan), None)
        return tuple(one for one in self.channels if row is None or one in row.channels)


@dataclass(frozen=True, slots=True)
class Gates:
    """All of them; the default holds nothing back."""

    topics: tuple[Topic, ...] = ()
    channels: tuple[ChannelRule, ...] = ()
    entitlements: tuple[Entitlement, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    ineligible: tuple[Ineligible, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    prior: Prior = field(default_factory=Prior)
    non_customer: NonCustomer = NonCustomer.ACCEPT
    non_customer_contact: str | None = None
    non_customer_requirement: str | None = None
    courtesy: Courtesy = field(default_factory=Courtesy)
    emergency: Emergency | None = None
    stale_months: int = 0
    ticket_contact: str | None = None

    def wordings(self) -> Iterator[tuple[str, str, Wording]]:
        """Every (kind, name, wording) by which something is recognised; a cause as ``redirect/cause``."""
        for topic in self.topics:
            yield "topic", topic.name, topic.wording
        for redirect in self.redirects:
            yield "redirect", redirect.name, redirect.wording
            for cause in redirect.causes:
                yield "cause", f"{redirect.name}/{cause.name}", cause.wording
        for one in self.ineligible:
            yield "ineligible", one.name, one.wording
        if self.emergency is not None:
            yield "emergency", "emergency", self.emergency.wording
