"""The policy of a desk as values: what a profile (TOML) says, validated and typed.

``policy_file.parse`` makes one from text; the store keeps the text, versioned; nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.policy_access import AccessRule
from ouvidoria_tui.domain.policy_areas import AnalysisRule, AreaRule
from ouvidoria_tui.domain.policy_gates import Gates
from ouvidoria_tui.domain.policy_law import (
    Anonymous,
    Breach,
    Counting,
    Duty,
    DutyRule,
    Extension,
    Ombudsman,
    Organisation,
    Origin,
    Suspension,
)
from ouvidoria_tui.domain.policy_mail import MailRule
from ouvidoria_tui.domain.policy_telling import TellingRule
from ouvidoria_tui.domain.policy_tone import ToneRule
from ouvidoria_tui.domain.policy_work import WorkRule
from ouvidoria_tui.domain.ticket import Channel, Difficulty, Severity, Status, Turn, Type


class PriorTicket(StrEnum):
    """Whether a ticket of the first instance must be named (C-07)."""

    REQUIRED = "required"
    REQUESTED = "requested"
    RECOMMENDED = "recommended"
    OFF = "off"


class Absent(StrEnum):
    """What becomes of giving a ticket to an agent who is away: it is said, or refused."""

    WARN = "warn"
    REFUSE = "refuse"


class Unit(StrEnum):
    """How a target is counted (C-05)."""

    HOURS = "hours"
    BUSINESS_HOURS = "business-hours"
    CALENDAR_DAYS = "calendar-days"
    BUSINESS_DAYS = "business-days"


class ClockStart(StrEnum):
    """What starts a clock. After the first three, each request, closing or incident has a clock of its own."""

    RECEIPT = "receipt"
    CUSTOMER_MESSAGE = "customer-message"
    PUBLIC_WORD = "public-word"
    AREA_REQUEST = "area-request"
    COMPLEMENT_REQUEST = "complement-request"
    CONSENT_REQUEST = "consent-request"
    CONCLUSION = "conclusion"
    CLOSING = "closing"
    AGENCY_COMPLAINT = "agency-complaint"
    HISTORY_REQUEST = "history-request"
    INCIDENT = "incident"


class ClockStop(StrEnum):
    """What satisfies a clock; after the first two, an act that is not an answer to the customer."""

    PUBLIC_ANSWER = "public-answer"
    CONCLUSION = "conclusion"
    AREA_ANSWER = "area-answer"
    CUSTOMER_MESSAGE = "customer-message"
    CONSENT_ANSWER = "consent-answer"
    SURVEY_ANSWER = "survey-answer"
    APPEAL = "appeal"
    REOPENING = "reopening"
    FORWARDING = "forwarding"
    HISTORY_SENT = "history-sent"
    INCIDENT_NOTICE = "incident-notice"


class Party(StrEnum):
    """Whom a clock waits for. Only the desk and an area can be late; a customer's time lapses."""

    DESK = "desk"
    AREA = "area"
    CUSTOMER = "customer"


#: The starts and stops that a ticket's own events tell of, and whom each stop waits for; clocks of the others
#: are declared, and do not run.
TICKET_STARTS = frozenset(
    {
        ClockStart.RECEIPT,
        ClockStart.CUSTOMER_MESSAGE,
        ClockStart.PUBLIC_WORD,
        ClockStart.AREA_REQUEST,
        ClockStart.COMPLEMENT_REQUEST,
        ClockStart.CONSENT_REQUEST,
        ClockStart.CLOSING,
    }
)
TICKET_STOPS: Mapping[ClockStop, Party] = {
    ClockStop.PUBLIC_ANSWER: Party.DESK,
    ClockStop.CONCLUSION: Party.DESK,
    ClockStop.AREA_ANSWER: Party.AREA,
    ClockStop.CUSTOMER_MESSAGE: Party.CUSTOMER,
    ClockStop.CONSENT_ANSWER: Party.CUSTOMER,
    ClockStop.REOPENING: Party.CUSTOMER,
}
#: What a clock that begins so may end with: anything else could never be told apart.
ENDS_WITH: Mapping[ClockStart, ClockStop] = {
    ClockStart.AREA_REQUEST: ClockStop.AREA_ANSWER,
    ClockStart.COMPLEMENT_REQUEST: ClockStop.CUSTOMER_MESSAGE,
    ClockStart.CONSENT_REQUEST: ClockStop.CONSENT_ANSWER,
    ClockStart.CLOSING: ClockStop.REOPENING,
}


@dataclass(frozen=True, slots=True)
class CalendarRule:
    """A calendar as written: zone, weekly windows (``mon``…``sun`` → ``(("09:00", "17:00"), …)``), dates.

    ``dates`` maps an ISO date to its own windows (empty: closed). ``holidays`` says whether the holiday rows
    of the desk close it. ``assumed`` is a sentence where the source is silent (C-03).
    """

    name: str
    zone: str
    week: Mapping[str, tuple[tuple[str, str], ...]]
    holidays: bool = True
    dates: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """Which holidays are copied into the store: country, state, optional days by name, local dates.

    ``municipal`` names lists of municipalities, those of ``data/holidays`` or files of the desk's own.
    """

    country: str = "BR"
    state: str | None = None
    optional: tuple[str, ...] = ()
    local: Mapping[str, str] = field(default_factory=dict)
    municipal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock: when it starts and stops, how it is counted, what pauses it, and where it comes from.

    ``amount`` ``None`` means that the source gives no figure: the clock does not exist and prints
    ``not defined`` (S2-48). ``warn_before`` is in seconds of the clock's own time. ``mark`` says how sure the
    figure is (``confirmed``, ``secondary-source``, ``to-confirm``); ``assumed`` is a sentence where the unit
    or the calendar is our reading of a silent source (C-05).

    A clock that is not ``enabled`` has no ``amount``: its unconfirmed figure stands in ``figure_off``, where
    nobody counts with it. ``within`` names the clock in which this one runs (the area's inside the final
    answer's); ``aliases`` are other names under which people ask for it; ``on_breach`` is what follows.
    ``calendars`` count for the tickets that they name instead of ``calendar``.
    """

    name: str
    start: ClockStart
    stop: ClockStop
    unit: Unit
    amount: int | None
    calendar: str = "desk"
    pause_while: frozenset[Turn] = frozenset()
    roll: bool = False
    warn_before: int = 0
    statutory: bool = False
    source: str = ""
    article: str | None = None
    checked_on: str | None = None
    mark: str | None = None
    targets: tuple[ClockTarget, ...] = ()
    assumed: str | None = None
    enabled: bool = True
    figure_off: int | None = None
    within: str | None = None
    aliases: tuple[str, ...] = ()
    extension: Extension | None = None
    suspension: Suspension | None = None
    on_breach: Breach | None = None
    note: str | None = None
    calendars: tuple[CalendarChoice, ...] = ()

    @property
    def party(self) -> Party:
        """Whom it waits for."""
        return TICKET_STOPS.get(self.stop, Party.CUSTOMER)

    @property
    def each_area(self) -> bool:
        """Whether every area that is asked has one of its own."""
        return self.start is ClockStart.AREA_REQUEST

    @property
    def origin(self) -> Origin:
        """Where the figure comes from."""
        return Origin(self.source, self.article, self.checked_on, self.mark)

    @property
    def on_ticket(self) -> bool:
        """Whether tickets have this clock: it is on, and a ticket's own events start and stop it."""
        if not self.enabled or self.start not in TICKET_STARTS:
            return False
        ends = ENDS_WITH.get(self.start)
        return (
            self.stop in (ClockStop.PUBLIC_ANSWER, ClockStop.CONCLUSION)
            if ends is None
            else self.stop is ends
        )


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """Another calendar for some tickets: the first whose every given condition matches wins (C-03).

    ``channels`` are a kind of channel, such as those that are answered in real time (empty: any).
    """

    calendar: str
    channels: frozenset[Channel] = frozenset()
    department: str | None = None


@dataclass(frozen=True, slots=True)
class ClockTarget:
    """A different amount for some tickets: the first whose every given condition matches wins."""

    amount: int
    type: Type | None = None
    severity: Severity | None = None
    difficulty: Difficulty | None = None
    department: str | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """An entry of a register that the profile seeds: department, area, plan or cause.

    ``due_days`` are the calendar days that an area has for its ordinary work; ``None``: nothing is said.
    """

    slug: str
    name: str
    scope: str = ""
    rank: int = 0
    support_level: str | None = None
    due_days: int | None = None


@dataclass(frozen=True, slots=True)
class KeywordRule:
    """If any of ``words`` (accent-folded, whole words or phrases) is in subject or text, then these values.

    ``requirement`` names what it comes from.
    """

    name: str
    words: tuple[str, ...]
    severity: Severity | None = None
    difficulty: Difficulty | None = None
    department: str | None = None
    type: Type | None = None
    requirement: str | None = None


@dataclass(frozen=True, slots=True)
class TriageRule:
    """The gates of batch triage, first form.

    ``prior_ticket_pattern`` is a regular expression that the whole number should match; a number that does
    not is flagged, never refused. ``description_minimum`` counts characters, runs of white space as one. Within
    ``recurrence_days`` the same customer with the same cause is a recurrence; 0 looks for none.
    """

    prior_ticket: PriorTicket = PriorTicket.OFF
    prior_ticket_requirement: str | None = None
    prior_ticket_pattern: str | None = None
    description_minimum: int = 0
    description_requirement: str | None = None
    description_blocks: bool = True
    default_department: str | None = None
    default_severity: Severity = Severity.MEDIUM
    default_difficulty: Difficulty = Difficulty.MEDIUM
    duplicates: bool = True
    duplicates_requirement: str | None = "S3-47"
    keywords: tuple[KeywordRule, ...] = ()
    recurrence_days: int = 0
    prior_ticket_asks: int = 0


@dataclass(frozen=True, slots=True)
class Level:
    """A rung of the escalation ladder: N1 area, N2 ombudsman, N3 board.

    ``after`` is how many open seconds of ``calendar`` after a breach the watch takes a ticket there by itself,
    ``None``: never. ``agent`` is the login of who is told there, ``delegate`` of who is told while ``agent``
    is not active or absent, up to and including the ISO date ``absent_until``.
    """

    level: int
    name: str
    to: str
    after: int | None = None
    calendar: str = "desk"
    agent: str | None = None
    delegate: str | None = None
    absent_until: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything a desk's profile decides, as far as it is built.

    A calendar named ``desk`` always exists. ``labels`` maps a language (``pt-BR``) to the words of the
    statuses, and may be empty. ``promise`` false means that no message may name a date (S3-37).
    ``average_days`` is a forecast and a target of reports, not a clock (S0-12). ``anonymous`` is ``None`` where
    the source is silent; ``duties`` are what norms ask beside the clocks. ``receivers`` are the roles that register
    what comes (S4-15); empty where nobody was named, and then every role that may.
    """

    key: str
    name: str
    source: str
    zone: str
    calendars: Mapping[str, CalendarRule]
    clocks: tuple[ClockRule, ...]
    holidays: HolidayRule = HolidayRule()
    labels: Mapping[str, Mapping[Status, str]] = field(default_factory=dict)
    departments: tuple[Named, ...] = ()
    areas: tuple[Named, ...] = ()
    plans: tuple[Named, ...] = ()
    triage: TriageRule = TriageRule()
    levels: tuple[Level, ...] = ()
    promise: bool = True
    average_days: int | None = None
    average_source: str | None = None
    public_body: bool = False
    average_unit: Unit = Unit.CALENDAR_DAYS
    average_assumed: str | None = None
    counting: Counting = field(default_factory=Counting)
    anonymous: Anonymous | None = None
    duties: Mapping[Duty, DutyRule] = field(default_factory=dict)
    gates: Gates = field(default_factory=Gates)
    mail: MailRule = field(default_factory=MailRule)
    absent: Absent = Absent.WARN
    work: WorkRule = field(default_factory=WorkRule)
    area_requests: AreaRule = field(default_factory=AreaRule)
    analysis: AnalysisRule = field(default_factory=AnalysisRule)
    telling: TellingRule = field(default_factory=TellingRule)
    ombudsman: Ombudsman | None = None
    organisation: Organisation | None = None
    receivers: frozenset[Role] = frozenset()
    tone: ToneRule = field(default_factory=ToneRule)
    access: AccessRule = field(default_factory=AccessRule)

    def clock(self, name: str) -> ClockRule | None:
        """The clock of that name or alias, with spaces, underscores or hyphens; ``None`` if there is none."""
        wanted = name.strip().lower().replace("_", "-").replace(" ", "-")
        by_name = next((rule for rule in self.clocks if rule.name == wanted), None)
        return by_name or next((rule for rule in self.clocks if wanted in rule.aliases), None)
