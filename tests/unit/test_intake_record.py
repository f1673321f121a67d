from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.domain.ticket import Channel, CloseReason, Severity, Status, Type
from ouvidoria_tui.intake.dates import Dates
from ouvidoria_tui.intake.maker import RecordMaker
from ouvidoria_tui.intake.record import (
    MAX_TEXT,
    Author,
    CustomerRecord,
    FieldError,
    MessageRecord,
    Record,
    row_hash,
)

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = 1_750_000_000  # 2025-06-15
DAY = 1_709_262_000  # 2024-03-01 00:00 -03:00
LEAST: dict[str, object] = {"subject": "No invoice", "received_at": "2024-03-01"}


def make(**fields: object) -> Record:
    return RecordMaker(ZONE, NOW, {}, "old-desk").make({**LEAST, **fields})


def refused(fields: Mapping[str, object]) -> tuple[str, str]:
    with pytest.raises(FieldError) as caught:
        RecordMaker(ZONE, NOW, {}, None).make(fields)
    return caught.value.code, caught.value.field


def test_a_subject_and_a_date_are_enough() -> None:
    record = make()
    assert (record.subject, record.received_at, record.source) == ("No invoice", DAY, "old-desk")


def test_a_description_stands_in_for_a_subject_and_is_verbatim() -> None:
    record = RecordMaker(ZONE, NOW, {}, None).make(
        {"description": "  two\nlines ", "received_at": "2024-03-01"}
    )
    assert (record.subject, record.description) == ("", "  two\nlines ")


def test_what_is_not_said_is_none() -> None:
    record = make()
    assert (record.type, record.status, record.customer, record.merit) == (None, None, None, None)


def test_every_field_of_the_native_record_is_taken() -> None:
    record = make(
        external_id=42,
        type="complaint",
        channel="in-person",
        department=" billing ",
        prior_ticket=7,
        status="closed",
        severity="HIGH",
        difficulty="simple",
        cause="invoice",
        assignee="ana",
        answered_at="2024-03-02T10:00:00-03:00",
        closed_at="2024-03-03 10:00",
        close_reason="solved",
        merit="founded",
        satisfaction="4",
        customer={"name": "Example Ltda", "email": "desk@example.com", "plan": "gold"},
        messages=[
            {"at": "2024-03-02T10:00:00-03:00", "from": "desk", "text": "Sent."},
            {"at": "2024-03-01T08:00:00-03:00", "from": "customer", "text": "Where?"},
        ],
        tags=["a", "b", "a"],
        extra={"shop": "1"},
    )
    assert record.external_id == "42"
    assert (record.type, record.channel, record.status) == (Type.COMPLAINT, Channel.IN_PERSON, Status.CLOSED)
    assert (record.department, record.prior_ticket, record.severity) == ("billing", "7", Severity.HIGH)
    assert (record.close_reason, record.satisfaction) == (CloseReason.SOLVED, 4)
    assert record.customer == CustomerRecord(None, "Example Ltda", "desk@example.com", None, "gold")
    assert record.messages[0] == MessageRecord(DAY + 8 * 3600, Author.CUSTOMER, "Where?")
    assert (record.tags, record.extra) == (("a", "b"), {"shop": "1"})


def test_unknown_fields_inside_customer_and_messages_are_kept() -> None:
    message = {"at": "2024-03-01", "from": "note", "text": "x", "id": 5}
    record = make(customer={"name": "Example", "phone": "1"}, messages=[message])
    assert record.extra == {"customer.phone": "1", "messages.1.id": 5}


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"received_at": "2024-03-01"}, "MISSING_FIELD", "subject"),
        ({"subject": "  ", "description": "\n", "received_at": "2024-03-01"}, "MISSING_FIELD", "subject"),
        ({"subject": "x"}, "MISSING_FIELD", "received_at"),
        ({**LEAST, "received_at": "yesterday"}, "BAD_TIME", "received_at"),
        ({**LEAST, "received_at": "2024-02-30"}, "BAD_TIME", "received_at"),
        ({**LEAST, "received_at": "0024-02-20"}, "BAD_TIME", "received_at"),
        ({**LEAST, "received_at": 1709262000}, "BAD_TYPE", "received_at"),
        ({**LEAST, "received_at": "2025-06-16"}, "DATE_IN_FUTURE", "received_at"),
        ({**LEAST, "answered_at": "2024-02-29"}, "DATE_ORDER", "answered_at"),
        ({**LEAST, "closed_at": "2024-02-29"}, "DATE_ORDER", "closed_at"),
        ({**LEAST, "answered_at": "2024-03-09", "closed_at": "2024-03-08"}, "DATE_ORDER", "closed_at"),
        ({**LEAST, "type": "rant"}, "BAD_VALUE", "type"),
        ({**LEAST, "severity": 3}, "BAD_TYPE", "severity"),
        ({**LEAST, "satisfaction": 6}, "BAD_VALUE", "satisfaction"),
        ({**LEAST, "satisfaction": True}, "BAD_TYPE", "satisfaction"),
        ({**LEAST, "satisfaction": "²"}, "BAD_VALUE", "satisfaction"),
        ({**LEAST, "subject": ["x"]}, "BAD_TYPE", "subject"),
        ({**LEAST, "subject": "x" * 1001}, "TOO_LONG", "subject"),
        ({**LEAST, "description": "é" * (MAX_TEXT // 2 + 1)}, "TOO_LONG", "description"),
        ({**LEAST, "extra": {"a": "x" * (MAX_TEXT + 1)}}, "TOO_LONG", "a"),
        ({**LEAST, "subject": "a\0b"}, "BAD_TEXT", "subject"),
        ({**LEAST, "description": "half \ud800 pair"}, "BAD_TEXT", "description"),
        ({**LEAST, "extra": {"a": {"b": "\udcff"}}}, "BAD_TEXT", "a"),
        ({**LEAST, "extra": {"\ud800": 1}}, "BAD_TEXT", "extra"),
        ({**LEAST, "extra": {"a": float("inf")}}, "BAD_VALUE", "a"),
        ({**LEAST, "extra": ["a"]}, "BAD_TYPE", "extra"),
        ({**LEAST, "extra": {str(n): n for n in range(501)}}, "TOO_MANY", "extra"),
        ({**LEAST, "extra": {"a": list(range(10_001))}}, "TOO_MANY", "a"),
        ({**LEAST, "tags": [str(n) for n in range(101)]}, "TOO_MANY", "tags"),
        ({**LEAST, "tags": 5}, "BAD_TYPE", "tags"),
        ({**LEAST, "customer": 5}, "BAD_TYPE", "customer"),
        ({**LEAST, "customer": {"email": "a b@example.com"}}, "BAD_VALUE", "customer.email"),
        (
            {**LEAST, "customer": {"email": "a@example.com\nBcc: b@example.com"}},
            "BAD_VALUE",
            "customer.email",
        ),
        ({**LEAST, "customer": {"plan": "gold"}}, "MISSING_FIELD", "customer.name"),
        ({**LEAST, "messages": "{"}, "BAD_JSON", "messages"),
        ({**LEAST, "messages": {}}, "BAD_TYPE", "messages"),
        ({**LEAST, "messages": ["hello"]}, "BAD_TYPE", "messages.1"),
        ({**LEAST, "messages": [{"at": "2024-03-02", "from": "desk"}]}, "MISSING_FIELD", "messages.1.text"),
        ({**LEAST, "messages": [{"from": "desk", "text": "x"}]}, "MISSING_FIELD", "messages.1.at"),
        (
            {**LEAST, "messages": [{"at": "2024-03-02", "from": "bot", "text": "x"}]},
            "BAD_VALUE",
            "messages.1.from",
        ),
        (
            {**LEAST, "messages": [{"at": "2024-02-01", "from": "desk", "text": "x"}]},
            "DATE_ORDER",
            "messages.1.at",
        ),
        ({**LEAST, "status": "closed"}, "MISSING_FIELD", "closed_at"),
        ({**LEAST, "status": "answered"}, "MISSING_FIELD", "answered_at"),
        ({**LEAST, "status": "open", "closed_at": "2024-03-02"}, "CONTRADICTION", "status"),
        ({**LEAST, "close_reason": "solved"}, "CONTRADICTION", "close_reason"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_code_and_field(
    fields: dict[str, object], code: str, field: str
) -> None:
    assert refused(fields) == (code, field)


def test_extra_that_is_nested_too_deeply_is_refused() -> None:
    deep: object = 1
    for _ in range(40):
        deep = [deep]
    assert refused({**LEAST, "extra": {"a": deep}}) == ("TOO_DEEP", "a")


def test_a_refusal_says_no_value_in_its_sentence() -> None:
    with pytest.raises(FieldError) as caught:
        make(customer={"email": "secret-person"})
    assert "secret" not in str(caught.value.message)


def test_a_desk_message_tells_when_an_answered_ticket_was_answered() -> None:
    record = make(status="answered", messages=[{"at": "2024-03-02", "from": "desk", "text": "x"}])
    assert record.status is Status.ANSWERED


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("2024-03-01", ("iso",), DAY),
        ("2024-03-01T00:00:00-03:00", ("iso",), DAY),
        ("2024-03-01t03:00:00z", ("iso",), DAY),
        ("2024-03-01 00:00", ("iso",), DAY),
        ("2024-03-01T00:00:00.999", ("iso",), DAY),
        ("01/03/2024", ("iso", "dd/mm/yyyy"), DAY),
        ("01/03/2024 08:30:15", ("dd/mm/yyyy",), DAY + 8 * 3600 + 30 * 60 + 15),
        ("03/01/2024", ("mm/dd/yyyy",), DAY),
        ("01.03.2024", ("dd.mm.yyyy",), DAY),
        ("01-03-2024", ("iso", "dd-mm-yyyy"), DAY),
        ("2024/03/01", ("yyyy/mm/dd",), DAY),
    ],
)
def test_dates_are_read_in_the_zone_of_the_desk(text: str, formats: tuple[str, ...], expected: int) -> None:
    assert Dates(ZONE, formats).parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "20240301",
        "2024-W01-1",
        "01/03/2024",
        "2024-03-01T10",
        "2024-03-01x10:00",
        "2024-03-01T25:00",
        "٢٠٢٤-٠٣-٠١",
    ],
)
def test_what_is_no_date_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its only error
        Dates(ZONE).parse(text)


def test_a_midnight_that_daylight_saving_skips_is_the_first_moment_of_the_day() -> None:
    assert Dates(ZONE).parse("2014-10-19") == Dates(ZONE).parse("2014-10-19T03:00:00Z")


def test_the_hash_is_the_same_for_the_same_content_wherever_it_stands() -> None:
    record = make(extra={"b": 1, "a": 2})
    moved = replace(make(extra={"a": 2, "b": 1}), line=9)
    assert row_hash(record) == row_hash(moved)


def test_the_hash_changes_with_every_field() -> None:
    record = make(customer={"name": "A"})
    changed: list[Record] = [
        replace(record, subject="Other"),
        replace(record, description="x"),
        replace(record, received_at=DAY + 1),
        replace(record, department="x"),
        replace(record, tags=("x",)),
        replace(record, extra={"x": 1}),
        replace(record, customer=CustomerRecord(name="B")),
        replace(record, messages=(MessageRecord(DAY, Author.NOTE, "x"),)),
    ]
    assert len({row_hash(one) for one in [record, *changed]}) == len(changed) + 1


def test_the_hash_is_pinned_because_stores_keep_it() -> None:
    assert (
        row_hash(make(external_id="1")).hex()
        == "64d09526bb20cd6317b856f03667cd69b374bdd6b69d0e778665d5bf52b4182c"
    )
