"""`ouvidoria area digest` and `area digests`: what areas are told of a period, and whether they have read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.register_entries import area
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import OuvidoriaError, UsageError
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.digest import AreaDigest
    from ouvidoria_tui.domain.digest import DigestSent, Span

#: The keys of a digest in the machine formats: a contract.
KEYS: Final = (
    "area",
    "period",
    "received",
    "complaints",
    "founded",
    "late",
    "causes",
    "measures",
    "to",
    "result",
    "sent_at",
    "text",
)
SENT_KEYS: Final = ("area", "period", "sent_at", "due_at", "state", "acknowledged_at", "by")
_RESULTS: Final[Mapping[str, Text]] = {
    "shown": N_("not sent"),
    "done": N_("queued"),
    "unchanged": N_("sent before"),
    "refused": N_("refused"),
}
_STATES: Final[Mapping[str, Text]] = {
    "waiting": N_("waits"),
    "overdue": N_("overdue"),
    "acknowledged": N_("acknowledged"),
}


def span_of(desk: Desk, written: str) -> Span:
    """The period as the desk counts it; ``UsageError`` ``BAD_PERIOD``."""
    from ouvidoria_tui.domain.digest import Span
    from ouvidoria_tui.report.period import local_date, parse_period

    zone = desk.policy.policy.zone
    found = parse_period(written, zone, local_date(desk.clock.now(), zone))
    return Span(found.first, found.last, found.start, found.end)


@area.command(
    "digest",
    help=_("Tell areas of the complaints of a period and what was done; without --send it only shows.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria area digest --period 2026-11\n"
    "ouvidoria area digest --period last-month --send\n"
    "ouvidoria area digest --period 2026-11 --area financeiro --acknowledged --by 'Rui'",
)
def digest(
    ctx: typer.Context,
    period: Annotated[
        str, typer.Option("--period", metavar="PERIOD", help=_("What it is about: 2026-11, last-month"))
    ],
    name: Annotated[
        str | None, typer.Option("--area", metavar="NAME", help=_("One area; otherwise all of them"))
    ] = None,
    send: Annotated[
        bool, typer.Option("--send", help=_("Queue it for the area's address and record it, once a period"))
    ] = False,
    acknowledged: Annotated[
        bool, typer.Option("--acknowledged", help=_("Record that the area has read it; needs --area"))
    ] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=_("Who of the area said so"))] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option(
            "--remove",
            metavar="WORDS",
            help=_("Remove these words from the measures, too; needs --area; may be repeated"),
        ),
    ] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.forward import area_entry

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    if acknowledged and (send or name is None):
        raise UsageError(
            "USAGE",
            N_("an acknowledgement is one area's, of a digest that was sent"),
            N_("give --area with --acknowledged, and leave --send out"),
        )
    if remove and (acknowledged or name is None):
        raise UsageError(
            "USAGE",
            N_("words are taken out of one area's digest, before it leaves"),
            N_("give --area with --remove, and leave --acknowledged out"),
        )
    with given.desk(read_only=not (send or acknowledged)) as desk:
        span = span_of(desk, period)
        if acknowledged:
            return _acknowledge(given, chosen, desk, name or "", span, by)
        areas = (
            [area_entry(desk, name)]
            if name is not None
            else [one for one in desk.store.entries("area") if one.active]
        )
        errors: list[OuvidoriaError] = []
        records = list(
            _records(
                desk, [one.slug for one in areas], span, send, errors, remove=remove, alone=name is not None
            )
        )
    if chosen == "table" and not send:
        _letters(given, records)
    else:
        emit(given, chosen, records, _columns(chosen))
    for error in errors:
        given.narrate(f"{say(error.message)} [{error.code}]")
        if error.hint is not None:
            given.narrate(f"  {say(error.hint)}")
    return 0 if not errors else 4 if len(errors) == len(records) else 6


def _records(
    desk: Desk,
    areas: Sequence[str],
    span: Span,
    send: bool,
    errors: list[OuvidoriaError],
    *,
    remove: Sequence[str] | None,
    alone: bool,
) -> Iterator[dict[str, object]]:
    """The digests one by one; the refusal of one of several leaves the others standing."""
    from ouvidoria_tui.desk.digest import digest as shown
    from ouvidoria_tui.desk.digest import send_digest
    from ouvidoria_tui.errors import Refused

    zone = desk.policy.policy.zone
    for slug in areas:
        try:
            made, changed = (
                send_digest(desk, slug, span, remove or ())
                if send
                else (shown(desk, slug, span, remove or ()), False)
            )
        except Refused as error:
            if alone or error.code not in ("AREA_WITHOUT_ADDRESS", "REDACTION_LEAKS"):
                raise
            errors.append(error)
            yield {**dict.fromkeys(KEYS), "area": slug, "period": span.name, "result": "refused"}
            continue
        result = "done" if changed else "unchanged" if send else "shown"
        yield _record(made, result, zone)


def _record(made: AreaDigest, result: str, zone: str) -> dict[str, object]:
    from ouvidoria_tui.present.dates import rfc3339

    facts = made.facts
    return {
        "area": made.area,
        "period": made.period,
        "received": facts.received,
        "complaints": facts.complaints,
        "founded": facts.founded,
        "late": facts.late,
        "causes": [{"cause": cause, "total": count} for cause, count in facts.causes],
        "measures": len(facts.measures),
        "to": made.to,
        "result": result,
        "sent_at": None if made.sent is None else rfc3339(made.sent.sent_at, zone),
        "text": made.message.text,
    }


def _letters(given: Globals, records: Sequence[Record]) -> None:
    """The letters as they would leave."""
    from ouvidoria_tui.present.safe import clean

    for record in records:
        if record["text"] is not None:
            to = record["to"] or _("no address")
            given.out.write(clean(f"{record['area']} → {to}") + "\n\n")
            given.out.write(clean(str(record["text"]), newlines=True) + "\n\n")


def _columns(fmt: str) -> list[Column]:
    if fmt not in ("table", "md"):
        return [Column(key, Text(key)) for key in KEYS]
    return [
        Column("area", N_("Area"), flex=True),
        Column("received", N_("Received"), align="right"),
        Column("complaints", N_("Complaints"), align="right", priority=2),
        Column("founded", N_("Founded"), align="right"),
        Column("late", N_("Late"), align="right"),
        Column("measures", N_("Measures"), align="right"),
        Column("to", N_("To"), flex=True, priority=1),
        Column("result", N_("Result"), render=lambda one: say(_RESULTS[str(one["result"])])),
    ]


def _acknowledge(given: Globals, fmt: str, desk: Desk, name: str, span: Span, by: str | None) -> int:
    from ouvidoria_tui.desk.digest import acknowledge_digest

    sent, changed = acknowledge_digest(desk, name, span, by)
    emit(given, fmt, [_sent_record(desk, sent)], _sent_columns(fmt, desk.policy.policy.zone))
    if not changed:
        given.narrate(_("unchanged"))
    return 0


@area.command(
    "digests",
    help=_("The digests that were sent, and which of them wait for an acknowledgement.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria area digests\nouvidoria area digests --format json",
)
def digests(ctx: typer.Context, fmt: FormatOption = None) -> int:
    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        records = [_sent_record(desk, one) for one in desk.store.digests()]
        emit(given, chosen, records, _sent_columns(chosen, desk.policy.policy.zone))
    if chosen == "table" and not records:
        given.narrate(_("no digest was sent"))
    return 0


def _sent_record(desk: Desk, one: DigestSent) -> dict[str, object]:
    from ouvidoria_tui.present.dates import rfc3339

    policy = desk.policy.policy
    days, now = policy.area_requests.digest_days, desk.clock.now()

    def at(epoch: int | None) -> str | None:
        return None if epoch is None else rfc3339(epoch, policy.zone)

    state = (
        "acknowledged"
        if one.acknowledged_at is not None
        else "overdue"
        if one.overdue(days, policy.zone, now)
        else "waiting"
    )
    return {
        "area": one.area,
        "period": one.period,
        "sent_at": at(one.sent_at),
        "due_at": at(one.due_at(days, policy.zone)),
        "state": state,
        "acknowledged_at": at(one.acknowledged_at),
        "by": one.by,
    }


def _sent_columns(fmt: str, zone: str) -> list[Column]:
    if fmt not in ("table", "md"):
        return [Column(key, Text(key)) for key in SENT_KEYS]
    from ouvidoria_tui.present.dates import day, moment, parse_rfc3339

    def when(name: str) -> Column:
        def shown(record: Record) -> str:
            written = record[name]
            if written is None:
                return "—"
            at = parse_rfc3339(str(written))
            # It is owed to the end of a day: the day that its letter named.
            return day(at - 1, zone) if name == "due_at" else moment(at, zone)

        return Column(name, _SENT_TITLES[name], render=shown, priority=1 if name == "sent_at" else 0)

    return [
        Column("area", N_("Area"), flex=True),
        Column("period", N_("Period")),
        when("sent_at"),
        when("due_at"),
        Column("state", N_("State"), render=lambda one: say(_STATES[str(one["state"])])),
        when("acknowledged_at"),
        Column("by", N_("By"), flex=True, priority=2),
    ]


_SENT_TITLES: Final[Mapping[str, Text]] = {
    "sent_at": N_("Sent"),
    "due_at": N_("Acknowledge until"),
    "acknowledged_at": N_("Acknowledged"),
}
