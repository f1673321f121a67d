"""The receipt in words and as a record: protocol, when, channel, and what happens next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ouvidoria_tui.domain.policy import Policy, Unit
from ouvidoria_tui.domain.receipt import Forecast, Receipt
from ouvidoria_tui.domain.ticket import Channel, Status, Turn, Type
from ouvidoria_tui.present.dates import day, moment, rfc3339
from ouvidoria_tui.present.record_clocks import due_moment
from ouvidoria_tui.present.record_page import Look
from ouvidoria_tui.present.record_text import wrapped
from ouvidoria_tui.present.safe import cells, clean, fit
from ouvidoria_tui.present.words import _, clock_name, plural, status_label, term_of

#: The keys of a receipt in the machine formats: a contract.
RECEIPT_KEYS: Final = (
    "protocol",
    "access_code",
    "type",
    "channel",
    "subject",
    "status",
    "turn",
    "arrived_at",
    "registered_at",
    "ahead",
    "analysis_at",
    "due",
    "forecast",
    "promise",
    "steps",
)


def receipt_record(receipt: Receipt, policy: Policy, *, reveal: bool = False) -> dict[str, object]:
    """The receipt under :data:`RECEIPT_KEYS`; ``steps`` are sentences in the language in force."""
    ticket, zone = receipt.record.ticket, policy.zone
    due, forecast = receipt.due, receipt.forecast
    return {
        "protocol": ticket.protocol,
        "access_code": receipt.access_code,
        "type": ticket.type.value,
        "channel": ticket.channel.value,
        "subject": ticket.subject if reveal or not ticket.confidential else None,
        "status": ticket.status.value,
        "turn": ticket.turn.value,
        "arrived_at": rfc3339(ticket.arrived_at, zone),
        "registered_at": rfc3339(ticket.registered_at, zone),
        "ahead": receipt.ahead,
        "analysis_at": None if receipt.analysis_at is None else rfc3339(receipt.analysis_at, zone),
        "due": None
        if due is None or due.due_at is None
        else {"clock": due.name, "due_at": rfc3339(due.due_at, zone)},
        "forecast": None
        if forecast is None
        else {
            "date": rfc3339(forecast.at - 1, zone)[:10],  # a day ends at 24:00
            "amount": forecast.amount,
            "unit": forecast.unit.value,
            "label": _("forecast"),
            "source": forecast.source,
        },
        "promise": receipt.promise,
        "steps": list(steps(receipt, policy)),
    }


def receipt_lines(receipt: Receipt, policy: Policy, look: Look, *, title: str | None = None) -> Iterator[str]:
    """The receipt for people, fit to be handed to the customer: nothing internal is in it."""
    ticket, zone = receipt.record.ticket, policy.zone
    yield look.head(clean(title or _("Receipt: {protocol}", protocol=ticket.protocol)))
    yield ""
    received = look.dot.join((moment(ticket.arrived_at, zone), term_of(Channel, ticket.channel)))
    status = status_label(ticket.status.value, policy.labels)
    turn = _("turn: {who}", who=term_of(Turn, ticket.turn))
    facts = [
        (_("Received"), received),
        (_("Type"), term_of(Type, ticket.type)),
        (_("Subject"), _("[confidential]") if ticket.confidential else ticket.subject),
        (_("Status"), look.dot.join((status, turn))),
    ]
    if ticket.registered_at - ticket.arrived_at >= 60:
        facts.insert(1, (_("Registered"), moment(ticket.registered_at, zone)))
    if receipt.access_code is not None:
        code = _("{code} (shown only now: keep it)", code=receipt.access_code)
        facts.insert(0, (_("Access code"), code))
    widest = max(cells(name) for name, _value in facts)
    for name, value in facts:
        for number, line in enumerate(wrapped(" ".join(value.split()), look.room - widest - 4)):
            yield f"  {fit(name if number == 0 else '', widest)}  {line}"
    yield ""
    yield look.head(_("What happens next"))
    for step in steps(receipt, policy):
        yield from (
            ("  - " if number == 0 else "    ") + line
            for number, line in enumerate(wrapped(step, look.room - 4))
        )


def steps(receipt: Receipt, policy: Policy) -> Iterator[str]:
    """What happens next, a sentence each. Where the policy promises nothing, no date is named (S3-37)."""
    ticket, zone = receipt.record.ticket, policy.zone
    if receipt.ahead is not None:
        yield _place(receipt.ahead)
    elif ticket.status is Status.ANSWERED:
        yield _("We have answered and wait for your word.")
    elif ticket.status is Status.CLOSED:
        yield _("This manifestation is closed. New information on the same subject reopens it.")
    else:
        yield _("Somebody is working on it.")
    if receipt.analysis_at is not None:
        yield _(
            "It came outside our hours: the analysis starts {when}.", when=moment(receipt.analysis_at, zone)
        )
    if receipt.due is not None and receipt.due.due_at is not None:
        yield _(
            "Next deadline ({clock}): {when}.",
            clock=clock_name(receipt.due.name),
            when=due_moment(receipt.due.due_at, zone),
        )
    if receipt.forecast is not None:
        yield _forecast(receipt.forecast, zone)
    if not receipt.promise and ticket.status is not Status.CLOSED:
        yield _("No date can be given: the time depends on how complex the case is.")
    yield _(
        "To follow it or to add something, name the number {protocol}; in an e-mail, put [{protocol}] in the"
        " subject.",
        protocol=ticket.protocol,
    )


def _place(ahead: int) -> str:
    if ahead == 0:
        return _("It is the next in the queue, which is served in order of arrival.")
    return plural(
        "There is {count} manifestation before it in the queue, which is served in order of arrival.",
        "There are {count} manifestations before it in the queue, which is served in order of arrival.",
        ahead,
    )


def _forecast(forecast: Forecast, zone: str) -> str:
    if forecast.unit is Unit.BUSINESS_DAYS:
        average = plural("{count} business day", "{count} business days", forecast.amount)
    elif forecast.unit is Unit.CALENDAR_DAYS:
        average = plural("{count} day", "{count} days", forecast.amount)
    else:
        average = plural("{count} hour", "{count} hours", forecast.amount)
    return _(
        "Forecast for the solution: {when} (the average is {average}; a forecast, not a deadline).",
        when=day(forecast.at - 1, zone),
        average=average,
    )
