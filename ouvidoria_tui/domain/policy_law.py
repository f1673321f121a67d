"""What a norm asks beside a figure: extension and suspension of a clock, duties, how days are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ouvidoria_tui.domain.ticket import Type


class Mark(StrEnum):
    """How sure a figure is: read in the norm, read about it, or still to be confirmed."""

    CONFIRMED = "confirmed"
    SECONDARY = "secondary-source"
    TO_CONFIRM = "to-confirm"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule comes from: norm, article, the day it was compared with them, and how sure it is."""

    source: str = ""
    article: str | None = None
    checked_on: str | None = None
    mark: str | None = None

    @property
    def norm(self) -> str:
        """Norm and article in one line: ``Lei 13.460/2017 art. 11``."""
        return " ".join(part for part in (self.source, self.article) if part)

    @property
    def unsure(self) -> bool:
        """Whether it is still to be confirmed."""
        return self.mark == Mark.TO_CONFIRM.value


@dataclass(frozen=True, slots=True)
class Counting:
    """How the days of this policy are counted; ``roll`` holds for every clock that does not say its own."""

    roll: bool = False
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Extension:
    """How a clock may be extended, counted from its start.

    ``amount`` is in the clock's unit (``None``: what is agreed, up to ``most``); ``most`` is the whole time
    that may be reached. ``types`` restricts it to some types of manifestation (empty: all). ``monthly_cap``
    is a percentage of the month's demands, ``None`` where there is none or it is off (``monthly_cap_off``).
    """

    times: int = 1
    amount: int | None = None
    most: int | None = None
    reason: bool = True
    tell_customer: bool = True
    consent: bool = False
    types: frozenset[Type] = frozenset()
    monthly_cap: int | None = None
    monthly_cap_off: int | None = None
    origin: Origin = Origin()


class SuspendedBy(StrEnum):
    """The act that suspends a clock: what has run is kept."""

    COMPLEMENT_REQUEST = "complement-request"


@dataclass(frozen=True, slots=True)
class Suspension:
    """What suspends a clock, and how many times at most (C-29)."""

    by: SuspendedBy = SuspendedBy.COMPLEMENT_REQUEST
    times: int = 1
    origin: Origin = Origin()


class Breach(StrEnum):
    """What follows when nobody did what a clock waits for."""

    FILED = "filed"
    PSEUDONYMISED = "pseudonymised"


class Anonymous(StrEnum):
    """Whether somebody without a name is heard (C-25)."""

    NO = "no"
    DENUNCIA_ONLY = "denuncia-only"
    YES = "yes"


class Ombudsman(StrEnum):
    """What the desk is: one person, or a programme with people and steps (S4-06)."""

    PERSON = "person"
    PROGRAMME = "programme"


class Organisation(StrEnum):
    """Where the desk is (S4-06)."""

    PUBLIC_BODY = "public-body"
    INSTITUTION = "institution"
    COMPANY = "company"


class Duty(StrEnum):
    """What a norm asks of the desk that is not a clock: the words of ``[duties.…]``."""

    RECEIVE_EVERYTHING = "receive-everything"
    ASK_NO_MOTIVE = "ask-no-motive"
    IDENTIFY_WITHOUT_OBSTACLE = "identify-without-obstacle"
    IDENTIFY_BY_CPF = "identify-by-cpf"
    WRITE_DOWN_SPOKEN = "write-down-spoken"
    GIVE_RECEIPT = "give-receipt"
    TELL_THE_USER = "tell-the-user"
    PRIOR_TICKET_OPTIONAL = "prior-ticket-optional"
    ACCESS_WITHOUT_DATA = "access-without-data"
    ARRIVAL_ORDER = "arrival-order"
    PLAIN_LANGUAGE = "plain-language"
    LAST_INSTANCE = "last-instance"
    NO_INVESTIGATION = "no-investigation"
    EXTENSION_WITH_CONSENT = "extension-with-consent"
    EXPLICIT_NEGATIVE = "explicit-negative"
    HIDE_IDENTITY = "hide-identity"
    PSEUDONYMISE = "pseudonymise"
    ACCESS_LOG = "access-log"
    KEEP_RESTRICTED_IDENTITY = "keep-restricted-identity"
    RESTRICT_IDENTITY = "restrict-identity"
    KEEP_CASES = "keep-cases"
    KEEP_REPORTS = "keep-reports"
    KEEP_HISTORY = "keep-history"
    KEEP_RECORDINGS = "keep-recordings"
    RECORD_CALLS = "record-calls"
    YEARLY_REPORT = "yearly-report"
    YEARLY_SURVEY = "yearly-survey"
    SURVEY_AFTER_ANSWER = "survey-after-answer"
    FREE_ACCESS = "free-access"
    PERSON_BY_PHONE = "person-by-phone"
    NO_ADVERTISING = "no-advertising"
    SIMPLIFIED_AT_ONCE = "simplified-at-once"


class DutyUnit(StrEnum):
    """What the figure of a duty counts."""

    HOURS = "hours"
    DAYS = "days"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class DutyRule:
    """One duty: whether the desk keeps it, its figure if it has one, and where it comes from."""

    duty: Duty
    on: bool = True
    amount: int | None = None
    unit: DutyUnit | None = None
    note: str | None = None
    origin: Origin = Origin()


_LAW: Final = "Lei 13.460/2017"

#: What every public body owes, whether its profile says so or not, and the article.
PUBLIC_DUTIES: Final[Mapping[Duty, str]] = {
    Duty.RECEIVE_EVERYTHING: f"{_LAW} art. 11",
    Duty.ASK_NO_MOTIVE: f"{_LAW} art. 10, § 2º",
    Duty.IDENTIFY_WITHOUT_OBSTACLE: f"{_LAW} art. 10, § 1º",
    Duty.WRITE_DOWN_SPOKEN: f"{_LAW} art. 10, § 4º",
    Duty.GIVE_RECEIPT: f"{_LAW} art. 12, parágrafo único",
    Duty.TELL_THE_USER: f"{_LAW} art. 12, parágrafo único, V",
    Duty.ARRIVAL_ORDER: f"{_LAW} art. 5º, III",
    Duty.HIDE_IDENTITY: f"{_LAW} art. 10, § 7º",
    Duty.KEEP_RESTRICTED_IDENTITY: "Lei 12.527/2011 art. 31, § 1º, I",
}
