"""From the raw values of one row to a checked :class:`Record`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from enum import StrEnum
from typing import TypeVar

from ouvidoria_tui.domain.ticket import (
    Admission,
    Channel,
    CloseReason,
    Difficulty,
    Lane,
    Merit,
    Severity,
    Status,
    Type,
)
from ouvidoria_tui.intake.dates import Dates
from ouvidoria_tui.intake.record import MAX_TEXT, Author, CustomerRecord, FieldError, MessageRecord, Record
from ouvidoria_tui.intake.values import (
    MAX_ITEMS,
    check_text,
    check_tree,
    flag,
    grade,
    json_cell,
    moment,
    one_of,
    rung,
    short_text,
    whole_text,
)
from ouvidoria_tui.text import N_

E = TypeVar("E", bound=StrEnum)

_MAX_ID = 200
_MAX_NAME = 300
_MAX_SUBJECT = 1000
_MAX_TAG = 100
_MAX_TAGS = 100
_MAX_EXTRA = 500


def _choices(kind: type[E]) -> dict[str, E]:
    return {member.value: member for member in kind}


_TYPE = _choices(Type)
_CHANNEL = _choices(Channel)
_STATUS = _choices(Status)
_SEVERITY = _choices(Severity)
_DIFFICULTY = _choices(Difficulty)
_MERIT = _choices(Merit)
_CLOSE_REASON = _choices(CloseReason)
_AUTHOR = _choices(Author)
_ADMISSION = _choices(Admission)
_LANE = _choices(Lane)
#: The slugs of each field that has a closed vocabulary.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "type": _TYPE,
    "channel": _CHANNEL,
    "status": _STATUS,
    "severity": _SEVERITY,
    "difficulty": _DIFFICULTY,
    "merit": _MERIT,
    "close_reason": _CLOSE_REASON,
}
_CUSTOMER_FIELDS = frozenset(CustomerRecord.__slots__)
_MESSAGE_FIELDS = frozenset({"at", "from", "text"})


class RecordMaker:
    """Makes records for one import: the desk's zone, the present moment and the date formats are its own."""

    names_rows = True

    def __init__(
        self, zone: tzinfo, now: int, formats: Mapping[str, tuple[str, ...]], source: str | None
    ) -> None:
        self._now = now
        self._source = source
        self._iso = Dates(zone)
        self._received, self._occurred, self._answered, self._closed, self._said = (
            Dates(zone, formats[name]) if name in formats else self._iso
            for name in ("received_at", "occurred_at", "answered_at", "closed_at", "messages")
        )

    def make(self, raw: Mapping[str, object], line: int = 0) -> Record:
        """The record of ``raw``, whose keys are native names and whose values are text or JSON.

        Raises ``FieldError`` for the first value that cannot be taken.
        """
        now = self._now
        subject = short_text(raw, "subject", _MAX_SUBJECT) or ""
        description = whole_text(raw, "description")
        if not subject and not description:
            raise FieldError("subject", "MISSING_FIELD", N_("neither a subject nor a description"))
        received_at = moment(raw, "received_at", self._received, now)
        if received_at is None:
            raise FieldError("received_at", "MISSING_FIELD", N_("the date of arrival is missing"))
        occurred_at = moment(raw, "occurred_at", self._occurred, now)
        if occurred_at is not None and occurred_at > received_at:
            raise FieldError("occurred_at", "DATE_ORDER", N_("lies after the arrival"), raw["occurred_at"])
        answered_at = moment(raw, "answered_at", self._answered, now, received_at)
        closed_at = moment(raw, "closed_at", self._closed, now, max(received_at, answered_at or 0))
        extra: dict[str, object] = {}
        unknown: dict[str, object] = {}
        customer = self._customer(raw["customer"], unknown) if "customer" in raw else None
        messages = self._messages(raw["messages"], received_at, unknown) if "messages" in raw else ()
        if "extra" in raw:
            _keep(raw["extra"], extra)
        if unknown:
            _keep(unknown, extra)
        status = one_of(raw, "status", _STATUS)
        close_reason = one_of(raw, "close_reason", _CLOSE_REASON)
        _check_story(status, answered_at, closed_at, close_reason, messages)
        return Record(
            external_id=short_text(raw, "external_id", _MAX_ID) or "",
            source=short_text(raw, "source", _MAX_ID) or self._source or "native",
            received_at=received_at,
            subject=subject,
            description=description,
            type=one_of(raw, "type", _TYPE),
            channel=one_of(raw, "channel", _CHANNEL),
            department=short_text(raw, "department", _MAX_NAME),
            complained_department=short_text(raw, "complained_department", _MAX_NAME),
            occurred_at=occurred_at,
            prior_ticket=short_text(raw, "prior_ticket", _MAX_ID),
            status=status,
            severity=one_of(raw, "severity", _SEVERITY),
            difficulty=one_of(raw, "difficulty", _DIFFICULTY),
            cause=short_text(raw, "cause", _MAX_NAME),
            assignee=short_text(raw, "assignee", _MAX_NAME),
            answered_at=answered_at,
            closed_at=closed_at,
            close_reason=close_reason,
            merit=one_of(raw, "merit", _MERIT),
            satisfaction=grade(raw, "satisfaction"),
            customer=customer,
            messages=messages,
            tags=_tags(raw["tags"]) if "tags" in raw else (),
            area=short_text(raw, "area", _MAX_NAME),
            admission=one_of(raw, "admission", _ADMISSION),
            outcome=short_text(raw, "outcome", _MAX_ID),
            lane=one_of(raw, "lane", _LANE),
            level=rung(raw, "level"),
            confidential=flag(raw, "confidential"),
            extra=extra,
            line=line,
        )

    def key(self, item: Record) -> object:
        """A record is known by its source and external id."""
        return item.source, item.external_id

    def _customer(self, value: object, unknown: dict[str, object]) -> CustomerRecord | None:
        if isinstance(value, str):
            value = {"name": value}
        if value is None:
            return None
        if not isinstance(value, dict):
            raise FieldError("customer", "BAD_TYPE", N_("a customer with its fields is expected here"), value)
        for key in value.keys() - _CUSTOMER_FIELDS:
            unknown[f"customer.{key}"] = value[key]
        external_id = short_text(value, "external_id", _MAX_ID, "customer.external_id")
        name = short_text(value, "name", _MAX_NAME, "customer.name")
        email = short_text(value, "email", 254, "customer.email")
        document = short_text(value, "document", 64, "customer.document")
        plan = short_text(value, "plan", _MAX_NAME, "customer.plan")
        if email is not None and not is_address(email):
            raise FieldError("customer.email", "BAD_VALUE", N_("not an e-mail address"), email)
        if external_id is None and name is None and email is None and document is None:
            if plan is not None:
                raise FieldError("customer.name", "MISSING_FIELD", N_("a plan, but no customer who has it"))
            return None
        return CustomerRecord(external_id, name, email, document, plan)

    def _messages(self, value: object, since: int, unknown: dict[str, object]) -> tuple[MessageRecord, ...]:
        if isinstance(value, str):  # the one cell of a table that holds the list as JSON
            value = json_cell(value, "messages")
        if value is None:
            return ()
        if not isinstance(value, list):
            raise FieldError("messages", "BAD_TYPE", N_("a list of messages is expected here"), value)
        if len(value) > MAX_ITEMS:
            raise FieldError("messages", "TOO_MANY", N_("more than {limit} items", limit=MAX_ITEMS))
        messages = [self._message(one, f"messages.{i}", since, unknown) for i, one in enumerate(value, 1)]
        messages.sort(key=lambda message: message.at)
        return tuple(messages)

    def _message(self, value: object, place: str, since: int, unknown: dict[str, object]) -> MessageRecord:
        if not isinstance(value, dict):
            raise FieldError(place, "BAD_TYPE", N_("a message with its fields is expected here"), value)
        for key in value.keys() - _MESSAGE_FIELDS:
            unknown[f"{place}.{key}"] = value[key]
        at = moment(value, "at", self._said, self._now, since, f"{place}.at")
        author = one_of(value, "from", _AUTHOR, f"{place}.from")
        text = whole_text(value, "text", f"{place}.text")
        for given, name in ((at, "at"), (author, "from"), (text or None, "text")):
            if given is None:
                raise FieldError(f"{place}.{name}", "MISSING_FIELD", N_("a message needs at, from and text"))
        assert at is not None
        assert author is not None
        return MessageRecord(at, author, text)


def _check_story(
    status: Status | None,
    answered_at: int | None,
    closed_at: int | None,
    close_reason: CloseReason | None,
    messages: tuple[MessageRecord, ...],
) -> None:
    """Refuses what cannot be told as a history: dates are never made up for a status that lacks them."""
    if status is Status.CLOSED and closed_at is None:
        raise FieldError(
            "closed_at", "MISSING_FIELD", N_("the status is closed, but no date of closing is given")
        )
    if closed_at is not None and status is not None and status is not Status.CLOSED:
        raise FieldError(
            "status", "CONTRADICTION", N_("there is a date of closing, but another status"), status
        )
    if close_reason is not None and closed_at is None:
        raise FieldError(
            "close_reason", "CONTRADICTION", N_("a reason for closing, but no date of closing"), close_reason
        )
    if (
        status is Status.ANSWERED
        and answered_at is None
        and not any(message.from_ is Author.DESK for message in messages)
    ):
        raise FieldError(
            "answered_at", "MISSING_FIELD", N_("the status is answered, but no date of an answer is given")
        )


def is_address(text: str) -> bool:
    """Whether ``text`` could be an e-mail address."""
    name, at, host = text.rpartition("@")
    return bool(name and at and host) and text.isprintable() and " " not in text


def _tags(value: object) -> tuple[str, ...]:
    """Tags without repetition: a list of JSON, or text with commas."""
    if value is None:
        return ()
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        raise FieldError("tags", "BAD_TYPE", N_("a list of tags is expected here"), value)
    if len(value) > _MAX_TAGS:
        raise FieldError("tags", "TOO_MANY", N_("more than {limit} items", limit=_MAX_TAGS))
    tags = (short_text({"tags": tag}, "tags", _MAX_TAG) for tag in value)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _keep(value: object, extra: dict[str, object]) -> None:
    """Puts the unknown fields of a row into ``extra``, checked."""
    if isinstance(value, str):
        value = json_cell(value, "extra")
    if value is None:
        return
    if not isinstance(value, dict):
        raise FieldError("extra", "BAD_TYPE", N_("an object with fields is expected here"), value)
    if len(value) > _MAX_EXTRA:
        raise FieldError("extra", "TOO_MANY", N_("more than {limit} items", limit=_MAX_EXTRA))
    for key, item in value.items():
        check_text(key, "extra")
        if key in extra:
            raise FieldError(key, "CONTRADICTION", N_("the same unknown field is given twice"), item)
        if type(item) is str:
            if len(item) > MAX_TEXT:
                raise FieldError(key, "TOO_LONG", N_("longer than {limit} characters", limit=MAX_TEXT), item)
            check_text(item, key)
        elif item is not None:
            check_tree(item, key)
    extra.update(value)
