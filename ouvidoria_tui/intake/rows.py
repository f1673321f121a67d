"""From the raw values of one row to a checked item of the other kinds: first line, customers, events and so on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

from ouvidoria_tui.domain.customer import ContactRole, Requester
from ouvidoria_tui.domain.first_line import DayVolume, Ending, FirstLineTicket, number_key
from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.language import language_named
from ouvidoria_tui.domain.record_rows import CustomerRow, StatusRow, SurveyRow
from ouvidoria_tui.domain.ticket import Channel, Status
from ouvidoria_tui.intake.dates import Dates
from ouvidoria_tui.intake.maker import is_address
from ouvidoria_tui.intake.record import FieldError
from ouvidoria_tui.intake.values import count, flag, grade, moment, one_of, short_text, whole_text
from ouvidoria_tui.text import N_

_MAX_ID: Final = 200
_MAX_NAME: Final = 300
_ROLE: Final = {member.value: member for member in ContactRole}
_KIND: Final = {member.value: member for member in Requester}
_ENDING: Final = {member.value: member for member in Ending}
_CHANNEL: Final = {member.value: member for member in Channel}
_STATUS: Final = {member.value: member for member in Status}
Formats = Mapping[str, tuple[str, ...]]


class FirstLineMaker:
    """Makes tickets of the first instance."""

    names_rows = False

    def __init__(self, zone: tzinfo, now: int, formats: Formats, source: str | None) -> None:
        self._now = now
        self._source = source or "first-line"
        self._opened = Dates(zone, formats.get("opened_at", ("iso",)))
        self._closed = Dates(zone, formats.get("closed_at", ("iso",)))

    def make(self, raw: Mapping[str, object], line: int = 0) -> FirstLineTicket:
        """The ticket of ``raw``; ``FieldError`` for the first value that cannot be taken."""
        number = short_text(raw, "number", _MAX_ID)
        if number is None or not number_key(number):
            raise FieldError("number", "MISSING_FIELD", N_("the number of the ticket is missing"))
        opened_at = moment(raw, "opened_at", self._opened, self._now)
        return FirstLineTicket(
            number=number,
            source=short_text(raw, "source", _MAX_ID) or self._source,
            customer=short_text(raw, "customer", _MAX_NAME),
            email=_address(raw, "email"),
            document=short_text(raw, "document", 64),
            department=short_text(raw, "department", _MAX_NAME),
            subject=short_text(raw, "subject", 1000),
            opened_at=opened_at,
            closed_at=moment(raw, "closed_at", self._closed, self._now, opened_at or 0),
            outcome=one_of(raw, "outcome", _ENDING) or Ending.UNKNOWN,
            channel=one_of(raw, "channel", _CHANNEL),
            line=line,
        )

    def key(self, item: FirstLineTicket) -> object:
        """A ticket is known by its number."""
        return number_key(item.number), item.source


class VolumeMaker:
    """Makes the totals of days."""

    names_rows = False

    def __init__(self, zone: tzinfo, now: int, formats: Formats, source: str | None) -> None:
        self._zone = zone
        self._now = now
        self._days = Dates(zone, formats.get("day", ("iso",)))

    def make(self, raw: Mapping[str, object], line: int = 0) -> DayVolume:
        """The day of ``raw``; ``FieldError`` for the first value that cannot be taken."""
        at = moment(raw, "day", self._days, self._now)
        received, solved = count(raw, "received"), count(raw, "solved")
        if at is None:
            raise FieldError("day", "MISSING_FIELD", N_("the day is missing"))
        if received is None:
            raise FieldError("received", "MISSING_FIELD", N_("how many were received is missing"))
        if solved is None:
            raise FieldError("solved", "MISSING_FIELD", N_("how many were solved is missing"))
        if solved > received:
            raise FieldError("solved", "CONTRADICTION", N_("more were solved than received"), str(solved))
        day = datetime.fromtimestamp(at, self._zone).date()
        return DayVolume(day, received, solved, fold(short_text(raw, "channel", 100) or ""), line)

    def key(self, item: DayVolume) -> object:
        """A day has one total of each channel."""
        return item.day, item.channel


class CustomerMaker:
    """Makes rows of a register of customers."""

    names_rows = False

    def __init__(self, zone: tzinfo, now: int, formats: Formats, source: str | None) -> None:
        self._source = source or "customers"

    def make(self, raw: Mapping[str, object], line: int = 0) -> CustomerRow:
        """The customer of ``raw``; ``FieldError`` for the first value that cannot be taken."""
        row = CustomerRow(
            source=short_text(raw, "source", _MAX_ID) or self._source,
            external_id=short_text(raw, "external_id", _MAX_ID),
            name=short_text(raw, "name", _MAX_NAME),
            email=_address(raw, "email"),
            document=short_text(raw, "document", 64),
            plan=short_text(raw, "plan", _MAX_NAME),
            contact_name=short_text(raw, "contact_name", _MAX_NAME),
            contact_email=_address(raw, "contact_email"),
            contact_phone=short_text(raw, "contact_phone", 64),
            contact_mobile=short_text(raw, "contact_mobile", 64),
            contact_landline=short_text(raw, "contact_landline", 64),
            contact_role=one_of(raw, "contact_role", _ROLE),
            kind=one_of(raw, "kind", _KIND),
            language=language_named(short_text(raw, "language", 64) or ""),
            authorised=flag(raw, "authorised"),
            line=line,
        )
        if not (row.external_id or row.email or (row.document and row.name)):
            text = N_("a customer needs an id, an e-mail, or a document with a name, to be known again")
            raise FieldError("external_id", "MISSING_FIELD", text)
        if row.authorised is not None and not row.names_contact:
            raise FieldError("authorised", "CONTRADICTION", N_("authorised, but no contact is named"))
        return row

    def key(self, item: CustomerRow) -> object | None:
        """Customers repeat: each row may bring another contact."""
        return None


class StatusMaker:
    """Makes the rows of an event log."""

    names_rows = False

    def __init__(self, zone: tzinfo, now: int, formats: Formats, source: str | None) -> None:
        self._now = now
        self._source = source or "native"
        self._at = Dates(zone, formats.get("at", ("iso",)))
        self._same: Counter[int] = Counter()

    def make(self, raw: Mapping[str, object], line: int = 0) -> StatusRow:
        """The change of status of ``raw``; ``FieldError`` for the first value that cannot be taken."""
        ticket = short_text(raw, "ticket", _MAX_ID)
        if ticket is None:
            raise FieldError("ticket", "MISSING_FIELD", N_("the ticket is missing"))
        status = one_of(raw, "status", _STATUS)
        if status is None:
            raise FieldError("status", "MISSING_FIELD", N_("the status is missing"))
        at = moment(raw, "at", self._at, self._now)
        if at is None:
            raise FieldError("at", "MISSING_FIELD", N_("the moment of the change is missing"))
        source = short_text(raw, "source", _MAX_ID) or self._source
        agent, text = short_text(raw, "agent", _MAX_NAME), whole_text(raw, "text")
        same = hash((ticket, source, status, at))
        self._same[same] += 1
        return StatusRow(ticket, source, status, at, agent, text, self._same[same], line)

    def key(self, item: StatusRow) -> object | None:
        """Rows may repeat; they are told apart by their ordinal."""
        return None


class SurveyMaker:
    """Makes the answers to a survey."""

    names_rows = False

    def __init__(self, zone: tzinfo, now: int, formats: Formats, source: str | None) -> None:
        self._now = now
        self._source = source or "native"
        self._at = Dates(zone, formats.get("at", ("iso",)))

    def make(self, raw: Mapping[str, object], line: int = 0) -> SurveyRow:
        """The answer of ``raw``; ``FieldError`` for the first value that cannot be taken."""
        ticket = short_text(raw, "ticket", _MAX_ID)
        if ticket is None:
            raise FieldError("ticket", "MISSING_FIELD", N_("the ticket is missing"))
        at = moment(raw, "at", self._at, self._now)
        if at is None:
            raise FieldError("at", "MISSING_FIELD", N_("the moment of the answer is missing"))
        solution, service = grade(raw, "solution"), grade(raw, "service")
        if solution is None or service is None:
            missing = "solution" if solution is None else "service"
            raise FieldError(missing, "MISSING_FIELD", N_("a score is missing"))
        source, channel = short_text(raw, "source", _MAX_ID) or self._source, one_of(raw, "channel", _CHANNEL)
        return SurveyRow(ticket, source, at, solution, service, whole_text(raw, "comment"), channel, line)

    def key(self, item: SurveyRow) -> object | None:
        """A ticket may have been closed, and asked about, more than once."""
        return None


def _address(raw: Mapping[str, object], key: str) -> str | None:
    text = short_text(raw, key, 254)
    if text is not None and not is_address(text):
        raise FieldError(key, "BAD_VALUE", N_("not an e-mail address"), text)
    return text
